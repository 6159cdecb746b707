"""`yizhan hub catalogue publish`, as county IT types it."""

import json
import shutil
from pathlib import Path

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.ground.clock import SystemClock, system_chance
from sync.command.cli import main
from sync.hub.hub import open_hub
from tests.fakes.county import County

HERE = Path(__file__).resolve().parents[2] / "edge" / "catalogue"


def publish(county: County, *files: Path) -> int:
    return main(["hub", "catalogue", "publish", "--dir", str(county.folder / "hub"), *map(str, files)])


def test_new_data_of_the_county_are_published_and_told_together_with_the_items_or_not_at_all(
        county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = county.hub.catalogue().county
    own = tmp_path / "catalogue"
    shutil.copytree(HERE, own)
    newer, other = own / "county.yaml", own / "items" / "RS-01.yaml"
    for path, old, new in ((newer, f"version: {before.version}\n", f"version: {before.version + 1}\n"),
                           (other, "minutes: ", "minutes: 1")):
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    assert publish(county, newer, other) == 1   # its version was published with other words
    assert county.hub.catalogue().county.version == before.version

    assert publish(county, newer) == 0
    assert county.hub.catalogue().county.version == before.version + 1
    assert f"{before.code} v{before.version + 1}" in capsys.readouterr().out


def test_a_catalogue_without_its_calendar_is_refused_in_words_and_no_hub_is_made(
        county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, hub = tmp_path / "catalogue", tmp_path / "hub"
    shutil.copytree(HERE, own, ignore=shutil.ignore_patterns("calendar"))

    for command in (["catalogue", "publish", "--dir", str(county.folder / "hub"), str(own / "county.yaml")],
                    ["init", "--dir", str(hub), "--catalogue", str(own)]):
        assert main(["hub", *command, "--json"]) == 1
        told = json.loads("".join(capsys.readouterr()))
        assert (told["type"], told["faults"][0]["file"]) == ("urn:yizhan:problem:catalogue-faulty", "calendar/")
    assert not hub.exists()


def test_the_county_s_data_are_read_without_the_items(county: County) -> None:
    with county.hub.store.write() as db:
        db.execute("UPDATE published SET content = x'00' WHERE kind = 'item'")

    assert county.hub.county() == shipped_catalogue().county


def test_the_name_that_is_given_to_a_county_is_the_one_that_machines_and_console_show(tmp_path: Path) -> None:
    assert main(["hub", "init", "--dir", str(tmp_path / "hub"), "--county", "青山县", "--empty", "--json"]) == 0

    hub = open_hub(tmp_path / "hub", SystemClock(), system_chance)
    assert hub.county().name.zh == "青山县"
    hub.store.close()
