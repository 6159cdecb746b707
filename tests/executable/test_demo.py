"""`yizhan demo` as the README promises it: one ready line, a whole county, and nothing lost or left behind."""

import json
import signal
import time
from pathlib import Path

import httpx
import pytest

from tests.executable.program import ROOT, Facts, Program, Yizhan, free_port, interface, is_free, reaches, submit, until

pytestmark = pytest.mark.executable
READY = {"ready", "pid", "kiosk", "console", "edge_api", "edge_token", "hub_api", "hub_token", "logins"}
ITEMS = {path.stem for path in (ROOT / "edge" / "catalogue" / "items").glob("*.yaml")}
SECONDS_TO_END = 15


def words(folder: Path, ports: tuple[int, int], *more: str) -> list[str]:
    """Return the command line of a demo."""
    return ["demo", *more, "--dir", str(folder), "--edge-port", str(ports[0]), "--hub-port", str(ports[1])]


def ports() -> tuple[int, int]:
    """Return two ports that are free."""
    return free_port(), free_port()


def site(program: Program) -> httpx.Client:
    """Return a client of the demo's site."""
    return interface(program.facts["edge_api"], program.facts["edge_token"])


def hub(program: Program) -> httpx.Client:
    """Return a client of the demo's hub."""
    return interface(program.facts["hub_api"], program.facts["hub_token"])


def case_of(client: httpx.Client, submission: str) -> Facts:
    """Wait until the hub lists a submission as a case and return its line."""
    def found() -> Facts | None:
        cases: list[Facts] = client.get("/cases").json()["cases"]
        return next((case for case in cases if case["id"] == submission), None)
    listed: Facts = until(found, "a case at the hub")
    return listed


def test_a_form_goes_to_the_county_and_its_verdict_comes_back(yizhan: Yizhan, tmp_path: Path) -> None:
    with yizhan.serving(*words(tmp_path / "d", ports(), "--headless")) as demo:
        assert set(demo.facts) == READY
        assert {login["role"] for login in demo.facts["logins"]} == {"reviewer", "it", "auditor"}
        assert httpx.get(demo.facts["kiosk"] + "/", trust_env=False).status_code == 200
        assert httpx.get(demo.facts["console"] + "/", follow_redirects=True, trust_env=False).status_code == 200
        with site(demo) as near, hub(demo) as far:
            assert {item["code"] for item in near.get("/items").json()["items"]} == ITEMS
            lodged = submit(near, "one")
            assert lodged["state"] == "queued"
            reaches(near, lodged["id"], "held")
            assert case_of(far, lodged["id"])["item"] == "RS-01"
            told = far.post(f"/cases/{lodged['id']}/verdict", json={"verdict": "accept"})
            assert told.status_code == 200, told.text
            reaches(near, lodged["id"], "accepted")
            tail = near.get("/items/RS-01").json()["example"]["id_number"][-4:]
            tracked = near.post("/track", json={"receipt": lodged["receipt"], "tail": tail}).json()
            assert (tracked["state"], tracked["item"]) == ("accepted", "RS-01")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_second_start_goes_on_whatever_ended_the_first(yizhan: Yizhan, tmp_path: Path, number: int) -> None:
    line = words(tmp_path / "d", ports(), "--headless")
    with yizhan.serving(*line) as first:
        with site(first) as near:
            lodged = submit(near, "kept")
        status = first.tell(number)
        assert status == (-number if number == signal.SIGKILL else 0)
        assert first.left() == []
    with yizhan.serving(*line) as second, site(second) as near, hub(second) as far:
        assert {**second.facts, "pid": 0} == {**first.facts, "pid": 0}
        assert submit(near, "kept")["receipt"] == lodged["receipt"]
        reaches(near, lodged["id"], "held")
        case_of(far, lodged["id"])


def test_sigterm_ends_all_of_it_and_frees_the_ports(yizhan: Yizhan, tmp_path: Path) -> None:
    near, far = ports()
    with yizhan.serving(*words(tmp_path / "d", (near, far), "--headless")) as demo, site(demo) as open_connection:
        open_connection.get("/health")
        began = time.monotonic()
        assert demo.tell(signal.SIGTERM) == 0
        assert time.monotonic() - began < SECONDS_TO_END
        assert demo.left() == []
        assert is_free(near) and is_free(far)
        assert demo.rest() == ("", ""), "one line, and nothing after it"


def test_a_taken_port_is_said_in_one_line(yizhan: Yizhan, tmp_path: Path) -> None:
    taken = ports()
    with yizhan.serving(*words(tmp_path / "d", taken, "--headless")):
        for mine in ((free_port(), taken[1]), (taken[0], free_port())):
            line = words(tmp_path / f"other-{mine[0]}", mine, "--headless")
            ended = yizhan.run(*line)
            assert (ended.status, ended.out) == (1, "")
            assert ended.err.count("\n") == 1 and "[port-taken]" in ended.err
            assert yizhan.run(*line, "--json").facts["type"] == "urn:yizhan:problem:port-taken"


def test_a_browser_that_is_opened_gets_the_machines_own_libraries(yizhan: Yizhan, tmp_path: Path) -> None:
    told, browser = tmp_path / "told.json", tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\nprintf '{{\"url\": \"%s\", \"libraries\": \"%s\"}}' \"$1\" \"$LD_LIBRARY_PATH\" "
                       f"> {told}.new && mv {told}.new {told}\n")
    browser.chmod(0o755)
    before = "/opt/of-the-machine"
    with yizhan.serving(*words(tmp_path / "d", ports()), BROWSER=f"{browser} %s", LD_LIBRARY_PATH=before) as demo:
        until(told.exists, "a browser")
        assert json.loads(told.read_text()) == {"url": demo.facts["kiosk"] + "/", "libraries": before}


def test_its_data_lie_where_the_readme_says(yizhan: Yizhan, tmp_path: Path) -> None:
    with yizhan.serving(*words(tmp_path / "d", ports(), "--headless")):
        assert (tmp_path / "d" / "hub" / "hub.db").exists()
        assert (tmp_path / "d" / "site" / "yizhan.db").exists()
        assert (tmp_path / "d" / "site").stat().st_mode & 0o077 == 0, "only its owner reads it"
