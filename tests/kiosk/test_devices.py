"""Devices tried by hand: what the machine does itself, and the word of whoever tried."""

from dataclasses import replace

import pytest

from edge.desk.staff import set_pin
from edge.desk.tried import DEVICES, Tried, tried
from edge.kiosk import create_kiosk
from edge.machine.card_reader import Card, CardKind, PretendReader
from edge.machine.printer import NoPrinter, PretendPrinter, Printer
from edge.work.job_table import job_table
from edge.work.worker import run_one
from tests.fakes.staffed import PIN
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

NUMBER = "11010519491231002X"


@pytest.fixture
def reader() -> PretendReader:
    """A reader on which a test lays cards."""
    return PretendReader()


@pytest.fixture
def staffed(kiosk: Kiosk, reader: PretendReader) -> Kiosk:
    """A kiosk with a PIN and a card reader."""
    set_pin(kiosk.site, PIN)
    return replace(kiosk, app=create_kiosk(kiosk.site, reader=reader))


@pytest.fixture
def staff(staffed: Kiosk) -> Citizen:
    """Someone who has typed the PIN."""
    return staffed.citizen().go("/staff").send("/staff", pin=PIN)


def test_the_word_about_each_device_is_kept_with_its_time(staffed: Kiosk, staff: Citizen) -> None:
    assert staff.go("/staff/devices").page.count("没试过") == len(DEVICES)

    for device in DEVICES:
        staff.go(f"/staff/devices/{device}").send(f"/staff/devices/{device}", go="good")
    staffed.clock.pass_time(hours=1)
    staff = staffed.citizen().go("/staff").send("/staff", pin=PIN).go("/staff/devices/sound")
    staff.send("/staff/devices/sound", go="bad")

    assert "今天 15:20：不好" in staff.page and staff.page.count("今天 14:20：好") == len(DEVICES) - 1
    assert tried(staffed.site)["sound"] == Tried(staffed.site.now(), False, 2, 1)


@pytest.mark.parametrize(("printer", "words"), [(PretendPrinter(), "送到打印机了"), (NoPrinter(), "没打出来")])
def test_a_test_slip_comes_out_and_is_no_receipt(
        staffed: Kiosk, staff: Citizen, printer: Printer, words: str) -> None:
    assert "正在打印" in staff.go("/staff/devices/slip").send("/staff/devices/slip", go="do").page

    run_one(staffed.site, job_table(printer))

    assert words in staff.go("/staff/devices/slip").page
    slips = getattr(printer, "slips", [])
    assert all("试打".encode("gbk") in one and "不是回执".encode("gbk") in one and b"YZ1:" not in one for one in slips)


def test_of_a_card_only_the_last_four_are_shown(staff: Citizen, reader: PretendReader) -> None:
    staff.go("/staff/devices/card")
    reader.cards.append(Card(CardKind.ID, NUMBER, "王小明"))

    staff.send("/staff/devices/card", go="do")

    assert "最后 4 位是 002X" in staff.page
    assert NUMBER not in staff.page and "王小明" not in staff.page
    assert "002X" not in staff.go("/staff/devices/card").page


def test_a_citizen_tries_nothing(staffed: Kiosk) -> None:
    citizen = staffed.citizen()
    citizen.go("/staff/devices/slip").send("/staff/devices/slip", go="good")

    assert tried(staffed.site) == {} and citizen.at == "/staff"
