"""Gather: take the chunks of blobs that envelopes name, and say what is missing. Source: docs/protocol.md 13.

A chunk is checked against its blob's list before it is stored; what nothing names is not taken. A blob that is whole
is complete, by itself and at once; if it is a manifest, the blobs that it lists are named by then.
"""

from collections.abc import Iterable

from edge.domain.blob import EVERYTHING, Ranges, fits, read_list, read_manifest
from edge.domain.envelope import NAME_BYTES, Faulty, Header
from edge.ground.database import Connection
from edge.ground.sealing import digest
from sync.hub.tables import alarms, blobs, book
from sync.protocol.cargo import Chunk, Want

MOST_WANTS = 16   # beside those about blobs that the question itself spoke of


def name_manifest(db: Connection, envelope: bytes, device: bytes, header: Header, at: int) -> None:
    """Note the manifest that an envelope's header names; call it wherever an envelope of a machine is kept.

    Of what was erased by law nothing is named: its photos are neither asked for nor taken again.
    """
    if len(header.manifest) == NAME_BYTES and not book.is_erased(db, envelope, header.ref):
        blobs.name(db, envelope, device, [header.manifest], at, manifest=True)
        name_parts(db, header.manifest, at)


def take(db: Connection, chunks: Iterable[Chunk], at: int) -> None:
    """Keep the chunks that are named and right, in the caller's transaction."""
    for chunk in chunks:
        held = blobs.get(db, chunk.blob)
        if held is None or held.left == 0:
            continue   # nothing names it, or it is complete
        if chunk.item == 0:
            _take_list(db, held, chunk, at)
        elif fits(held.hashes, chunk.item, chunk.content) and blobs.keep_chunk(
                db, chunk.blob, chunk.item, chunk.content):
            name_parts(db, chunk.blob, at)


def _take_list(db: Connection, held: blobs.Held, chunk: Chunk, at: int) -> None:
    try:
        read_list(chunk.blob, chunk.content)
    except Faulty as fault:
        # the device signed it: no line has changed it on the way
        alarms.sound(db, "blob-faulty", chunk.blob.hex(), str(fault), at)
        return
    if held.list is None:
        blobs.keep_list(db, chunk.blob, chunk.content)


def name_parts(db: Connection, blob: bytes, at: int) -> None:
    """If this complete blob is a manifest, note the blobs that it lists."""
    namers = blobs.manifest_of(db, blob)
    held = blobs.get(db, blob)
    if not namers or held is None or held.left != 0:
        return
    try:
        names = read_manifest(whole(db, held))
    except Faulty as fault:
        alarms.sound(db, "blob-faulty", blob.hex(), str(fault), at)
        return
    for envelope, device in namers:
        blobs.name(db, envelope, device, names, at, manifest=False)


def whole(db: Connection, held: blobs.Held) -> bytes:
    """Return the chunks of a complete blob joined, each checked once more.

    Raises:
        Faulty: the disk has changed something.
    """
    return b"".join(checked(db, held))


def checked(db: Connection, held: blobs.Held) -> list[bytes]:
    """Return the chunks of a complete blob, each checked once more: no disk keeps bits for ever.

    Raises:
        Faulty: the disk has changed something.
    """
    hashes, found = read_list(held.name, held.list or b""), blobs.chunks(db, held.name)
    if [number for number, _ in found] != list(range(1, len(hashes) + 1)) or not all(
            fits(hashes, number, content) for number, content in found):
        raise Faulty("a chunk is damaged or gone")
    return [content for _, content in found]


def ask_again(db: Connection, held: blobs.Held, at: int) -> None:
    """Give up what the disk has changed of a blob: its machine is asked for it once more."""
    if digest(held.list or b"") != held.name:
        blobs.drop_all(db, held.name)
    for number, content in blobs.chunks(db, held.name):
        if not fits(held.hashes, number, content):
            blobs.drop_chunk(db, held.name, number)
    alarms.sound(db, "blob-damaged", held.name.hex(), "a stored photo was damaged; its machine is asked for it again",
                 at)


def missing_of(db: Connection, device: bytes, spoken_of: Iterable[bytes]) -> list[Want]:
    """Return what is missing of the blobs that a message spoke of; what nothing names is not spoken of in return."""
    known = [held for blob in dict.fromkeys(spoken_of) if (held := blobs.get(db, blob)) is not None]
    return [Want(held.name, blobs.missing(db, held), blobs.named_by(db, device, held.name)) for held in known]


def wants(db: Connection, device: bytes, spoken_of: Iterable[bytes]) -> list[Want]:
    """Return what to say about blobs: what is missing of those that a question spoke of, and of others that this device
    still owes.
    """
    told = {want.blob: want for want in missing_of(db, device, spoken_of)}
    owed = blobs.missing_of_device(db, device, MOST_WANTS)
    for blob, envelope in owed:
        if blob not in told:
            told[blob] = Want(blob, _missing(db, blob), envelope)
    return list(told.values())


def _missing(db: Connection, blob: bytes) -> Ranges:
    held = blobs.get(db, blob)
    return EVERYTHING if held is None else blobs.missing(db, held)
