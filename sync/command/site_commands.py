"""`yizhan edge …`: a service point on this machine."""

import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout

from edge.desk.refused import refused
from edge.desk.site import Progress, Site
from edge.desk.tokens import make_token
from edge.ground.clock import SystemClock, system_chance
from edge.ground.database import SICK_DISK, sqlite3
from edge.ground.ids import JSON
from edge.ground.problem import BUSY, DATA_TO_MEND, FOLDER_OF_OTHERS, UNKNOWN_DEVICE, Problem
from edge.machine.card_reader import reader_at
from edge.records import audit, envelopes, lane, submissions
from sync.agent.enrol import check_ticket, enrol, open_store
from sync.agent.hub_link import HubLink
from sync.agent.round import Agent, Outcome
from sync.command.output import OK, REFUSED, say
from sync.command.phone_way import read_phone_way
from sync.command.serving import on_signals, read_address
from sync.command.site_folder import refuse_damaged
from sync.command.site_process import SiteProcess, open_site, session_lock

MOST_ROUNDS = 1000
MOST_WAIT_SECONDS = 60
HUB_DATABASE = "hub.db"   # named here, so that a site's command need not load the hub


def enroll(args: Namespace) -> int:
    """Join the county named on a ticket."""
    folder = Path(args.dir)
    check_ticket(args.ticket)   # before anything is written: a mistyped ticket leaves no folder behind
    if (folder / HUB_DATABASE).exists():
        raise Problem(FOLDER_OF_OTHERS, str(folder))
    refuse_damaged(folder)   # a machine whose database is being read out is enrolled already
    identity = enrol(folder, open_store(folder), HubLink(args.hub), args.hub, args.ticket, SystemClock(), system_chance,
                     args.label)
    say({"device": identity.device.hex(), "site": identity.site, "label": identity.label, "hub": identity.hub_id},
        as_json=args.json, words=f"登记好了：{identity.site} {identity.label} / enrolled: {identity.device.hex()}")
    return OK


def run(args: Namespace) -> int:
    """Serve kiosk and site API, work, and talk to the hub until told to stop."""
    way = read_phone_way(args)
    stop = threading.Event()
    on_signals(stop.set)
    process = SiteProcess(Path(args.dir), read_address(args.listen), SystemClock(), system_chance, args.printer,
                          reader=reader_at(args.reader), phones=way)
    process.start()
    url, phones = process.server.address.url, way.url if way else ""
    say({"ready": True, "kiosk": url, "edge_api": url, "phones": phones}, as_json=args.json,
        words=f"{process.site.identity.site} {process.site.identity.label}: {url}/"
              + (f"\n手机 / phones: {phones}/" if phones else ""))
    stop.wait()
    process.stop()
    return OK


def sync(args: Namespace) -> int:
    """Talk to the hub now, round after round until nothing waits."""
    folder = Path(args.dir)
    site = open_site(folder, SystemClock(), system_chance)
    try:
        with session_lock(folder).acquire(timeout=float(args.wait)):
            agent = Agent(site, HubLink(site.identity.hub_url))
            acked, came = _rounds(agent, quiet=args.json)
    except Timeout as fault:
        raise Problem(BUSY, "yizhan edge run") from fault
    finally:
        site.store.close()
    say({"acked": acked, "came": came, "waiting": site_waiting(folder)}, as_json=args.json)
    return OK


def _rounds(agent: Agent, *, quiet: bool) -> tuple[int, int]:
    came, outcome = 0, _first_round(agent)
    for _ in range(MOST_ROUNDS):
        came += outcome.came
        if not outcome.more:
            break
        if not quiet and agent.site.progress is not None:
            print(how_far(agent.site.progress), flush=True)
        if outcome.wait_seconds:
            agent.site.lodged.wait(min(outcome.wait_seconds, MOST_WAIT_SECONDS))
        outcome = agent.round()
    return outcome.acked, came


