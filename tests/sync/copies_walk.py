"""Copies of a walk: what is copied and comes back, runs a second time, is thrown away, deleted or struck off."""

import random
from pathlib import Path

from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.sync.invariants import Witness
from tests.sync.stick_walk import Sticks

SITES = ("柳河镇", "东关社区")


class Copies(Sticks):
    """The county's copies and its machines' images; `revoked` are the devices that were struck off."""

    def __init__(self, county: County, witness: Witness) -> None:
        super().__init__(county, witness)
        self.copies: list[Path] = []
        self.images: dict[str, Path] = {}
        self.revoked: set[bytes] = set()
        self.twins = 0

    def copy_hub(self, kiosk: Kiosk, dice: random.Random) -> None:
        """Someone copies the hub's database."""
        self.copies.append(self.county.copy_hub())

    def restore_hub(self, kiosk: Kiosk, dice: random.Random) -> None:
        """One of the last three copies takes the place of the hub's database."""
        if self.copies:
            self.county.restore_hub(dice.choice(self.copies[-3:]))
            self.witness.hub_was_restored()

    def backup(self, kiosk: Kiosk, dice: random.Random) -> None:
        """The county makes a backup; of four the oldest is retired."""
        self.county.back_up()

    def restore(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A backup that may be restored is; the database before it and newer backups may be gone."""
        found = self.county.backups()
        if found:
            chosen = dice.choice(found)
            hidden = [path for path in found[:found.index(chosen)] if dice.random() < 0.5]
            for path in hidden:
                path.rename(path.with_suffix(".elsewhere"))
            self.county.restore(chosen, old_is_broken=dice.random() < 0.7)
            for path in hidden:
                path.with_suffix(".elsewhere").rename(path)
            self.witness.hub_was_restored()

    def prune(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A machine deletes what every backup holds, as if a week had passed."""
        kiosk.forget_safe()

    def image(self, kiosk: Kiosk, dice: random.Random) -> None:
        """Someone takes an image of a machine."""
        self.images[kiosk.name] = kiosk.image()

    def restore_image(self, kiosk: Kiosk, dice: random.Random) -> None:
        """An old image takes the place of a machine's folder."""
        if kiosk.name in self.images:
            with self.witness.disk_is_lost(kiosk):
                kiosk.restore(self.images[kiosk.name])

    def clone(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A machine's folder runs a second time."""
        if len(self.county.kiosks) < 4:
            self.twins += 1
            kiosk.clone(f"第二台{self.twins}")

    def die(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A copied machine is thrown away."""
        if len(self.county.kiosks) > 2 and kiosk.name not in SITES:
            with self.witness.disk_is_lost(kiosk):
                kiosk.die()

    def revoke(self, kiosk: Kiosk, dice: random.Random) -> None:
        """The county revokes one device."""
        if not self.revoked:
            self.revoked.add(kiosk.device)
            self._revoke(kiosk.device)

    def _revoke(self, device: bytes) -> None:
        self.county.revoke(next(one for one in self.county.kiosks.values() if one.device == device))
        here = {row["name"] for row in self.county.hub.store.read().execute("SELECT name FROM envelopes")}
        self.witness.barred[device] = self.witness.barred.get(device, set()) | here
