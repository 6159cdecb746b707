"""The words of `yizhan hub …`."""

import argparse
from typing import TYPE_CHECKING

from sync.command.grammar import add_verb, in_folder, pace_words
from sync.command.safety_grammar import proof_words, safety_words

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def hub_words(parent: argparse.ArgumentParser) -> None:
    """Add the verbs of a hub."""
    verbs = parent.add_subparsers(dest="command", required=True, metavar="VERB")
    one = in_folder(add_verb(verbs, "init", "建一个县平台 / make a hub", "hub_commands"))
    one.add_argument("--county", default="", metavar="NAME", help="县名 / name of the county")
    one.add_argument("--catalogue", default="", metavar="FOLDER",
                     help="本县的事项文件夹 / the county's own catalogue folder")
    one.add_argument("--empty", action="store_true", help="先不发布事项 / publish no items yet")
    one = in_folder(add_verb(verbs, "run", "运行 / serve", "hub_commands"))
    one.add_argument("--listen", default="127.0.0.1:8700", metavar="HOST:PORT",
                     help="在哪里听，默认 127.0.0.1:8700 / where to listen")
    one = in_folder(add_verb(verbs, "ticket", "开一张登记码，72 小时内用一次 / print an enrolment ticket",
                             "hub_commands"))
    one.add_argument("--site", required=True, metavar="NAME", help="服务点的名称 / name of the site")
    one = in_folder(add_verb(verbs, "token", "发一个接口令牌 / print a new API token", "hub_commands"))
    one.add_argument("--name", default="command line", metavar="NAME", help="给谁用 / whom it is for")
    one = in_folder(add_verb(verbs, "account", "给后台加一个账号 / add an account for the console", "hub_commands"))
    one.add_argument("--name", required=True, metavar="NAME", help="登录名 / name to log in with")
    one.add_argument("--role", required=True, choices=("reviewer", "it", "auditor"),
                     help="经办、技术、审计 / what it may do")
    one.add_argument("--display", default="", metavar="WORDS", help="显示的名字 / name on the pages")
    one.add_argument("--department", default="", metavar="KEY",
                     help="部门代号，不写就是全部 / department, all if left out")
    _stick(verbs)
    one = in_folder(add_verb(verbs, "lift", "读入坏了或停用的机器的硬盘 / read a dead machine's disk in",
                             "salvage_commands"))
    one.add_argument("source", metavar="FOLDER|DATABASE", help="机器的数据文件夹，或 yizhan.db / folder, or yizhan.db")
    safety_words(verbs)
    in_folder(add_verb(verbs, "status", "现在怎么样 / how it stands", "hub_commands"))
    proof_words(verbs)
    one = in_folder(add_verb(verbs, "give-up", "照片等不来了，记为丢失 / wait no longer for a case's photos",
                             "material_commands", "give_up"))
    one.add_argument("--receipt", required=True, metavar="CODE", help="回执号 / receipt code")
    one.add_argument("--reason", required=True, metavar="WORDS", help="为什么 / why")
    one = in_folder(add_verb(verbs, "pace", "照片什么时候传、一天传多少 / when and how much of photos may travel",
                             "pace_commands", "of_sites"))
    one.add_argument("--site", default="", metavar="NAME", help="哪个服务点，默认全部 / which site, all if left out")
    pace_words(one)
    _catalogue_words(verbs)


def _catalogue_words(verbs: "Verbs") -> None:
    files = verbs.add_parser("catalogue", help="事项文件 / item files").add_subparsers(
        dest="part", required=True, metavar="check | publish")
    one = add_verb(files, "check", "检查事项文件 / check item files", "hub_commands", "catalogue_check")
    one.add_argument("files", nargs="+", metavar="FILES")
    one = in_folder(add_verb(files, "publish", "检查并发布 / check and publish", "hub_commands", "catalogue_publish"))
    one.add_argument("files", nargs="+", metavar="FILES")


def _stick(verbs: "Verbs") -> None:
    one = in_folder(add_verb(verbs, "import", "读入机器存在 U 盘上的文件 / read machines' files in", "hub_courier",
                             "take"))
    one.add_argument("files", nargs="+", metavar="FILE", help="文件或文件夹 / files, or a folder")
    one.add_argument("--reply-to", default="", metavar="FOLDER",
                     help="回复文件放哪里，默认放在原文件旁边 / where the replies go, beside the files if left out")
