"""The hub's key files are looked at before anything is opened: a bit is put right, more is told by name."""

from pathlib import Path

import pytest

from edge.ground.problem import HUB_KEY_DAMAGED, KEYS_MISSING, Problem
from edge.records import audit
from sync.command.cli import main
from sync.hub.examine import examine
from sync.hub.hub import open_hub
from sync.hub.key_bundle import new_recovery_code
from sync.hub.own_keys import HUB, ROOT
from tests.fakes.county import County

DEPARTMENT = "department"


def key_file(county: County, which: str) -> Path:
    """Return a key file of the hub; for a department the one to which the example's form is sealed."""
    keys = county.hub.folder / "keys"
    if which != DEPARTMENT:
        return keys / which
    kiosk = county.kiosk("柳河镇")
    live = kiosk.site.key_set().department_key(kiosk.site.catalogue().item("RS-01").department)
    assert live is not None
    return keys / "departments" / f"{live.key_id.hex()}.key"


def flip(path: Path, *places: int) -> None:
    """Turn one bit of each of these bytes."""
    raw = bytearray(path.read_bytes())
    for at in places:
        raw[at] ^= 4
    path.write_bytes(bytes(raw))


@pytest.mark.parametrize("which", [ROOT, HUB, DEPARTMENT])
def test_one_flipped_bit_in_a_key_file_is_put_right_before_anything_is_opened(county: County, which: str) -> None:
    path = key_file(county, which)
    receipt = county.kiosk("柳河镇").lodge()
    county.kiosk("柳河镇").sync()
    whole = path.read_bytes()
    flip(path, 17)

    county.restart_hub()
    county.open()

    assert (path.read_bytes(), county.hub_cases()) == (whole, [receipt])
    told = [line.subject for line, _ in audit.lines(county.hub.store.read()) if line.act == "key-mended"]
    assert told == [path.name]


@pytest.mark.parametrize("which", [ROOT, HUB, DEPARTMENT])
def test_a_key_file_beyond_repair_is_told_by_name_and_nothing_is_opened(county: County, which: str) -> None:
    path = key_file(county, which)
    flip(path, 3, 17)
    damaged = path.read_bytes()

    with pytest.raises(Problem) as refused:
        open_hub(county.hub.folder, county.watch, county.dice)

    assert (refused.value.kind, refused.value.detail) == (HUB_KEY_DAMAGED, path.name)
    assert path.read_bytes() == damaged


@pytest.mark.parametrize("which", [ROOT, HUB])
def test_a_hub_whose_key_is_gone_makes_no_new_one(county: County, which: str) -> None:
    path = key_file(county, which)
    path.unlink()

    with pytest.raises(Problem) as refused:
        open_hub(county.hub.folder, county.watch, county.dice)

    assert (refused.value.kind, refused.value.detail, path.exists()) == (KEYS_MISSING, path.name, False)


def test_a_department_key_that_flips_while_the_hub_runs_spoils_no_form(county: County) -> None:
    path = key_file(county, DEPARTMENT)
    county.kiosk("柳河镇").lodge()
    county.kiosk("柳河镇").sync()
    whole = path.read_bytes()
    flip(path, 3, 17)
    county.open()
    assert (county.hub_cases(), county.states(), county.alarms()) == ([], {"held": 1}, ["opening-broke"])

    path.write_bytes(whole)
    county.restart_hub()
    county.open()

    assert len(county.hub_cases()) == 1


def test_the_cure_of_a_damaged_key_loses_nothing_that_came_since_the_backup(
        county: County, capsys: pytest.CaptureFixture[str]) -> None:
    """As the refusal and docs/backup.md say it: doctor, the file moved away, restore with the code."""
    kiosk, folder = county.kiosk("柳河镇"), county.hub.folder
    assert main(["hub", "recovery-code", "--dir", str(folder)]) == 0
    code = folder.parent / "code.txt"
    code.write_text(capsys.readouterr().out, "utf-8")   # the whole output, as people keep it
    receipts = [kiosk.lodge()]
    county.settle()
    manifest = county.disk / county.back_up().file
    receipts.append(kiosk.lodge())
    county.settle()
    county.hub.store.close()
    damaged = folder / "keys" / HUB
    flip(damaged, 3, 17)
    restore = ["hub", "restore", "--dir", str(folder), "--from", str(manifest), "--code", str(code)]
    assert main(["hub", "doctor", "--dir", str(folder)]) == main(restore) == 1
    assert capsys.readouterr().err.count(HUB_KEY_DAMAGED.cure_zh) == 2

    damaged.rename(folder.parent / "hub.key.damaged")
    assert main(restore) == 0
    county.hub = open_hub(folder, county.watch, county.dice)
    receipts.append(kiosk.lodge())
    county.pass_time(hours=1)

    assert county.hub_cases() == receipts and kiosk.incarnations() == 1
    assert all(examine(county.hub).values())


def test_a_damaged_key_is_never_sealed_into_a_backup(county: County) -> None:
    new_recovery_code(county.hub, "it")
    made = county.back_up()
    flip(key_file(county, HUB), 3, 17)

    with pytest.raises(Problem) as refused:
        county.back_up()

    assert (refused.value.kind, refused.value.detail, county.alarms()) == (HUB_KEY_DAMAGED, HUB, ["backup-failed"])
    assert [path.name for path in county.backups()] == [made.file]
