"""Alarms about disks and machines stand on the console in words, with what to do."""

import re

import pytest

from sync.hub.tables import alarms
from tests.console.sample import Sample

CAUSES = ("takes-no-forms", "disk-nearly-full", "salvaged", "forms-lost", "other-machine", "disk-put-back",
          "disk-forgets", "too-much")


@pytest.mark.parametrize("cause", CAUSES)
def test_an_alarm_is_said_in_words(county: Sample, cause: str) -> None:
    with county.hub.store.write() as db:
        alarms.sound(db, cause, "00" * 16, "disk-full", county.hub.now())

    page = county.browser("it").get("/sites").get_data(as_text=True)

    assert cause not in re.sub(r"<[^>]*>", " ", page)
    assert "机器" in page


def test_a_machine_that_takes_nothing_says_why(county: Sample) -> None:
    with county.hub.store.write() as db:
        alarms.sound(db, "takes-no-forms", "00" * 16, "disk-full", county.hub.now())

    assert "清理磁盘后自动恢复" in county.browser("it").get("/sites").get_data(as_text=True)
