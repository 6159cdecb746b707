"""Counts of how forms were used, a total for each day and version of an item."""

from collections.abc import Iterable

import msgspec

from edge.domain.use import Counts, DayUse, added
from edge.ground.database import Connection

_COLUMNS = "incarnation, day, item, version, revision, counts"
_ONE = "incarnation = :incarnation AND day = :day AND item = :item AND version = :version"
GET = f"SELECT revision, counts FROM use_days WHERE {_ONE}"
PUT = """INSERT INTO use_days (incarnation, day, item, version, revision, counts)
         VALUES (:incarnation, :day, :item, :version, 1, :counts)
         ON CONFLICT (incarnation, day, item, version) DO UPDATE
           SET revision = revision + 1, counts = excluded.counts"""
UNTOLD = f"SELECT {_COLUMNS} FROM use_days WHERE told < revision ORDER BY day, item, version LIMIT :most"
NEWEST = f"SELECT {_COLUMNS} FROM use_days WHERE told < revision ORDER BY day DESC, item, version LIMIT :most"
TELL = f"UPDATE use_days SET told = :revision WHERE {_ONE} AND told < :revision"
FORGET = "DELETE FROM use_days WHERE day < :day"


def add(db: Connection, incarnation: bytes, day: str, item: str, version: int, counts: Counts) -> None:
    """Add counts to the total of a day."""
    key = {"incarnation": incarnation, "day": day, "item": item, "version": version}
    row = db.execute(GET, key).fetchone()
    before: Counts = {} if row is None else msgspec.msgpack.decode(row["counts"], type=Counts)
    db.execute(PUT, {**key, "counts": msgspec.msgpack.encode(added(before, counts))})


def untold(db: Connection, most: int, *, newest: bool = False) -> list[DayUse]:
    """Return totals that the hub is not known to hold, the oldest day first, or the newest."""
    return [DayUse(row["incarnation"], row["day"], row["item"], row["version"], row["revision"],
                   msgspec.msgpack.decode(row["counts"]))
            for row in db.execute(NEWEST if newest else UNTOLD, {"most": most})]


def tell(db: Connection, said: Iterable[DayUse]) -> None:
    """Note that the hub holds these totals; what was counted since then is still to be told."""
    for one in said:
        db.execute(TELL, {"incarnation": one.incarnation, "day": one.day, "item": one.item, "version": one.version,
                          "revision": one.revision})


def forget(db: Connection, day: str) -> None:
    """Drop the totals of all days before `day`."""
    db.execute(FORGET, {"day": day})
