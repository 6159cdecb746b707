"""Leased jobs, as a machine of rules: whatever workers and a clock do, no undone job is lost, none is settled twice."""

from importlib.resources import files
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from edge.ground.database import Store, migrate
from edge.records import jobs
from edge.records.jobs import Job
from tests.fakes.county import fast_folder

LEASE = 60


class Jobs(RuleBasedStateMachine):
    """A queue of jobs and several workers that may die."""

    claimed = Bundle("claimed")

    def __init__(self) -> None:
        super().__init__()
        self.place = fast_folder()
        self.store = Store(Path(self.place.name) / "jobs.db")
        migrate(self.store, "edge", files("edge") / "schema")
        self.now, self.count = 1000, 0
        self.due: dict[str, int] = {}        # undone jobs and when they are due
        self.leases: dict[str, int] = {}     # until when a worker has one
        self.settled: set[str] = set()

    def teardown(self) -> None:
        """Close the queue."""
        self.store.close()
        self.place.cleanup()

    @rule(wait=st.integers(0, 100))
    def add(self, wait: int) -> None:
        """Queue a job."""
        self.count += 1
        with self.store.write() as db:
            jobs.add(db, f"job {self.count:04}", "print", b"slip", self.now + wait)
        self.due[f"job {self.count:04}"] = self.now + wait

    @rule(span=st.integers(0, 90))
    def wait(self, span: int) -> None:
        """Let time pass."""
        self.now += span

    @rule(target=claimed)
    def claim(self) -> Job | None:
        """A worker asks for work."""
        with self.store.write() as db:
            job = jobs.claim(db, self.now, LEASE)
        ready = sorted((at, name) for name, at in self.due.items()
                       if at <= self.now and self.leases.get(name, 0) <= self.now)
        assert (job.id if job else None) == (ready[0][1] if ready else None)
        if job:
            assert job.body == b"slip"
            self.leases[job.id] = self.now + LEASE
        return job

    @rule(job=claimed, how=st.sampled_from(["finish", "postpone", "give_up"]), wait=st.integers(1, 50))
    def settle(self, job: Job | None, how: str, wait: int) -> None:
        """A worker settles what it once claimed, perhaps long after its lease went to someone else."""
        if job is None:
            return
        mine = job.id in self.due and self.leases.get(job.id) == job.till
        with self.store.write() as db:
            done = (jobs.finish(db, job) if how == "finish" else jobs.give_up(db, job, "printer") if how == "give_up"
                    else jobs.postpone(db, job, self.now + wait, "printer"))
        assert done == mine
        if mine and how == "postpone":
            self.due[job.id] = self.now + wait
            del self.leases[job.id]
        elif mine:
            del self.due[job.id], self.leases[job.id]
            self.settled.add(job.id)

    @rule()
    def forget(self) -> None:
        """Housekeeping drops what is settled, and nothing else."""
        with self.store.write() as db:
            jobs.forget(db, self.now)

    @invariant()
    def no_undone_job_is_lost(self) -> None:
        """Every job that is not settled stands in the queue, and what is settled holds nothing personal any more."""
        rows = {row["id"]: row for row in self.store.read().execute("SELECT id, state, body FROM jobs")}
        assert {name for name, row in rows.items() if row["state"] == "due"} == set(self.due)
        assert all(row["body"] == b"" for row in rows.values() if row["state"] != "due")


TestJobs = Jobs.TestCase
TestJobs.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
