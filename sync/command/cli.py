"""The command line of `yizhan`, as a table. Exit status: 0 done, 1 refused (one line says why), 2 wrong words."""

import argparse
import sys
from collections.abc import Callable, Sequence

from edge import __version__
from edge.ground import logbook
from edge.ground.problem import Problem
from sync.command.output import refuse

Command = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """Return the whole grammar."""
    root = argparse.ArgumentParser(prog="yizhan",
                                   description="驿站：没有网络也能办事的自助服务点，和听它们说话的县平台。")
    root.add_argument("--version", action="version", version=f"yizhan {__version__}")
    kinds = root.add_subparsers(dest="kind", required=True, metavar="demo | hub | edge")
    _demo(kinds)
    _hub(kinds.add_parser("hub", help="县平台 / the county's hub"))
    _edge(kinds.add_parser("edge", help="服务点 / a service point"))
    return root


def _add(parent: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str, module: str,
         verb: str = "") -> argparse.ArgumentParser:
    one = parent.add_parser(name, help=words, description=words)
    one.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    one.set_defaults(module=module, verb=verb or name)
    return one


def _folder(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    one.add_argument("--dir", required=True, metavar="D", help="数据文件夹 / folder of the data")
    return one


def _demo(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = _add(kinds, "demo", "一台机器上看全部：县平台、一个服务点、样例县 / everything on this machine", "demo")
    one.add_argument("--dir", default="yizhan-demo", metavar="D", help="数据文件夹 / folder (yizhan-demo)")
    one.add_argument("--edge-port", type=int, default=8600, metavar="N",
                     help="服务点的端口，默认 8600 / port of the site")
    one.add_argument("--hub-port", type=int, default=8700, metavar="N",
                     help="县平台的端口，默认 8700 / port of the hub")
    one.add_argument("--headless", action="store_true", help="不打开浏览器 / open no browser")


def _hub(parent: argparse.ArgumentParser) -> None:
    verbs = parent.add_subparsers(dest="command", required=True,
                                  metavar="init | run | ticket | token | account | status | doctor | catalogue")
    one = _folder(_add(verbs, "init", "建一个县平台 / make a hub", "hub_commands"))
    one.add_argument("--county", default="", metavar="NAME", help="县名 / name of the county")
    one.add_argument("--catalogue", default="", metavar="FOLDER",
                     help="本县的事项文件夹 / the county's own catalogue folder")
    one.add_argument("--empty", action="store_true", help="先不发布事项 / publish no items yet")
    one = _folder(_add(verbs, "run", "运行 / serve", "hub_commands"))
    one.add_argument("--listen", default="127.0.0.1:8700", metavar="HOST:PORT",
                     help="在哪里听，默认 127.0.0.1:8700 / where to listen")
    one = _folder(_add(verbs, "ticket", "开一张登记码，72 小时内用一次 / print an enrolment ticket", "hub_commands"))
    one.add_argument("--site", required=True, metavar="NAME", help="服务点的名称 / name of the site")
    one = _folder(_add(verbs, "token", "发一个接口令牌 / print a new API token", "hub_commands"))
    one.add_argument("--name", default="command line", metavar="NAME", help="给谁用 / whom it is for")
    one = _folder(_add(verbs, "account", "给后台加一个账号 / add an account for the console", "hub_commands"))
    one.add_argument("--name", required=True, metavar="NAME", help="登录名 / name to log in with")
    one.add_argument("--role", required=True, choices=("reviewer", "it", "auditor"),
                     help="经办、技术、审计 / what it may do")
    one.add_argument("--display", default="", metavar="WORDS", help="显示的名字 / name on the pages")
    one.add_argument("--department", default="", metavar="KEY",
                     help="部门代号，不写就是全部 / department, all if left out")
    _folder(_add(verbs, "status", "现在怎么样 / how it stands", "hub_commands"))
    _folder(_add(verbs, "doctor", "检查数据 / check the data", "hub_commands"))
    files = verbs.add_parser("catalogue", help="事项文件 / item files").add_subparsers(
        dest="part", required=True, metavar="check | publish")
    one = _add(files, "check", "检查事项文件 / check item files", "hub_commands", "catalogue_check")
    one.add_argument("files", nargs="+", metavar="FILES")
    one = _folder(_add(files, "publish", "检查并发布 / check and publish", "hub_commands", "catalogue_publish"))
    one.add_argument("files", nargs="+", metavar="FILES")


def _edge(parent: argparse.ArgumentParser) -> None:
    verbs = parent.add_subparsers(dest="command", required=True,
                                  metavar="enroll | run | sync | status | token | doctor")
    one = _folder(_add(verbs, "enroll", "用登记码登记这台机器 / enrol with a ticket", "site_commands"))
    one.add_argument("--hub", required=True, metavar="URL", help="县平台的网址 / address of the hub")
    one.add_argument("--ticket", required=True, metavar="T", help="登记码 / the ticket")
    one.add_argument("--label", default="", metavar="NAME", help="哪台机器，如 2 号机 / which machine")
    one = _folder(_add(verbs, "run", "运行 / serve", "site_commands"))
    one.add_argument("--listen", default="127.0.0.1:8600", metavar="HOST:PORT",
                     help="在哪里听，默认 127.0.0.1:8600 / where to listen")
    one.add_argument("--printer", default="", metavar="DEVICE", help="热敏打印机，如 /dev/usb/lp0 / thermal printer")
    one = _folder(_add(verbs, "sync", "现在就和县里通一次 / one conversation with the hub now", "site_commands"))
    one.add_argument("--wait", type=float, default=30.0, metavar="SECONDS",
                     help="另一个进程正在通话时等多久 / how long to wait for a session under way")
    _folder(_add(verbs, "status", "现在怎么样 / how it stands", "site_commands"))
    one = _folder(_add(verbs, "token", "发一个接口令牌 / print a new API token", "site_commands"))
    one.add_argument("--name", default="command line", metavar="NAME", help="给谁用 / whom it is for")
    _folder(_add(verbs, "doctor", "检查数据 / check the data", "site_commands"))


def _command(args: argparse.Namespace) -> Command:
    # imported when asked for: `yizhan edge status` should not wait for the console
    from importlib import import_module

    found: Command = getattr(import_module(f"sync.command.{args.module}"), args.verb)
    return found


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    args = parser().parse_args(words)
    logbook.start(None)
    try:
        return _command(args)(args)
    except Problem as problem:
        return refuse(problem, as_json=args.json)
    except ValueError as fault:
        print(f"yizhan: {fault}", file=sys.stderr)
        return 2
