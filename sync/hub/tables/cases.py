"""Cases: what became of a submission. One for each envelope name, for ever."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from edge.ground.database import Connection
from sync.hub.tables.rows import first, number_of

_COLUMNS = """position, id, name, device, site, item, version, department, code, track, masked_name, channel, helper,
              state, step, lodged_at, received_at, reply_by"""
NEXT_PLACE = "SELECT coalesce(max(position), 0) + 1 AS n FROM cases"
ADD = f"""INSERT INTO cases ({_COLUMNS})
          VALUES (:position, :id, :name, :device, :site, :item, :version, :department, :code, :track, :masked_name,
                  :channel, :helper, :state, :step, :lodged_at, :received_at, :reply_by)"""
BY_ID = f"SELECT {_COLUMNS} FROM cases WHERE id = :id"
BY_NAME = f"SELECT {_COLUMNS} FROM cases WHERE name = :name"
BY_TRACK = f"SELECT {_COLUMNS} FROM cases WHERE track = :track"
AFTER = f"SELECT {_COLUMNS} FROM cases WHERE position > :after ORDER BY position LIMIT :most"
_WHERE = """(:state = '' OR state = :state) AND (:department = '' OR department = :department)
            AND (:item = '' OR item = :item) AND (:site = '' OR site = :site)
            AND (:words = '' OR code = :words OR item = :words OR site LIKE '%' || :words || '%')"""
WORK = f"""SELECT {_COLUMNS} FROM cases WHERE {_WHERE}
           ORDER BY state = 'held' AND item IN (SELECT value FROM json_each(:urgent)) DESC,
                    reply_by, lodged_at, position LIMIT :most OFFSET :skip"""
COUNT = f"SELECT state, count(*) AS n FROM cases WHERE {_WHERE} GROUP BY state"
MOVE = "UPDATE cases SET state = :state, step = :step WHERE id = :id AND step = :from_step AND state = :from_state"
REOPEN = "UPDATE cases SET state = :state, reply_by = :reply_by WHERE id = :id"
BLANK = "UPDATE cases SET masked_name = '', helper = '' WHERE id = :id"
FOLLOW = """INSERT INTO follow_ups (name, subject, answers_step, opened_at) VALUES (:name, :subject, :step, :at)
            ON CONFLICT (name) DO NOTHING"""
UNFOLLOW = "DELETE FROM follow_ups WHERE name = :name"
FOLLOWED = """SELECT name, answers_step, opened_at FROM follow_ups WHERE subject = :subject
              ORDER BY answers_step, opened_at"""
ASTRAY = """SELECT 1 FROM envelopes e WHERE e.kind = 'sub' AND e.state = 'opened'
            AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.name = e.name)
            UNION ALL SELECT 1 FROM cases c WHERE NOT EXISTS (SELECT 1 FROM envelopes e
            WHERE e.name = c.name AND e.kind = 'sub' AND e.state = 'opened') LIMIT 1"""


@dataclass(frozen=True)
class Case:
    """One row. `lodged_at` by the device's clock, `received_at` by the hub's; `reply_by` a date like 2026-11-30."""

    position: int
    id: str
    name: bytes
    device: bytes
    site: str
    item: str
    version: int
    department: str
    code: str
    track: bytes
    masked_name: str
    channel: str
    helper: str
    state: str
    step: int
    lodged_at: int
    received_at: int
    reply_by: str


@dataclass(frozen=True)
class Search:
    """What a work list is narrowed to; empty means all. `words` is a receipt code, an item or part of a site's name."""

    state: str = ""
    department: str = ""
    item: str = ""
    site: str = ""
    words: str = ""


def next_place(db: Connection) -> int:
    """Return the next place in the log of cases. Call it inside the write lock: a cursor must skip nothing that
    commits late.
    """
    return number_of(db, NEXT_PLACE)


def add(db: Connection, case: Case) -> None:
    """Make a case; the name's UNIQUE is the last guard against a second one."""
    db.execute(ADD, case.__dict__)


def by_id(db: Connection, id: str) -> Case | None:
    """Return the case of this id, or None."""
    return first(db, BY_ID, {"id": id}, Case)


def by_name(db: Connection, name: bytes) -> Case | None:
    """Return the case of the submission with this envelope name, or None."""
    return first(db, BY_NAME, {"name": name}, Case)


def by_track(db: Connection, track: bytes) -> Case | None:
    """Return the case sealed to this track key, or None."""
    return first(db, BY_TRACK, {"track": track}, Case)


def follow_envelopes(db: Connection) -> bool:
    """Return whether every submission that was opened is a case, and every case such a submission."""
    return db.execute(ASTRAY).fetchone() is None


def after(db: Connection, place: int, most: int) -> list[Case]:
    """Return up to `most` cases behind a place, in the log's order."""
    return [Case(*row) for row in db.execute(AFTER, {"after": place, "most": most})]


def work(db: Connection, search: Search, most: int, skip: int = 0, urgent: Sequence[str] = ()) -> list[Case]:
    """Return the work list: what waits of the `urgent` items, then the rest, each the nearest deadline first."""
    asked = {**search.__dict__, "most": most, "skip": skip, "urgent": json.dumps(urgent)}
    return [Case(*row) for row in db.execute(WORK, asked)]


def counts(db: Connection, search: Search) -> dict[str, int]:
    """Return how many cases of a search stand in each state."""
    return {row["state"]: row["n"] for row in db.execute(COUNT, search.__dict__)}


def move(db: Connection, case: Case, state: str, step: int) -> bool:
    """Decide a case; False when another decision came first."""
    return db.execute(MOVE, {
        "id": case.id, "from_step": case.step, "from_state": case.state, "state": state, "step": step}).rowcount == 1


def reopen(db: Connection, case: Case, state: str, reply_by: str) -> None:
    """Put a case back to review after an amendment, with a new day to answer by; its step stays."""
    db.execute(REOPEN, {"id": case.id, "state": state, "reply_by": reply_by})


def blank(db: Connection, id: str) -> None:
    """Take what is left of a person off an erased case."""
    db.execute(BLANK, {"id": id})


def follow(db: Connection, name: bytes, subject: bytes, answers_step: int, at: int) -> None:
    """Note an amendment."""
    db.execute(FOLLOW, {"name": name, "subject": subject, "step": answers_step, "at": at})


def unfollow(db: Connection, name: bytes) -> None:
    """Take an amendment away that turned out to speak for another case."""
    db.execute(UNFOLLOW, {"name": name})


def followed(db: Connection, subject: bytes) -> list[tuple[bytes, int, int]]:
    """Return (name, step that it answers, when opened) of a case's amendments, in order."""
    return [(row["name"], row["answers_step"], row["opened_at"]) for row in db.execute(FOLLOWED, {"subject": subject})]
