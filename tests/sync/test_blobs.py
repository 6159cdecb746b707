"""Photos on their way: never before a form, never sent again once held, in any order and twice."""

import pytest

from edge.ground.sealing import digest
from edge.records import blobs
from sync.hub import admit, examine, gather
from sync.hub.tables import blobs as held_blobs
from sync.protocol.cargo import Chunk
from sync.protocol.exchange import Question, write_question
from sync.protocol.messages import Hello
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.snaps import (
    ONE_CHUNK,
    ask,
    carried,
    drain,
    here,
    items,
    looked_at,
    picture,
    read,
    shown,
    talk,
    waiting,
)

SITE = "柳河镇"
SYNC = "/ferry/v1/sync"


def test_a_form_arrives_with_its_photos(county: County) -> None:
    kiosk, photos = county.kiosk(SITE), [picture(80), picture(3, b"q", "hukou")]
    receipt = kiosk.lodge(photos=photos)

    county.settle()

    assert looked_at(county, receipt) == [one.content for one in photos]
    assert [(one.key, one.media_type, one.state) for one in shown(county, receipt)] == [
        ("id", "image/jpeg", "complete"), ("hukou", "image/jpeg", "complete")]
    assert waiting(county, receipt) == 0 and set(here(kiosk)) == {"complete"}
    assert examine.examine(county.hub)["blobs"]
    assert set(carried(kiosk).values()) == {1}, "on a good line every chunk goes once"


def test_two_equal_photos_are_legal(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(40), picture(40)])

    county.settle()

    assert looked_at(county, receipt) == [picture(40).content] * 2
    assert len({one.blob for one in shown(county, receipt)}) == 2, "each under a key of its own"


def test_one_round_trip_drains_many(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipts = [kiosk.lodge(photos=[picture(20), picture(9)]) for _ in range(5)]

    talk(county, kiosk, 1024 * 1024)

    assert [waiting(county, receipt) for receipt in receipts] == [0] * 5


def test_forms_go_before_chunks(county: County) -> None:
    kiosk = county.kiosk(SITE)
    kiosk.lodge(photos=[picture(300)])
    first = talk(county, kiosk)
    late = [kiosk.lodge() for _ in range(20)]

    message = read(ask(kiosk).raw)

    assert first.chunks and blobs.waiting(kiosk.site.store.read())[0] > 0
    assert sum(len(run.envelopes) for run in message.runs) == len(late), "no form waits for a photo"


def test_a_quarter_of_a_batch_is_kept_for_chunks(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(300)])
    talk(county, kiosk)
    for _ in range(1300):
        kiosk.inquire(receipt)
    batch = 4 * ONE_CHUNK

    message = read(ask(kiosk, batch).raw)

    share = sum(len(chunk.content) for chunk in message.chunks)
    assert 0 < share <= batch // 4
    assert sum(len(one.to_bytes()) for run in message.runs for one in run.envelopes) > batch // 2


def test_small_photos_do_not_wait_for_large_ones(county: County) -> None:
    kiosk = county.kiosk(SITE)
    large = kiosk.lodge(photos=[picture(200)])
    small = kiosk.lodge(photos=[picture(4)])

    for _ in range(3):
        talk(county, kiosk)

    assert waiting(county, small) == 0
    assert waiting(county, large) == 1


def test_a_small_batch_still_carries_a_chunk(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(70)])

    drain(county, kiosk, 1024)

    assert looked_at(county, receipt) == [picture(70).content]


@pytest.mark.parametrize("at", range(1, 8))
@pytest.mark.parametrize("way", ["there", "back"])
def test_a_cut_at_any_chunk_costs_that_message_only(county: County, at: int, way: str) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(150)])
    for number in range(20):
        message = ask(kiosk)
        reply = county.answer(SYNC, message.raw) if number != at or way == "back" else b""
        if number != at:
            kiosk.hear(reply)
    county.open()

    assert looked_at(county, receipt) == [picture(150).content]
    assert sum(carried(kiosk).values()) <= items(kiosk) + 3, "the lost message's items once more, and no others"


def test_a_restart_sends_nothing_again(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(150)])
    for _ in range(12):
        talk(county, kiosk)
        kiosk.restart()
        county.restart_hub()

    assert looked_at(county, receipt) == [picture(150).content]
    assert sum(carried(kiosk).values()) == items(kiosk)


def test_messages_may_come_twice_and_in_any_order(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(150)])
    questions = [ask(kiosk, size).raw for size in (ONE_CHUNK, 2 * ONE_CHUNK, 1024, 4 * ONE_CHUNK)]
    for raw in [*reversed(questions), *questions]:
        reply = county.answer(SYNC, raw)
    kiosk.hear(reply)
    county.open()
    drain(county, kiosk)

    assert looked_at(county, receipt) == [picture(150).content]
    assert waiting(county, receipt) == 0


def _say(county: County, kiosk: Kiosk, chunks: list[Chunk]) -> None:
    """Let a machine say chunks that its own agent would never say."""
    hello = Hello(kiosk.device, 1_000_000 + len(kiosk.link.questions), 0)
    county.answer(SYNC, write_question(Question(hello, chunks=chunks), kiosk.site.key.sign)[0])


def test_a_chunk_that_does_not_fit_the_list_is_not_stored(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(100)])
    for _ in range(2):
        talk(county, kiosk)
    hub = county.hub.store
    photo = next(one for one in blobs.every(kiosk.site.store.read()) if one.bytes > 90_000)
    before = held_blobs.get(hub.read(), photo.name)
    right = blobs.item(kiosk.site.store.read(), photo.name, photo.items - 1) or b""

    wrong = [(photo.items - 1, right[:-1] + b"!"), (photo.items - 2, right), (photo.items, right), (0, right)]
    _say(county, kiosk, [Chunk(photo.name, number, content) for number, content in wrong])

    assert before is not None and before.left > 0 and held_blobs.get(hub.read(), photo.name) == before
    drain(county, kiosk)
    assert looked_at(county, receipt) == [picture(100).content]


def test_chunks_that_nothing_names_are_not_taken(county: County) -> None:
    kiosk = county.kiosk(SITE)
    blob = digest(b"x" * 32)

    _say(county, kiosk, [Chunk(blob, 0, b"x" * 32), Chunk(blob, 1, b"?")])

    assert held_blobs.every(county.hub.store.read()) == []


def test_a_hub_that_takes_no_chunks_is_not_sent_any(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = county.kiosk(SITE)
    with monkeypatch.context() as older:
        older.setattr(admit, "CAPABILITIES", ("ferry1", "inquiry"))
        older.setattr(gather, "take", lambda db, chunks, at: None)
        older.setattr(gather, "wants", lambda db, device, spoken_of: [])
        kiosk.sync()
        receipt = kiosk.lodge(photos=[picture(100)])
        outcome = kiosk.sync()
        assert outcome is not None and not outcome.more and kiosk.acked() == kiosk.head()
        assert not carried(kiosk)

    kiosk.sync()
    kiosk.sync()
    county.open()
    assert looked_at(county, receipt) == [picture(100).content]
