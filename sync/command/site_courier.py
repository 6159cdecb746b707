"""`yizhan edge export` and `yizhan edge import`: what goes to the county by stick, and what comes back."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout

from edge.desk.courier import Heard
from edge.desk.site import Site
from edge.ground.clock import SystemClock, system_chance
from edge.ground.ids import JSON
from edge.ground.problem import BUSY, FOR_ANOTHER_MACHINE, FOR_THE_OTHER_SIDE, Problem
from sync.agent import courier
from sync.command.output import OK, REFUSED, say
from sync.command.site_process import open_site, session_lock
from sync.command.stick_files import Given, files_of, refused, stepped_over


@contextmanager
def _session(args: Namespace) -> Iterator[Site]:
    """Hold the site and its one session: a process that serves this folder may go on, but does not talk meanwhile."""
    folder = Path(args.dir)
    site = open_site(folder, SystemClock(), system_chance)
    try:
        with session_lock(folder).acquire(timeout=float(args.wait)):
            yield site
    except Timeout as fault:
        raise Problem(BUSY, "yizhan edge run") from fault
    finally:
        site.store.close()


def export(args: Namespace) -> int:
    """Write all that the county does not hold yet into new files of a folder."""
    with _session(args) as site:
        done = courier.export(site, Path(args.to), _progress if sys.stderr.isatty() and not args.json else _silent)
    words = [*done.names, f"{done.envelopes} 份，存好了，可以拔了 / {done.envelopes} envelopes, safe to remove"]
    say({"files": list(done.names), "envelopes": done.envelopes, "bytes": done.size}, as_json=args.json,
        words="\n".join(words))
    return OK


def _progress(done: int, total: int) -> None:
    print(f"\r{done} / {total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _silent(done: int, total: int) -> None:
    """Say nothing: a program reads."""


def hear(args: Namespace) -> int:
    """Take over the county's replies. In a folder lie also this machine's own files and replies to others: no fault."""
    with _session(args) as site:
        rows = [_hear(site, given, as_json=args.json) for given in files_of(args.files)]
    own = sum(row.get("stepped_over") == FOR_THE_OTHER_SIDE.code for row in rows)
    if own and not args.json:
        print(f"{own} 个文件是机器给县里的，没有读 / {own} files are for the county, stepped over", flush=True)
    if args.json:
        say({"files": list[JSON](rows)}, as_json=True)
    return REFUSED if any(row.get("torn") or "refused" in row for row in rows) else OK


def _hear(site: Site, given: Given, *, as_json: bool) -> dict[str, JSON]:
    path = given.path
    try:
        heard = courier.hear(site, path)
    except Problem as problem:
        if not given.in_folder or problem.kind not in (FOR_THE_OTHER_SIDE, FOR_ANOTHER_MACHINE):
            return refused(path, problem, as_json=as_json)
        if problem.kind is FOR_ANOTHER_MACHINE and not as_json:
            print(f"{path.name}: {problem.kind.title_zh} / {problem.kind.title_en}", flush=True)
        return stepped_over(path, problem.kind)
    if not as_json:
        print(f"{path.name}: {_in_words(heard)}", flush=True)
    return {"file": path.name, "held": heard.held, "came": heard.came, "answers": heard.answers, "torn": heard.torn,
            "again": heard.again}


def _in_words(heard: Heard) -> str:
    zh = [f"县里多收到 {heard.held} 份，带回 {heard.came} 条消息"]
    en = [f"{heard.held} more held, {heard.came} came down"]
    if heard.torn:
        zh.append("文件不完整，读出来的都算数。带回县里再存一次")
        en.append("torn: what could be read counts. Have the county write it again")
    if heard.again:
        zh.append("以前读过")
        en.append("read before")
    return f"{'；'.join(zh)} / {'; '.join(en)}"
