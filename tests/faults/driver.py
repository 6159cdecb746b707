"""A small process to be killed: does one thing in a county's folder and says what it may say.

    python -m tests.faults.driver lodge|attach|sick|exchange|chunks|admit|open|enrol|export|import|hear|backup|restore|
        prune FOLDER

Whatever it prints was true when it was printed: `told ID RECEIPT TAIL` after a form was taken, `replied HEX` after the
hub had signed. Chance is the system's, so that a killed run and the county that is switched on afterwards never draw
alike.
"""

import sys
from collections.abc import Callable, Sequence
from os import chdir
from pathlib import Path

from edge.desk.attach import Photo
from edge.desk.lodge import lodge
from edge.ground.clock import system_chance
from edge.ground.problem import Problem
from edge.work.housekeeping import forget_safe
from sync.agent.courier import export, hear
from sync.agent.round import Agent
from sync.hub import admit
from sync.hub.backup import back_up
from sync.hub.courier import take, write_reply
from sync.hub.hub import Hub, open_hub
from sync.hub.open import open_waiting
from sync.hub.restore import restore
from tests.fakes.kiosk import join, open_site
from tests.fakes.snaps import picture
from tests.fakes.time_and_chance import Time, Watch
from tests.fakes.wire import Wire, at_hub

SITE = "柳河镇"
DISK = "backups"   # where backups go, seen from the county's folder
ITEM = "RS-01"
STICK = "stick"
PHOTOS = [picture(40), picture(3)]


def say(*words: str) -> None:
    """Print a line and see it out."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def _hub(folder: Path) -> Hub:
    return open_hub(folder / "hub", Watch(Time()), system_chance)


def lodge_one(folder: Path, photos: Sequence[Photo] = ()) -> None:
    """Take one form."""
    site = open_site(folder / "sites" / SITE, Watch(Time()), system_chance)
    item = site.catalogue().item(ITEM)
    say("begin")
    lodged = lodge(site, item, dict(item.example), channel="kiosk", idempotency_key="the same key",
                   photos=photos)
    tail = str(item.example[item.applicant.id_number])[-4:]
    say("told", lodged.id, lodged.receipt, tail)
    site.store.close()


def attach_some(folder: Path) -> None:
    """Take one form with photos."""
    lodge_one(folder, PHOTOS)


def lodge_on_a_sick_disk(folder: Path) -> None:
    """Hand in forms, ten times, whatever the disk says; tell what was taken and how the others were refused."""
    site = open_site(folder / "sites" / SITE, Watch(Time()), system_chance)
    item = site.catalogue().item(ITEM)
    tail = str(item.example[item.applicant.id_number])[-4:]
    say("begin")
    for _ in range(10):
        try:
            lodged = lodge(site, item, dict(item.example), channel="kiosk")
        except Problem as problem:
            say("refused", problem.kind.code)
        else:
            say("told", lodged.id, lodged.receipt, tail)


def exchange_once(folder: Path) -> None:
    """Run one round of the agent with the hub in the same process: both go off at once."""
    hub = _hub(folder)
    site = open_site(folder / "sites" / SITE, Watch(Time()), system_chance)
    agent = Agent(site, Wire(lambda path, message: at_hub(hub, path, message)))
    say("begin")
    agent.round()
    site.store.close()
    hub.store.close()


def admit_one(folder: Path) -> None:
    """Let the hub answer the question that lies in the folder."""
    hub = _hub(folder)
    question = (folder / "question").read_bytes()
    say("begin")
    say("replied", admit.exchange(hub, question).hex())
    hub.store.close()


def open_all(folder: Path) -> None:
    """Let the hub open what waits."""
    hub = _hub(folder)
    say("begin")
    open_waiting(hub)
    hub.store.close()


def enrol_one(folder: Path) -> None:
    """Join with the ticket that lies in the folder."""
    hub = _hub(folder)
    ticket = (folder / "ticket").read_text("utf-8")

    def answer(path: str, message: bytes) -> bytes:
        return at_hub(hub, path, message)

    say("begin")
    join(folder / "sites" / "新站", ticket, answer, Watch(Time()), system_chance)
    say("joined")
    hub.store.close()


def export_all(folder: Path) -> None:
    """Let the machine write a stick; what it says then is that the stick may be pulled out."""
    site = open_site(folder / "sites" / SITE, Watch(Time()), system_chance)
    say("begin")
    for name in export(site, folder / STICK).names:
        say("exported", name)
    site.store.close()


def read_in_all(folder: Path) -> None:
    """Let the hub read the stick in and write the replies."""
    hub = _hub(folder)
    say("begin")
    for path in sorted((folder / STICK).glob("*.ferry")):
        with path.open("rb") as file:
            _, replies = take(hub, file.read)
        say("exported", write_reply(folder / STICK, path.stem, replies).name)
    hub.store.close()


def hear_all(folder: Path) -> None:
    """Let the machine read the replies."""
    site = open_site(folder / "sites" / SITE, Watch(Time()), system_chance)
    say("begin")
    for path in sorted((folder / STICK).glob("*R.ferry")):
        hear(site, path)
    say("heard")
    site.store.close()


def back_up_once(folder: Path) -> None:
    """Let the county make a backup, and retire the oldest of four."""
    chdir(folder)   # the disk's folder is named from here: each run has its own
    hub = _hub(folder)
    say("begin")
    say("backed", str(back_up(hub, [Path(DISK)], "it").manifest.number))
    hub.store.close()


def restore_once(folder: Path) -> None:
    """Let the county restore the older of two backups."""
    chdir(folder)
    say("begin")
    restore(folder / "hub", min(Path(DISK).glob("*.db")), Watch(Time()), system_chance, "it")
    say("restored")


def forget_once(folder: Path) -> None:
    """Let the machine delete what every backup holds."""
    site = open_site(folder / "sites" / SITE, Watch(Time()), system_chance)
    say("begin")
    forget_safe(site, 0)
    say("forgot")
    site.store.close()


ACTIONS: dict[str, Callable[[Path], None]] = {
    "lodge": lodge_one, "attach": attach_some, "sick": lodge_on_a_sick_disk, "exchange": exchange_once,
    "chunks": exchange_once, "admit": admit_one, "open": open_all,
    "enrol": enrol_one, "export": export_all, "import": read_in_all, "hear": hear_all,
    "backup": back_up_once, "restore": restore_once, "prune": forget_once}

if __name__ == "__main__":
    ACTIONS[sys.argv[1]](Path(sys.argv[2]))
