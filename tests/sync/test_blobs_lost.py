"""Photos and everything that breaks: bits, disks, restored hubs, old images. No case waits for ever."""

import json

import msgspec
import pytest

from edge.desk.declare import declare_lost
from edge.domain.blob import public
from edge.domain.envelope import Kind
from edge.ground.problem import MATERIAL_LOST, MATERIAL_WAITING, REASON_MISSING, Problem
from edge.records import blobs
from sync.agent import push
from sync.command.cli import main
from sync.hub import examine, materials
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.snaps import ask, carried, drain, here, items, looked_at, picture, shown, states, talk, waiting
from tests.sync import strangers

SITE, OTHER = "柳河镇", "东关社区"


def flip_at_the_machine(kiosk: Kiosk, blob: bytes, number: int) -> None:
    """Change one bit of an item where it lies."""
    content = bytearray(blobs.item(kiosk.site.store.read(), blob, number) or b"")
    content[len(content) // 2] ^= 1
    with kiosk.site.store.write() as db:
        db.execute("UPDATE blob_items SET content = ? WHERE blob = ? AND number = ?", (bytes(content), blob, number))


def flip_at_the_hub(county: County, blob: bytes, number: int) -> None:
    """Change one bit of a chunk, or of the list, where it lies."""
    with county.hub.store.write() as db:
        table, key, place = ("blob_chunks", "content", f"blob = ? AND number = {number}") if number else (
            "blobs", "list", "name = ?")
        content = bytearray(db.execute(f"SELECT {key} FROM {table} WHERE {place}", (blob,)).fetchone()[0])
        content[len(content) // 2] ^= 1
        db.execute(f"UPDATE {table} SET {key} = ? WHERE {place}", (bytes(content), blob))


def photo_of(kiosk: Kiosk) -> blobs.Stored:
    """Return the largest blob on a machine."""
    return max(blobs.every(kiosk.site.store.read()), key=lambda one: one.bytes)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_bit_that_flipped_at_the_machine_is_seen_before_it_is_sent(county: County, number: int) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(90), picture(3)])
    blob = photo_of(kiosk).name
    flip_at_the_machine(kiosk, blob, number)

    county.settle(3)

    assert states(county, receipt) == ["lost", "complete"]
    assert (blob, number) not in carried(kiosk)
    assert waiting(county, receipt) == 0, "it says that a photo is lost, and does not wait for ever"
    with pytest.raises(Problem) as refused:
        looked_at(county, receipt)
    assert refused.value.kind is MATERIAL_LOST
    assert sorted(set(here(kiosk))) == ["complete", "lost"]
    county.decide(receipt, "return", asks=[("name", "照片坏了，请再拍一次")])
    county.settle()
    kiosk.amend(receipt, photos=[picture(90)])
    county.settle()
    assert states(county, receipt) == ["lost", "complete", "complete"]
    county.decide(receipt, "accept")


def test_a_lost_manifest_leaves_no_case_waiting(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(40)])
    manifest = min(blobs.every(kiosk.site.store.read()), key=lambda one: one.bytes)
    flip_at_the_machine(kiosk, manifest.name, 1)

    county.settle(3)

    assert states(county, receipt) == ["lost"] and waiting(county, receipt) == 0


def test_what_is_lost_is_said_once(county: County) -> None:
    kiosk = county.kiosk(SITE)
    kiosk.lodge(photos=[picture(90)])
    flip_at_the_machine(kiosk, photo_of(kiosk).name, 2)

    county.settle(5)

    kinds = [row["kind"] for row in county.hub.store.read().execute("SELECT kind FROM envelopes")]
    assert kinds.count("los") == 1 and kiosk.acked() == kiosk.head()


@pytest.mark.parametrize("number", [0, 2])
def test_a_bit_that_flipped_at_the_hub_is_seen_and_asked_for_again(county: County, number: int) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(90)])
    county.settle()
    before = sum(carried(kiosk).values())
    flip_at_the_hub(county, shown(county, receipt)[0].blob, number)

    assert not examine.examine(county.hub)["blobs"]
    with pytest.raises(Problem) as refused:
        looked_at(county, receipt)
    assert refused.value.kind is MATERIAL_WAITING and waiting(county, receipt) == 1
    assert "blob-damaged" in county.alarms()

    county.settle(2)
    assert looked_at(county, receipt) == [picture(90).content]
    assert examine.examine(county.hub)["blobs"]
    again = sum(carried(kiosk).values()) - before
    assert again == (1 if number else photo_of(kiosk).items), "what was damaged, and no more"


@pytest.mark.parametrize("after", [0, 2, 4])
def test_a_hub_that_fell_back_gets_its_photos_again(county: County, after: int) -> None:
    kiosk = county.kiosk(SITE)
    early = county.copy_hub()
    receipt = kiosk.lodge(photos=[picture(90)])
    for _ in range(after):
        talk(county, kiosk)
    copy = county.copy_hub() if after else early
    county.settle(2)
    assert looked_at(county, receipt) == [picture(90).content]

    county.restore_hub(copy)
    county.settle(3)

    assert looked_at(county, receipt) == [picture(90).content]
    assert waiting(county, receipt) == 0


def test_photos_that_an_old_image_has_forgotten_are_declared_lost(county: County) -> None:
    kiosk = county.kiosk(SITE)
    image = kiosk.image()
    receipt = kiosk.lodge(photos=[picture(90)])
    for _ in range(2):
        talk(county, kiosk)
    assert waiting(county, receipt) == 1

    kiosk.restore(image)
    county.settle(3)

    assert states(county, receipt) == ["lost"] and waiting(county, receipt) == 0
    county.decide(receipt, "reject")


