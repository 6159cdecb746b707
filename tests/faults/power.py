"""A power cut at any step of taking a form at the machine, or of admitting it at the hub, over a disk that forgets."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import apsw

from edge.desk.lodge import lodge
from edge.ground.problem import Problem
from edge.records import audit, lane, submissions
from sync.hub import admit
from sync.hub.hub import open_hub
from sync.hub.tables import lanes
from sync.protocol.exchange import read_ack, read_reply
from tests.fakes.county import County, fast_folder
from tests.fakes.kiosk import open_site
from tests.fakes.time_and_chance import Dice, Time, Watch
from tests.faults.crash_disk import Disk, PowerCut, driven
from tests.faults.driver import ITEM, SITE

FORMS = 4
STEPS_AT_SITE, STEPS_AT_HUB = 160, 90


@contextmanager
def prepared() -> Iterator[Path]:
    """A county with an enrolled machine and a question that waits to be answered."""
    with fast_folder() as place:
        county = County(Path(place) / "county", sites=(SITE,))
        kiosk = county.kiosk(SITE)
        for _ in range(3):
            kiosk.lodge()
        (county.folder / "question").write_bytes(kiosk.ask())
        county.close()
        yield county.folder


def take_forms(folder: Path, dice: Random) -> list[str]:
    """Hand in forms until the plug is pulled, at any step or right after the last form; return what was told."""
    disk = Disk(plug_at=dice.randrange(1, STEPS_AT_SITE))
    path = folder / "sites" / SITE / "yizhan.db"
    disk.take(path)
    told: list[str] = []
    with driven(disk), suppress(PowerCut, Problem, apsw.Error):
        site = open_site(path.parent, Watch(Time()), Dice(dice.randrange(10**6)))
        item = site.catalogue().item(ITEM)
        for _ in range(FORMS):
            lodged = lodge(site, item, dict(item.example), channel="kiosk")
            told.append(lodged.id)
        raise PowerCut
    disk.leave(dice)
    return told


def cut_at_site(ground: Path, seed: int) -> tuple[int, list[str]]:
    """Cut the power of a machine that takes forms; return how many were told, and what is not as it was told."""
    with fast_folder() as place:
        folder = Path(place) / "county"
        shutil.copytree(ground, folder)
        told = take_forms(folder, Random(seed))
        site = open_site(folder / "sites" / SITE, Watch(Time()), Dice(seed))
        db = site.store.read()
        sound = site.store.sound() and lane.recomputes(db) and lane.envelopes_sound(db)
        wrong = [] if sound and audit.first_broken(db) is None else [f"seed {seed}: damaged"]
        wrong += [f"I1 seed {seed}: {one} was told and is gone" for one in told if submissions.get(db, one) is None]
        site.store.close()
    return len(told), wrong


def cut_at_hub(ground: Path, seed: int) -> tuple[int, list[str]]:
    """Cut the power of a hub that admits; return how many receipts it signed, and which cover what it has not."""
    dice = Random(seed)
    with fast_folder() as place:
        folder = Path(place) / "county"
        shutil.copytree(ground, folder)
        disk, replies = Disk(plug_at=dice.randrange(1, STEPS_AT_HUB)), []
        disk.take(folder / "hub" / "hub.db")
        with driven(disk), suppress(PowerCut, Problem, apsw.Error):
            hub = open_hub(folder / "hub", Watch(Time()), Dice(seed))
            replies.append(admit.exchange(hub, (folder / "question").read_bytes()))
        disk.leave(dice)
        hub = open_hub(folder / "hub", Watch(Time()), Dice(seed))
        acks = [read_ack(one, hub.key.public) for reply in replies for one in read_reply(reply, hub.key.public).acks]
        wrong = [f"I6 seed {seed}: signed and gone" for ack in acks
                 if lanes.head(hub.store.read(), ack.device, ack.incarnation).n < ack.n]
        hub.store.close()
    return len(acks), wrong
