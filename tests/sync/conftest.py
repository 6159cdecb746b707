"""A county for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.county import County, fast_folder


@pytest.fixture
def county() -> Iterator[County]:
    """One hub, in memory; machines are enrolled as they are named."""
    with fast_folder() as folder:
        whole = County(Path(folder) / "county")
        yield whole
        whole.close()
