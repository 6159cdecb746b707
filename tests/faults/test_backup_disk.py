"""A backup disk that is full or pulled out: no backup, said so, and everything before it untouched."""

from pathlib import Path

import pytest

from edge.ground.problem import BACKUP_FAILED, Problem
from sync.hub.backup import back_up
from tests.fakes.county import County, fast_folder
from tests.faults.small_disk import small_disk

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("size", ["8k", "64k", "300k", "500k"])
def test_a_backup_disk_that_is_full_at_any_byte_holds_no_half_backup(size: str) -> None:
    with fast_folder() as place, small_disk(small := Path(place) / "small", size) as is_full_soon:
        if not is_full_soon:
            return   # needs root; the tests of backups refuse the copy by hand
        county = County(Path(place) / "county", sites=("柳河镇",))
        try:
            county.kiosk("柳河镇").lodge()
            county.pass_time(minutes=10)
            county.back_up()
            with pytest.raises(Problem) as refused:
                back_up(county.hub, [small], "it")
            assert refused.value.kind is BACKUP_FAILED
            assert not list(small.glob("*.manifest")) and not list(small.glob("*.part"))
            assert len(county.backups()) == 1 and "backup-failed" in county.alarms()
            county.pass_time(minutes=10)
            assert county.kiosk("柳河镇").lodge()
        finally:
            county.close()
