"""One county for each test that asks for it: a copy of one that is made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.sample import Sample, make_sample, open_sample


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a working county and an empty one, closed."""
    folder = tmp_path_factory.mktemp("counties")
    for name, filled in (("working", True), ("empty", False)):
        make_sample(folder / name, filled=filled).hub.store.close()
    return folder


@pytest.fixture
def county(models: Path, tmp_path: Path) -> Iterator[Sample]:
    """A hub with sites, devices, nine waiting cases and three accounts."""
    shutil.copytree(models / "working", tmp_path / "county")
    found = open_sample(tmp_path / "county")
    yield found
    found.hub.store.close()


@pytest.fixture
def empty_county(models: Path, tmp_path: Path) -> Iterator[Sample]:
    """A hub on its first day: accounts and items, nothing else."""
    shutil.copytree(models / "empty", tmp_path / "county")
    found = open_sample(tmp_path / "county")
    yield found
    found.hub.store.close()
