"""The commands of backup, restore, revocation and proof, as county IT types them."""

import json
import os
import sys
from pathlib import Path

import pytest

from edge.desk.lodge import lodge
from edge.ground.clock import SystemClock, system_chance
from sync.agent.round import Agent
from sync.command.cli import main
from sync.hub import enrol, registry
from sync.hub.admit import exchange
from sync.hub.hub import open_hub
from sync.hub.tables import alarms
from tests.fakes.kiosk import join, open_site
from tests.fakes.wire import Wire


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hub with one machine that handed in two forms."""
    assert main(["hub", "init", "--dir", str(tmp_path / "hub"), "--json"]) == 0
    hub = open_hub(tmp_path / "hub", SystemClock(), system_chance)
    ticket = enrol.issue(hub, "柳河镇", "it").text()

    def answer(path: str, message: bytes) -> bytes:
        return exchange(hub, message) if path.endswith("sync") else enrol.enrol(hub, message)

    join(tmp_path / "site", ticket, answer, SystemClock(), system_chance, settle=True)
    site = open_site(tmp_path / "site", SystemClock(), system_chance)
    item = site.catalogue().item("RS-01")
    for _ in range(2):
        lodge(site, item, dict(item.example), channel="kiosk")
    while Agent(site, Wire(answer)).round().more:
        pass
    from sync.hub.open import open_waiting
    open_waiting(hub)
    site.store.close()
    hub.store.close()
    return tmp_path


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    return found


def test_backup_restore_and_release(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub, disk = ["--dir", str(folder / "hub")], str(folder / "disk")
    assert main(["hub", "backup", *hub]) == 1                       # nowhere to put it
    assert "备份" in capsys.readouterr().err
    assert main(["hub", "backup", *hub, "--to", str(folder / "third")]) == 0
    told = capsys.readouterr().out
    assert "WARNING" in told and "注意" in told and f"recovery-code --dir {folder / 'hub'}" in told
    assert main(["hub", "recovery-code", *hub, "--json"]) == 0
    code = str(said(capsys)["code"])
    assert main(["hub", "backup", *hub, "--to", disk, "--to", str(folder / "second"), "--json"]) == 0
    out, err = capsys.readouterr()
    made = json.loads(out)
    assert (made["number"], made["cases"], made["keys"], len(made["places"])) == (2, 2, True, 2)
    assert json.loads(err.splitlines()[-1]) == {"step": "done", "percent": 100}
    assert main(["hub", "backup", *hub, "--to", disk]) == 0
    assert "第 3 份备份好了" in capsys.readouterr().out

    (folder / "code.txt").write_text(code + "\n")
    words = ["hub", "restore", "--dir", str(folder / "new"), "--from", str(Path(disk) / made["file"])]
    assert main(words) == 1
    assert "keys-missing" in capsys.readouterr().err
    assert main([*words, "--code", str(folder / "code.txt"), "--also", str(folder / "second"), "--json"]) == 0
    done = said(capsys)
    assert (done["number"], done["listed"], done["missing"]) == (2, True, []) and len(done["read_in"]) == 1   # type: ignore[arg-type]  # JSON
    assert main(["hub", "release", "--dir", str(folder / "new"), "--reason", "看过了", "--json"]) == 0
    assert said(capsys) == {"released": True}


def test_the_proof_of_a_period_in_words_as_json_and_on_paper(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["hub", "doctor", "--dir", str(folder / "hub"), "--from", "2020-01-01"]
    assert main([*words, "--html", str(folder / "proof.html")]) == 0
    text = capsys.readouterr().out
    assert "没有丢一件的证明" in text and "sent 2, held 2" in text and "没有丢 / nothing is lost" in text
    page = (folder / "proof.html").read_text("utf-8")
    assert "没有丢一件" in page and "<style>" in page and "http" not in page.replace("http-equiv", "")
    assert main([*words, "--json"]) == 0
    told = said(capsys)
    assert told["holds"] is True and len(str(told["signed"])) == 128
    capsys.readouterr()
    for wrong in ("2026-13-01", "x"):
        assert main(["hub", "doctor", "--dir", str(folder / "hub"), "--to", wrong]) == 2
        line = capsys.readouterr().err
        assert "2026-11-23" in line and wrong in line and "isoformat" not in line


def test_the_status_names_its_alarms(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub = open_hub(folder / "hub", SystemClock(), system_chance)
    device = registry.machines(hub)[0]
    with hub.store.write() as db:
        alarms.sound(db, "fork", device.device, "", hub.now())
    hub.store.close()
    capsys.readouterr()

    assert main(["hub", "status", "--dir", str(folder / "hub")]) == 0

    assert f"fork: {device.site} {device.label}" in capsys.readouterr().out


def test_who_reads_no_further_ends_a_command_without_a_word(
        folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    capsys.readouterr()
    there, here = os.pipe()
    os.close(there)
    with os.fdopen(here, "w", encoding="utf-8") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        status = main(["hub", "status", "--dir", str(folder / "hub")])
        monkeypatch.undo()

    assert (status, capsys.readouterr().err) == (141, "")


def test_a_hole_in_a_lane_breaks_the_proof(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub = open_hub(folder / "hub", SystemClock(), system_chance)
    with hub.store.write() as db:
        db.execute("UPDATE lane_names SET name = randomblob(32) WHERE position = 2")
    hub.store.close()

    status = main(["hub", "doctor", "--dir", str(folder / "hub"), "--from", "2020-01-01", "--json"])

    told = said(capsys)
    assert status == 1 and told["holds"] is False and told["lane_chains"] is False


def test_revoke_and_what_was_set_aside(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub = ["--dir", str(folder / "hub")]
    main(["hub", "status", *hub, "--json"])
    device = said(capsys)["devices"][0]["device"]   # type: ignore[index]  # JSON
    capsys.readouterr()
    for unknown in ("nothing", "deadbeef"):
        assert main(["hub", "revoke", *hub, "--device", unknown, "--reason", "丢了"]) == 1
        told = capsys.readouterr().err
        assert "没有这台机器" in told and unknown in told and "yizhan hub status" in told
    assert main(["hub", "revoke", *hub, "--device", device, "--reason", "试"]) == 1
    assert "2 到 200 个字" in capsys.readouterr().err
    assert main(["hub", "revoke", *hub, "--device", device, "--reason", "丢了", "--json"]) == 0
    capsys.readouterr()
    assert main(["hub", "set-aside", *hub, "--json"]) == 0
    assert said(capsys) == {"set_aside": []}
    assert main(["hub", "set-aside", *hub, "--release", device, "--reason", "找回来了", "--json"]) == 0
    assert said(capsys) == {"envelopes": 0}


def test_a_site_says_what_it_keeps_and_what_it_deleted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from sync.command.site_commands import status_of
    site = open_site(folder / "site", SystemClock(), system_chance)

    told = status_of(site)["lane"]
    site.store.close()

    assert isinstance(told, dict) and (told["kept"], told["deleted"], told["safe"]) == (2, 0, 0)


def test_paper_says_why_a_file_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["edge", "paper", "--dir", str(folder / "site"), "--item", "RS-01", "--to"]
    there = folder / "there.html"
    there.write_text("mine")
    capsys.readouterr()
    for path, why in ((there, "已经有这个文件"), (folder / "forms.pdf", "不是以 .html 结尾"),
                      (folder / "none" / "forms.html", "没有这个文件夹")):
        assert main([*words, str(path)]) == 1
        assert why in capsys.readouterr().err
    assert main([*words, str(folder / "forms.html"), "--count", "0"]) == 1
    assert "1 到 100 张（0）" in capsys.readouterr().err
    words[words.index("RS-01")] = "RS-99"
    assert main([*words, str(folder / "forms.html")]) == 1
    assert "没有这个事项（RS-99）" in capsys.readouterr().err and not (folder / "forms.html").exists()
    assert there.read_text() == "mine"
