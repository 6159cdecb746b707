"""Every envelope with a good signature, once, under its name, in one state."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from edge.domain.envelope import Envelope, Faulty, Header, read_header
from edge.ground.database import Connection
from sync.hub.tables.rows import first

ADD = """INSERT INTO envelopes (name, device, kind, ref, header, payload, payload_hash, state, received_at)
         SELECT :name, :device, :kind, :ref, :header,
           CASE WHEN EXISTS (SELECT 1 FROM book b WHERE b.kind = 'erased' AND b.subject IN (:name, :ref)) THEN NULL
             ELSE :payload END, :payload_hash, :state, :at
         WHERE true ON CONFLICT (name) DO UPDATE SET payload = excluded.payload
         WHERE envelopes.payload IS NULL AND excluded.payload IS NOT NULL"""
_COLUMNS = "name, device, kind, ref, header, payload, payload_hash, state, received_at"
GET = f"SELECT {_COLUMNS} FROM envelopes WHERE name = :name"
HAS = "SELECT 1 FROM envelopes WHERE name = :name"
TO_OPEN = f"""SELECT {_COLUMNS} FROM envelopes WHERE state = 'held' AND payload IS NOT NULL
              ORDER BY received_at, name LIMIT :most"""
EVERY = f"SELECT {_COLUMNS} FROM envelopes"
MARK = "UPDATE envelopes SET state = :state WHERE name = :name AND state = 'held'"
RELEASE = "UPDATE envelopes SET state = 'held' WHERE device = :device AND state = 'set_aside'"
REFUSE = "UPDATE envelopes SET state = 'unopenable' WHERE device = :device AND state = 'set_aside'"
ASIDE = """SELECT device, count(*) AS n, min(received_at) AS first, max(received_at) AS last FROM envelopes
           WHERE state = 'set_aside' GROUP BY device ORDER BY device"""
UNKNOWN = f"SELECT {_COLUMNS} FROM envelopes WHERE state = 'unknown_kind' ORDER BY received_at, name"
TAKE_UP = "UPDATE envelopes SET state = 'held' WHERE name = :name AND state = 'unknown_kind'"
OFF_LANES = """SELECT name, header FROM envelopes WHERE device = :device
               AND name NOT IN (SELECT name FROM lane_names WHERE device = :device)"""
COUNTS = "SELECT state, count(*) AS n FROM envelopes GROUP BY state"


@dataclass(frozen=True)
class Kept:
    """A stored envelope."""

    name: bytes
    device: bytes
    kind: str
    ref: bytes
    header_bytes: bytes
    payload: bytes | None
    payload_hash: bytes
    state: str
    received_at: int

    @property
    def envelope(self) -> Envelope:
        """The envelope as it came."""
        return Envelope(self.header_bytes, self.payload_hash, self.payload)


def add(db: Connection, device: bytes, name: bytes, came: Envelope, header: Header, state: str, at: int) -> bool:
    """Keep an envelope; True when it is new or brought a payload that was missing, False for a word-for-word repeat.

    The content of one that was erased is not taken again, whoever still has it.
    """
    done = db.execute(ADD, {
        "name": name, "device": device, "kind": header.kind, "ref": header.ref, "header": came.header_bytes,
        "payload": came.payload, "payload_hash": came.payload_hash, "state": state, "at": at})
    return done.rowcount == 1


def get(db: Connection, name: bytes) -> Kept | None:
    """Return the envelope of this name, or None."""
    return first(db, GET, {"name": name}, Kept)


def has(db: Connection, name: bytes) -> bool:
    """Return whether an envelope of this name is here, with its content or without."""
    return db.execute(HAS, {"name": name}).fetchone() is not None


def to_open(db: Connection, most: int) -> list[Kept]:
    """Return up to `most` envelopes that are held and wait to be opened, oldest first."""
    return [Kept(*row) for row in db.execute(TO_OPEN, {"most": most})]


def mark(db: Connection, name: bytes, state: str) -> bool:
    """Move a held envelope to its final state; False when someone else did."""
    return db.execute(MARK, {"name": name, "state": state}).rowcount == 1


def release(db: Connection, device: bytes) -> int:
    """Let what a revoked device sent be opened after all; return how many envelopes."""
    return db.execute(RELEASE, {"device": device}).rowcount


def refuse(db: Connection, device: bytes) -> int:
    """Let nothing of what a revoked device sent be opened; return how many envelopes."""
    return db.execute(REFUSE, {"device": device}).rowcount


def aside(db: Connection) -> list[tuple[bytes, int, int, int]]:
    """Return (device, how many, when the first and the last came) of what waits for a person."""
    return [(row["device"], row["n"], row["first"], row["last"]) for row in db.execute(ASIDE)]


def unknown(db: Connection, kinds: Container[str]) -> list[Kept]:
    """Return what was kept as of an unknown kind and is of one of these kinds."""
    return [kept for row in db.execute(UNKNOWN) if (kept := Kept(*row)).kind in kinds]


def take_up(db: Connection, name: bytes) -> None:
    """Let an envelope be opened that could not be understood when it came."""
    db.execute(TAKE_UP, {"name": name})


def counts(db: Connection) -> dict[str, int]:
    """Return how many envelopes stand in each state."""
    return {row["state"]: row["n"] for row in db.execute(COUNTS)}


def off_lanes(db: Connection, device: bytes) -> list[bytes]:
    """Return the names of what a device signed and no lane holds, as read off a disk, in the order of its clock."""
    rows = [(_times(row["header"]), row["name"]) for row in db.execute(OFF_LANES, {"device": device})]
    return [name for _, name in sorted(rows)]


def _times(header: bytes) -> tuple[int, int]:
    try:
        read = read_header(header)
    except Faulty:
        return 0, 0   # damaged on the hub's disk: `examine` names it, and no order is right with it
    return read.device_time, read.monotonic


def every(db: Connection) -> Iterator[Kept]:
    """Yield all envelopes."""
    for row in db.execute(EVERY):
        yield Kept(*row)
