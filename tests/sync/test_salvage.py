"""A damaged database is found before it is used, read out into a new one, and nothing that is whole is lost."""

from functools import partial
from pathlib import Path

import pytest

from edge.desk.mirror import MIRROR, read_mirror
from edge.desk.salvage import KEPT, UNDER_WAY
from edge.ground.damage import damage_of
from edge.ground.pages import FRAME_HEADER, WAL_HEADER, read_pages, wal_damaged, wal_frames
from edge.ground.problem import DATA_DAMAGED, KEY_DAMAGED, Problem
from edge.records import audit, carve, facts, lane, spoiled, submissions
from sync.agent.enrol import DATABASE, KEY_FILE, open_database, open_store
from sync.command.site_folder import open_site
from sync.command.site_start import Start, salvage, start_site
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.time_and_chance import Dice, Watch

FORMS = 12
WAL = DATABASE + "-wal"


@pytest.fixture
def kiosk(county: County) -> Kiosk:
    """A machine with a dozen forms, five of them delivered."""
    one = county.kiosk("柳河镇")
    one.site.store.close()
    start_site(one.folder, one.watch, one.dice).site.store.close()   # leaves mark and mirror
    one.restart()
    for n in range(FORMS):
        one.lodge()
        if n == 4:
            one.sync()
    return one


def switched_off(kiosk: Kiosk) -> Path:
    """Return a copy of the machine's folder as a power cut leaves it."""
    return kiosk.image()


def begin(kiosk: Kiosk, folder: Path) -> Start:
    """Start a folder as the program does."""
    return start_site(folder, Watch(kiosk.county.time), Dice(9))


def flip(path: Path, at: int, bit: int = 0) -> None:
    """Turn one bit of a file."""
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1 << bit
    path.write_bytes(bytes(raw))


def go_on(kiosk: Kiosk, folder: Path) -> None:
    """Let the machine go on with what was salvaged."""
    kiosk.restore(folder)
    kiosk.county.copied = False
    kiosk.county.pass_time(minutes=30)


def settle_into_file(folder: Path) -> Path:
    """Bring what the WAL holds into the database, as a clean end of the program does; return its path."""
    open_store(folder).close()
    return folder / DATABASE


