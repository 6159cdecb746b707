"""Salvage: make a new database out of what a damaged one still holds. The damaged file is kept, never deleted.

Every envelope that bears its name is saved, wherever in the file it lies; the lane begins anew, under a new
incarnation, and every envelope goes to the county again under its old name. What came down is taken from its signed
envelopes again. Safe to repeat after a power cut at any moment: the damaged file is moved aside first, and what is
moved aside is what is read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from edge.desk.mirror import Mirror
from edge.desk.receive import receive
from edge.desk.repair_news import place_of, whole_content
from edge.desk.site import SiteIdentity
from edge.domain.envelope import Faulty, read, to_sign
from edge.domain.key_set import open_key_set
from edge.domain.lane import INCARNATION_BYTES
from edge.domain.mend import mended
from edge.ground.clock import Chance
from edge.ground.database import Connection, Store
from edge.ground.keys import SigningKey, flush_folder, verify, write_durably
from edge.ground.pages import Pages, read_pages, torn_end
from edge.records import audit, carve, envelopes, facts, lane, published, salvage, spoiled, submissions
from edge.records.envelopes import Stored
from edge.records.spoiled import Spoiled

UNDER_WAY = "salvage.todo"
KEPT = "damaged"
WHY = "the database was damaged and was read out"
OF_THE_LANE = frozenset({"receipt", "sent", "question", "down", "probe"})
"""Single values that speak of the lane that was: the hub says them again."""


class Salvaged(msgspec.Struct, frozen=True):
    """What came of it. `lost_places`: where on the lane envelopes stood that nobody can read any more."""

    kept: str                      # the folder in which the damaged file lies
    at: int
    number: int = 1                # the how many-eth on this machine
    envelopes: int = 0
    mended: int = 0
    submissions: int = 0
    lost_places: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()    # pages of the old file on which an envelope was found that could not be mended


@dataclass(frozen=True)
class Ground:
    """A site's folder and what salvage needs beside it."""

    folder: Path
    database: str                              # its name in the folder
    open_new: Callable[[Path], Store]          # makes an empty database of the present schema
    key: SigningKey
    mirror: Mirror | None
    chance: Chance
    now: int


def under_way(folder: Path) -> bool:
    """Return whether a power cut ended a salvage: it has to be done again before anything else."""
    return (folder / UNDER_WAY).exists()


def told_in_torn_end(path: Path, device: bytes) -> bool:
    """Return whether the WAL's torn end holds a whole envelope that stands nowhere else.

    A power cut leaves half a transaction there, of which nobody was told; a flipped bit in the last one leaves all of
    it. What is whole and signed is kept in either case.
    """
    ends = torn_end(path)
    if ends is None:
        return False
    taken, torn = ({stored.name for _, stored in carve.envelopes(pages)
                    if mended(stored.envelope, stored.name, device) is not None} for pages in ends)
    return bool(torn - taken)


def salvages(db: Connection) -> int:
    """Return how often this machine's database was read out."""
    told = facts.get(db, "salvaged", Salvaged)
    return told.number if told else 0


def salvaged_at(db: Connection) -> int | None:
    """Return when this machine's database was last read out, in seconds since 1970; None where it never was."""
    told = facts.get(db, "salvaged", Salvaged)
    return told.at if told else None


def salvage_site(ground: Ground) -> Salvaged:
    """Read the damaged database out and put the new one into its place.

    Raises:
        LookupError: who this machine is stands neither in the file nor in its mirror.
        Problem: DISK_FULL or DISK_FAULT; the damaged file is kept, and the next start begins again.
    """
    kept = _move_aside(ground)
    pages = read_pages(kept / ground.database)
    fresh = ground.folder / (ground.database + ".new")
    for old in ground.folder.glob(fresh.name + "*"):
        old.unlink()
    store = ground.open_new(fresh)
    try:
        told = _fill(ground, store, pages, kept)
    finally:
        store.close()
    for suffix in ("-wal", "-shm"):
        (ground.folder / (ground.database + suffix)).unlink(missing_ok=True)
    fresh.replace(ground.folder / ground.database)
    flush_folder(ground.folder)
    (ground.folder / UNDER_WAY).unlink()
    flush_folder(ground.folder)
    return told


