"""Every command: help, JSON, and the three exit statuses with one line that says what was refused."""

import json
from pathlib import Path

import pytest

from edge import __version__
from edge.domain.catalogue import shipped_catalogue
from edge.ground.templates import compiled_file
from tests.executable.program import FOLDER, HOST, ROOT, Yizhan, free_port
from tests.executable.test_story import County

pytestmark = pytest.mark.executable
COMMANDS = [
    "demo", "hub init", "hub run", "hub ticket", "hub token", "hub status", "hub doctor", "hub catalogue check",
    "hub catalogue publish", "edge enroll", "edge run", "edge sync", "edge status", "edge token", "edge doctor"]
WRONG_TICKET = "-".join(["2222"] * 8) + "-2"
ITEM_FILE = ROOT / "edge" / "catalogue" / "items" / "RS-01.yaml"
RS_01 = f"RS-01 v{shipped_catalogue().item('RS-01').version}"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(yizhan: Yizhan, command: str) -> None:
    ended = yizhan.run(*command.split(), "--help")
    assert (ended.status, ended.err) == (0, "")
    assert "--json" in ended.out


@pytest.mark.parametrize("line", [
    "", "nothing", "edge", "hub init", "edge run --dir x --listen nowhere", "demo --port x"])
def test_wrong_words_are_usage(yizhan: Yizhan, line: str) -> None:
    ended = yizhan.run(*line.split())
    assert (ended.status, ended.out) == (2, "")
    assert ended.err


@pytest.mark.parametrize("line", [
    "hub run", "hub ticket --site x", "hub token", "hub status", "hub doctor", f"hub catalogue publish {ITEM_FILE}",
    "edge run", "edge sync", "edge status", "edge token", "edge doctor"])
def test_a_folder_without_data_is_refused_in_one_line(yizhan: Yizhan, tmp_path: Path, line: str) -> None:
    ended = yizhan.run(*line.split(), "--dir", tmp_path / "none")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.count("\n") == 1 and "[no-such-folder]" in ended.err
    told = yizhan.run(*line.split(), "--dir", tmp_path / "none", "--json")
    assert (told.status, told.facts["type"]) == (1, "urn:yizhan:problem:no-such-folder")
    assert not (tmp_path / "none").exists(), "a refused command makes nothing"


def test_the_version_is_told(yizhan: Yizhan) -> None:
    assert yizhan.run("--version").out == f"yizhan {__version__}\n"


def test_a_county_by_commands(yizhan: Yizhan, tmp_path: Path) -> None:
    county = County(yizhan, tmp_path)
    county.found()
    assert yizhan.run("hub", "init", "--dir", county.hub_folder).status == 1
    assert len(yizhan.ask("hub", "status", "--dir", county.hub_folder)["devices"]) == 1
    status = yizhan.ask("edge", "status", "--dir", county.site_folder)
    assert {"head", "acked", "safe", "incarnations"} <= set(status["lane"]) and status["line"] in ("up", "down")
    for kind, folder in (("hub", county.hub_folder), ("edge", county.site_folder)):
        assert yizhan.ask(kind, "doctor", "--dir", folder)["sound"] is True
        tokens = {yizhan.ask(kind, "token", "--dir", folder)["token"] for _ in range(2)}
        assert len(tokens) == 2
    ended = yizhan.run("edge", "sync", "--dir", county.site_folder)
    assert ended.status == 1 and "[hub-unreachable]" in ended.err and ended.err.count("\n") == 1


def test_tickets_are_for_one_device_and_for_one_hub(yizhan: Yizhan, tmp_path: Path) -> None:
    county = County(yizhan, tmp_path)
    yizhan.ask("hub", "init", "--dir", county.hub_folder)
    used = county.ticket()
    line = ["edge", "enroll", "--hub", f"http://{HOST}:{county.hub_port}", "--ticket"]
    with county.hub():
        for wrong in ("short", WRONG_TICKET, used[:-1] + ("A" if used[-1] != "A" else "B")):
            ended = yizhan.run(*line, wrong, "--dir", tmp_path / "wrong")
            assert ended.status == 1 and "[bad-ticket]" in ended.err, ended
        county.enrol(used)
        again = yizhan.run(*line, used, "--dir", tmp_path / "second", "--json")
        assert (again.status, again.facts["type"]) == (1, "urn:yizhan:problem:ticket-used")
        assert yizhan.run(*line, county.ticket(), "--dir", county.site_folder).status == 1, "it is enrolled already"


def test_a_taken_port_and_a_folder_in_use_are_refused(yizhan: Yizhan, tmp_path: Path) -> None:
    county = County(yizhan, tmp_path)
    county.found()
    with county.hub(), county.site():
        folders = {"hub": county.hub_folder, "edge": county.site_folder}
        for kind, folder in folders.items():
            ended = yizhan.run(kind, "run", "--dir", folder, "--listen", f"{HOST}:{free_port()}")
            assert (ended.status, ended.err.count("\n")) == (1, 1) and "[busy]" in ended.err, ended
        other = County(yizhan, tmp_path / "other")
        other.found()
        ended = yizhan.run("hub", "run", "--dir", other.hub_folder, "--listen", f"{HOST}:{county.hub_port}")
        assert (ended.status, ended.err.count("\n")) == (1, 1) and "[port-taken]" in ended.err, ended


def test_item_files_are_checked_and_published(yizhan: Yizhan, tmp_path: Path) -> None:
    county = County(yizhan, tmp_path)
    yizhan.ask("hub", "init", "--dir", county.hub_folder, "--empty")
    assert yizhan.ask("hub", "catalogue", "check", ITEM_FILE)["faults"] == 0
    assert yizhan.ask("hub", "catalogue", "publish", "--dir", county.hub_folder, ITEM_FILE)["published"] == [RS_01]
    assert yizhan.ask("hub", "catalogue", "publish", "--dir", county.hub_folder, ITEM_FILE)["published"] == []
    broken = tmp_path / "XX-01.yaml"
    broken.write_text(ITEM_FILE.read_text("utf-8").replace("department: rs", "department: nobody"), "utf-8")
    ended = yizhan.run("hub", "catalogue", "check", broken, "--json")
    assert ended.status == 1
    assert [fault["field"] for fault in json.loads(ended.out)["faults"]] == ["department"]


def test_this_is_the_packaged_one(yizhan: Yizhan) -> None:
    assert yizhan.path == FOLDER and (FOLDER.parent / "_internal").is_dir()


def test_its_pages_are_compiled_ahead() -> None:
    pages = [page for room in ("edge/kiosk", "sync/console")
             for page in (FOLDER.parent / "_internal" / room / "templates").rglob("*.html")]
    assert len(pages) > 80
    assert [page.name for page in pages if not compiled_file(page.parent, page.name).exists()] == []
