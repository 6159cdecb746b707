"""What the county published: of items and county data every version for ever, of key sets the newest ones."""

from dataclasses import dataclass

from edge.ground.database import Connection
from sync.hub.tables.rows import number_of

ADD = """INSERT INTO published (kind, code, version, content, published_at, actor)
         VALUES (:kind, :code, :version, :content, :at, :actor)"""
ONE = "SELECT content FROM published WHERE kind = :kind AND code = :code AND version = :version"
_OF_KIND = "SELECT kind, code, version, content, published_at, actor FROM published p WHERE kind = :kind AND"
NEWEST = f"""{_OF_KIND} version = (SELECT max(version) FROM published q WHERE q.kind = p.kind AND q.code = p.code)
            ORDER BY code"""
VERSIONS = f"{_OF_KIND} code = :code ORDER BY version DESC"
NEWEST_VERSION = "SELECT coalesce(max(version), 0) AS n FROM published WHERE kind = :kind AND code = :code"
NEWEST_OF_EACH = "SELECT code, max(version) FROM published WHERE kind = :kind GROUP BY code ORDER BY code"
FORGET = "DELETE FROM published WHERE kind = :kind AND code = :code AND version <= :version"


@dataclass(frozen=True)
class Published:
    """One version of something."""

    kind: str
    code: str
    version: int
    content: bytes
    published_at: int
    actor: str


def add(db: Connection, one: Published) -> None:
    """Keep a new version."""
    db.execute(ADD, {"kind": one.kind, "code": one.code, "version": one.version, "content": one.content,
                     "at": one.published_at, "actor": one.actor})


def one(db: Connection, kind: str, code: str, version: int) -> bytes | None:
    """Return the content of one version, or None."""
    row = db.execute(ONE, {"kind": kind, "code": code, "version": version}).fetchone()
    return None if row is None else row["content"]


def newest(db: Connection, kind: str) -> list[Published]:
    """Return the newest version of each code."""
    return [Published(*row) for row in db.execute(NEWEST, {"kind": kind})]


def newest_version(db: Connection, kind: str, code: str = "") -> int:
    """Return the number of the newest version, 0 before the first; its content may be large and is not read."""
    return number_of(db, NEWEST_VERSION, {"kind": kind, "code": code})


def newest_of_each(db: Connection, kind: str) -> list[tuple[str, int]]:
    """Return each code with the number of its newest version; no content is read."""
    return [(code, version) for code, version in db.execute(NEWEST_OF_EACH, {"kind": kind})]


def forget(db: Connection, kind: str, code: str, version: int) -> None:
    """Drop the versions up to this one."""
    db.execute(FORGET, {"kind": kind, "code": code, "version": version})


def versions(db: Connection, kind: str, code: str) -> list[Published]:
    """Return all versions of one code, newest first."""
    return [Published(*row) for row in db.execute(VERSIONS, {"kind": kind, "code": code})]
