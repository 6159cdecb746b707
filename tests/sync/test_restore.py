"""Restores: nothing that any readable copy knows is forgotten, and nothing outside is told twice."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from edge.domain.envelope import Envelope
from edge.domain.key_set import open_key_set
from edge.ground.problem import (
    BACKUP_RETIRED,
    BUSY,
    CURSOR_STALE,
    KEYS_MISSING,
    NO_BACKUP,
    REVOKED,
    STANDING_STILL,
    UNKNOWN_DEVICE,
    Problem,
)
from edge.records import audit, published
from sync.agent import push
from sync.hub import erase, standing_still
from sync.hub.accounts import add_account, everyone, set_state
from sync.hub.backup import KEPT, back_up
from sync.hub.book import Kind
from sync.hub.hub import open_hub
from sync.hub.key_bundle import new_recovery_code
from sync.hub.restore import restore
from sync.hub.revoke import revoke
from sync.hub.tables import book, devices, down, envelopes
from sync.hub.web import create_hub_app
from sync.protocol.exchange import read_question, take_apart
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk, join
from tests.sync.invariants import Witness


@pytest.fixture
def kiosk(county: County) -> Kiosk:
    """One machine with three forms that the hub holds."""
    one = county.kiosk("柳河镇")
    for _ in range(3):
        one.lodge()
    county.pass_time(minutes=10)
    return one


def envelope_of(question: bytes, name: bytes) -> Envelope:
    """Return an envelope out of a question."""
    found = read_question(take_apart(question))
    return next(one for run in found.runs for one in run.envelopes if one.name(found.hello.device) == name)


def more(county: County, kiosk: Kiosk, count: int = 1) -> list[str]:
    receipts = [kiosk.lodge() for _ in range(count)]
    county.pass_time(minutes=10)
    return receipts


def test_a_listed_backup_brings_everything_back(county: County, kiosk: Kiosk) -> None:
    witness = Witness(county)
    county.back_up()
    first = next(iter(county.told))
    more(county, kiosk)
    county.decide(first, "accept")
    county.pass_time(minutes=10)
    kiosk.forget_safe()

    restored = county.restore(county.backups()[0])
    witness.hub_was_restored()
    county.pass_time(hours=1)

    assert (restored.listed, restored.read_in) == (True, {})
    witness.check()
    assert sorted(county.hub_cases()) == sorted(county.told)
    assert (county.case(first).state, kiosk.track(first), kiosk.incarnations()) == ("accepted", "accepted", 1)
    assert county.hub.folder.joinpath("hub.db").exists() and list(county.hub.folder.glob("hub.db.before-1-*"))


def test_newer_backups_and_the_old_database_are_read_in(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    receipt = more(county, kiosk)[0]
    county.decide(receipt, "return", reason="看不清", asks=[("name", "看不清")])
    county.pass_time(minutes=10)
    second = county.back_up()
    more(county, kiosk)

    restored = county.restore(county.backups()[1], old_is_broken=False)
    county.open()

    assert restored.read_in == {"the database that was here": 2, second.file: 0}
    assert sorted(county.hub_cases()) == sorted(county.told) and restored.gaps == []
    case = county.case(receipt)
    assert (case.state, case.step) == ("needs_correction", 1)   # with its reasons, not as an echo
    county.pass_time(minutes=10)
    assert county.case(receipt).received_at <= second.made_at   # the day it came counts, not the day of the restore


def test_a_newer_backup_that_cannot_be_read_is_said(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    more(county, kiosk)
    second = county.back_up()
    with (county.disk / second.file).open("rb+") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)

    restored = county.restore(county.backups()[1])

    assert restored.unreadable == [second.file]
    assert [(gap.first, gap.last) for gap in restored.gaps] == [(4, 4)]


def test_a_retired_backup_needs_a_word_and_names_what_may_be_missing(county: County, kiosk: Kiosk) -> None:
    first = county.back_up()
    saved = county.folder / "a copy that somebody kept"
    shutil.copytree(county.disk, saved)
    more(county, kiosk)
    for _ in range(KEPT):
        county.back_up()
    county.pass_time(minutes=10)
    kiosk.forget_safe()

    with pytest.raises(Problem) as refused:
        county.restore(saved / first.file)
    missing = refused.value.facts["missing"]
    restored = county.restore(saved / first.file, accept_loss=True)

    assert refused.value.kind is BACKUP_RETIRED
    assert missing == [{"device": kiosk.device.hex(), "lane": kiosk.incarnation().hex(), "first": 4, "last": 4}]
    assert not restored.listed and restored.gaps == []           # the newer ones could be read in


def test_a_changed_or_foreign_file_is_no_backup(county: County, kiosk: Kiosk) -> None:
    made = county.back_up()
    path = county.disk / made.file
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"!")

    with pytest.raises(Problem) as refused:
        county.restore(path)

    assert refused.value.kind is NO_BACKUP


def test_a_hub_that_runs_is_not_replaced(county: County, kiosk: Kiosk) -> None:
    from filelock import FileLock
    county.back_up()
    backup = county.backups()[0]

    with FileLock(county.hub.folder / "hub.lock"), pytest.raises(Problem) as refused:
        restore(county.hub.folder, backup, county.watch, county.dice, "it")

    assert refused.value.kind is BUSY


def test_on_a_new_machine_the_code_brings_the_keys(county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    code = new_recovery_code(county.hub, "it")
    county.back_up()
    backup, there = county.backups()[0], tmp_path / "new machine"
    with pytest.raises(Problem) as refused:
        restore(there, backup, county.watch, county.dice, "it")
    assert refused.value.kind is KEYS_MISSING

    restore(there, backup, county.watch, county.dice, "it", code=code)
    county.hub.store.close()
    county.hub = open_hub(there, county.watch, county.dice)
    county.hub_fell = True
    receipt = more(county, kiosk)[0]

    assert county.hub_cases()[-1] == receipt and len(county.hub_cases()) == 4
    assert len(county.backups()) == 1


def test_lanes_down_begin_anew_and_bring_nothing_twice(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    before = down.head(county.hub.store.read(), kiosk.device)
    more(county, kiosk)
    county.restore(county.backups()[0])

    after = down.head(county.hub.store.read(), kiosk.device)
    county.pass_time(hours=1)

    assert before and after and before.incarnation != after.incarnation
    Witness(county).check()
    assert "downlink-changed" in [line.act for line, _ in audit.lines(kiosk.site.store.read())]


def test_what_reaches_outside_stands_still_until_a_person_lets_it_go(county: County, kiosk: Kiosk) -> None:
    from sync.hub.sessions import make_token
    _, token = make_token(county.hub, "it", "一网通办")
    county.back_up()

    def ask(path: str = "/api/v1/cases") -> tuple[int, str]:
        client = create_hub_app(county.hub).test_client()
        got = client.get(path, headers={"Authorization": f"Bearer {token}"})
        return got.status_code, (got.get_json().get("type", "") or got.get_json().get("next") or "")

    cursor = str(county.case_rows()[-1].position)
    assert ask(f"/api/v1/cases?after={cursor}")[0] == 200
    county.restore(county.backups()[0])

    assert ask() == (503, f"urn:yizhan:problem:{STANDING_STILL.code}")
    assert ask("/api/v1/health")[0] == 200
    county.pass_time(minutes=10)                       # the machines are served all the while
    assert standing_still.release(county.hub, "it", "看过了，都对得上")

    assert ask()[0] == 200
    assert ask(f"/api/v1/cases?after={cursor}") == (404, f"urn:yizhan:problem:{CURSOR_STALE.code}")
    assert "release-outside" in [line.act for line, _ in audit.lines(county.hub.store.read())]
    county.restart_hub()
    assert ask(f"/api/v1/cases?after=1-{cursor}")[0] == 200


def test_a_released_hub_has_no_second_release(county: County, kiosk: Kiosk) -> None:
    assert not standing_still.release(county.hub, "it", "看过了")


def test_a_restore_forgets_no_revocation(county: County, kiosk: Kiosk) -> None:
    witness = Witness(county)
    county.back_up()
    held = kiosk.lodge()
    revoke(county.hub, kiosk.device, "it", "机器丢了")
    kiosk.sync(most=1)

    county.restore(county.backups()[0])
    witness.hub_was_restored()
    county.pass_time(hours=1)

    row = devices.get(county.hub.store.read(), kiosk.device)
    assert row and row.state == "revoked" and held not in county.hub_cases()
    witness.check()


def test_a_restore_forgets_no_disabled_account(county: County, kiosk: Kiosk) -> None:
    add_account(county.hub, "it", "it01", "技术", "it", secret="correct horse 7")
    one, _ = add_account(county.hub, "it", "jb07", "经办", "reviewer", secret="correct horse 7")
    county.back_up()
    county.time.go(timedelta(hours=1))
    set_state(county.hub, "it", one.id, "disabled", "调走了")
    county.back_up()

    county.restore(county.backups()[1])

    assert {row.name: row.state for row in everyone(county.hub)}["jb07"] == "disabled"


def test_a_used_ticket_stays_used(county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    from sync.hub import enrol
    ticket = enrol.issue(county.hub, "东关社区", "it").text()
    county.back_up()
    join(tmp_path / "first", ticket, county.answer, county.watch, county.dice)
    county.restore(county.backups()[0])

    with pytest.raises(Problem) as refused:
        join(tmp_path / "second", ticket, county.answer, county.watch, county.dice)

    assert refused.value.kind.code == "ticket-used"


@pytest.mark.parametrize("with_book", [True, False])
def test_a_machine_that_joined_after_the_backup_comes_back_by_itself(
        county: County, kiosk: Kiosk, with_book: bool) -> None:
    county.back_up()
    late = county.kiosk("东关社区")
    receipt = late.lodge()
    county.pass_time(minutes=10)
    backup = county.backups()[0]
    if not with_book:
        county.hub.book.path.unlink()
        (county.disk / county.hub.book.name_elsewhere()).unlink()
    county.restore(backup, accept_loss=not with_book)

    assert late.sync() is None                 # 403: nobody knows it
    county.pass_time(hours=1)

    assert receipt in county.hub_cases() and late.track(receipt) == "held"
    assert late.incarnations() == 1
    newest = county.hub.key_set()
    assert late.device in newest.device_publics()
    _, content = next(iter(published.newest(late.site.store.read(), "key_set").values()))
    assert open_key_set(content).version == newest.version
    late.lodge()
    county.settle(3)
    assert len(county.hub_cases()) == 5


def test_a_machine_that_was_struck_off_does_not_come_back_with_its_papers(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    late = county.kiosk("东关社区")
    late.link.up = False
    receipt = late.lodge()
    revoke(county.hub, late.device, "it", "机器丢了")
    county.restore(county.backups()[0])
    late.link.up = True

    county.pass_time(hours=1)

    row = devices.get(county.hub.store.read(), late.device)
    assert row and row.state == "revoked" and receipt not in county.hub_cases()
    with pytest.raises(Problem) as refused:
        late.lodge()
    assert refused.value.kind is REVOKED


def test_papers_of_another_county_open_no_door(county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    from tests.fakes.time_and_chance import Dice
    other = open_hub(tmp_path / "another county", county.watch, Dice(5), create=True)
    kiosk.agent.papers = True
    question = kiosk.ask_with_papers()

    from sync.hub import admit
    with pytest.raises(Problem) as refused:
        admit.exchange(other, question)

    assert refused.value.kind is UNKNOWN_DEVICE
    other.store.close()


def test_erased_stays_erased_wherever_the_content_comes_from(county: County, kiosk: Kiosk) -> None:
    witness = Witness(county)
    receipt = next(iter(county.told))
    name = county.told[receipt].name
    county.back_up()
    county.back_up()
    erase.erase(county.hub, county.case(receipt).id, "it", "本人要求，依法删除")
    image = kiosk.image()
    county.pass_time(minutes=10)
    assert kiosk.state(receipt) == "erased"

    county.restore(county.backups()[1])          # both backups still hold the content
    witness.hub_was_restored()
    county.pass_time(hours=1)

    kept = envelopes.get(county.hub.store.read(), name)
    assert kept is not None and kept.payload is None
    with witness.disk_is_lost(kiosk):
        kiosk.restore(image)                     # and an old disk brings it once more, from its first place
        with kiosk.site.store.write() as db:
            push.start_anew(kiosk.site, db, "as if its disk had been read out")
    sent = kiosk.ask()
    county.answer("/ferry/v1/sync", sent)
    assert envelope_of(sent, name).payload is not None
    county.pass_time(hours=1)
    kept = envelopes.get(county.hub.store.read(), name)
    assert kept is not None and kept.payload is None and book.has(county.hub.store.read(), Kind.ERASED, name)
    witness.check(thorough=True)


def test_erased_stays_erased_when_a_newer_copy_is_read_in(county: County, kiosk: Kiosk) -> None:
    county.back_up()
    receipt = more(county, kiosk)[0]
    name = county.told[receipt].name
    county.back_up()                              # holds a form that the first has not
    erase.erase(county.hub, county.case(receipt).id, "it", "本人要求，依法删除")

    county.restore(county.backups()[1])

    kept = envelopes.get(county.hub.store.read(), name)
    assert kept is not None and kept.payload is None


def test_two_folders_bring_the_book_together(county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    made = back_up(county.hub, [tmp_path / "a"], "it").manifest
    county.revoke(kiosk)
    second = back_up(county.hub, [tmp_path / "b"], "it").manifest
    (tmp_path / "b" / second.file).write_bytes(b"a broken disk")   # its book can still be read
    county.hub.store.close()
    (county.folder / "hub" / "black.book").unlink()
    (county.folder / "hub" / "hub.db").unlink()

    done = restore(county.folder / "hub", tmp_path / "a" / made.file, county.watch, county.dice, "it",
                   others=(tmp_path / "b",))
    county.hub = open_hub(county.folder / "hub", county.watch, county.dice)

    row = devices.get(county.hub.store.read(), kiosk.device)
    assert done.listed and row and row.state == "revoked"
