"""A wrong clock turns nobody away."""

from pathlib import Path

from tests.fakes.county import County


def test_a_kiosk_ten_years_slow_still_takes_the_form_of_who_is_old_enough(tmp_path: Path) -> None:
    county = County(tmp_path)
    kiosk = county.kiosk("柳河镇便民服务中心")
    kiosk.set_clock_wrong(days=-3650)
    kiosk.round()

    receipt = kiosk.lodge("MZ-01")

    assert kiosk.track(receipt) == "queued"
