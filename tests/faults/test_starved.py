"""Out of file handles, room in a file, memory or threads: a form is refused before it is taken, or it is whole.

Forms are taken again, by the same process, once there is enough.
"""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tests.fakes.county import fast_folder
from tests.faults.starved import HUNGERS
from tests.faults.sweep import ROOT, environment, examine, prepare

pytestmark = pytest.mark.faults


def test_a_starved_process_tells_nothing_untrue_and_takes_forms_again() -> None:
    with fast_folder() as place:
        ground = prepare("sick", Path(place) / "ground")
        done = subprocess.run([sys.executable, "-m", "tests.faults.starved", str(ground.folder)], cwd=ROOT,
                              capture_output=True, text=True, check=False, env=environment(), timeout=120)
        assert done.returncode == 0, done.stderr[-1000:]
        said = [line.split() for line in done.stdout.splitlines()]
        examine(ground, ground.folder, [words for words in said if words[0] == "told"])

    marks = [n for n, words in enumerate(said) if words[0] in ("starved", "fed")]
    stretches = {(said[a][0], said[a][1]): {words[0] for words in said[a + 1:b]}
                 for a, b in pairwise([*marks, len(said)])}
    assert list(stretches) == [(when, what) for what in HUNGERS for when in ("starved", "fed")]
    for (when, _), outcomes in stretches.items():
        assert outcomes == {"told"} if when == "fed" else "refused" in outcomes