def _move_aside(ground: Ground) -> Path:
    """Move the damaged file and its WAL into a folder of their own; by renaming, so it needs no room."""
    mark = ground.folder / UNDER_WAY
    if not mark.exists():
        number = len(list((ground.folder / KEPT).glob("*"))) + 1
        write_durably(mark, str(number).encode())
    kept = ground.folder / KEPT / mark.read_text("ascii")
    kept.mkdir(parents=True, exist_ok=True, mode=0o700)
    for suffix in ("-wal", ""):   # the WAL first: without its database it is never read as somebody else's
        source, target = (place / (ground.database + suffix) for place in (ground.folder, kept))
        if source.exists() and not target.exists():
            source.rename(target)
    flush_folder(kept)
    flush_folder(ground.folder)
    return kept


def _fill(ground: Ground, store: Store, pages: Pages, kept: Path) -> Salvaged:
    image = kept / "image"
    salvage.image_of(pages, image)
    source = salvage.readable(image)
    try:
        values = {**carve.values(pages), **{str(row["key"]): row["value"] for row in salvage.rows_of(source, "facts")}}
        identity = _identity(ground, values)
        salvage.copy_rest(source, store)
        lines = salvage.rows_of(source, "audit")
        eras = salvage.rows_of(source, "incarnations")
    finally:
        source.close()
        image.unlink()
    with store.write() as db:
        _keep_values(ground, db, values, identity)
        audit.take_over(db, lines)
        lane.take_over(db, eras)
        told = _keep_envelopes(ground, db, pages, values, identity.device)
        _hear_again(ground, db, pages, identity)
    salvage.drop_orphans(store)
    told = msgspec.structs.replace(told, kept=str(kept.relative_to(ground.folder)), number=int(kept.name))
    with store.write() as db:
        facts.put(db, "salvaged", told)
        audit.note(db, ground.now, "site", "salvage", told.kept, {
            "envelopes": told.envelopes, "mended": told.mended, "lost": len(told.lost_places)})
    return told


def _identity(ground: Ground, values: dict[str, bytes]) -> SiteIdentity:
    if ground.mirror is not None:
        return ground.mirror.identity   # its hash was compared; the page's was not
    try:
        found = msgspec.msgpack.decode(values.get("identity", b""), type=SiteIdentity)
    except (msgspec.DecodeError, ValueError) as fault:
        raise LookupError("who this machine is cannot be read any more") from fault
    if ground.key.public not in found.certificate:
        raise LookupError("the certificate is for another key")
    return found


def _keep_values(ground: Ground, db: Connection, values: dict[str, bytes], identity: SiteIdentity) -> None:
    for key, raw in values.items():
        if key in OF_THE_LANE:
            continue
        try:
            facts.put(db, key, msgspec.msgpack.decode(raw))
        except (msgspec.DecodeError, ValueError):
            continue
    facts.put(db, "identity", identity)
    facts.put(db, lane.DEVICE, identity.device)
    facts.put(db, "root", identity.root)
    number = facts.get(db, "message_number", object)
    # a number that was used before would look like a second machine; numbers only have to rise
    facts.put(db, "message_number", number + 1 if isinstance(number, int) and number >= 0 else ground.now)


def _hear_again(ground: Ground, db: Connection, pages: Pages, identity: SiteIdentity) -> None:
    """Take over again what the hub has signed: items, county, key set, the word for each case."""
    hub = b""
    parts = list(_whole_parts(pages))
    sets = [part.content for part, _ in parts if part.kind == "key_set"]
    for raw in [*([ground.mirror.key_set] if ground.mirror else []), *sets]:
        try:
            keys = open_key_set(raw, identity.root)
        except ValueError:
            continue
        published.add(db, "key_set", "", keys.version, raw, ground.now)
        hub = hub or keys.hub
    for part, came_at in parts:
        if part.kind != "key_set":
            published.add(db, part.kind, part.code, part.version, part.content, came_at)
    for name, (raw, signature, came_at) in sorted(carve.news(pages).items(), key=lambda one: one[1][2]):
        try:
            came = read(raw)
        except Faulty:
            continue   # the hub says it again: the lane down is followed from its beginning
        if came.name(identity.device) == name and verify(hub, signature, to_sign(name)):
            receive(db, came, name, signature, came_at)