def how_far(progress: Progress) -> str:
    """Return one line about a queue on its way; a time only where it is known."""
    minutes = -(-progress.seconds_left // 60) if progress.seconds_left is not None else None
    zh = f"送到了 {progress.done}/{progress.total} 件"
    en = f"{progress.done} of {progress.total} delivered"
    if progress.chunks_left:
        zh, en = f"{zh}，照片还剩 {progress.chunks_left} 块", f"{en}, {progress.chunks_left} pieces of photos to go"
    if minutes is not None:
        zh, en = f"{zh}，大约还要 {minutes} 分钟", f"{en}, about {minutes} min left"
    return f"{zh} / {en}"


def _first_round(agent: Agent) -> Outcome:
    """Run a round; once more where the hub did not know us, now with our papers."""
    try:
        return agent.round()
    except Problem:
        if not agent.papers:
            raise
    try:
        return agent.round()
    except Problem as problem:
        if problem.facts.get("http_status") == UNKNOWN_DEVICE.status:
            raise Problem(UNKNOWN_DEVICE) from problem   # with our papers shown; only words follow from it
        raise


def site_waiting(folder: Path) -> int:
    """Return how many envelopes of a folder the hub has not acknowledged."""
    site = open_site(folder, SystemClock(), system_chance)
    try:
        return site.line().waiting
    finally:
        site.store.close()


def status_of(site: Site) -> dict[str, JSON]:
    """Return the state of a site for people and programs."""
    db, line, ready, kind = site.store.read(), site.line(), site.refusing(), refused(site)
    acked, safe = lane.acked(db)
    last = line.last_exchange
    return {
        "site": site.identity.site, "label": site.identity.label, "device": site.identity.device.hex(),
        "hub": site.identity.hub_url,
        "lane": {"head": lane.head(db).n, "acked": acked, "safe": safe, "incarnations": lane.incarnations(db),
                 "kept": envelopes.count(db), "deleted": lane.deleted(db).n},
        "line": "down" if line.state == "down" else "up", "last_exchange": last.isoformat() if last else None,
        "waiting": line.waiting, "taken": submissions.count(db), "free_bytes": site.free_bytes(),
        "readiness": ready.state.value, "why": ready.why, "refused": kind.code if kind else ""}


def status(args: Namespace) -> int:
    """Print how the site stands."""
    with telling_damage():
        site = open_site(Path(args.dir), SystemClock(), system_chance)
        site.health.damaged = not holds(site.store.sound)   # what a running machine found out stands in its memory
        say(status_of(site), as_json=args.json)
        kind = refused(site)
    if kind is not None and not args.json:
        print(f"{kind.title_zh}。{kind.cure_zh} / {kind.title_en}. {kind.cure_en}", flush=True)
    site.store.close()
    return OK


def token(args: Namespace) -> int:
    """Print a new bearer token for the site API; only its hash is kept."""
    site = open_site(Path(args.dir), SystemClock(), system_chance)
    made = make_token(site.store, site.chance, args.name)
    say({"token": made}, as_json=args.json, words=made)
    site.store.close()
    return OK


def doctor(args: Namespace) -> int:
    """Check database, lane, envelopes and audit; print what is found."""
    with telling_damage():
        site = open_site(Path(args.dir), SystemClock(), system_chance)
        found = examine(site)
        sound = all(value is True for value in found.values())
        fallen: list[JSON] = [
            {"lane": one.incarnation.hex(), "deleted": one.n, "hub_held": one.fell_to}
            for one in lane.ever_deleted(site.store.read()) if one.fell_to is not None]
    # only so can a form be lost: the hub said that it holds less than it had called safe
    say({"sound": sound, **found, "hub_fell_below_deleted": fallen}, as_json=args.json)
    site.store.close()
    if not sound and not args.json:
        raise Problem(DATA_TO_MEND, ", ".join(key for key, value in found.items() if value is not True))
    return OK if sound else REFUSED


def examine(site: Site) -> dict[str, JSON]:
    """Return check → whether it holds: the invariants that a site can check alone."""
    db = site.store.read()
    return {
        "database": holds(site.store.sound), "lane_chain": holds(lambda: lane.recomputes(db)),
        "envelopes": holds(lambda: lane.envelopes_sound(db)), "receipt_on_lane": holds(lambda: lane.receipt_fits(db)),
        "audit_chain": holds(lambda: audit.first_broken(db) is None)}


def holds(check: Callable[[], bool]) -> bool:
    """Return what a check finds; False where it stumbles over a damaged page.

    Raises:
        sqlite3.OperationalError: the disk is full, sick or held by another program; that is no damage.
    """
    try:
        return check()
    except (sqlite3.DatabaseError, ValueError) as fault:
        if any(sign in str(fault) for sign in SICK_DISK):
            raise
        return False


@contextmanager
def telling_damage() -> Iterator[None]:
    """Say to staff what to do where SQLite stumbles over a damaged page.

    Raises:
        Problem: DATA_TO_MEND.
    """
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as fault:
        if any(sign in str(fault) for sign in SICK_DISK):
            raise
        raise Problem(DATA_TO_MEND) from fault
