"""Items, the county's data and the key set, as the hub published them; every version is kept."""

from edge.ground.database import Connection

ADD = """INSERT INTO published (kind, code, version, content, came_at)
         VALUES (:kind, :code, :version, :content, :at) ON CONFLICT (kind, code, version) DO NOTHING"""
NEWEST = """SELECT code, version, content FROM published p WHERE kind = :kind
            AND version = (SELECT max(version) FROM published q WHERE q.kind = p.kind AND q.code = p.code) ORDER BY
            code"""
ONE = "SELECT content FROM published WHERE kind = :kind AND code = :code AND version = :version"
MARK = "SELECT count(*) AS n, coalesce(sum(version), 0) AS v FROM published WHERE kind IN ('item', 'county')"


def add(db: Connection, kind: str, code: str, version: int, content: bytes, at: int) -> bool:
    """Keep a version; False when it is here already."""
    return db.execute(ADD, {"kind": kind, "code": code, "version": version, "content": content, "at": at}).rowcount == 1


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
