"""验回执: another site of the county tells a true slip from a changed or foreign one, its line cut, no name shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.domain.identity import mask_name
from edge.domain.receipt import Statement, group, qr_text
from edge.ground.keys import SigningKey
from edge.kiosk import create_kiosk
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.kiosk.citizen import Citizen

TRUE, DOUBTFUL, FALSE = "这张回执是真的", "这张回执靠不住", "这张回执不对"
STRANGER, OTHER = "没见过打这张回执的机器", "这不是回执上的二维码"


@dataclass
class Pair:
    """Two sites of one county; a slip is printed `here` and shown `there`, where the line is cut."""

    county: County
    here: Kiosk
    there: Kiosk

    def show(self, qr: str) -> Citizen:
        """Return what the other site says of a slip."""
        citizen = Citizen(create_kiosk(self.there.site).test_client()).go("/verify")
        return citizen.send("/verify", slip=qr, go="next")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """A county whose sites have talked with the hub once."""
    county = County(tmp_path, sites=("柳河镇", "东关社区"))
    county.pass_time(minutes=10)
    yield Pair(county, county.kiosks["柳河镇"], county.kiosks["东关社区"])
    county.close()


def test_a_slip_is_proved_true_at_another_site_without_a_line(pair: Pair) -> None:
    taken = pair.here.take()

    page = pair.show(taken.qr)

    assert page.title == TRUE
    assert "柳河镇 1 号机" in page.page and group(taken.receipt) in page.page and "RS-01" in page.page
    assert "这是收件回执" in page.page and "不是受理通知书" in page.page
    example = shipped_catalogue().item("RS-01").example
    name, number = str(example["name"]), str(example["id_number"])
    assert not [one for one in (name, mask_name(name), number, number[-4:]) if one in page.page]


def test_a_changed_slip_and_one_of_a_known_machine_with_another_key_are_refused(pair: Pair) -> None:
    taken = pair.here.take()
    later = Statement(pair.here.device, bytes(32), taken.receipt, "MZ-01", 2_000_000_000)

    for qr in (taken.qr[:-1] + ("0" if taken.qr[-1] != "0" else "1"), qr_text(pair.there.site.key, later)):
        page = pair.show(qr)
        assert page.title == FALSE
        assert group(taken.receipt) not in page.page   # what nobody signed is not repeated as a fact


def test_a_slip_of_another_county_is_a_strangers(pair: Pair) -> None:
    foreign = Statement(b"f" * 16, bytes(32), pair.here.take().receipt, "RS-01", pair.there.site.now())

    assert pair.show(qr_text(SigningKey(b"f" * 32), foreign)).title == STRANGER


def test_slips_from_before_a_machine_was_struck_off_stay_true_and_later_ones_do_not(pair: Pair) -> None:
    before = pair.here.take()
    thief = pair.here.site.key
    pair.county.pass_time(minutes=10)
    pair.county.revoke(pair.here)
    pair.county.pass_time(minutes=10)
    after = Statement(pair.here.device, bytes(32), before.receipt, "RS-01", pair.there.site.now())

    assert pair.show(before.qr).title == TRUE
    assert pair.show(qr_text(thief, after)).title == DOUBTFUL


def test_what_is_no_slip_is_said_in_plain_words(pair: Pair) -> None:
    taken = pair.here.take()

    assert pair.show("https://example.cn/").title == OTHER
    assert "还没有扫到" in pair.show("").page
    assert "这是回执号，看不出真假" in pair.show(group(taken.receipt)).page
