"""How forms were used, as the machines counted: the newest total of each machine, day and version of an item."""

import msgspec

from edge.domain.use import Counts, DayUse, added
from edge.ground.database import Connection

PUT = """INSERT INTO use_days (device, incarnation, day, item, version, revision, counts)
         VALUES (:device, :incarnation, :day, :item, :version, :revision, :counts)
         ON CONFLICT (item, day, device, incarnation, version) DO UPDATE
           SET revision = excluded.revision, counts = excluded.counts WHERE excluded.revision > use_days.revision"""
OF_ITEM = "SELECT version, counts FROM use_days WHERE item = :item AND day >= :since"
FORGET = "DELETE FROM use_days WHERE device = :device AND day < :day"


def put(db: Connection, device: bytes, use: DayUse) -> None:
    """Keep a total; an older one that comes again or late changes nothing."""
    db.execute(PUT, {"device": device, "incarnation": use.incarnation, "day": use.day, "item": use.item,
                     "version": use.version, "revision": use.revision, "counts": msgspec.msgpack.encode(use.counts)})


def of_item(db: Connection, item: str, since: str) -> dict[int, Counts]:
    """Return the sums over all machines from a day on, by version of the item."""
    found: dict[int, Counts] = {}
    for row in db.execute(OF_ITEM, {"item": item, "since": since}):
        found[row["version"]] = added(found.get(row["version"], {}), msgspec.msgpack.decode(row["counts"], type=Counts))
    return found


def forget(db: Connection, device: bytes, day: str) -> None:
    """Drop what a machine told of all days before `day`."""
    db.execute(FORGET, {"device": device, "day": day})
