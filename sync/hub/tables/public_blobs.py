"""Published things that are too large for an envelope, as they travel."""

from edge.domain.blob import Blob, public
from edge.ground.database import Connection

ADD = "INSERT INTO public_blobs (name, content) VALUES (:name, :content) ON CONFLICT DO NOTHING"
GET = "SELECT content FROM public_blobs WHERE name = :name"


def add(db: Connection, content: bytes) -> Blob:
    """Keep a published content and return it as a blob.

    Raises:
        Faulty: more than 1,024 chunks.
    """
    blob = public(content)
    db.execute(ADD, {"name": blob.name, "content": content})
    return blob


def get(db: Connection, name: bytes) -> Blob | None:
    """Return a published blob, or None where none of that name is here or the disk has changed it."""
    row = db.execute(GET, {"name": name}).fetchone()
    blob = public(row["content"]) if row is not None else None
    return blob if blob is not None and blob.name == name else None