def test_an_image_from_the_middle_goes_on_and_nothing_is_lost(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(150)])
    for _ in range(3):
        talk(county, kiosk)
    image = kiosk.image()
    county.settle(2)
    kiosk.restore(image)

    county.settle(3)

    assert looked_at(county, receipt) == [picture(150).content] and set(here(kiosk)) == {"complete"}


def test_a_copied_disk_and_its_twin_make_one_whole_case(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(150)])
    talk(county, kiosk)
    twin = kiosk.clone("第二台")
    for _ in range(3):
        talk(county, kiosk)
        talk(county, twin)
    late = twin.lodge(photos=[picture(70, b"t")])

    county.settle(4)

    assert looked_at(county, receipt) == [picture(150).content]
    assert looked_at(county, late) == [picture(70, b"t").content]
    assert all(set(here(one)) == {"complete"} for one in (kiosk, twin))


def test_what_a_twin_thought_lost_is_complete_when_it_comes(county: County) -> None:
    kiosk = county.kiosk(SITE)
    twin = kiosk.clone("第二台")
    receipt = kiosk.lodge(photos=[picture(90)])
    for _ in range(2):
        talk(county, kiosk)
    talk(county, twin)   # the hub asks it for what only the other disk holds
    talk(county, twin)
    talk(county, twin)
    assert states(county, receipt) == ["lost"]

    county.settle(4)

    assert states(county, receipt) == ["complete"] and looked_at(county, receipt) == [picture(90).content]


def test_nobody_declares_the_photos_of_another_machine_lost(county: County) -> None:
    kiosk, stranger = county.kiosk(SITE), county.kiosk(OTHER)
    receipt = kiosk.lodge(photos=[picture(90)])
    talk(county, kiosk)
    talk(county, kiosk)
    subject, blob = county.told[receipt].name, photo_of(kiosk).name
    with stranger.site.store.write() as db:
        declare_lost(stranger.site, db, subject, [blob])
    stranger.sync()
    county.open()

    assert states(county, receipt) == ["waiting"] and waiting(county, receipt) == 1


def test_what_is_lost_may_be_said_before_the_form_is_here(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(90)])
    form = ask(kiosk, 1024).raw
    names = [one.name for one in blobs.every(kiosk.site.store.read())]
    strangers.put_on_lane(kiosk, strangers.signed(
        kiosk, strangers.header_of(kiosk, Kind.LOST.value, ref=county.told[receipt].name), b"".join(names)))

    for raw in (push.ask(kiosk.site, 1024, after=1).raw, form):
        county.answer("/ferry/v1/sync", raw)
        county.open()

    assert waiting(county, receipt) == 0 and states(county, receipt) == ["lost"]
    county.settle(2)
    assert states(county, receipt) == ["complete"], "it came after all"


def test_a_lost_word_without_a_list_stops_nothing(county: County) -> None:
    kiosk = county.kiosk(SITE)
    strangers.put_on_lane(kiosk, strangers.signed(kiosk, strangers.header_of(kiosk, Kind.LOST.value), b"no list"))
    receipt = kiosk.lodge()

    county.settle()

    assert receipt in county.hub_cases() and "unopenable" in county.alarms()


def test_a_person_ends_the_waiting_for_a_machine_that_was_destroyed(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(90), picture(80)])
    talk(county, kiosk)
    kiosk.die()
    case = county.case(receipt)
    with pytest.raises(Problem) as refused:
        materials.give_up(county.hub, case.id, "reviewer", " ")
    assert refused.value.kind is REASON_MISSING

    gone = materials.give_up(county.hub, case.id, "reviewer", "那台机器烧了")

    assert gone == waiting(county, receipt) + gone and gone > 0
    assert set(states(county, receipt)) == {"lost"}
    county.decide(receipt, "accept")


def test_a_manifest_that_lists_nothing_makes_photos_lost_and_an_alarm(county: County) -> None:
    kiosk = county.kiosk(SITE)
    wrong = public(b"no list of names")
    header = strangers.header_of(kiosk, Kind.SUBMISSION.value)
    stored = strangers.signed(kiosk, msgspec.structs.replace(header, manifest=wrong.name), b"rubbish")
    strangers.put_on_lane(kiosk, stored)
    with kiosk.site.store.write() as db:
        blobs.add(db, stored.name, [wrong])

    county.settle(2)

    assert "blob-faulty" in county.alarms() and kiosk.acked() == kiosk.head()


def test_an_idle_line_asks_for_nothing_twice(county: County) -> None:
    kiosk = county.kiosk(SITE)
    kiosk.lodge(photos=[picture(90)])
    rounds = drain(county, kiosk)

    assert rounds <= items(kiosk)
    assert not ask(kiosk).chunks


def test_the_command_ends_the_waiting_too(county: County, capsys: pytest.CaptureFixture[str]) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(90)])
    talk(county, kiosk)
    talk(county, kiosk)
    assert waiting(county, receipt) == 1
    words = ["hub", "give-up", "--dir", str(county.folder / "hub"), "--receipt", receipt, "--reason", "机器烧了"]

    assert main([*words, "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["lost"] == 1
    assert waiting(county, receipt) == 0 and states(county, receipt) == ["lost"]
    assert main(["hub", "give-up", "--dir", str(county.folder / "hub"), "--receipt", "nothing", "--reason", "x"]) != 0
