"""Loose chunks: on a line that is cut often photos travel beside the conversation, and nothing else changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from edge.domain.blob import CHUNK_BYTES
from edge.ground.problem import BAD_MESSAGE, HUB_UNREACHABLE, UNKNOWN_DEVICE, Problem
from edge.records import blobs, facts, lane
from sync.agent.cargo import SPEAKS
from sync.agent.hub_link import CHUNKS, SYNC
from sync.agent.link_rules import SPENT, Rules, Spent, keep_own
from sync.agent.loose import LONGEST_SECONDS
from sync.agent.pace import AIM_SECONDS
from sync.hub import examine, loose
from sync.hub.revoke import revoke
from sync.hub.tables import blobs as held_blobs
from sync.hub.tables import shares
from sync.protocol.cargo import Chunk, Want
from sync.protocol.exchange import take_apart
from sync.protocol.loose import LoadHead, WordHead, read_head, read_load, write_load, write_word
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.loads import CUT_OFTEN, SITE, Port, cut_often
from tests.fakes.snaps import here, items, looked_at, picture, read, waiting

NONCE = bytes(16)


@pytest.fixture
def port(county: County) -> Port:
    return Port.at(county)


def test_photos_go_beside_the_conversation(county: County, port: Port) -> None:
    kiosk, photos = cut_often(county), [picture(80), picture(3, b"q", "hukou"), picture(40)]
    receipt = kiosk.lodge(photos=photos)

    kiosk.sync()
    county.open()

    assert looked_at(county, receipt) == [one.content for one in photos] and set(here(kiosk)) == {"complete"}
    assert not any(read(raw).chunks for raw in kiosk.link.questions)
    assert sum(port.brought().values()) == len(port.brought()) == items(kiosk), "each item once"
    assert examine.examine(county.hub)["blobs"]


def test_on_a_line_that_lasts_no_load_goes(county: County, port: Port) -> None:
    kiosk = county.kiosk(SITE)
    kiosk.lodge(photos=[picture(80)])

    county.settle()

    assert set(here(kiosk)) == {"complete"} and not port.loads


def test_a_hub_that_does_not_say_so_is_sent_no_load(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    with kiosk.site.store.write() as db:
        facts.put(db, SPEAKS, ("ferry1", "blobs"))
    kiosk.lodge(photos=[picture(20)])

    kiosk.round()

    assert not port.loads
    kiosk.round()
    assert port.loads, "its answer said so"


def test_forms_go_first(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    kiosk.agent.pace = replace(CUT_OFTEN, batch_bytes=1024)
    kiosk.lodge(photos=[picture(80)])
    for _ in range(12):
        kiosk.lodge()
    held: list[bool] = []
    port.before_load = lambda: held.append(kiosk.acked() == kiosk.head())

    kiosk.sync()

    assert held and all(held) and port.came[:2] == [None, None], "the forms took more than one question"


def test_a_form_that_is_lodged_meanwhile_goes_before_the_next_load(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    kiosk.lodge(photos=[picture(150)])
    lodged: list[str] = []
    port.before_load = lambda: lodged.append(kiosk.lodge()) if len(port.loads) == 2 else None

    kiosk.sync()
    county.open()

    second = port.came.index(port.loads[1])
    assert port.came[second + 1] is None, "a question is the very next"
    assert waiting(county, lodged[0]) == 0 and kiosk.acked() == kiosk.head() and set(here(kiosk)) == {"complete"}


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("way", ["there", "back"])
def test_a_cut_costs_the_loads_under_way_only(county: County, port: Port, at: int, way: str) -> None:
    kiosk = cut_often(county)
    receipt = kiosk.lodge(photos=[picture(150)])

    def cut() -> None:
        if len(port.loads) == at + 1 and way == "there":
            raise Problem(HUB_UNREACHABLE)
        if len(port.loads) == at + 1:
            port.real(CHUNKS, write_load(LoadHead(kiosk.device, NONCE), port.loads[at], kiosk.site.key.sign)[0])
            raise Problem(HUB_UNREACHABLE)

    port.before_load = cut
    assert kiosk.sync() is None and kiosk.agent.pace.failures == 1
    kiosk.sync()
    county.open()

    assert looked_at(county, receipt) == [picture(150).content]
    assert sum(port.brought().values()) <= items(kiosk) + len(port.loads[at])


def test_what_the_hub_did_not_say_is_not_believed(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    receipt = kiosk.lodge(photos=[picture(20)])
    real = port.real
    port.real = lambda path, message: _word_of_a_stranger(kiosk, message) if path == CHUNKS else real(path, message)

    with pytest.raises(Problem) as refused:
        kiosk.round()

    assert refused.value.kind is BAD_MESSAGE and "complete" not in here(kiosk)
    port.real = real
    kiosk.sync()
    county.open()
    assert looked_at(county, receipt) == [picture(20).content]


def _word_of_a_stranger(kiosk: Kiosk, message: bytes) -> bytes:
    """Return that nothing is missing any more, said by somebody who is not the hub."""
    opened = take_apart(message)
    whole = [Want(blob, ()) for blob in {chunk.blob for chunk in read_load(opened)}]
    return write_word(WordHead(kiosk.county.hub.id, opened.end_hash), whole, kiosk.site.key.sign)


def test_the_word_about_another_load_is_not_believed(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    kiosk.lodge(photos=[picture(20)])
    said: list[bytes] = []

    def listen(deliver: Callable[[], bytes]) -> bytes:
        said.append(deliver())
        return said[0]

    kiosk.link.plan(lambda deliver: deliver())
    kiosk.link.plan(listen)
    kiosk.link.plan(lambda deliver: said[0])

    with pytest.raises(Problem) as refused:
        kiosk.round()

    assert refused.value.kind is BAD_MESSAGE and "another load" in str(refused.value)


def test_windows_and_budgets_bind_loads_too(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    with kiosk.site.store.write() as db:
        keep_own(db, Rules((), 50_000))
    kiosk.lodge(photos=[picture(150)])

    kiosk.sync()

    spent = facts.get(kiosk.site.store.read(), SPENT, Spent)
    brought = sum(len(chunk.content) for load in port.loads for chunk in load)
    assert spent is not None and 0 < brought <= spent.size and "partial" in here(kiosk)
    assert brought <= 50_000 + CHUNK_BYTES, "the last chunk begins within the budget"


def test_a_busy_hub_is_left_alone_for_as_long_as_it_asks(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    kiosk.lodge(photos=[picture(20)])

    def busy() -> None:
        raise Problem(HUB_UNREACHABLE, "HTTP 503", {"http_status": 503, "retry_after_seconds": 40})

    port.before_load = busy
    assert kiosk.sync() is None
    assert kiosk.agent.pace.wait(0.0).total_seconds() >= 40 and len(port.loads) == 1


def test_a_machine_that_was_struck_off_sends_no_load(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    kiosk.lodge(photos=[picture(20)])
    revoke(county.hub, kiosk.device, "it", "机器遗失，现予注销")

    kiosk.round()

    assert not port.loads and kiosk.acked() == kiosk.head()


def test_a_line_that_lasts_is_trusted_again(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    kiosk.lodge(photos=[picture(900)])
    port.before_load = lambda: county.time.go(timedelta(seconds=LONGEST_SECONDS / 2))
    before = kiosk.agent.pace.aim_seconds

    kiosk.round()

    assert len(port.loads) == 2 and kiosk.agent.pace.aim_seconds == min(AIM_SECONDS, 2 * before)


def test_a_stranger_brings_nothing_and_learns_nothing(county: County, port: Port) -> None:
    kiosk, other = cut_often(county), county.kiosk("城西支行")
    kiosk.lodge(photos=[picture(20)])
    county.answer(SYNC, kiosk.ask())
    photo = next(one for one in blobs.every(kiosk.site.store.read()))
    item = Chunk(photo.name, 0, blobs.item(kiosk.site.store.read(), photo.name, 0) or b"")

    for device, key in ((kiosk.device, other.site.key), (bytes(16), other.site.key)):
        with pytest.raises(Problem) as refused:
            loose.take(county.hub, write_load(LoadHead(device, NONCE), [item], key.sign)[0])
        assert refused.value.kind is UNKNOWN_DEVICE

    held = held_blobs.get(county.hub.store.read(), photo.name)
    assert held is not None and held.list is None


def test_what_is_no_load_is_refused(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    raw, _ = write_load(LoadHead(kiosk.device, NONCE), [], kiosk.site.key.sign)

    for wrong in (raw[:-1], kiosk.ask(), b""):
        with pytest.raises(Problem) as refused:
            loose.take(county.hub, wrong)
        assert refused.value.kind is BAD_MESSAGE
    assert read_head(take_apart(raw)).device == kiosk.device


def test_loads_count_into_what_a_device_may_bring(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    day = county.hub.now() // 86_400
    before = shares.of(county.hub.store.read(), kiosk.device, day).bytes
    kiosk.lodge(photos=[picture(80)])

    kiosk.sync()

    brought = sum(len(chunk.content) for load in port.loads for chunk in load)
    assert shares.of(county.hub.store.read(), kiosk.device, day).bytes >= before + brought > before
    assert lane.head(kiosk.site.store.read()).n == kiosk.acked()
