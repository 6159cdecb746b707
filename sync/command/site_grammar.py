"""The words of `yizhan edge …`."""

import argparse
from typing import TYPE_CHECKING

from sync.command.grammar import add_verb, in_folder, pace_words

if TYPE_CHECKING:
    from sync.command.grammar import Verbs


def site_words(parent: argparse.ArgumentParser) -> None:
    """Add the verbs of a service point."""
    verbs = parent.add_subparsers(dest="command", required=True, metavar="VERB")
    one = in_folder(add_verb(verbs, "enroll", "用登记码登记这台机器 / enrol with a ticket", "site_commands"))
    one.add_argument("--hub", required=True, metavar="URL", help="县平台的网址 / address of the hub")
    one.add_argument("--ticket", required=True, metavar="T", help="登记码 / the ticket")
    one.add_argument("--label", default="", metavar="NAME", help="哪台机器，如 2 号机 / which machine")
    one = in_folder(add_verb(verbs, "run", "运行 / serve", "site_commands"))
    one.add_argument("--listen", default="127.0.0.1:8600", metavar="HOST:PORT",
                     help="在哪里听，默认 127.0.0.1:8600 / where to listen")
    one.add_argument("--printer", default="", metavar="DEVICE",
                     help="小票打印机，如 /dev/usb/lp0；A4：lp:队列 / slip printer, or lp:QUEUE for A4")
    one.add_argument("--reader", default="", metavar="READER",
                     help="读卡器：hid、tcp:端口 或 serial:设备 / card reader: hid, tcp:PORT or serial:DEVICE")
    _phones(one)
    one = in_folder(add_verb(verbs, "sync", "现在就和县里通一次 / one conversation with the hub now", "site_commands"))
    one.add_argument("--wait", type=float, default=30.0, metavar="SECONDS",
                     help="另一个进程正在通话时等多久 / how long to wait for a session under way")
    in_folder(add_verb(verbs, "status", "现在怎么样 / how it stands", "site_commands"))
    one = in_folder(add_verb(verbs, "token", "发一个接口令牌 / print a new API token", "site_commands"))
    one.add_argument("--name", default="command line", metavar="NAME", help="给谁用 / whom it is for")
    in_folder(add_verb(verbs, "doctor", "检查数据 / check the data", "site_commands"))
    one = in_folder(add_verb(verbs, "salvage", "数据库坏了：把好的都救出来，坏的文件留着 / read a damaged database out",
                             "salvage_commands"))
    one.add_argument("--force", action="store_true", help="看着没坏也照做 / even where no damage is found")
    one = in_folder(add_verb(verbs, "voice", "哪些话还没有录音 / which sentences have no recording", "voice_commands"))
    one.add_argument("act", choices=("check", "list"), help="check：缺的；list：全部 / the missing ones, or all")
    _stick(verbs)
    one = in_folder(add_verb(verbs, "pace", "这台机器什么时候传照片、传多少 / when its photos may travel",
                             "pace_commands", "of_machine"))
    pace_words(one)
    _desk(verbs)


def _phones(one: argparse.ArgumentParser) -> None:
    one.add_argument("--phones", default="", metavar="HOST:PORT",
                     help="手机也能填：在哪里听，如 192.168.1.10:8443；不写就没有 / where phones may come in")
    one.add_argument("--phones-name", default="", metavar="NAME",
                     help="手机打开的名字，和证书上的一样 / the name that phones call, as on the certificate")
    one.add_argument("--phones-cert", default="", metavar="FILE", help="证书（PEM）/ certificate")
    one.add_argument("--phones-key", default="", metavar="FILE", help="证书的私钥（PEM）/ its key")
    one.add_argument("--phones-plain", action="store_true",
                     help="不加锁：只许用在别人进不来的网里 / no TLS: only where nobody else can join the network")
    one.add_argument("--phones-wifi", default="", metavar="NAME", help="无线网的名字 / the Wi-Fi, to be shown")


def _stick(verbs: "Verbs") -> None:
    one = in_folder(add_verb(verbs, "export", "把还没送到县里的存到 U 盘 / write what the hub lacks to a stick",
                             "site_courier"))
    one.add_argument("--to", required=True, metavar="FOLDER", help="U 盘的文件夹 / folder of the stick")
    _wait(one)
    one = in_folder(add_verb(verbs, "import", "读回县里的回复文件 / read the county's reply files", "site_courier",
                             "hear"))
    one.add_argument("files", nargs="+", metavar="FILE", help="回复文件或文件夹 / reply files, or a folder")
    _wait(one)


def _desk(verbs: "Verbs") -> None:
    one = in_folder(add_verb(verbs, "pin", "设工作人员密码 / set the staff PIN", "staff_commands"))
    one.add_argument("--stdin", action="store_true", help="从标准输入读，不提问 / read it from standard input")
    one = in_folder(add_verb(verbs, "paper", "打印编好号的纸表 / print numbered paper forms", "staff_commands"))
    one.add_argument("--item", required=True, metavar="CODE", help="事项，如 RS-01 / the item")
    one.add_argument("--count", type=int, default=20, metavar="N", help="几张，1 到 100 / how many")
    one.add_argument("--to", required=True, metavar="FILE.html",
                     help="写成网页文件，用浏览器打印，打完删掉 / an HTML file to print; delete it afterwards")


def _wait(one: argparse.ArgumentParser) -> None:
    one.add_argument("--wait", type=float, default=120.0, metavar="SECONDS",
                     help="正在通话时等多久 / how long to wait for a conversation under way")