def test_a_bit_in_the_wal_is_found_before_sqlite_drops_all_behind_it(county: County, kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    frames = wal_frames(folder / DATABASE)
    flip(folder / WAL, WAL_HEADER + (len(frames) // 2) * (FRAME_HEADER + 4096) + 900)
    assert (wal_damaged(folder / DATABASE), damage_of(folder / DATABASE, partial(open_store, folder))) == (True, "wal")

    start = begin(kiosk, folder)

    assert start.salvaged is not None
    assert (start.salvaged.envelopes, start.salvaged.lost_places) == (FORMS, ())
    start.site.store.close()
    go_on(kiosk, folder)
    assert sorted(county.hub_cases()) == sorted(county.told)
    assert all(kiosk.track(receipt) in ("held", "safe") for receipt in county.told)


def test_a_torn_end_of_the_wal_is_no_damage(kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    wal = folder / WAL
    wal.write_bytes(wal.read_bytes()[:-3000])

    assert not wal_damaged(folder / DATABASE)


def test_a_page_that_is_gone_takes_its_own_rows_and_no_others(county: County, kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    path = settle_into_file(folder)
    victims = {found.page for found in read_pages(path).rows()
               if len(found.values) == 5 and isinstance(found.values[4], bytes) and len(found.values[4]) == 64}
    page = sorted(victims)[1]
    raw = bytearray(path.read_bytes())
    raw[(page - 1) * 4096:page * 4096] = b"\xa5" * 4096
    path.write_bytes(bytes(raw))

    start = begin(kiosk, folder)
    told, db = start.salvaged, start.site.store.read()

    assert told is not None and told.lost_places
    assert told.envelopes + len(told.lost_places) == FORMS
    assert (lane.head(db).n, submissions.count(db)) == (told.envelopes, FORMS)
    assert sorted(one.place for one in spoiled.every(db)) == list(told.lost_places)
    assert (folder / told.kept / DATABASE).exists() and not (folder / UNDER_WAY).exists()
    assert audit.first_broken(db) is None
    start.site.store.close()
    lost = sum(not one.held for one in spoiled.every(open_database(folder / DATABASE).read()))
    go_on(kiosk, folder)
    assert len(county.hub_cases()) == FORMS - lost


def test_a_page_whose_list_of_rows_is_damaged_costs_none_of_its_rows(kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    path = settle_into_file(folder)
    pages = read_pages(path)
    raw = bytearray(path.read_bytes())
    for page in {page for page, _ in carve.envelopes(pages)} | {row.page for row in carve.submissions(pages)}:
        head = slice((page - 1) * 4096, (page - 1) * 4096 + 30)
        raw[head] = bytes(byte ^ 0xA5 for byte in raw[head])
    path.write_bytes(bytes(raw))

    start = begin(kiosk, folder)

    assert start.salvaged is not None
    assert (start.salvaged.envelopes, submissions.count(start.site.store.read())) == (FORMS, FORMS)
    kiosk.site.store.close()
    kiosk.site = start.site
    assert {kiosk.track(receipt) for receipt in kiosk.county.told} == {"held", "queued"}


def test_a_page_of_the_tables_names_that_is_no_text_any_more_is_read_out(kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    path = settle_into_file(folder)
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE jobs", b"CREATE \xffABLE jobs"))

    start = begin(kiosk, folder)

    assert start.salvaged is not None and start.salvaged.submissions == FORMS


def test_what_is_lost_is_said_to_its_citizen_and_to_nobody_else(county: County, kiosk: Kiosk) -> None:
    name = county.told[(receipts := list(county.told))[-1]].name
    with kiosk.site.store.write() as db:
        db.execute("UPDATE envelopes SET header = x'00' WHERE name = ?", (name,))
    kiosk.sync()

    with pytest.raises(Problem) as refused:
        kiosk.track(receipts[-1])

    assert refused.value.kind.code == "form-spoiled"
    assert [kiosk.track(receipt) for receipt in receipts[:-1]] == ["held"] * (FORMS - 1)


def test_an_envelope_that_does_not_bear_its_name_is_not_taken_along(county: County, kiosk: Kiosk) -> None:
    name = county.told[list(county.told)[7]].name
    with kiosk.site.store.write() as db:   # more than one bit: nothing explains it
        db.execute("UPDATE envelopes SET payload = x'00010203' WHERE name = ?", (name,))
        db.execute("UPDATE envelopes SET header = x'00' WHERE name = ?", (name,))
    folder = switched_off(kiosk)

    told = salvage(folder, kiosk.watch, kiosk.dice)

    db = open_database(folder / DATABASE).read()
    assert (told.envelopes, told.lost_places, lane.head(db).n) == (FORMS - 1, (8,), FORMS - 1)
    assert lane.envelopes_sound(db) and lane.place(db, name) == 0


@pytest.mark.parametrize("size", [0, 50, 4096, 20_000])
def test_a_database_cut_short_is_read_out_as_far_as_it_goes(kiosk: Kiosk, size: int) -> None:
    folder = switched_off(kiosk)
    path = settle_into_file(folder)
    path.write_bytes(path.read_bytes()[:size])

    start = begin(kiosk, folder)

    assert start.site.identity == kiosk.site.identity
    assert lane.recomputes(start.site.store.read())
    assert size == 0 or (folder / KEPT / "1" / DATABASE).stat().st_size == size


def test_a_salvage_that_was_cut_off_is_done_again_from_the_same_file(kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    (folder / KEPT / "1").mkdir(parents=True)
    (folder / UNDER_WAY).write_text("1")
    (folder / WAL).rename(folder / KEPT / "1" / WAL)   # the power went off between the two

    with pytest.raises(Problem) as refused:
        open_site(folder, kiosk.watch, kiosk.dice)
    start = begin(kiosk, folder)

    assert refused.value.kind is DATA_DAMAGED
    assert start.salvaged is not None and start.salvaged.envelopes == FORMS
    assert len(list((folder / KEPT).iterdir())) == 1


def test_numbers_of_messages_go_on_after_a_salvage(county: County, kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    before = facts.get(kiosk.site.store.read(), "message_number", int) or 0
    flip(folder / WAL, WAL_HEADER + FRAME_HEADER + 700)
    begin(kiosk, folder).site.store.close()
    go_on(kiosk, folder)

    assert (facts.get(kiosk.site.store.read(), "message_number", int) or 0) > before
    assert "two-machines" not in county.alarms()


@pytest.mark.parametrize("at", [0, 17, 31])
def test_a_bit_in_the_key_file_is_put_right(kiosk: Kiosk, at: int) -> None:
    folder = switched_off(kiosk)
    whole = (folder / KEY_FILE).read_bytes()
    flip(folder / KEY_FILE, at, 3)

    start = begin(kiosk, folder)

    assert start.site.key.public == kiosk.site.key.public
    assert (folder / KEY_FILE).read_bytes() == whole


def test_a_key_file_beyond_repair_signs_nothing(kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    flip(folder / KEY_FILE, 1)
    flip(folder / KEY_FILE, 2)

    with pytest.raises(Problem) as refused:
        begin(kiosk, folder)

    assert refused.value.kind is KEY_DAMAGED


def test_a_bit_in_the_mirror_makes_it_none(kiosk: Kiosk) -> None:
    folder = switched_off(kiosk)
    flip(folder / MIRROR, 90)
    assert read_mirror(folder) is None

    begin(kiosk, folder).site.store.close()

    assert read_mirror(folder) is not None
