"""Enrol this folder with the hub named on a ticket. Source: docs/protocol.md 5."""

from importlib.resources import files
from pathlib import Path

import msgspec

from edge import __version__
from edge.desk.site import SiteIdentity, load_identity
from edge.domain.envelope import UNREADABLE, Faulty
from edge.domain.key_set import KeySet, open_key_set, root_hash
from edge.domain.lane import INCARNATION_BYTES
from edge.ground.clock import Chance, Clock, seconds
from edge.ground.database import Store, migrate
from edge.ground.keys import SigningKey, load_or_create
from edge.ground.problem import ALREADY_ENROLLED, BAD_TICKET, TICKET_USED, WRONG_HUB, Problem
from edge.records import audit, facts, lane, published
from sync.agent.hub_link import ENROLL, Link
from sync.protocol.enrolment import (
    Answer,
    Certificate,
    Request,
    Ticket,
    answer_transcript,
    open_certificate,
    proof,
    proves,
    read_ticket,
    root_letters,
    transcript,
)

DATABASE = "yizhan.db"
KEY_FILE = Path("keys") / "device.key"
REFUSALS = {str(kind.status): kind for kind in (BAD_TICKET, TICKET_USED)}


def open_store(folder: Path) -> Store:
    """Return the site's database, made or brought up to date."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return open_database(folder / DATABASE)


def open_database(path: Path) -> Store:
    """Return the database at `path`, made or brought up to date."""
    store = Store(path)
    migrate(store, "edge", files("edge") / "schema")
    return store


def enrol(folder: Path, store: Store, link: Link, hub_url: str, typed_ticket: str, clock: Clock, chance: Chance,
          label: str = "") -> SiteIdentity:
    """Join the county and return who this folder is now. Safe to repeat with the same ticket after a lost answer.

    Raises:
        Problem: ALREADY_ENROLLED, BAD_TICKET, TICKET_USED, WRONG_HUB, HUB_UNREACHABLE.
    """
    if load_identity(store) is not None:
        raise Problem(ALREADY_ENROLLED)
    ticket = check_ticket(typed_ticket)
    # the key is on disk before it is posted: a second try with the same ticket must bring the same key
    key = SigningKey(load_or_create(folder / KEY_FILE, chance))
    request = Request(ticket.public, key.public, label, __version__,
                      proof(ticket.secret, transcript(key.public, label, __version__)))
    raw = _post(link, request)
    certificate, answer, keys = _checked(raw, ticket, request)
    identity = SiteIdentity(certificate.device, certificate.site, certificate.label, hub_url, certificate.hub,
                            keys.root,
                            answer.certificate)
    _keep(store, identity, keys, answer.key_set, chance(INCARNATION_BYTES), seconds(clock.now()))
    return identity


def _post(link: Link, request: Request) -> bytes:
    """Return what came back; a ticket that the hub refuses is said as such, for nothing but words follows from it."""
    try:
        return link.exchange(ENROLL, msgspec.msgpack.encode(request))
    except Problem as problem:
        refused = REFUSALS.get(str(problem.facts.get("http_status")))
        if refused is None:
            raise
        raise Problem(refused) from problem


def check_ticket(typed: str) -> Ticket:
    """Return the ticket that was typed.

    Raises:
        Problem: BAD_TICKET for a wrong letter, or too many or too few.
    """
    try:
        return read_ticket(typed)
    except Faulty as fault:
        raise Problem(BAD_TICKET) from fault


def _checked(raw: bytes, ticket: Ticket, request: Request) -> tuple[Certificate, Answer, KeySet]:
    """Believe an answer only when ticket, root, hub and this very key fit together."""
    try:
        answer = msgspec.msgpack.decode(raw, type=Answer)
        keys = open_key_set(answer.key_set)
        if root_letters(root_hash(keys.root)) != ticket.root:
            raise Faulty("the root key is not the one on the ticket")
        if not proves(ticket.secret, answer_transcript(request, answer.certificate, answer.key_set), answer.proof):
            raise Faulty("the other side does not know the ticket")
        certificate = open_certificate(answer.certificate, answer.signature, keys.hub)
        if certificate.public != request.public:
            raise Faulty("the certificate is for another key")
    except UNREADABLE as fault:
        raise Problem(WRONG_HUB, str(fault)) from fault
    return certificate, answer, keys


def _keep(store: Store, identity: SiteIdentity, keys: KeySet, raw_keys: bytes, incarnation: bytes, at: int) -> None:
    with store.write() as db:
        facts.put(db, "identity", identity)
        facts.put(db, lane.DEVICE, identity.device)
        facts.put(db, "root", keys.root)
        published.add(db, "key_set", "", keys.version, raw_keys, at)
        lane.begin(db, incarnation, "enrolment", at)
        audit.note(db, at, "agent", "enrol", identity.device.hex(), {"site": identity.site})
