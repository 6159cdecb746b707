"""Durable work. A job is leased, never removed while undone, and may run twice."""

from dataclasses import dataclass

from edge.ground.database import Connection

ADD = "INSERT INTO jobs (id, kind, body, due_at) VALUES (:id, :kind, :body, :due_at)"
CLAIM = """UPDATE jobs SET leased_till = :till, attempts = attempts + 1
           WHERE id = (SELECT id FROM jobs WHERE state = 'due' AND due_at <= :now AND leased_till <= :now
                       ORDER BY due_at, id LIMIT 1)
           RETURNING id, kind, body, attempts"""
FINISH = "UPDATE jobs SET state = 'done', body = x'', leased_till = 0 WHERE id = :id AND leased_till = :till"
POSTPONE = """UPDATE jobs SET due_at = :due_at, leased_till = 0, problem = :problem
              WHERE id = :id AND leased_till = :till"""
GIVE_UP = """UPDATE jobs SET state = 'given_up', body = x'', leased_till = 0, problem = :problem
             WHERE id = :id AND leased_till = :till"""
STATE = "SELECT state FROM jobs WHERE id = :id"
FORGET = "DELETE FROM jobs WHERE state <> 'due' AND due_at < :before"


@dataclass(frozen=True)
class Job:
    """A claimed job; `till` is the lease, which proves that it is still ours when it is settled."""

    id: str
    kind: str
    body: bytes
    attempts: int
    till: int


def add(db: Connection, id: str, kind: str, body: bytes, due_at: int) -> None:
    """Queue a job."""
    db.execute(ADD, {"id": id, "kind": kind, "body": body, "due_at": due_at})


def claim(db: Connection, now: int, lease_seconds: int) -> Job | None:
    """Lease the job that has been due longest, or return None."""
    till = now + lease_seconds
    row = db.execute(CLAIM, {"now": now, "till": till}).fetchone()
    return None if row is None else Job(row["id"], row["kind"], row["body"], row["attempts"], till)


def finish(db: Connection, job: Job) -> bool:
    """Settle a job that is done; its body is wiped. False when the lease went to someone else."""
    return db.execute(FINISH, {"id": job.id, "till": job.till}).rowcount == 1


def postpone(db: Connection, job: Job, due_at: int, problem: str) -> bool:
    """Try again later. `problem` is the code of a refusal, never an answer."""
    return db.execute(POSTPONE, {"id": job.id, "till": job.till, "due_at": due_at, "problem": problem}).rowcount == 1


def give_up(db: Connection, job: Job, problem: str) -> bool:
    """Settle a job that can never be done; its body is wiped."""
    return db.execute(GIVE_UP, {"id": job.id, "till": job.till, "problem": problem}).rowcount == 1


def state(db: Connection, id: str) -> str | None:
    """Return `due`, `done` or `given_up`; None for no such job."""
    row = db.execute(STATE, {"id": id}).fetchone()
    return None if row is None else row["state"]


def forget(db: Connection, before: int) -> int:
    """Drop settled jobs that were due before that moment; return how many."""
    return db.execute(FORGET, {"before": before}).rowcount
