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
from edge.ground.problem import BUSY, Problem
from sync.agent import courier
from sync.command.output import OK, REFUSED, say
from sync.command.site_process import open_site, session_lock
from sync.command.stick_files import files_of, refused


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
    """Take over the county's replies."""
    rows: list[JSON] = []
    good = True
    with _session(args) as site:
        for path in files_of(args.files):
            try:
                heard = courier.hear(site, path)
            except Problem as problem:
                good = False
                rows.append(refused(path, problem, as_json=args.json))
                continue
            rows.append({"file": path.name, "held": heard.held, "came": heard.came, "answers": heard.answers,
                         "torn": heard.torn, "again": heard.again})
            if not args.json:
                print(f"{path.name}: {_in_words(heard)}", flush=True)
    if args.json:
        say({"files": rows}, as_json=True)
    return OK if good else REFUSED


def _in_words(heard: Heard) -> str:
    zh = [f"县里多收到 {heard.held} 份，带回 {heard.came} 条消息"]
    en = [f"{heard.held} more held, {heard.came} came down"]
    if heard.torn:
        zh.append("文件不完整")
        en.append("torn")
    if heard.again:
        zh.append("以前读过")
        en.append("read before")
    return f"{'；'.join(zh)} / {'; '.join(en)}"
