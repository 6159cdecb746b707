"""`yizhan edge pin` and `yizhan edge paper`: what the staff of a place need before the line or the power goes."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path

from edge.desk.paper import reserve
from edge.desk.staff import set_pin
from edge.domain.receipt import group
from edge.ground.clock import SystemClock, system_chance
from edge.ground.once import Taken, write_once
from edge.ground.problem import NO_SUCH_ITEM, NOT_HTML, Problem
from edge.kiosk.app import STATIC, create_kiosk
from edge.kiosk.paper_sheet import whole_page
from sync.command.output import OK, say
from sync.command.site_folder import open_site

ENDINGS = (".html", ".htm")
THERE_ALREADY = "：已经有这个文件 / is there already"


def pin(args: Namespace) -> int:
    """Set the PIN of the kiosk's staff pages; it is asked twice, or read from standard input."""
    if args.stdin:
        first = second = sys.stdin.readline().strip()
    else:
        first, second = (getpass.getpass(words) for words in ("新密码 / new PIN: ", "再输一次 / again: "))
    if first != second:
        raise ValueError("两次输的不一样 / the two are not the same")
    site = open_site(Path(args.dir), SystemClock(), system_chance)
    try:
        set_pin(site, first)
    finally:
        site.store.close()
    say({"set": True}, as_json=args.json, words="设好了 / set")
    return OK


def paper(args: Namespace) -> int:
    """Reserve numbers and write the paper forms that bear them."""
    path = Path(args.to)
    _refuse_elsewhere(path)   # before a number is reserved
    site = open_site(Path(args.dir), SystemClock(), system_chance)
    try:
        if args.item not in site.catalogue().items:
            raise Problem(NO_SUCH_ITEM, args.item)
        item = site.catalogue().item(args.item)
        codes = reserve(site, item, args.count)
        with create_kiosk(site).test_request_context("/"):
            style = (STATIC / "kiosk" / "paper.css").read_text("utf-8")
            page = whole_page(site, item, codes, style)
        try:
            write_once(path, [page.encode()])
        except Taken as fault:
            raise Problem(NOT_HTML, f"{path}{THERE_ALREADY}") from fault
    finally:
        site.store.close()
    say({"file": str(path), "item": item.code, "numbers": [group(code) for code in codes]}, as_json=args.json,
        words=f"{path}: {len(codes)} 张，用浏览器打印，打完删掉 / {len(codes)} forms; print them, then delete the file")
    return OK


def _refuse_elsewhere(path: Path) -> None:
    if path.exists():
        raise Problem(NOT_HTML, f"{path}{THERE_ALREADY}")
    if path.suffix.lower() not in ENDINGS:
        raise Problem(NOT_HTML, f"{path}：不是以 .html 结尾 / does not end in .html")
    if not path.parent.is_dir():
        raise Problem(NOT_HTML, f"{path}：没有这个文件夹 / no such folder")
