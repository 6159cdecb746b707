"""Every library is pinned by its hash, and nothing in the lists says from where."""

import re
import tomllib

import pytest

from tests.house.tree import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==\S+", re.MULTILINE)


def normal(name: str) -> str:
    """Return a package's name as the locks write it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=~!\[; ]", name, maxsplit=1)[0]).lower()


def pins(lock: str) -> dict[str, str]:
    """Return name → the whole entry, hashes included."""
    text = (ROOT / lock).read_text("utf-8")
    starts = [found.start() for found in PIN.finditer(text)]
    entries = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return {normal(entry): entry for entry in entries}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    assert [name for name, entry in pins(lock).items() if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_says_where_its_packages_come_from(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert (
        re.findall(
            r"^\s*-(?:i|f|-index-url|-extra-index-url|-find-links)\b.*|\w+://\S+|@ file\S*|\s/\S+", text, re.MULTILINE
        )
        == []
    )


def test_both_locks_pin_the_same_versions() -> None:
    run, develop = ({name: entry.split()[0] for name, entry in pins(lock).items()} for lock in LOCKS)
    assert {name: pin for name, pin in run.items() if develop.get(name) != pin} == {}


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert {normal(name) for name in project["project"]["dependencies"]} - set(pins("requirements.txt")) == set()
    assert {normal(name) for name in project["dependency-groups"]["dev"]} - set(pins("requirements-dev.txt")) == set()
