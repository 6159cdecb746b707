"""The list of backups: which may be restored, where they lie, how far each lane stands in them."""

from dataclasses import dataclass

from edge.domain.lane import Position
from edge.ground.database import Connection
from sync.hub.tables.rows import first, number_of

ADD = """INSERT INTO backups (id, number, made_at, manifest) VALUES (:id, :number, :made_at, :manifest)
         ON CONFLICT (id) DO UPDATE SET manifest = excluded.manifest WHERE backups.manifest = x''"""
ADD_HEAD = """INSERT INTO backup_heads (backup, device, incarnation, n, chain)
              VALUES (:backup, :device, :incarnation, :n, :chain) ON CONFLICT DO NOTHING"""
ADD_PLACE = "INSERT INTO backup_places (backup, folder) VALUES (:backup, :folder) ON CONFLICT DO NOTHING"
RETIRE = "UPDATE backups SET state = 'retired' WHERE id = :id AND state = 'kept'"
DROP_HEADS = "DELETE FROM backup_heads WHERE backup = :id"
_ROW = "SELECT id, number, made_at, manifest, state FROM backups"
ALL = f"{_ROW} ORDER BY number DESC"
ONE = f"{_ROW} WHERE id = :id"
PLACES = "SELECT folder FROM backup_places WHERE backup = :id ORDER BY folder"
FOLDERS = "SELECT DISTINCT folder FROM backup_places ORDER BY folder"
NEXT = "SELECT coalesce(max(number), 0) + 1 AS n FROM backups"
HEADS_AT = """SELECT coalesce(h.n, 0) AS n, coalesce(h.chain, x'') AS chain FROM backups b
              LEFT JOIN backup_heads h ON h.backup = b.id AND h.device = :device AND h.incarnation = :incarnation
              WHERE b.state = 'kept'"""


@dataclass(frozen=True)
class BackupRow:
    """One backup that was listed; `manifest` is its signed line, empty when none was found."""

    id: bytes
    number: int
    made_at: int
    manifest: bytes
    state: str


def add(db: Connection, row: BackupRow, heads: list[tuple[bytes, Position]]) -> None:
    """List a backup with the heads of (device, lane) in it."""
    db.execute(ADD, {"id": row.id, "number": row.number, "made_at": row.made_at, "manifest": row.manifest})
    for device, head in heads:
        db.execute(ADD_HEAD, {"backup": row.id, "device": device, "incarnation": head.incarnation, "n": head.n,
                              "chain": head.chain})


def retire(db: Connection, id: bytes) -> bool:
    """Strike a backup off the list of those that may be restored; False when it was."""
    done = db.execute(RETIRE, {"id": id}).rowcount == 1
    if done:
        db.execute(DROP_HEADS, {"id": id})
    return done


def every(db: Connection) -> list[BackupRow]:
    """Return all backups, newest first."""
    return [BackupRow(*row) for row in db.execute(ALL)]


def one(db: Connection, id: bytes) -> BackupRow | None:
    """Return a backup, or None."""
    return first(db, ONE, {"id": id}, BackupRow)


def next_number(db: Connection) -> int:
    """Return the number of the next backup."""
    return number_of(db, NEXT)


def put_place(db: Connection, id: bytes, folder: str) -> None:
    """Note that a backup lies in a folder."""
    db.execute(ADD_PLACE, {"backup": id, "folder": folder})


def places(db: Connection, id: bytes) -> list[str]:
    """Return the folders in which a backup lies."""
    return [row["folder"] for row in db.execute(PLACES, {"id": id})]


def folders(db: Connection) -> list[str]:
    """Return every folder that holds a backup."""
    return [row["folder"] for row in db.execute(FOLDERS)]


def heads_at(db: Connection, device: bytes, incarnation: bytes) -> list[tuple[int, bytes]]:
    """Return (n, chain) of one lane in every backup that may be restored; (0, b"") where the lane is not in it."""
    rows = db.execute(HEADS_AT, {"device": device, "incarnation": incarnation})
    return [(row["n"], row["chain"]) for row in rows]
