"""A kiosk over one enrolled site, and a citizen who uses it without any script."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from edge.desk.site import Site
from edge.kiosk import create_kiosk
from tests.fakes.one_site import HeldClock, make_site
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
