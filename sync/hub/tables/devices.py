"""Sites, their devices, the tickets with which a device joins, and the numbers of its messages."""

from dataclasses import dataclass

from edge.ground.database import Connection
from sync.hub.tables.rows import first, number_of

ADD_SITE = "INSERT INTO sites (id, name, created_at) VALUES (:id, :name, :at)"
SITE_BY_NAME = "SELECT id, name, created_at FROM sites WHERE name = :name"
SITES = "SELECT id, name, created_at FROM sites ORDER BY name"
ADD_TICKET = """INSERT INTO tickets (public, site, secret, issued_at, ends_at)
                VALUES (:public, :site, :secret, :at, :ends_at)"""
TICKET = """SELECT public, site, secret, issued_at, ends_at, tries, device_key, answer FROM tickets
            WHERE public = :public"""
TRIED = "UPDATE tickets SET tries = tries + 1 WHERE public = :public"
USE = """UPDATE tickets SET device_key = :key, answer = :answer
         WHERE public = :public AND answer IS NULL AND (device_key IS NULL OR device_key = :key)"""
_DEVICE = """SELECT d.device, d.site, s.name AS site_name, d.label, d.public, d.state, d.enrolled_at, d.last_exchange,
             d.device_time, d.condition FROM devices d JOIN sites s ON s.id = d.site"""
ADD = """INSERT INTO devices (device, site, label, public, enrolled_at) VALUES (:device, :site, :label, :public, :at)"""
GET = f"{_DEVICE} WHERE d.device = :device"
BY_KEY = f"{_DEVICE} WHERE d.public = :public"
ALL = f"{_DEVICE} ORDER BY s.name, d.label"
HEARD = """UPDATE devices SET last_exchange = :at, device_time = :device_time, condition = :condition
           WHERE device = :device"""
COUNT = "SELECT count(*) AS n FROM devices WHERE state <> 'revoked'"
SET_STATE = "UPDATE devices SET state = :state WHERE device = :device"
NUMBERED = "SELECT end_hash FROM messages WHERE device = :device AND number = :number"
NEWEST_NUMBER = "SELECT coalesce(max(number), 0) AS n FROM messages WHERE device = :device"
FORGET_NUMBERS = "DELETE FROM messages WHERE device = :device AND number <= :number"
NUMBER = "INSERT INTO messages (device, number, end_hash) VALUES (:device, :number, :end_hash) ON CONFLICT DO NOTHING"

KEPT_NUMBERS = 20_000   # a day or two of an idle line; one row is some 60 bytes
FORGOTTEN = b"forgotten"


@dataclass(frozen=True)
class SiteRow:
    """A service point."""

    id: str
    name: str
    created_at: int


@dataclass(frozen=True)
class TicketRow:
    """A ticket; `device_key` and `answer` once it is used."""

    public: str
    site: str
    secret: str
    issued_at: int
    ends_at: int
    tries: int
    device_key: bytes | None
    answer: bytes | None


@dataclass(frozen=True)
class DeviceRow:
    """A machine. `condition` is the encoded `Condition` of its last HELLO."""

    device: bytes
    site: str
    site_name: str
    label: str
    public: bytes
    state: str
    enrolled_at: int
    last_exchange: int | None
    device_time: int | None
    condition: bytes | None


def add_site(db: Connection, id: str, name: str, at: int) -> None:
    """Make a site."""
    db.execute(ADD_SITE, {"id": id, "name": name, "at": at})


def site_by_name(db: Connection, name: str) -> SiteRow | None:
    """Return the site of this name, or None."""
    return first(db, SITE_BY_NAME, {"name": name}, SiteRow)


def sites(db: Connection) -> list[SiteRow]:
    """Return all sites by name."""
    return [SiteRow(*row) for row in db.execute(SITES)]


def add_ticket(db: Connection, ticket: TicketRow) -> None:
    """Keep a new ticket."""
    db.execute(ADD_TICKET, {"public": ticket.public, "site": ticket.site, "secret": ticket.secret,
                            "at": ticket.issued_at, "ends_at": ticket.ends_at})


def ticket(db: Connection, public: str) -> TicketRow | None:
    """Return the ticket with this public id, or None."""
    return first(db, TICKET, {"public": public}, TicketRow)


def tried(db: Connection, public: str) -> None:
    """Count a wrong try."""
    db.execute(TRIED, {"public": public})


def use(db: Connection, public: str, key: bytes, answer: bytes) -> bool:
    """Bind a ticket to the key that used it; False when another key was first."""
    return db.execute(USE, {"public": public, "key": key, "answer": answer}).rowcount == 1


def add(db: Connection, device: bytes, site: str, label: str, public: bytes, at: int) -> None:
    """Enrol a device."""
    db.execute(ADD, {"device": device, "site": site, "label": label, "public": public, "at": at})


def get(db: Connection, device: bytes) -> DeviceRow | None:
    """Return a device, or None."""
    return first(db, GET, {"device": device}, DeviceRow)


def by_key(db: Connection, public: bytes) -> DeviceRow | None:
    """Return the device with this key, or None."""
    return first(db, BY_KEY, {"public": public}, DeviceRow)


def every(db: Connection) -> list[DeviceRow]:
    """Return all devices by site and label."""
    return [DeviceRow(*row) for row in db.execute(ALL)]


def count(db: Connection) -> int:
    """Return how many devices may speak to this hub."""
    return number_of(db, COUNT)


def heard(db: Connection, device: bytes, at: int, device_time: int, condition: bytes) -> None:
    """Note an exchange."""
    db.execute(HEARD, {"device": device, "at": at, "device_time": device_time, "condition": condition})


def set_state(db: Connection, device: bytes, state: str) -> None:
    """Make a device active, suspect or revoked."""
    db.execute(SET_STATE, {"device": device, "state": state})


def number_message(db: Connection, device: bytes, number: int, end_hash: bytes) -> set[bytes]:
    """Note a message's number; return the hashes that came under it before."""
    place = {"device": device, "number": number}
    newest = db.execute(NEWEST_NUMBER, place).fetchone()["n"]
    if number <= newest - KEPT_NUMBERS:
        return {FORGOTTEN}   # a device's numbers only rise: so old a one comes from an old image
    before = {row["end_hash"] for row in db.execute(NUMBERED, place)}
    db.execute(NUMBER, {**place, "end_hash": end_hash})
    db.execute(FORGET_NUMBERS, {"device": device, "number": max(number, newest) - KEPT_NUMBERS})
    return before
