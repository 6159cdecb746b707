"""The command line of `yizhan`, as a table.

Exit status: 0 done, 1 refused (one line says why), 2 wrong words, 141 nobody reads on.
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from edge import __version__
from edge.ground import logbook
from edge.ground.problem import Problem
from sync.command.grammar import add_verb
from sync.command.hub_grammar import hub_words
from sync.command.output import refuse
from sync.command.site_grammar import site_words

Command = Callable[[argparse.Namespace], int]
CLOSED_PIPE = 128 + 13   # as of a program that SIGPIPE ended


def parser() -> argparse.ArgumentParser:
    """Return the whole grammar."""
    root = argparse.ArgumentParser(prog="yizhan",
                                   description="驿站：没有网络也能办事的自助服务点，和听它们说话的县平台。")
    root.add_argument("--version", action="version", version=f"yizhan {__version__}")
    kinds = root.add_subparsers(dest="kind", required=True, metavar="demo | hub | edge")
    _demo(kinds)
    hub_words(kinds.add_parser("hub", help="县平台 / the county's hub"))
    site_words(kinds.add_parser("edge", help="服务点 / a service point"))
    return root


def _demo(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = add_verb(kinds, "demo", "一台机器上看全部：县平台、一个服务点、样例县 / everything on this machine", "demo")
    one.add_argument("--dir", default="yizhan-demo", metavar="D", help="数据文件夹 / folder (yizhan-demo)")
    one.add_argument("--edge-port", type=int, default=8600, metavar="N",
                     help="服务点的端口，默认 8600 / port of the site")
    one.add_argument("--hub-port", type=int, default=8700, metavar="N",
                     help="县平台的端口，默认 8700 / port of the hub")
    one.add_argument("--headless", action="store_true", help="不打开浏览器 / open no browser")


def _command(args: argparse.Namespace) -> Command:
    # imported when asked for: `yizhan edge status` should not wait for the console
    from importlib import import_module

    with nothing_becomes_garbage():
        found: Command = getattr(import_module(f"sync.command.{args.module}"), args.verb)
    return found


@contextmanager
def nothing_becomes_garbage() -> Iterator[None]:
    """Load without looking for garbage, and never look through what was loaded: it all stays, and it is large."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        try:
            return _run(words)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # `… | head` has read enough; what Python still flushes at its end must find an open file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE


def _run(words: Sequence[str] | None) -> int:
    args = parser().parse_args(words)
    logbook.start(None)
    try:
        return _command(args)(args)
    except Problem as problem:
        return refuse(problem, as_json=args.json)
    except ValueError as fault:
        print(f"yizhan: {fault}", file=sys.stderr)
        return 2
