"""Bearer tokens of other programs at this site, as hashes."""

from edge.ground.database import Connection

ADD = "INSERT INTO tokens (token_hash, name) VALUES (:token_hash, :name)"
GET = "SELECT 1 AS found FROM tokens WHERE token_hash = :token_hash"
NAMES = "SELECT DISTINCT name FROM tokens ORDER BY name"
DROP = "DELETE FROM tokens WHERE name = :name"


def add(db: Connection, token_hash: bytes, name: str) -> None:
    """Let a token in."""
    db.execute(ADD, {"token_hash": token_hash, "name": name})


def known(db: Connection, token_hash: bytes) -> bool:
    """Return whether a token with this hash was let in."""
    return db.execute(GET, {"token_hash": token_hash}).fetchone() is not None


def names(db: Connection) -> list[str]:
    """Return for whom tokens are there."""
    return [row["name"] for row in db.execute(NAMES)]


def drop(db: Connection, name: str) -> int:
    """Let the tokens of this name in no more; return how many there were."""
    return db.execute(DROP, {"name": name}).rowcount
