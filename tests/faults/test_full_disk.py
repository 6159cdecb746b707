"""A disk that is full or sick: a form is refused before it is taken, or it is kept; nothing lies between."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from edge.ground.problem import DISK_FULL, Problem
from tests.fakes.county import County, fast_folder
from tests.faults.driver import SITE
from tests.faults.small_disk import small_disk
from tests.faults.sweep import ROOT, Ground, environment, examine, prepare, run

pytestmark = pytest.mark.faults
FULL, SICK = "disk-full", "disk-fault"


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    """A county with a machine whose disk will fail."""
    with fast_folder() as folder:
        yield prepare("sick", Path(folder) / "ground")


def _codes(said: list[list[str]]) -> list[str]:
    return [words[1] if words[0] == "refused" else "told" for words in said if words[0] != "begin"]


@pytest.mark.parametrize(("call", "fault", "code"), [
    ("pwrite64", "error=ENOSPC:when=14", FULL), ("pwrite64", "error=ENOSPC:when=30+40", FULL),
    ("pwrite64", "error=EIO:when=20+30", SICK),
    ("fsync", "error=EIO:when=1", SICK), ("fsync", "error=EIO:when=5", SICK)])
def test_a_failing_write_refuses_the_form_or_keeps_it(ground: Ground, call: str, fault: str, code: str) -> None:
    with fast_folder() as place:
        folder = Path(place) / "run"
        _, said = run(ground, folder, call, fault)
        examine(ground, folder, said)

    assert set(_codes(said)) == {code, "told"}
    assert len(_codes(said)) == 10


@pytest.mark.parametrize(("call", "fault", "code"), [
    ("pwrite64", "error=ENOSPC:when=9+", FULL), ("fsync", "error=EIO", SICK),
    ("pwrite64", "error=EROFS:when=9+", SICK)])
def test_a_disk_that_is_broken_for_good_takes_nothing_and_tells_nobody(
        ground: Ground, call: str, fault: str, code: str) -> None:
    with fast_folder() as place:
        folder = Path(place) / "run"
        _, said = run(ground, folder, call, fault)
        examine(ground, folder, said)

    assert _codes(said) == [code] * 10


def test_a_file_that_may_not_grow_any_more_is_a_refusal(ground: Ground) -> None:
    with fast_folder() as place:
        folder = Path(place) / "run"
        shutil.copytree(ground.folder, folder)
        largest = 120_000   # the WAL of ten forms needs more

        def small_files() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.driver", "sick", str(folder)], cwd=ROOT, capture_output=True,
            text=True, check=True, env=environment(), preexec_fn=small_files)
        said = [line.split() for line in done.stdout.splitlines()]
        examine(ground, folder, said)

    assert set(_codes(said)) <= {FULL, SICK, "told"} and _codes(said)[-1] != "told"


def test_a_small_disk_fills_up_refuses_and_takes_forms_again_when_there_is_room() -> None:
    with fast_folder() as place, small_disk(small := Path(place) / "small", "6m") as is_full_soon:
        if is_full_soon:   # needs root; the limits on system calls above say the same
            _fill_and_heal(small)


def _fill_and_heal(small: Path) -> None:
    county = County(small / "county", sites=(SITE,))
    kiosk = county.kiosk(SITE)
    with pytest.raises(Problem) as refused:
        for _ in range(6000):
            kiosk.lodge()
    told = len(county.told)
    assert (refused.value.kind, kiosk.head()) == (DISK_FULL, told)

    subprocess.run(["mount", "-o", "remount,size=96m", str(small)], check=True)
    after = kiosk.lodge()
    county.pass_time(hours=1)

    assert len(county.hub_cases()) == told + 1
    assert kiosk.track(after) == "held"
    county.close()
