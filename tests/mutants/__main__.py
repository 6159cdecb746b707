"""Plant each bug on a copy of the tree and run the test that must catch it.

    python -m tests.mutants            # all of them, on a copy of the tree
    python -m tests.mutants "row lock" # those whose name holds these words
    python -m tests.mutants --table    # the rows of docs/testing.md

Each bug is a small edit of one file. The last line says `mutants: caught N of M`; the exit code is 0 when all are
caught, 1 when one is not, 2 where nothing could be planted: no bug is called so, or its test fails without it.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutants import MUTANTS
from tests.mutants.mutant import Mutant

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("edge", "sync", "tests", "bench", "install", "static", "docs", "pyproject.toml")
LONGEST_SECONDS, LONGEST_OF_ALL_SECONDS = 300, 1800
FAILED = 1   # pytest: tests ran, and some failed


def main() -> int:
    """Plant each bug, run its test, say which were caught."""
    parser = argparse.ArgumentParser(description="Plant each bug on a copy of the tree and run its test.")
    parser.add_argument("words", nargs="*", help="only those whose name holds these words")
    parser.add_argument("--table", action="store_true", help="print the rows of docs/testing.md instead")
    asked = parser.parse_args()
    if asked.table:
        print("\n".join(table()))  # noqa: T201 - a command
        return 0
    words = " ".join(asked.words)
    chosen = [one for one in MUTANTS if words in one.name]
    if not chosen:
        print(f"no planted bug is called so: {words}")  # noqa: T201 - a command
        return 2
    with tempfile.TemporaryDirectory(prefix="yizhan-mutants-") as place:
        copy = Path(place)
        for part in PARTS:
            _copy(ROOT / part, copy / part)
        sound = _run(copy, sorted({one.test for one in chosen}), LONGEST_OF_ALL_SECONDS)
        if sound.returncode:
            print(sound.stdout[-3000:], "the tests fail without a planted bug", sep="\n")  # noqa: T201 - a command
            return 2
        caught = [_is_caught(copy, one) for one in chosen]
    print(f"mutants: caught {sum(caught)} of {len(chosen)}")  # noqa: T201 - a command
    return 0 if all(caught) else 1


def table() -> list[str]:
    """Return a row of a Markdown table for each planted bug."""
    return [f"| {one.name} | `{one.file}` | `{one.test.rpartition('::')[2]}` |" for one in MUTANTS]


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy2(source, target)


def _is_caught(copy: Path, mutant: Mutant) -> bool:
    path = copy / mutant.file
    sound = path.read_text("utf-8")
    if sound.count(mutant.old) != 1:
        print(f"LOST    {mutant.name}: {mutant.file} does not hold its text once", flush=True)  # noqa: T201 - a command
        return False
    path.write_text(sound.replace(mutant.old, mutant.new), "utf-8")
    try:
        caught = _run(copy, [mutant.test]).returncode == FAILED
    finally:
        path.write_text(sound, "utf-8")
    print(f"{'caught ' if caught else 'ALIVE  '} {mutant.name}", flush=True)  # noqa: T201 - a command
    return caught


def _run(copy: Path, tests: list[str], longest: int = LONGEST_SECONDS) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests], cwd=copy, text=True,
        capture_output=True, timeout=longest, check=False)


if __name__ == "__main__":
    sys.exit(main())
