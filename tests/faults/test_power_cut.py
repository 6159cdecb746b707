"""Power cuts in the middle of writing, over SQLite's own code and the product's: what was told is there afterwards."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import apsw
import pytest

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
SEEDS = 60


@pytest.fixture(scope="module")
def ground() -> Iterator[Path]:
    """A county with an enrolled machine and a question that waits to be answered."""
    with fast_folder() as place:
        county = County(Path(place) / "county", sites=(SITE,))
        kiosk = county.kiosk(SITE)
        for _ in range(3):
            kiosk.lodge()
        (county.folder / "question").write_bytes(kiosk.ask())
        county.close()
        yield county.folder


def cut(disk: Disk, dice: Random) -> None:
    """Leave on the real disk what the power cut leaves."""
    disk.plug_at = None
    disk.leave(dice)


def take_forms(folder: Path, dice: Random, most_steps: int) -> list[str]:
    """Hand in forms until the plug is pulled, at any step or right after the last form; return what was told."""
    disk = Disk(plug_at=dice.randrange(1, most_steps))
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
    cut(disk, dice)
    return told


@pytest.mark.faults
@pytest.mark.slow
def test_what_was_told_survives_any_power_cut(ground: Path) -> None:
    lost, told_in_all = [], 0
    for seed in range(SEEDS):
        dice = Random(seed)
        with fast_folder() as place:
            folder = Path(place) / "county"
            shutil.copytree(ground, folder)
            told = take_forms(folder, dice, 160)
            site = open_site(folder / "sites" / SITE, Watch(Time()), Dice(seed))
            db = site.store.read()
            sound = site.store.sound() and lane.recomputes(db) and lane.envelopes_sound(db)
            if not sound or audit.first_broken(db) is not None:
                lost.append(f"seed {seed}: damaged")
            lost += [f"seed {seed}: {one}" for one in told if submissions.get(db, one) is None]
            told_in_all += len(told)
            site.store.close()

    assert (lost, told_in_all > SEEDS) == ([], True)


@pytest.mark.faults
@pytest.mark.slow
def test_what_the_hub_signed_survives_any_power_cut(ground: Path) -> None:
    forgotten, signed = [], 0
    for seed in range(SEEDS):
        dice = Random(1000 + seed)
        with fast_folder() as place:
            folder = Path(place) / "county"
            shutil.copytree(ground, folder)
            disk, replies = Disk(plug_at=dice.randrange(1, 90)), []
            disk.take(folder / "hub" / "hub.db")
            with driven(disk), suppress(PowerCut, Problem, apsw.Error):
                hub = open_hub(folder / "hub", Watch(Time()), Dice(seed))
                replies.append(admit.exchange(hub, (folder / "question").read_bytes()))
            cut(disk, dice)
            hub = open_hub(folder / "hub", Watch(Time()), Dice(seed))
            for reply in replies:
                for one in read_reply(reply, hub.key.public).acks:
                    ack = read_ack(one, hub.key.public)
                    signed += 1
                    if lanes.head(hub.store.read(), ack.device, ack.incarnation).n < ack.n:
                        forgotten.append(f"seed {seed}")
            hub.store.close()

    assert (forgotten, signed > 0) == ([], True)
