"""What comes down in chunks, until it is whole."""

from edge.domain.blob import EVERYTHING, Ranges, fits, public, ranges, read_list
from edge.domain.envelope import NAME_BYTES, Faulty
from edge.ground.database import Connection

WANT = "INSERT INTO arriving (blob) VALUES (:blob) ON CONFLICT DO NOTHING"
LIST = "SELECT list FROM arriving WHERE blob = :blob"
ALL = "SELECT blob FROM arriving ORDER BY blob"
KEEP_LIST = "UPDATE arriving SET list = :list WHERE blob = :blob"
KEEP = "INSERT INTO arriving_chunks (blob, number, content) VALUES (:blob, :number, :content) ON CONFLICT DO NOTHING"
CHUNKS = "SELECT number, content FROM arriving_chunks WHERE blob = :blob ORDER BY number"
NUMBERS = "SELECT number FROM arriving_chunks WHERE blob = :blob"
DROP_CHUNKS = "DELETE FROM arriving_chunks WHERE blob = :blob"
DROP = "DELETE FROM arriving WHERE blob = :blob"


def want(db: Connection, blob: bytes) -> None:
    """Note that a blob is wanted from the hub."""
    db.execute(WANT, {"blob": blob})


def wanted(db: Connection) -> dict[bytes, Ranges]:
    """Return which items are missing of what is wanted; what is whole is left out."""
    found = {row["blob"]: missing(db, row["blob"]) for row in db.execute(ALL).fetchall()}
    return {blob: lacking for blob, lacking in found.items() if lacking}


def missing(db: Connection, blob: bytes) -> Ranges:
    """Return which items of a wanted blob are missing."""
    hashes = _hashes(db, blob)
    if not hashes:
        return EVERYTHING
    here = {row["number"] for row in db.execute(NUMBERS, {"blob": blob})}
    return ranges(set(range(1, len(hashes) + 1)) - here)


def keep(db: Connection, blob: bytes, number: int, content: bytes) -> bool:
    """Keep an item that is wanted and fits; return whether the blob is whole by it."""
    if db.execute(LIST, {"blob": blob}).fetchone() is None:
        return False
    if number == 0:
        try:
            read_list(blob, content)
        except Faulty:
            return False
        db.execute(KEEP_LIST, {"blob": blob, "list": content})
    elif fits(_hashes(db, blob), number, content):
        db.execute(KEEP, {"blob": blob, "number": number, "content": content})
    return not missing(db, blob)


def whole(db: Connection, blob: bytes) -> bytes | None:
    """Return a wanted blob's content, or None while it is not whole. What the disk has changed is wanted again."""
    if db.execute(LIST, {"blob": blob}).fetchone() is None or missing(db, blob):
        return None
    content = b"".join(row["content"] for row in db.execute(CHUNKS, {"blob": blob}))
    if content and public(content).name == blob:
        return content
    forget(db, blob)
    want(db, blob)
    return None


def forget(db: Connection, blob: bytes) -> None:
    """Drop a blob that was used, or was never wanted."""
    db.execute(DROP_CHUNKS, {"blob": blob})
    db.execute(DROP, {"blob": blob})


def _hashes(db: Connection, blob: bytes) -> tuple[bytes, ...]:
    row = db.execute(LIST, {"blob": blob}).fetchone()
    whole_list = (row["list"] if row is not None else None) or b""
    return tuple(whole_list[at:at + NAME_BYTES] for at in range(0, len(whole_list), NAME_BYTES))
