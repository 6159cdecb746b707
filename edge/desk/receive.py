"""Receive: take over what the hub sent down, one envelope at a time, inside the caller's transaction."""

import zlib

import msgspec

from edge.desk.revoked import note_revoked
from edge.domain import envelope
from edge.domain.catalogue import county_from_bytes, item_from_bytes
from edge.domain.envelope import Envelope, Faulty, Kind
from edge.domain.key_set import open_key_set
from edge.domain.news import PublishedBody, RevokedBody, StatusBody
from edge.ground.database import Connection
from edge.records import facts, lane, news, published, statuses

LARGEST_CONTENT = 1024 * 1024


def receive(db: Connection, came: Envelope, name: bytes, signature: bytes, at: int) -> None:
    """Keep a signed envelope from the hub and do what it says.

    An unknown kind, or one that must be understood by a newer version, is kept and held until an upgrade. Something
    that this version cannot read is held as well: it never stops what comes after it.
    """
    header = came.header
    known = header.kind in envelope.KNOWN and not header.must_understand
    state = "applied" if known else "held"
    if not news.add(db, name, header.kind, came.to_bytes(), signature, state, at):
        return   # protocol 10: said again on a new lane; it took effect the first time
    if known and not _apply(db, header, came.payload or b"", name, at):
        news.mark_held(db, name)


def receive_held(db: Connection, at: int) -> int:
    """Do what was held, now that this version may know it; return how many were understood."""
    done = 0
    for name, raw in news.held(db):
        came = envelope.read(raw)
        header = came.header
        if header.kind in envelope.KNOWN and not header.must_understand and _apply(db, header, came.payload or b"",
                                                                                   name, at):
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
        elif header.kind in (Kind.ITEM, Kind.COUNTY):
            part = msgspec.msgpack.decode(payload, type=PublishedBody)
            kind = "item" if header.kind == Kind.ITEM else "county"
            content = inflate(part.deflated)
            # an item of a newer form that stood in the catalogue unread would stop every page of this machine
            (item_from_bytes if kind == "item" else county_from_bytes)(content)
            published.add(db, kind, part.code, part.version, content, at)
        elif header.kind == Kind.REVOKE:
            if msgspec.msgpack.decode(payload, type=RevokedBody).device != lane.device(db):
                return False
            note_revoked(db, at)
        elif header.kind == Kind.KEY_SET:
            root = facts.get(db, "root", bytes)
            keys = open_key_set(payload, root)
            published.add(db, "key_set", "", keys.version, payload, at)
        else:
            return False
    except (msgspec.DecodeError, Faulty, ValueError, OverflowError):
        return False
    return True


def inflate(deflated: bytes) -> bytes:
    """Return the content of a published part.

    Raises:
        ValueError: damaged, or more than 1 MiB.
    """
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(deflated, LARGEST_CONTENT)
    except zlib.error as fault:
        raise ValueError("cannot be inflated") from fault
    if not inflater.eof:
        raise ValueError("cut off, or too large inflated")
    return content
