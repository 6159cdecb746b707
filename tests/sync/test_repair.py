"""A flipped bit in what is kept is found before it is used, put right where that can be known, and never said on."""

from dataclasses import replace
from typing import Any

import pytest

from edge.desk.repair import repair
from edge.desk.site import Site
from edge.records import lane, spoiled, submissions
from sync.agent.own_receipt import check_receipt
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk


def flip(site: Site, table: str, column: str, byte: int, *, bits: int = 1, nth: int = 0) -> None:
    """Turn bits in one value, as a sick disk would: without anybody's leave."""
    key = {"envelopes": "name", "submissions": "id", "lane": "position"}[table]
    with site.store.write() as db:
        db.execute("PRAGMA ignore_check_constraints=1")
        rows = f"SELECT {key} AS k, {column} AS v FROM {table} ORDER BY {key}"
        row = db.execute(rows).fetchall()[nth]
        raw = bytearray(row["v"])
        for n in range(bits):
            raw[(byte + n * 7) % len(raw)] ^= 1 << (byte + n) % 8
        db.execute(f"UPDATE {table} SET {column} = :v WHERE {key} = :k", {"v": bytes(raw), "k": row["k"]})


@pytest.fixture
def kiosk(county: County) -> Kiosk:
    """A machine with three forms, none of them delivered."""
    one = county.kiosk("柳河镇")
    for _ in range(3):
        one.lodge()
    return one


@pytest.mark.parametrize(("column", "byte"), [
    ("header", 0), ("header", 3), ("header", 40), ("payload", 0), ("payload", 100), ("payload_hash", 9),
    ("signature", 5)])
def test_one_flipped_bit_in_an_envelope_is_put_right(county: County, kiosk: Kiosk, column: str, byte: int) -> None:
    flip(kiosk.site, "envelopes", column, byte)

    found = repair(kiosk.site)
    county.pass_time(minutes=20)

    assert (found.mended, found.lost) == (1, 0)
    assert sorted(county.hub_cases()) == sorted(county.told)
    assert (kiosk.incarnations(), repair(kiosk.site).anything) == (1, False)


def test_one_flipped_bit_is_put_right_before_the_first_word_is_said(county: County, kiosk: Kiosk) -> None:
    flip(kiosk.site, "envelopes", "header", 3)

    county.pass_time(minutes=20)

    assert sorted(county.hub_cases()) == sorted(county.told)
    assert (kiosk.incarnations(), county.alarms()) == (1, [])


def test_a_header_beyond_repair_costs_one_incarnation_and_not_one_a_round(county: County, kiosk: Kiosk) -> None:
    flip(kiosk.site, "envelopes", "header", 2, bits=3)

    county.pass_time(hours=3)

    assert (len(county.hub_cases()), kiosk.incarnations()) == (2, 2)
    assert spoiled.lost(kiosk.site.store.read()) == 1
    assert lane.recomputes(kiosk.site.store.read())


@pytest.mark.parametrize(("column", "byte"), [("track", 0), ("track", 31), ("record", 20)])
def test_one_flipped_bit_in_the_citizens_record_is_put_right(
        county: County, kiosk: Kiosk, column: str, byte: int) -> None:
    flip(kiosk.site, "submissions", column, byte)
    damaged = len(submissions.damaged(kiosk.site.store.read()))

    repair(kiosk.site)

    assert damaged == 1
    assert [kiosk.track(receipt) for receipt in county.told] == ["queued"] * 3


def test_a_flipped_chain_value_costs_one_incarnation(county: County, kiosk: Kiosk) -> None:
    flip(kiosk.site, "lane", "chain", 7, nth=1)

    repair(kiosk.site)
    county.pass_time(minutes=20)

    assert sorted(county.hub_cases()) == sorted(county.told)
    assert kiosk.incarnations() == 2


@pytest.mark.parametrize(("change", "n"), [({"n": 3}, 0), ({"safe": 2}, 2), ({"chain": b"x" * 32}, 0), ({}, 2)])
def test_a_receipt_that_the_hub_did_not_sign_so_is_dropped_before_anything_is_deleted_by_it(
        county: County, change: dict[str, Any], n: int) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    kiosk.lodge()
    kiosk.sync()
    kept = lane.receipt(kiosk.site.store.read())
    assert kept is not None and (kept.n, kept.safe) == (2, 0)
    with kiosk.site.store.write() as db:
        lane.keep_receipt(db, replace(kept, **change))

    assert check_receipt(kiosk.site) is bool(n)
    assert lane.acked(kiosk.site.store.read()) == (n, 0)
    county.pass_time(minutes=20)
    assert (kiosk.acked(), kiosk.incarnations()) == (2, 1)


@pytest.mark.parametrize("column", ["content", "content_hash", "code"])
def test_a_published_item_is_what_was_published(county: County, column: str) -> None:
    site = county.kiosk("柳河镇").site
    before = set(site.catalogue().items)
    with site.store.write() as db:
        row = db.execute("SELECT * FROM published WHERE kind = 'item' AND code = 'RS-01'").fetchone()
        value = row[column]
        changed = bytes((value[0] ^ 4, *value[1:])) if isinstance(value, bytes) else "RS-11"
        db.execute(f"UPDATE published SET {column} = ? WHERE kind = 'item' AND code = 'RS-01'", (changed,))

    found = repair(site)

    assert (found.mended, set(site.catalogue().items)) == (1, before)
    assert site.catalogue().item("RS-01").version
    assert not repair(site).anything


def test_a_changed_word_of_the_county_is_what_the_county_signed(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    county.pass_time(minutes=10)
    county.decide(receipt, "reject")
    county.pass_time(minutes=10)
    with kiosk.site.store.write() as db:
        db.execute("UPDATE statuses SET word = 'accepted'")
    assert kiosk.track(receipt) == "accepted"

    repair(kiosk.site)

    assert kiosk.track(receipt) == "rejected"
