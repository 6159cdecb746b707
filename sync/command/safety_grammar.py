"""The words of backup, restore and revocation."""

import argparse
from typing import TYPE_CHECKING

from sync.command.grammar import add_verb, in_folder

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]

MODULE = "backup_commands"


def safety_words(verbs: "Verbs") -> None:
    """Add what county IT does so that nothing is lost."""
    one = in_folder(add_verb(verbs, "backup", "备份，运行着也可以 / make a backup, also while it runs", MODULE))
    one.add_argument("--to", action="append", default=[], metavar="DIR",
                     help="备份盘上的文件夹，可以写几次；不写就用后台设的 / folder on a disk of its own, repeatable")
    one = in_folder(add_verb(verbs, "restore", "用备份恢复，先停掉县平台 / restore a backup; stop the hub first",
                             MODULE))
    one.add_argument("--from", dest="source", required=True, metavar="BACKUP", help="备份文件 / the backup's file")
    one.add_argument("--accept-loss", action="store_true",
                     help="退役的备份也用，可能丢材料 / take a retired one, forms may be lost")
    one.add_argument("--code", default="", metavar="FILE",
                     help="恢复码所在的文件，- 是键盘输入 / file with the recovery code, - for standard input")
    one.add_argument("--also", action="append", default=[], metavar="DIR",
                     help="还有备份的文件夹，可以写几次 / another folder with backups, repeatable")
    in_folder(add_verb(verbs, "recovery-code", "出一个恢复码，备份里的钥匙用它封 / print a recovery code for the keys",
                       MODULE, "recovery_code"))
    one = in_folder(add_verb(verbs, "release", "恢复之后，让对外接口再通 / let what reaches outside go on again",
                             MODULE))
    _reason(one)
    one = in_folder(add_verb(verbs, "revoke", "吊销一台机器，收不回 / strike a device off, for good", MODULE))
    one.add_argument("--device", required=True, metavar="D", help="设备号 / the device")
    _reason(one)
    one = in_folder(add_verb(verbs, "erase", "依法删除一件，收不回 / erase what a citizen handed in, for good",
                             "erase_commands"))
    one.add_argument("code", metavar="CODE", help="回执号 / receipt code")
    one.add_argument("--case", default="", metavar="ID",
                     help="一个号有几件时，哪一件 / which, where a code has several")
    _reason(one)
    one = in_folder(add_verb(verbs, "set-aside", "被吊销的机器交来的 / what revoked devices sent", MODULE, "set_aside"))
    one.add_argument("--release", default="", metavar="DEVICE", help="放行这台的 / let it be opened")
    one.add_argument("--refuse", default="", metavar="DEVICE", help="不收这台的 / let it never be opened")
    one.add_argument("--reason", default="", metavar="WORDS", help="为什么 / why")


def proof_words(verbs: "Verbs") -> None:
    """Add the check with the proof of a period."""
    one = in_folder(add_verb(verbs, "doctor", "检查数据，出证明 / check the data, print the proof", "proof_commands"))
    one.add_argument("--from", dest="begin", default="", metavar="DATE",
                     help="从哪天起，如 2026-11-01 / first day of the proof")
    one.add_argument("--to", dest="end", default="", metavar="DATE",
                     help="到哪天，默认今天 / last day, today if left out")
    one.add_argument("--html", default="", metavar="FILE", help="另存一份可打印的网页 / write a page to print as well")


def _reason(one: argparse.ArgumentParser) -> None:
    one.add_argument("--reason", required=True, metavar="WORDS", help="为什么，写进审计 / why, for the audit")
