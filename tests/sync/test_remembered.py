"""What a restore does not forget: who was struck off or disabled, used, erased; nothing is told twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from edge.domain.envelope import Envelope
from edge.domain.key_set import KeySet, open_key_set
from edge.ground.problem import (
    CURSOR_STALE,
    REVOKED,
    STANDING_STILL,
    UNKNOWN_DEVICE,
    Problem,
)
from edge.records import audit, published
from sync.agent import push
from sync.hub import admit, enrol, erase, standing_still
from sync.hub.accounts import add_account, everyone, set_state
from sync.hub.book import Kind
from sync.hub.hub import open_hub
from sync.hub.revoke import revoke
from sync.hub.tables import book, devices, envelopes
from sync.hub.web import create_hub_app
from sync.protocol.exchange import read_question, take_apart
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk, join
from tests.sync.invariants import Witness
from tests.sync.restoring import more


def envelope_of(question: bytes, name: bytes) -> Envelope:
    """Return an envelope out of a question."""
    found = read_question(take_apart(question))
    return next(one for run in found.runs for one in run.envelopes if one.name(found.hello.device) == name)


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


def test_a_machine_that_joins_while_papers_are_read_is_not_forgotten(
        county: County, kiosk: Kiosk, tmp_path: Path) -> None:
    copy = county.copy_hub()
    late = county.kiosk("东关社区")
    county.restore_hub(copy)
    hub, known = county.hub, county.hub.key_set

    def key_set_of_a_moment_ago() -> KeySet:
        before, hub.key_set = known(), known  # type: ignore[method-assign]  # the moment before the lock is taken
        ticket = enrol.issue(hub, "北岭村", "it").text()
        join(tmp_path / "meanwhile", ticket, county.answer, county.watch, county.dice)
        return before

    hub.key_set = key_set_of_a_moment_ago  # type: ignore[method-assign]  # the same
    admit.exchange(hub, late.ask_with_papers())

    assert hub.key_set().device_publics().keys() == {one.device for one in devices.every(hub.store.read())}


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
