"""A slip that did not come out is printed again: the same number, the same QR, and still one case."""

from dataclasses import replace

import pytest

from edge.desk.staff import set_pin
from edge.kiosk import create_kiosk
from edge.machine.printer import PretendPrinter
from edge.records import lane
from edge.work.job_table import job_table
from edge.work.worker import MOST_ATTEMPTS, run_one
from tests.fakes.staffed import PIN
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

AGAIN = 'action="/receipt/print"'


@pytest.fixture
def printer() -> PretendPrinter:
    """A printer that a test empties and fills."""
    return PretendPrinter()


def printed(kiosk: Kiosk, printer: PretendPrinter) -> None:
    """Run what waits for the printer until it is settled."""
    for _ in range(MOST_ATTEMPTS):
        run_one(kiosk.site, job_table(printer))
        kiosk.clock.pass_time(seconds=20)


def code_on(slip: bytes) -> bytes:
    """Return the QR's text."""
    return slip[slip.index(b"YZ1:"):].split(b"\x1d")[0]


def test_the_citizen_prints_once_more_what_did_not_come_out(kiosk: Kiosk, printer: PretendPrinter) -> None:
    citizen = kiosk.citizen()
    receipt, _tail = citizen.hand_in("RS-01")
    assert AGAIN not in citizen.page
    printer.out_of_paper = True
    printed(kiosk, printer)
    assert AGAIN in citizen.go("/receipt").page and printer.slips == []

    printer.out_of_paper = False
    citizen.send("/receipt/print").send("/receipt/print")   # a second touch finds nothing that failed
    printed(kiosk, printer)

    assert len(printer.slips) == 1 and "补打的".encode("gbk") in printer.slips[0]
    assert receipt in citizen.go("/receipt").page.replace(" ", "") and AGAIN not in citizen.page
    assert lane.head(kiosk.site.store.read()).n == 1


def test_a_machine_without_a_printer_never_says_that_it_prints(kiosk: Kiosk) -> None:
    bare = replace(kiosk, app=create_kiosk(kiosk.site, prints=False))
    citizen, before = bare.citizen(), bare.citizen().fill("RS-01").go("/check?page=last").page
    assert "您会拿到一个回执号。" in before and "一张收件回执" not in before

    citizen.hand_in("RS-01")

    assert "请拍下或抄下回执号" in citizen.page and "打印" not in citizen.page
    assert "正在打印" in kiosk.citizen().fill("RS-01").send("/check", agree="yes").page


def test_the_staff_print_it_by_number_and_see_nothing_of_it(kiosk: Kiosk, printer: PretendPrinter) -> None:
    set_pin(kiosk.site, PIN)
    staffed = replace(kiosk, app=create_kiosk(kiosk.site))
    receipt, tail = staffed.citizen().hand_in("MZ-01")
    printed(kiosk, printer)
    staff = staffed.citizen().go("/staff").send("/staff", pin=PIN)

    assert "没有这一份" in asked(staff, receipt, "0000").page
    done = asked(staff, receipt, tail)
    printed(kiosk, printer)

    assert done.at == "/staff/slip/ordered" and "陈" not in done.page and receipt not in done.page.replace(" ", "")
    first, again = printer.slips
    assert code_on(first) == code_on(again)
    assert all("日前县里该答复，断线久了会晚".encode("gbk") in slip for slip in printer.slips)
    assert lane.head(kiosk.site.store.read()).n == 1


def test_who_guesses_numbers_at_the_staffs_page_is_stopped(kiosk: Kiosk) -> None:
    set_pin(kiosk.site, PIN)
    receipt, _tail = kiosk.citizen().hand_in("RS-01")
    staff = kiosk.citizen().go("/staff").send("/staff", pin=PIN)
    for guess in range(5):
        asked(staff, receipt, f"000{guess}")

    assert "没有这一份" not in asked(staff, receipt, "0009").page


def asked(staff: Citizen, code: str, tail: str) -> Citizen:
    """Type both numbers."""
    return staff.go("/staff/slip").send("/staff/slip", code=code).send("/staff/slip/tail", tail=tail)
