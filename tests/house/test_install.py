"""The start for installing: units that systemd understands, a screen that forgets, files in their places."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files

INSTALL = ROOT / "install"
UNITS = sorted((INSTALL / "systemd").glob("*.service"))
# Notes its profile, whether the folder was empty and whether the temporary files go there too, leaves something in it,
# and ends or stays.
STAND_IN = """#!/bin/bash
for word in "$@"; do case $word in --user-data-dir=*) profile=${word#*=} ;; esac; done
[ "$TMPDIR" = "$profile" ] && own=own
echo "$profile $(ls -A "$profile" | wc -l) $(stat -f -c %T "$profile") $(stat -c %a "$profile") ${own:-}" >> "$NOTES"
echo 110101 > "$profile/history"
[ -z "${STAY:-}" ] || exec sleep 60
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the environment of a kiosk session whose browser is a stand-in; its notes are in NOTES."""
    browser = tmp_path / "browser"
    browser.write_text(STAND_IN, "utf-8")
    browser.chmod(0o755)
    memory = Path("/dev/shm") / f"yizhan-test-{os.getpid()}"
    memory.mkdir()
    yield {
        "PATH": os.environ["PATH"],
        "YIZHAN_BROWSER": str(browser),
        "XDG_RUNTIME_DIR": str(memory),
        "NOTES": str(tmp_path / "notes"),
    }
    shutil.rmtree(memory)


def notes(screen: dict[str, str]) -> list[list[str]]:
    """Return what each browser noted: profile, files in it at the start, kind of storage, access, and `own`."""
    path = Path(screen["NOTES"])
    return [line.split() for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_each_browser_starts_with_an_empty_profile_in_memory(screen: dict[str, str]) -> None:
    environment = {**screen, "YIZHAN_KIOSK_ROUNDS": "2"}
    subprocess.run([INSTALL / "kiosk/kiosk-session"], env=environment, check=True, timeout=60)
    (first, second) = notes(screen)
    assert first[1:] == second[1:] == ["0", "tmpfs", "700", "own"]
    assert first[0] != second[0]
    assert list(Path(screen["XDG_RUNTIME_DIR"]).iterdir()) == []


def test_the_end_of_the_session_takes_browser_and_profile_along(screen: dict[str, str]) -> None:
    left = Path(screen["XDG_RUNTIME_DIR"]) / "yizhan-kiosk.left"
    left.mkdir()
    with subprocess.Popen([INSTALL / "kiosk/kiosk-session"], env={**screen, "STAY": "1"}) as session:
        wait_for_notes(screen, 1)
        assert not left.exists()
        session.send_signal(signal.SIGTERM)
        assert session.wait(30) == 0
    assert list(Path(screen["XDG_RUNTIME_DIR"]).iterdir()) == []


def test_a_service_point_that_was_away_gets_a_new_browser(screen: dict[str, str]) -> None:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    look = {"STAY": "1", "YIZHAN_KIOSK_LOOK": "0.1", "YIZHAN_KIOSK_URL": f"http://127.0.0.1:{port}/"}
    with subprocess.Popen([INSTALL / "kiosk/kiosk-session"], env={**screen, **look}) as session:
        wait_for_notes(screen, 1)
        time.sleep(1)   # it looks in vain meanwhile, more than twice
        with socket.create_server(("127.0.0.1", port)):
            wait_for_notes(screen, 2)
        session.send_signal(signal.SIGTERM)
        assert session.wait(30) == 0
    assert len(notes(screen)) == 2


def wait_for_notes(screen: dict[str, str], count: int) -> None:
    """Wait until so many browsers have been started."""
    deadline = time.monotonic() + 30
    while len(notes(screen)) < count and time.monotonic() < deadline:
        time.sleep(0.05)


def test_the_policies_close_everything_but_the_service_point() -> None:
    policies = json.loads((INSTALL / "kiosk/policies.json").read_text("utf-8"))
    session = (INSTALL / "kiosk/kiosk-session").read_text("utf-8")
    assert policies["URLBlocklist"] == ["*"]
    assert [f"{url}/" for url in policies["URLAllowlist"]] == re.findall(r"YIZHAN_KIOSK_URL:-(\S+?)}", session)
    assert (policies["DeveloperToolsAvailability"], policies["DownloadRestrictions"]) == (2, 3)
    assert not policies["PrintingEnabled"] and not policies["AllowFileSelectionDialogs"]


def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text("utf-8")
        # The programs are not on this machine; all else is read as it is.
        (tmp_path / unit.name).write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    command = ["systemd-analyze", "verify", "--man=no", *(str(path) for path in sorted(tmp_path.glob("*.service")))]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert len(UNITS) == 3


def test_service_point_and_hub_are_shut_and_never_stay_down() -> None:
    for name in ("site", "hub"):
        lines = (INSTALL / f"systemd/yizhan-{name}.service").read_text("utf-8").splitlines()
        wanted = {"ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "UMask=0077", "LimitCORE=0"}
        assert wanted | {"Restart=always", "StartLimitIntervalSec=0", f"StateDirectory=yizhan-{name}"} <= set(lines)
        assert any(line.startswith("MemoryMax=") for line in lines)
        assert any(re.fullmatch(r"ExecStart=.* --listen 127\.0\.0\.1:\d+", line) for line in lines)


def test_the_screen_reaches_what_it_cannot_run_without() -> None:
    lines = (INSTALL / "systemd/yizhan-kiosk.service").read_text("utf-8").splitlines()
    # in /run/user lie the compositor's socket and the profile; ProtectHome closes it whatever its value
    assert [line for line in lines if line.startswith("ProtectHome=")] == []
    assert {"InaccessiblePaths=-/home -/root", "PrivateTmp=yes", "ProtectSystem=strict"} <= set(lines)


def test_the_installer_puts_a_new_program_over_an_old_one(tmp_path: Path) -> None:
    release, machine = tmp_path / "release", tmp_path / "machine"
    shutil.copytree(INSTALL, release / "install")
    program = release / "dist/yizhan/yizhan"
    program.parent.mkdir(parents=True)
    for version in ("old", "new"):
        program.write_text(f"#!/bin/sh\necho {version}\n", "utf-8")
        program.chmod(0o700)
        for role in ("site", "hub", "kiosk"):
            environment = {"PATH": os.environ["PATH"], "DESTDIR": str(machine)}
            subprocess.run([release / "install/linux.sh", role], env=environment, check=True, timeout=30, umask=0o077)
    run = subprocess.run([machine / "opt/yizhan/yizhan"], capture_output=True, text=True, timeout=10, check=True)
    assert run.stdout == "new\n"
    placed = {path.relative_to(machine).as_posix() for path in machine.rglob("*") if path.is_file()}
    assert {f"etc/systemd/system/{unit.name}" for unit in UNITS} <= placed
    modes = {path.stat().st_mode & 0o777 for path in machine.rglob("*")}
    assert all(mode & 0o044 == 0o044 and not mode & 0o022 for mode in modes)
    assert {"etc/chromium/policies/managed/yizhan.json", "opt/yizhan/kiosk-session"} <= placed
    assert sorted(path.name for path in (machine / "opt/yizhan").iterdir()) == [
        "README.md", "kiosk-session", "one", "two", "yizhan"]


def test_every_script_that_is_run_may_be_run() -> None:
    scripts = [ROOT / ".ci/run", *files("install", suffix=".sh"), INSTALL / "kiosk/kiosk-session"]
    assert [path.name for path in scripts if not os.access(path, os.X_OK)] == []
