"""What a restored hub takes over from newer copies: every table, and each row once."""

import re

import pytest

from edge.ground.database import Store
from sync.hub.key_bundle import new_recovery_code
from sync.hub.tables import alarms, carried, imports, link_rules, merge, shares, starts
from sync.hub.tables.carried import Carried
from sync.hub.tables.imports import Import
from sync.hub.tables.link_rules import Rules
from sync.hub.tables.shares import Share
from tests.fakes.county import County

TABLES = """SELECT name FROM sqlite_master
            WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '!_sqlite%' ESCAPE '!'"""
LATE = ["alarms", "carried", "facts", "imports", "link_rules", "shares", "starts"]


def rows(store: Store, table: str) -> set[tuple[object, ...]]:
    """Return the rows of a table, without the numbers that a hub gives by itself."""
    found = store.read().execute(f"SELECT * FROM {table}")
    return {tuple(row[key] for key in row.keys() if key != "id") for row in found}  # noqa: SIM118 - a Row yields values


def test_every_table_is_taken_over_or_says_why_not(county: County) -> None:
    here = {row["name"] for row in county.hub.store.read().execute(TABLES)}
    taken = {re.findall(r"INSERT INTO (\w+)", put)[0] for _, put in merge.MISSING}

    assert taken | set(merge.OTHERWISE) == here
    assert taken & set(merge.OTHERWISE) == set()


@pytest.mark.parametrize("old_is_broken", [False, True])
def test_what_machines_sticks_and_persons_said_after_the_backup_is_read_in(
        county: County, old_is_broken: bool) -> None:
    device = county.kiosk("柳河镇").device
    county.back_up()
    with county.hub.store.write() as db:
        carried.note(db, device, Carried(7, 100, 90, b"\x80"))
        for name in ("one.ferry", "two.ferry"):
            imports.add(db, Import(0, 100, "it", name, device, 3, 1, 0, 0, False, True))
        starts.add(db, device, b"machine", 4, b"boot", 100)
        shares.add(db, device, 20_000, Share(2, 4096))
        link_rules.put(db, Rules("柳河镇", "22:00-06:00", 1000))
        alarms.sound(db, "fork", device.hex(), "two envelopes at place 3", 100)
    new_recovery_code(county.hub, "it")
    late = {table: rows(county.hub.store, table) for table in LATE}
    county.back_up()

    for _ in range(2):   # what was read in once is not doubled by another restore
        county.restore(county.backups()[-1], old_is_broken=old_is_broken)

    for table in set(LATE) - {"facts", "alarms"}:
        assert rows(county.hub.store, table) == late[table], table
    assert late["alarms"] <= rows(county.hub.store, "alarms")
    own = {row for row in late["facts"] if row[0] == "recovery_public"}
    assert own and own <= rows(county.hub.store, "facts")
    assert len(imports.newest(county.hub.store.read(), 10)) == 2


def test_what_persons_set_is_taken_from_the_newest_copy_and_never_from_an_older_one(county: County) -> None:
    county.back_up()
    old = county.copy_hub()
    with county.hub.store.write() as db:
        link_rules.put(db, Rules("", "22:00-06:00", 1000))
    newest = county.disk / county.back_up().file
    county.restore_hub(old)   # an older database lies in the folder, and can be read

    county.restore(newest, old_is_broken=False)

    assert link_rules.every(county.hub.store.read()) == [Rules("", "22:00-06:00", 1000)]
