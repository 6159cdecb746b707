"""A kiosk over one enrolled site, and a citizen who uses it without any script."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask

from edge.desk.site import Site
from edge.desk.staff import set_pin
from edge.kiosk import create_kiosk
from edge.machine.imaging import PretendImaging
from edge.records import lane
from tests.fakes.bank import Bank
from tests.fakes.one_site import HeldClock, make_site
from tests.fakes.staffed import PIN, plugged
from tests.kiosk.citizen import Citizen


@dataclass
class Kiosk:
    """The application, its site and its clock."""

    app: Flask
    site: Site
    clock: HeldClock

    def citizen(self) -> Citizen:
        """Return someone new at the machine."""
        return Citizen(self.app.test_client())


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk whose line is down."""
    site, clock = make_site(tmp_path)
    yield Kiosk(create_kiosk(site, duty="李师傅（一楼服务台）", phone="0533-0000000"), site, clock)
    site.store.close()


@pytest.fixture
def citizen(kiosk: Kiosk) -> Citizen:
    """Someone new at the machine."""
    return kiosk.citizen()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Site, HeldClock]]:
    site, clock = make_site(tmp_path)
    yield site, clock
    site.store.close()


@pytest.fixture
def bank(place: tuple[Site, HeldClock]) -> Bank:
    return Bank(place[0])


@pytest.fixture
def staffed(kiosk: Kiosk, tmp_path: Path) -> Kiosk:
    """A kiosk with a PIN, a courier and one stick."""
    set_pin(kiosk.site, PIN)
    return replace(kiosk, app=create_kiosk(kiosk.site, **plugged(tmp_path)))


@pytest.fixture
def camera(kiosk: Kiosk) -> PretendImaging:
    """Let every photo pass as it is, or with what a test hints at."""
    pretend = PretendImaging()
    kiosk.app.config["IMAGING"] = pretend
    return pretend


def taken(kiosk: Kiosk) -> int:
    """Return how many envelopes stand on the lane."""
    return lane.head(kiosk.site.store.read()).n
