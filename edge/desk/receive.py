"""Receive: take over what the hub sent down, one envelope at a time, inside the caller's transaction."""

import zlib
from contextlib import suppress

import msgspec

from edge.desk.revoked import note_revoked
from edge.domain import envelope
from edge.domain.catalogue import county_from_bytes, item_from_bytes
from edge.domain.envelope import Envelope, Faulty, Kind
from edge.domain.key_set import open_key_set
from edge.domain.news import LARGEST_PUBLISHED, PublishedBody, RevokedBody, StatusBody
from edge.domain.submission import State
from edge.ground.database import Connection
from edge.records import arriving, blobs, envelopes, facts, lane, news, published, statuses, submissions


def receive(db: Connection, came: Envelope, name: bytes, signature: bytes, at: int) -> None:
    """Keep a signed envelope from the hub and do what it says.

    An unknown kind, or one that must be understood by a newer version, is kept and held until an upgrade. Something
    that this version cannot read is held as well: it never stops what comes after it.
    """
    header = came.header
    known = envelope.is_known(header)
    state = "applied" if known else "held"
    if not news.add(db, name, header.kind, came.to_bytes(), signature, state, at):
        return   # protocol 10: said again on a new lane; it took effect the first time
    if known and not _apply(db, header, came.payload or b"", name, at):
        news.mark_held(db, name)


def _erase(db: Connection, subject: bytes) -> None:
    """Take away what this machine still holds of a case that was erased by law: contents, photos, the own record."""
    for name in envelopes.about(db, subject):
        envelopes.erase_payload(db, name)
        blobs.forget(db, [name])
    submissions.erase(db, subject)


def receive_held(db: Connection, at: int) -> int:
    """Do what was held, now that this version may know it; return how many were understood."""
    done = 0
    for name, raw in news.held(db):
        came = envelope.read(raw)
        header = came.header
        if envelope.is_known(header) and _apply(db, header, came.payload or b"", name, at):
            news.mark_applied(db, name)
            done += 1
    return done


def _apply(db: Connection, header: envelope.Header, payload: bytes, name: bytes, at: int) -> bool:
    try:
        if header.kind == Kind.STATUS:
            body = msgspec.msgpack.decode(payload, type=StatusBody)
            if len(header.ref) != envelope.NAME_BYTES:
                return False
            status = statuses.Status(header.ref, body.step, body.word, body.at, body.track, body.sealed, at)
            statuses.put(db, status, name)   # a lower step is no fault: the higher one is here already
            if body.word == State.ERASED:
                _erase(db, header.ref)
        elif header.kind in (Kind.ITEM, Kind.COUNTY):
            part = msgspec.msgpack.decode(payload, type=PublishedBody)
            kind = "item" if header.kind == Kind.ITEM else "county"
            deflated = _whole(db, part)
            if deflated is None:
                return False   # held until the last chunk is here
            content = inflate(deflated)
            # an item of a newer form that stood in the catalogue unread would stop every page of this machine
            (item_from_bytes if kind == "item" else county_from_bytes)(content)
            published.add(db, kind, part.code, part.version, content, at)
            arriving.forget(db, part.blob)
        elif header.kind == Kind.REVOKE:
            if msgspec.msgpack.decode(payload, type=RevokedBody).device != lane.device(db):
                return False
            note_revoked(db, at)
        elif header.kind == Kind.KEY_SET:
            return _take_keys(db, header, payload, at)
        else:
            return False
    except (msgspec.DecodeError, Faulty, ValueError, OverflowError):
        return False
    return True


def _take_keys(db: Connection, header: envelope.Header, payload: bytes, at: int) -> bool:
    """Take over a key set; False while it is on its way, as that of many machines comes in chunks."""
    blob, raw = b"", payload
    if "blobs" in header.must_understand:
        part = msgspec.msgpack.decode(payload, type=PublishedBody)
        if part.version <= published.newest(db, "key_set").get("", (0, b""))[0]:
            arriving.forget(db, part.blob)   # this machine joined with it, or a newer one was quicker
            return True
        deflated = _whole(db, part) if _is_newest(db, part) else None
        if deflated is None:
            return False
        blob, raw = part.blob, inflate(deflated)
    keys = open_key_set(raw, facts.get(db, "root", bytes))
    published.add(db, "key_set", "", keys.version, raw, at)
    arriving.forget(db, blob)
    return True


def _is_newest(db: Connection, part: PublishedBody) -> bool:
    """Return whether no newer key set is on its way; what is older is not wanted any more, the hub may not have it."""
    held = []
    for _, raw in news.held(db):
        came = envelope.read(raw)
        if came.header.kind == Kind.KEY_SET and "blobs" in came.header.must_understand:
            with suppress(msgspec.DecodeError):
                held.append(msgspec.msgpack.decode(came.payload or b"", type=PublishedBody))
    newest = max(one.version for one in (part, *held))
    for one in (part, *held):
        if one.version < newest:
            arriving.forget(db, one.blob)
    return part.version == newest


def _whole(db: Connection, part: PublishedBody) -> bytes | None:
    """Return a published part's deflated content; None, and from now on wanted, while it is on its way."""
    if not part.blob:
        return part.deflated
    content = arriving.whole(db, part.blob)
    if content is None:
        if len(part.blob) != envelope.NAME_BYTES:
            raise Faulty("no name of a blob")
        arriving.want(db, part.blob)
    return content


def receive_item(db: Connection, blob: bytes, number: int, content: bytes, at: int) -> None:
    """Keep an item of a blob that comes down; with the last one, what waited for it takes effect."""
    if arriving.keep(db, blob, number, content):
        receive_held(db, at)


def inflate(deflated: bytes) -> bytes:
    """Return the content of a published part.

    Raises:
        ValueError: damaged, or more than 1 MiB.
    """
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(deflated, LARGEST_PUBLISHED)
    except zlib.error as fault:
        raise ValueError("cannot be inflated") from fault
    if not inflater.eof:
        raise ValueError("cut off, or too large inflated")
    return content
