"""Who hears of a new key set, and when: what is urgent at once, one more machine of many with the next set."""

from datetime import timedelta

import msgspec
import pytest

from edge.domain import envelope
from edge.domain.envelope import Kind
from edge.domain.key_set import DeviceKey, open_key_set
from edge.ground.database import Connection
from edge.ground.keys import SigningKey
from edge.ground.problem import DISK_FULL, Problem
from edge.records import arriving, news
from edge.work.housekeeping import understand_held
from sync.hub import enrol, feed, keyring
from sync.hub.chores import chores
from sync.hub.hub import Hub
from sync.hub.publish import publish_county
from sync.hub.tables import devices, down, published
from sync.protocol.enrolment import Request, proof, transcript
from tests.fakes.county import County

FEW, MANY = 3, 5


@pytest.fixture(autouse=True)
def nothing_else_goes_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare each machine that joins what the county published: it would be most of the work."""
    monkeypatch.setattr(enrol, "feed_everything", lambda *_given: None)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a county of more than three machines be one of many."""
    monkeypatch.setattr(keyring, "FEW_DEVICES", FEW)


def join_many(county: County, many: int) -> None:
    """Let machines join of which nothing is needed but their place in the key set."""
    for _ in range(many):
        ticket = enrol.issue(county.hub, "东关社区", "it")
        public = SigningKey(county.dice(32)).public
        enrol.enrol(county.hub, msgspec.msgpack.encode(Request(
            ticket.public, public, "", "test", proof(ticket.secret, transcript(public, "", "test")))))


def told(hub: Hub) -> dict[bytes, list[int]]:
    """Return device → the versions of the key sets that went down to it."""
    db = hub.store.read()
    return {one.device: [
        open_key_set(came.payload or b"", hub.root.public).version
        for raw, _ in down.after(db, one.device, 0, 10_000)
        if (came := envelope.read(raw)).header.kind == Kind.KEY_SET] for one in devices.every(db)}


def do_chores(county: County) -> None:
    """Do what the hub's process does each minute."""
    chores(county.hub).run_all()


def test_sixty_that_join_are_told_to_each_other_in_a_few_key_sets(county: County) -> None:
    first = county.kiosk("柳河镇")
    join_many(county, 58)
    last = county.kiosk("城西支行")
    do_chores(county)
    assert max(map(len, told(county.hub).values())) == keyring.FEW_DEVICES - 1
    assert last.device in last.site.key_set().device_publics()

    county.time.go(timedelta(hours=6))
    for _ in range(2):   # what was told is not told again
        do_chores(county)

    newest = county.hub.key_set()
    assert len(newest.devices) == 60 and {one[-1] for one in told(county.hub).values()} == {newest.version}
    # twenty told each other one by one, and everybody once
    assert sum(map(len, told(county.hub).values())) == 20 * 19 // 2 + 60
    first.sync()
    assert first.site.key_set() == newest


@pytest.mark.usefixtures("few")
def test_one_that_joins_after_quiet_hours_is_told_at_once_and_the_next_ones_together(county: County) -> None:
    join_many(county, MANY)
    county.time.go(timedelta(hours=7))
    do_chores(county)

    county.time.go(timedelta(hours=7))
    rounds = []
    for _ in range(14):
        join_many(county, 1)
        rounds.append(keyring.tell_if_due(county.hub))
        county.time.go(timedelta(hours=1))

    assert rounds == [True, *[False] * 5, True, *[False] * 5, True, False]


@pytest.mark.usefixtures("few")
def test_a_machine_that_is_struck_off_is_told_to_all_at_once_among_many(county: County) -> None:
    kiosk, stolen = county.kiosk("柳河镇"), county.kiosk("城西支行")
    join_many(county, MANY)

    county.revoke(stolen)
    kiosk.sync()

    assert [one.device for one in kiosk.site.key_set().devices if one.revoked_at] == [stolen.device]
    newest = county.hub.key_set().version
    assert all(newest in versions for device, versions in told(county.hub).items() if device != stolen.device)


