"""The lane down to each device: the same kind of lane, kept until a case is erased, as an old image may ask from the
beginning.
"""

from edge.domain.lane import DOWN, Position, link, start
from edge.ground.database import Connection

GET = "SELECT incarnation, head, chain FROM down_lanes WHERE device = :device"
CREATE = "INSERT INTO down_lanes (device, incarnation, chain) VALUES (:device, :incarnation, :chain)"
RENEW = "UPDATE down_lanes SET incarnation = :incarnation, head = 0, chain = :chain WHERE device = :device"
CLEAR = "DELETE FROM down_names WHERE device = :device"
NAMES = "SELECT name FROM down_names WHERE device = :device ORDER BY position"
ALL_NAMES = "SELECT position, name, chain FROM down_names WHERE device = :device ORDER BY position"
AT = "SELECT chain FROM down_names WHERE device = :device AND position = :position"
KEEP = """INSERT INTO down_envelopes (name, device, envelope, signature) VALUES (:name, :device, :envelope, :signature)
          ON CONFLICT (name) DO NOTHING"""
ADD = "INSERT INTO down_names (device, position, name, chain) VALUES (:device, :position, :name, :chain)"
MOVE = "UPDATE down_lanes SET head = :position, chain = :chain WHERE device = :device"
AFTER = """SELECT e.envelope, e.signature FROM down_names n JOIN down_envelopes e USING (name)
           WHERE n.device = :device AND n.position > :after ORDER BY n.position LIMIT :most"""


def head(db: Connection, device: bytes) -> Position | None:
    """Return the end of a device's downlink, or None before it has one."""
    row = db.execute(GET, {"device": device}).fetchone()
    return None if row is None else Position(row["incarnation"], row["head"], row["chain"])


def create(db: Connection, device: bytes, incarnation: bytes) -> None:
    """Begin a device's first downlink."""
    db.execute(CREATE, {"device": device, "incarnation": incarnation, "chain": start(DOWN, device, incarnation)})


def renew(db: Connection, device: bytes, incarnation: bytes) -> None:
    """Begin a new incarnation; everything still live goes in again, under the same names."""
    live = [row["name"] for row in db.execute(NAMES, {"device": device})]
    db.execute(CLEAR, {"device": device})
    db.execute(RENEW, {"device": device, "incarnation": incarnation, "chain": start(DOWN, device, incarnation)})
    for name in live:
        _place(db, device, name)


def names(db: Connection, device: bytes) -> list[tuple[int, bytes, bytes]]:
    """Return (position, name, chain) of a whole downlink, in order."""
    return [(row["position"], row["name"], row["chain"]) for row in db.execute(ALL_NAMES, {"device": device})]


def chain_at(db: Connection, device: bytes, n: int) -> bytes | None:
    """Return the chain value after the first n names, or None where the lane does not reach."""
    end = head(db, device)
    if end is None:
        return None
    if n == 0:
        return start(DOWN, device, end.incarnation)
    row = db.execute(AT, {"device": device, "position": n}).fetchone()
    return None if row is None else row["chain"]


def put(db: Connection, device: bytes, name: bytes, envelope: bytes, signature: bytes) -> None:
    """Send an envelope down: keep it and give it the next place, inside the write lock."""
    db.execute(KEEP, {"name": name, "device": device, "envelope": envelope, "signature": signature})
    _place(db, device, name)


def _place(db: Connection, device: bytes, name: bytes) -> None:
    end = head(db, device)
    if end is None:
        raise LookupError("the device has no downlink yet")
    row = {"device": device, "position": end.n + 1, "chain": link(end.chain, name)}
    db.execute(ADD, {**row, "name": name})
    db.execute(MOVE, row)


def after(db: Connection, device: bytes, n: int, most: int) -> list[tuple[bytes, bytes]]:
    """Return (envelope, signature) of up to `most` envelopes behind place n."""
    return [(row["envelope"], row["signature"]) for row in db.execute(AFTER, {"device": device, "after": n,
                                                                              "most": most})]
