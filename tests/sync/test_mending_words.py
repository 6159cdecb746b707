"""What the commands say to staff about a damaged database, and while it is being read out."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from edge.desk.salvage import KEPT, UNDER_WAY
from edge.ground.pages import read_pages
from sync.agent.enrol import DATABASE, open_store
from sync.command.cli import main
from sync.command.site_folder import process_lock
from sync.hub import enrol
from tests.fakes.kiosk import Kiosk


@pytest.fixture
def folder(kiosk: Kiosk) -> Path:
    """The folder of a machine that was switched off."""
    kiosk.site.store.close()
    open_store(kiosk.folder).close()
    return kiosk.folder


def damage(folder: Path, pages: Iterable[int] = range(30, 70)) -> None:
    """Spoil the heads of pages of the database."""
    path = folder / DATABASE
    raw = bytearray(path.read_bytes())
    for page in pages:
        raw[(page - 1) * 4096:(page - 1) * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(bytes(raw))


def test_staff_who_look_at_a_damaged_database_are_told_how_it_is_mended(
        folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage(folder)

    assert main(["edge", "doctor", "--dir", str(folder)]) == 1

    said = capsys.readouterr().err
    assert "yizhan edge salvage" in said and "damaged 文件夹要留着" in said
    assert "没有交成" not in said and "edge doctor" not in said


def test_the_status_of_a_damaged_database_is_not_ok(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = [found.page for found in read_pages(folder / DATABASE).rows() if found.values[:1] == ["item"]]
    damage(folder, items[-1:])   # a page that the status itself does not need

    assert main(["edge", "status", "--dir", str(folder), "--json"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert (said["readiness"], said["why"]) == ("red", "data-damaged")


@pytest.mark.parametrize("words", [["doctor"], ["status"], ["enroll", "--hub", "http://hub", "--ticket"]])
def test_a_machine_that_is_being_mended_is_not_sent_to_enrol(
        folder: Path, kiosk: Kiosk, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    ticket = [enrol_ticket(kiosk)] if words[0] == "enroll" else []
    (folder / KEPT / "1").mkdir(parents=True)
    (folder / UNDER_WAY).write_text("1")
    (folder / DATABASE).rename(folder / KEPT / "1" / DATABASE)

    with process_lock(folder):   # the process that mends
        assert main(["edge", *words, *ticket, "--dir", str(folder)]) == 1

    said = capsys.readouterr().err
    assert "等一分钟" in said and "edge enroll" not in said
    assert not (folder / DATABASE).exists()


def enrol_ticket(kiosk: Kiosk) -> str:
    """Return a ticket as the county would print it."""
    return enrol.issue(kiosk.county.hub, "柳河镇", "it").text()
