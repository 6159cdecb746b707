"""Enrol: tickets, and the devices that join with them. Source: docs/protocol.md 5."""

from itertools import count

import msgspec

from edge.domain.envelope import UNREADABLE
from edge.domain.key_set import DeviceKey, root_hash
from edge.ground.database import Connection
from edge.ground.problem import BAD_MESSAGE, BAD_TICKET, LABEL_TAKEN, TICKET_USED, Problem
from edge.records import audit
from sync.hub import feed
from sync.hub.book import Kind
from sync.hub.hub import Hub
from sync.hub.keyring import add_device
from sync.hub.publish import feed_everything
from sync.hub.registry import add_site
from sync.hub.tables import alarms, devices
from sync.hub.tables.devices import DeviceRow, TicketRow
from sync.protocol.enrolment import (
    Answer,
    Certificate,
    Request,
    Ticket,
    answer_transcript,
    certificate_to_sign,
    new_ticket,
    proof,
    proves,
    transcript,
)

TICKET_SECONDS = 72 * 3600
TRIES = 5
DEVICE_BYTES = 16


def issue(hub: Hub, site: str, actor: str) -> Ticket:
    """Return a fresh ticket for one device of the site called `site`, made if it is new: single use, 72 hours."""
    row = add_site(hub, site, actor)
    ticket = new_ticket(root_hash(hub.root.public), hub.chance)
    with hub.store.write() as db:
        devices.add_ticket(db, TicketRow(
            ticket.public, row.id, ticket.secret, hub.now(), hub.now() + TICKET_SECONDS, 0, None, None))
        audit.note(db, hub.now(), actor, "issue-ticket", site, {"ticket": ticket.public})
    return ticket


def enrol(hub: Hub, raw: bytes) -> bytes:
    """Return the answer to a device that posts its key: certificate, key set, proof. The same key again gets the same
    answer.

    Raises:
        Problem: BAD_MESSAGE, BAD_TICKET, TICKET_USED.
    """
    try:
        request = msgspec.msgpack.decode(raw, type=Request)
    except UNREADABLE as fault:
        raise Problem(BAD_MESSAGE) from fault
    ticket = devices.ticket(hub.store.read(), request.ticket)
    if ticket is None:
        raise Problem(BAD_TICKET)
    if ticket.tries >= TRIES:
        raise Problem(TICKET_USED)
    if not proves(ticket.secret, transcript(request.public, request.label, request.software), request.proof):
        _count_try(hub, request.ticket)
        raise Problem(BAD_TICKET)
    if ticket.answer is not None:
        return _again(hub, ticket, request)
    # used by another key, its answer lost with a restore. The same key goes on: the plug was pulled before the commit
    if ticket.device_key not in (None, request.public) or hub.now() > ticket.ends_at:
        raise Problem(TICKET_USED)
    return _join(hub, ticket, request)


def _count_try(hub: Hub, public: str) -> None:
    with hub.store.write() as db:
        devices.tried(db, public)


def _again(hub: Hub, ticket: TicketRow, request: Request) -> bytes:
    if ticket.device_key == request.public and ticket.answer is not None:
        return ticket.answer   # protocol 5.3: a lost reply is harmless
    with hub.store.write() as db:
        alarms.sound(db, "ticket-twice", ticket.public, "a used ticket was tried with another key", hub.now())
    raise Problem(TICKET_USED)


def _label(db: Connection, site: str, wanted: str) -> str:
    """Return which machine of its site a new one is called: what was asked for, or the first number that is free."""
    taken = {one.label for one in devices.every(db) if one.site == site}
    if wanted in taken:
        raise Problem(LABEL_TAKEN, wanted)
    return wanted or next(name for n in count(1) if (name := f"{n} 号机") not in taken)


def _join(hub: Hub, ticket: TicketRow, request: Request) -> bytes:
    with hub.store.write() as db:
        row = devices.by_key(db, request.public) or _new_device(hub, db, ticket, request)
        if row.site != ticket.site or row.state == "revoked":
            raise Problem(TICKET_USED, f"{row.site_name} {row.label}")
        device, label = row.device, row.label
        certificate = msgspec.msgpack.encode(Certificate(device, request.public, row.site_name, label, hub.id,
                                                         hub.now()))
        key_set = add_device(hub, db, DeviceKey(device, request.public, row.site_name, label))
        answer = msgspec.msgpack.encode(Answer(
            certificate, hub.key.sign(certificate_to_sign(certificate)), key_set,
            proof(ticket.secret, answer_transcript(request, certificate, key_set))))
        if not devices.use(db, ticket.public, request.public, answer):
            raise Problem(TICKET_USED)
        hub.book.write(db, Kind.TICKET, ticket.public.encode(), hub.now(),
                       {"key": request.public.hex(), "device": device.hex()})
        audit.note(db, hub.now(), "hub", "enrol", device.hex(), {"site": row.site_name, "label": label})
    return answer


def _new_device(hub: Hub, db: Connection, ticket: TicketRow, request: Request) -> DeviceRow:
    """Return the row of a machine that was not known by its key; one that was had its answer lost, and brings another
    ticket.
    """
    device = hub.chance(DEVICE_BYTES)
    devices.add(db, device, ticket.site, _label(db, ticket.site, request.label), request.public, hub.now())
    feed.open_lane(hub, db, device)
    feed_everything(hub, db, device)
    row = devices.get(db, device)
    if row is None:
        raise LookupError("just added")
    return row
