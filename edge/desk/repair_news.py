"""Repair what came down: the county's words, its items and keys are compared with the hashes under which they came.

What one flipped bit explains is put right; what cannot be is taken out, and the lane down is followed from its
beginning again: the hub says everything that still holds once more.
"""

import msgspec

from edge.desk.site import Site
from edge.domain.catalogue import county_from_bytes, item_from_bytes
from edge.domain.envelope import Faulty, Kind, read
from edge.domain.mend import bears, flipped_to, mended
from edge.domain.news import StatusBody
from edge.ground.database import Connection
from edge.records import facts, news, published, statuses

HASH_BYTES = 32
LARGEST_MENDED = 128 * 1024   # beyond that the search for the bit takes longer than asking again


def repair_news(site: Site, db: Connection) -> int:
    """Look through all that came down; return how many rows were put right or taken out."""
    gone, changed = 0, 0
    for row in news.every(db):
        outcome = _envelope(site.identity.device, db, row)
        changed += outcome != "whole"
        gone += outcome == "gone"
    for part in published.unsound(db):
        changed += 1
        published.drop(db, part)
        if not _publish_again(db, part, site.now()):
            gone += 1
    changed += _statuses(db)
    if gone:
        facts.forget(db, "down")
    return changed


def _envelope(device: bytes, db: Connection, row: news.News) -> str:
    try:
        came = read(row.envelope)
    except Faulty:
        news.drop(db, row.name)
        return "gone"
    if bears(came, row.name, device):
        return "whole"
    true = mended(came, row.name, device)
    if true is None or true.payload is None:
        news.drop(db, row.name)
        return "gone"
    news.mend(db, row.name, true.to_bytes())
    return "mended"


def _publish_again(db: Connection, part: published.Part, at: int) -> bool:
    """Keep a content, one bit put right where needed, under the name that stands in itself."""
    content = whole_content(part)
    place = place_of(content) if content is not None else None
    if content is None or place is None:
        return False
    published.add(db, *place, content, at)
    return True


def whole_content(part: published.Part) -> bytes | None:
    """Return a published content as it was kept, or None where that is out of reach."""
    content, hashed = part.content, part.content_hash or b""
    of_content, of_place = hashed[:HASH_BYTES], hashed[HASH_BYTES:]
    now = published.hashes(part.kind, part.code, part.version, content)
    if now[:HASH_BYTES] == of_content or now[HASH_BYTES:] == of_place:
        return content   # only one of the hashes is damaged, or only the place
    return flipped_to(content, of_content) if len(content) <= LARGEST_MENDED else None


def place_of(content: bytes) -> tuple[str, str, int] | None:
    """Return kind, code and version that a published content itself names."""
    try:
        item = item_from_bytes(content)
        return "item", item.code, item.version
    except (msgspec.DecodeError, ValueError):
        pass
    try:
        county = county_from_bytes(content)
        return "county", county.code, county.version
    except (msgspec.DecodeError, ValueError):
        return None


def _statuses(db: Connection) -> int:
    """Put each status back to what its envelope says."""
    changed = 0
    for status, name in statuses.every(db):
        row = news.get(db, name)
        try:
            came = read(row.envelope) if row else None
            body = msgspec.msgpack.decode(came.payload or b"", type=StatusBody) if came else None
        except (Faulty, msgspec.DecodeError, ValueError):
            continue
        if came is None or body is None or came.header.kind != Kind.STATUS:
            continue
        true = statuses.Status(came.header.ref, body.step, body.word, body.at, body.track, body.sealed, status.came_at)
        if true != status:
            statuses.drop(db, status.subject)
            statuses.put(db, true, name)
            changed += 1
    return changed
