"""A county for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.county import County, fast_folder
from tests.fakes.kiosk import Kiosk
from tests.fakes.stick import Stick


@pytest.fixture
def county() -> Iterator[County]:
    """One hub, in memory; machines are enrolled as they are named."""
    with fast_folder() as folder:
        whole = County(Path(folder) / "county")
        yield whole
        whole.close()


@pytest.fixture
def kiosk(county: County) -> Kiosk:
    """One machine with three forms that the hub holds."""
    one = county.kiosk("柳河镇")
    for _ in range(3):
        one.lodge()
    county.pass_time(minutes=10)
    return one


@pytest.fixture
def stick(county: County) -> Stick:
    """An empty stick."""
    return Stick(county.folder / "stick")
