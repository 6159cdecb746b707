"""Items, the county's data and the key set, as the hub published them; every version is kept."""

from dataclasses import dataclass

from edge.ground.database import Connection
from edge.ground.sealing import digest

ADD = """INSERT INTO published (kind, code, version, content, came_at, content_hash)
         VALUES (:kind, :code, :version, :content, :at, :content_hash)
         ON CONFLICT (kind, code, version) DO NOTHING"""
EVERY = "SELECT kind, code, version, content, content_hash FROM published"
KEEP_HASH = """UPDATE published SET content_hash = :content_hash WHERE kind = :kind AND code = :code
               AND version = :version"""
DROP = "DELETE FROM published WHERE kind = :kind AND code = :code AND version = :version"
NEWEST = """SELECT code, version, content FROM published p WHERE kind = :kind
            AND version = (SELECT max(version) FROM published q WHERE q.kind = p.kind AND q.code = p.code) ORDER BY
            code"""
ONE = "SELECT content FROM published WHERE kind = :kind AND code = :code AND version = :version"
MARK = "SELECT count(*) AS n, coalesce(sum(version), 0) AS v FROM published WHERE kind IN ('item', 'county')"


def add(db: Connection, kind: str, code: str, version: int, content: bytes, at: int) -> bool:
    """Keep a version; False when it is here already."""
    return db.execute(ADD, {"kind": kind, "code": code, "version": version, "content": content, "at": at,
                            "content_hash": hashes(kind, code, version, content)}).rowcount == 1


def newest(db: Connection, kind: str) -> dict[str, tuple[int, bytes]]:
    """Return code → (version, content) of the highest versions of `item`, `county` or `key_set`."""
    return {row["code"]: (row["version"], row["content"]) for row in db.execute(NEWEST, {"kind": kind})}


def one(db: Connection, kind: str, code: str, version: int) -> bytes | None:
    """Return the content of one version, or None."""
    row = db.execute(ONE, {"kind": kind, "code": code, "version": version}).fetchone()
    return None if row is None else row["content"]


def mark(db: Connection) -> tuple[int, int]:
    """Return two numbers that change whenever something was published: when to read the catalogue anew."""
    row = db.execute(MARK).fetchone()
    return row["n"], row["v"]


@dataclass(frozen=True)
class Part:
    """One version of something published, with the hash under which it was kept."""

    kind: str
    code: str
    version: int
    content: bytes
    content_hash: bytes | None   # 64 bytes; see `hashes`

    @property
    def key(self) -> dict[str, object]:
        """What the row is found by."""
        return {"kind": self.kind, "code": self.code, "version": self.version}


def hashes(kind: str, code: str, version: int, content: bytes) -> bytes:
    """Return the hash of a content, and that of the place where it is kept: 64 bytes."""
    of_content = digest(content)
    return of_content + digest(f"{kind} {code} {version}".encode(), of_content)


def unsound(db: Connection) -> list[Part]:
    """Return what is not what was kept, or not where it was kept; a row of a version before this one gets its hashes
    now.
    """
    found: list[Part] = []
    for row in db.execute(EVERY).fetchall():
        part = Part(*row)
        if part.content_hash is None:
            db.execute(KEEP_HASH, {**part.key, "content_hash": hashes(*list(row)[:4])})
        elif hashes(part.kind, part.code, part.version, part.content) != part.content_hash:
            found.append(part)
    return found


def drop(db: Connection, part: Part) -> None:
    """Take out what nobody can read any more."""
    db.execute(DROP, part.key)