@pytest.mark.usefixtures("few")
def test_a_new_departments_key_is_told_to_all_at_once_among_many(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    join_many(county, MANY)
    data = county.hub.catalogue().county
    name = next(iter(data.departments.values()))

    publish_county(county.hub, msgspec.structs.replace(
        data, version=data.version + 1, departments={**data.departments, "新局": name}), "it")
    kiosk.sync()

    assert kiosk.site.key_set().department_key("新局") is not None


def name_many(county: County, many: int) -> None:
    """Let the key set grow by machines that never talk."""
    hub = county.hub
    with hub.store.write() as db:
        site = devices.sites(db)[0]
        for label in map(str, range(many)):
            entry = DeviceKey(county.dice(16), county.dice(32), site.name, label)
            devices.add(db, entry.device, site.id, label, entry.public, hub.now())
            keyring.add_device(hub, db, entry)


@pytest.mark.usefixtures("few")
def test_a_key_set_that_no_envelope_holds_comes_down_in_chunks(county: County) -> None:
    kiosk, stolen = county.kiosk("柳河镇"), county.kiosk("城西支行")
    name_many(county, 260)
    late = county.kiosk("东关社区")   # in the answer to its ticket it comes whole

    county.revoke(stolen)
    county.settle(2)

    newest = county.hub.key_set()
    assert len(newest.devices) == 263 and kiosk.site.key_set() == late.site.key_set() == newest
    assert [one.device for one in newest.devices if one.revoked_at] == [stolen.device]
    db = kiosk.site.store.read()
    assert arriving.wanted(db) == {} and news.held(db) == []


@pytest.mark.usefixtures("few")
def test_of_several_large_key_sets_only_the_newest_is_fetched(county: County) -> None:
    kiosk, stolen = county.kiosk("柳河镇"), county.kiosk("城西支行")
    name_many(county, 260)
    named = county.hub.key_set()
    for _ in range(2):
        with county.hub.store.write() as db:
            keyring.tell_struck_off(county.hub, db, stolen.device)
    kiosk.hear(county.answer("/ferry/v1/sync", kiosk.ask()))
    db = kiosk.site.store.read()
    assert len(arriving.wanted(db)) == 1 and len(news.held(db)) == 2
    with county.hub.store.write() as at_hub:
        at_hub.execute("DELETE FROM public_blobs WHERE name NOT IN (?)", list(arriving.wanted(db)))

    kiosk.sync()

    assert kiosk.site.key_set().version == named.version + 2 and arriving.wanted(db) == {}
    kiosk.restart()
    assert understand_held(kiosk.site) == 1 and news.held(kiosk.site.store.read()) == []
    assert arriving.wanted(kiosk.site.store.read()) == {}


@pytest.mark.usefixtures("few")
def test_a_clock_that_fell_back_by_years_silences_nobody(county: County) -> None:
    join_many(county, MANY)
    county.watch.wrong_by = timedelta(days=3650)
    keyring.tell_if_due(county.hub)
    county.watch.wrong_by = timedelta(0)
    join_many(county, 1)

    assert keyring.tell_if_due(county.hub)


@pytest.mark.usefixtures("few")
def test_a_telling_that_breaks_in_its_midst_is_done_anew_as_a_whole(
        county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    join_many(county, MANY)
    county.time.go(timedelta(hours=7))
    before, put, left = told(county.hub), feed.put, iter(range(FEW))

    def until_the_disk_is_full(hub: Hub, db: Connection, device: bytes, kind: Kind, payload: bytes,
                               must_understand: tuple[str, ...]) -> bytes:
        if next(left, None) is None:
            raise Problem(DISK_FULL)
        return put(hub, db, device, kind, payload, must_understand=must_understand)

    with monkeypatch.context() as patched:
        patched.setattr(feed, "put", until_the_disk_is_full)
        do_chores(county)
    assert told(county.hub) == before

    do_chores(county)

    newest = county.hub.key_set().version
    assert {device: versions[-1] for device, versions in told(county.hub).items()} == dict.fromkeys(before, newest)


@pytest.mark.parametrize("old_is_broken", [False, True])
@pytest.mark.usefixtures("few")
def test_a_restored_hub_tells_again_what_it_may_not_have_told(county: County, old_is_broken: bool) -> None:
    kiosk, stolen = county.kiosk("柳河镇"), county.kiosk("城西支行")
    join_many(county, MANY)
    county.time.go(timedelta(hours=7))
    do_chores(county)
    county.back_up()
    county.revoke(stolen)                     # in the black book; nobody has heard of it
    join_many(county, 1)
    county.restore(county.backups()[0], old_is_broken=old_is_broken)
    do_chores(county)
    county.time.go(timedelta(hours=5))
    assert not keyring.tell_if_due(county.hub)   # whoever holds a newer one shows its papers first

    county.time.go(timedelta(hours=1))
    do_chores(county)
    county.settle(2)

    newest = county.hub.key_set()
    assert kiosk.site.key_set() == newest and len(newest.devices) == 2 + MANY + (not old_is_broken)
    assert [one.device for one in newest.devices if one.revoked_at] == [stolen.device]


def test_of_key_sets_only_the_newest_are_kept(county: County) -> None:
    newest = county.hub.key_set().version + keyring.KEPT_SETS + 5
    for number in range(keyring.KEPT_SETS + 5):
        keyring.make_department_keys(county.hub, [f"department {number}"])

    kept = [one.version for one in published.versions(county.hub.store.read(), "key_set", "")]

    assert kept == list(range(newest, newest - keyring.KEPT_SETS, -1))
    county.restart_hub()
    assert county.hub.key_set().version == newest
