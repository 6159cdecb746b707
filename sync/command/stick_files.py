"""Files named on the command line: those of a stick, or all in a folder."""

import sys
from dataclasses import dataclass
from pathlib import Path

from edge.ground.ids import JSON
from edge.ground.problem import NO_FERRY_FILE, Kind, Problem, as_rfc9457
from sync.protocol.ferry_file import SUFFIX


@dataclass(frozen=True)
class Given:
    """One file, and whether it was only found in a folder: there lies also what is meant for somebody else."""

    path: Path
    in_folder: bool


def files_of(named: list[str]) -> list[Given]:
    """Return the files that were named, and of a folder those that end as ours do.

    Raises:
        Problem: NO_FERRY_FILE when a folder holds none.
    """
    found: list[Given] = []
    for one in map(Path, named):
        inside = [Given(path, True) for path in sorted(one.glob(f"*{SUFFIX}"))] if one.is_dir() else [Given(one, False)]
        if not inside:
            raise Problem(NO_FERRY_FILE, str(one))
        found += inside
    return found


def refused(path: Path, problem: Problem, *, as_json: bool) -> dict[str, JSON]:
    """Say that one file of several was refused, and return the line about it for programs."""
    if not as_json:
        kind = problem.kind
        print(f"{path.name}: {kind.title_zh}。{kind.cure_zh} / {kind.title_en}. {kind.cure_en} [{kind.code}]",
              file=sys.stderr, flush=True)
    return {"file": path.name, "refused": as_rfc9457(problem)}


def stepped_over(path: Path, kind: Kind) -> dict[str, JSON]:
    """Return the line for programs about a file of a folder that is not for here."""
    return {"file": path.name, "stepped_over": kind.code}
