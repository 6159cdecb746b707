"""`yizhan edge import` and `yizhan hub import`, as the person with the stick types them."""

import json
from pathlib import Path

import pytest

from edge.ground.keys import SigningKey
from sync.command.cli import main
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.stick import Stick, without_line  # noqa: F401 - the fixture `kiosk`
from tests.fakes.stick_file import stick_file


@pytest.fixture
def come_back(county: County, kiosk: Kiosk, stick: Stick) -> Stick:
    """A stick back from the county with one form: the reply lies beside what it answers."""
    kiosk.lodge()
    stick.export(kiosk)
    assert at_the_county(county, stick.folder) == 0
    return stick


def at_the_county(county: County, *paths: Path) -> int:
    return main(["hub", "import", "--dir", str(county.folder / "hub"), *map(str, paths)])


def at_the_machine(kiosk: Kiosk, *paths: Path | str) -> int:
    return main(["edge", "import", "--dir", str(kiosk.folder), *map(str, paths)])


def test_a_machine_steps_over_its_own_files_in_a_folder_and_refuses_one_that_is_named(
        kiosk: Kiosk, come_back: Stick, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert at_the_machine(kiosk, come_back.folder) == 0
    out, err = capsys.readouterr()
    assert "县里多收到 1 份" in out and "1 个文件是机器给县里的，没有读" in out and err == ""
    assert kiosk.acked() == 1

    monkeypatch.chdir(come_back.folder)
    assert at_the_machine(kiosk, f"./{come_back.files()[0].name}") == 1
    assert "这个文件是给另一边的" in capsys.readouterr().err


def test_a_reply_to_another_machine_is_refused_by_name_and_stepped_over_in_a_folder(
        county: County, kiosk: Kiosk, come_back: Stick, capsys: pytest.CaptureFixture[str]) -> None:
    other = county.kiosk("东关社区")
    reply = come_back.files(replies=True)[0]

    assert at_the_machine(other, reply) == 1
    assert f"{reply.name}: 不是回复这台机器的，什么也没变。拿错 U 盘了" in capsys.readouterr().err
    assert at_the_machine(other, come_back.folder) == 0
    assert f"{reply.name}: 不是回复这台机器的，什么也没变" in capsys.readouterr().out
    assert at_the_machine(kiosk, reply) == 0


@pytest.mark.parametrize("left", [0, 40, -20])
def test_of_a_torn_file_all_that_can_be_read_counts_and_the_end_is_a_fault_with_its_cure(
        county: County, kiosk: Kiosk, come_back: Stick, capsys: pytest.CaptureFixture[str], left: int) -> None:
    question, reply = come_back.files()[0], come_back.files(replies=True)[0]
    for path in (question, reply):
        path.write_bytes(path.read_bytes()[:left])
    capsys.readouterr()

    assert at_the_county(county, question) == 1
    assert "文件不完整，读出来的都算数。带回那台机器再存一次" in capsys.readouterr().out
    assert at_the_machine(kiosk, reply) == 1
    assert "文件不完整，读出来的都算数。带回县里再存一次" in capsys.readouterr().out
    assert kiosk.acked() == (1 if left < 0 else 0)   # the receipt stands before what is lost


def test_a_file_of_a_machine_that_the_county_does_not_know_is_told_and_refused(
        county: County, stick: Stick, capsys: pytest.CaptureFixture[str]) -> None:
    path = stick.folder / "yizhan_x_1.ferry"
    path.write_bytes(stick_file(b"d" * 16, SigningKey(b"k" * 32), 1, 1))

    assert at_the_county(county, path) == 1

    assert "县里不认识这台机器" in capsys.readouterr().out


def test_programs_are_told_what_was_stepped_over(
        kiosk: Kiosk, come_back: Stick, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["edge", "import", "--dir", str(kiosk.folder), str(come_back.folder), "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)["files"]
    assert [row.get("stepped_over", row.get("held")) for row in rows] == ["for-the-other-side", 1]


def test_a_stick_read_again_says_which_of_its_replies_to_carry_back(
        county: County, kiosk: Kiosk, come_back: Stick, capsys: pytest.CaptureFixture[str]) -> None:
    assert "以前的回复" not in capsys.readouterr().out

    assert at_the_county(county, *come_back.files()) == 0

    assert "_1R2.ferry；以前的回复也在：带最新的这个" in capsys.readouterr().out
