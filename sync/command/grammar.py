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


def in_folder(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a verb work on one folder of data."""
    one.add_argument("--dir", required=True, metavar="D", help="数据文件夹 / folder of the data")
    return one
