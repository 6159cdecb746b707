"""A file on a stick is there whole or not at all, and what lies there is never written over."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from edge.ground import once
from edge.ground.once import NameRefused, Taken, write_once
from edge.ground.problem import STICK_FULL, STICK_GONE, STICK_READ_ONLY, STICK_SPOILT, Problem
from tests.fakes.county import County
from tests.fakes.stick import Stick


def test_a_file_is_flushed_renamed_and_its_folder_flushed_in_this_order(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, list[str]]] = []
    flush = os.fsync

    def watched(handle: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
        seen.append((kind, sorted(path.name for path in tmp_path.iterdir())))
        flush(handle)

    monkeypatch.setattr(os, "fsync", watched)

    size = write_once(tmp_path / "a.ferry", [b"one", b"two"])

    assert seen == [("file", ["a.ferry.part"]), ("folder", ["a.ferry"])]
    assert (size, (tmp_path / "a.ferry").read_bytes()) == (6, b"onetwo")


def test_what_lies_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.ferry").write_bytes(b"the only copy")

    with pytest.raises(Taken):
        write_once(tmp_path / "a.ferry", [b"new"])

    assert (tmp_path / "a.ferry").read_bytes() == b"the only copy"


@pytest.mark.parametrize("name", ["a.ferry.part", "a.ferry"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_on_a_stick_leads_no_writing_to_a_file_of_the_machine(tmp_path: Path, name: str, there: bool) -> None:
    stick, own = tmp_path / "stick", tmp_path / "site.db"
    stick.mkdir()
    (stick / name).symlink_to(own)
    if there:
        own.write_bytes(b"every form of this machine")

    with suppress(Taken):
        write_once(stick / "a.ferry", [b"new"])

    assert own.exists() == there and (not there or own.read_bytes() == b"every form of this machine")


@pytest.mark.parametrize(("number", "kind"), [
    (errno.ENOSPC, STICK_FULL), (errno.EFBIG, STICK_FULL), (errno.EROFS, STICK_READ_ONLY), (errno.EIO, STICK_GONE),
    (errno.ENODEV, STICK_GONE)])
@pytest.mark.parametrize("at", ["file", "folder", "content"])
def test_a_stick_that_fails_leaves_no_file_of_that_name(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: object, at: str) -> None:
    flush = os.fsync

    def failing(handle: int) -> None:
        if ("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file") == at:
            raise OSError(number, "planted")
        flush(handle)

    def parts() -> Iterator[bytes]:
        yield b"begun"
        if at == "content":
            raise OSError(number, "planted")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(Problem) as refused:
        write_once(tmp_path / "a.ferry", parts())

    assert refused.value.kind is kind
    assert list(tmp_path.iterdir()) == []


def test_a_stick_that_gives_back_something_else_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill: Callable[..., Any] = once._fill

    def lying(file: Any, parts: Any, told: Any) -> Any:
        found = fill(file, parts, told)
        file.seek(0)
        file.write(b"X")
        return found

    monkeypatch.setattr(once, "_fill", lying)
    with pytest.raises(Problem) as refused:
        write_once(tmp_path / "a.ferry", [b"one"])

    assert refused.value.kind is STICK_SPOILT and list(tmp_path.iterdir()) == []


def test_a_name_that_the_stick_does_not_take_costs_nothing(tmp_path: Path) -> None:
    asked: list[int] = []

    def parts() -> Iterator[bytes]:
        asked.append(1)
        yield b"x"

    with pytest.raises(NameRefused):
        write_once(tmp_path / ("长" * 200 + ".ferry"), parts())

    assert asked == [] and list(tmp_path.iterdir()) == []


def test_a_stick_pulled_out_midway_loses_nothing_and_the_next_one_carries_all(
        county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.link.up = False
    receipts = [kiosk.lodge() for _ in range(3)]
    stick = Stick(county.folder / "stick")
    flush, left = os.fsync, [errno.EIO, errno.ENOSPC]

    def pulled(handle: int) -> None:
        if left and Path(f"/proc/self/fd/{handle}").readlink().is_relative_to(stick.folder):
            raise OSError(left.pop(), "planted")
        flush(handle)

    monkeypatch.setattr(os, "fsync", pulled)
    for kind in (STICK_FULL, STICK_GONE):
        with pytest.raises(Problem) as refused:
            stick.export(kiosk)
        assert refused.value.kind is kind and stick.files() == []
    exported = stick.export(kiosk)
    stick.there(county)
    county.open()

    assert exported.names[0].endswith("_3.ferry")   # a number that was given is never given again
    assert sorted(county.hub_cases()) == sorted(receipts)
    assert [kiosk.track(one) for one in receipts] == ["queued"] * 3


def test_a_folder_that_is_not_there_is_said_so(county: County, tmp_path: Path) -> None:
    kiosk = county.kiosk("柳河镇")

    from sync.agent import courier
    with pytest.raises(Problem) as refused:
        courier.export(kiosk.site, tmp_path / "absent")

    assert refused.value.kind is STICK_GONE
