"""What the words of every command have in common."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def add_verb(parent: "Verbs", name: str, words: str, module: str, verb: str = "") -> argparse.ArgumentParser:
    """Add a verb; `main` finds its function as `verb` (or `name`) of `sync.command.<module>`."""
    one = parent.add_parser(name, help=words, description=words)
    one.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    one.set_defaults(module=module, verb=verb or name)
    return one


def pace_words(one: argparse.ArgumentParser) -> None:
    """Add what rules a line is given; without any the present ones are printed."""
    one.add_argument("--windows", default=None, metavar="HH:MM-HH:MM,…",
                     help="照片只在这些时段传；写 '' 是随时 / photos travel in these spans only; '' for at any time")
    one.add_argument("--daily-mb", type=_megabytes, default=None, metavar="N",
                     help="照片一天最多传多少兆，0 是不限 / megabytes of photos a day, 0 for any")


def _megabytes(text: str) -> int:
    if not text.isdecimal() or len(text) > 7:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of megabytes")
    return int(text)


def in_folder(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a verb work on one folder of data."""
    one.add_argument("--dir", required=True, metavar="D", help="数据文件夹 / folder of the data")
    return one
