"""Numbers of messages: the tripwire for copied disks keeps what it needs and no more."""

from pathlib import Path

import pytest

from sync.hub.tables import devices
from tests.fakes.county import County


def test_the_hub_keeps_a_bounded_number_of_message_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "KEPT_NUMBERS", 5)
    county = County(tmp_path)
    kiosk = county.kiosk("柳河镇便民服务中心")

    for _ in range(12):
        kiosk.round()

    with county.hub.store.write() as db:
        kept = db.execute("SELECT count(*) AS n FROM messages").fetchone()["n"]
        assert kept == 5
        assert devices.number_message(db, kiosk.site.identity.device, 1, b"x" * 32) == {devices.FORGOTTEN}