def _whole_parts(pages: Pages) -> Iterator[tuple[published.Part, int]]:
    """Yield (part, when it came) of what is as it was published, or one bit away from it."""
    for part, came_at in carve.published(pages):
        if part.kind == "key_set":
            yield part, came_at   # signed by the root
            continue
        true = whole_content(part) if part.content_hash else None
        place = place_of(true) if true is not None else None
        if true is not None and place is not None:
            yield published.Part(*place, true, None), came_at


def _keep_envelopes(ground: Ground, db: Connection, pages: Pages, values: dict[str, bytes], device: bytes) -> Salvaged:
    whole, mends, faulty = _verified(ground, pages, device)
    places = carve.places(pages)
    for stored in whole.values():
        envelopes.add(db, stored)
    lane.begin(db, ground.chance(INCARNATION_BYTES), WHY, ground.now)
    for name in sorted(whole, key=lambda one: (places.get(one, 2**62), whole[one].envelope.header.device_time)):
        lane.append(db, name)
    held = _held_up_to(values)
    rows = _submissions(pages)
    by_name = {row.name: row for row in rows}
    gone = {name: place for name, place in places.items() if name not in whole}
    for name, place in gone.items():
        row = by_name.get(name)
        spoiled.add(db, Spoiled(name, place, place <= held, ground.now, row.lodged_at if row else None),
                    row.track if row else None)
    for row in rows:
        salvage.add_submission(db, row)
    submissions.mend(db)
    return Salvaged("", ground.now, 0, len(whole), mends, len(rows), tuple(sorted(gone.values())),
                    tuple(sorted(faulty)))


def _verified(ground: Ground, pages: Pages, device: bytes) -> tuple[dict[bytes, Stored], int, set[int]]:
    """Return the envelopes that bear their names, how many had to be mended, and the pages of those that do not."""
    whole: dict[bytes, Stored] = {}
    mends, faulty = 0, set()
    for page, stored in carve.envelopes(pages):
        true = mended(stored.envelope, stored.name, device)
        name, signed = stored.name, verify(ground.key.public, stored.signature, to_sign(stored.name))
        if true is None and verify(ground.key.public, stored.signature, to_sign(stored.envelope.name(device))):
            true, name, signed = stored.envelope, stored.envelope.name(device), True   # the name itself was changed
        if true is None:
            faulty.add(page)
            continue
        mends += true != stored.envelope or name != stored.name or not signed
        signature = stored.signature if signed else ground.key.sign(to_sign(name))
        kept = whole.get(name)
        # where a page is found twice, content that was erased by law stays erased
        if kept is None or kept.envelope.payload is not None:
            whole[name] = Stored(name, true, signature)
    return whole, mends, faulty


def _held_up_to(values: dict[str, bytes]) -> int:
    try:
        return msgspec.msgpack.decode(values.get("receipt", b""), type=lane.Receipt).n
    except (msgspec.DecodeError, ValueError):
        return 0


def _submissions(pages: Pages) -> list[carve.Row]:
    """Return each submission once: the version that came furthest, of those that are whole where there are some.

    What was erased by law stays erased, wherever an older version still lies.
    """
    rows: dict[str, carve.Row] = {}
    for row in carve.submissions(pages):
        kept = rows.get(row.id)
        if kept is None or _worth(row) > _worth(kept):
            rows[row.id] = row
    return list(rows.values())


def _worth(row: carve.Row) -> tuple[bool, bool, int, int]:
    return row.erased, row.whole or not row.row_check, row.answered, row.held_at or 0
