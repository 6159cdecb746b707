"""以后补 and 打过了: what a citizen has said about papers and calls stands true on every page and on the slip."""

import re

import pytest

from edge.machine.printer import PretendPrinter
from edge.work.job_table import job_table
from edge.work.worker import run_one
from tests.fakes.one_site import verdict
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

LATER = {"material_hukou": "later", "material_photo": "later"}
OWED = "户口簿、一寸照片"


def plain(citizen: Citizen) -> str:
    return re.sub(r"<[^>]+>", "", citizen.page)


def slip(kiosk: Kiosk) -> str:
    """Return the words of the slip that waits for the printer."""
    printer = PretendPrinter()
    run_one(kiosk.site, job_table(printer))
    return printer.slips[0].decode("gbk", "ignore")


def looked_up(citizen: Citizen, receipt: str, tail: str) -> str:
    citizen.send("/leave").look_up(receipt, tail)
    return plain(citizen)


def test_papers_left_for_later_are_named_until_the_county_has_decided(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01", **LATER)
    assert f"还要补：{OWED}" in plain(citizen) and "县里要的时候补" in plain(citizen)
    assert f"还要补：{OWED}。先备好。" in slip(kiosk)

    pages = [looked_up(citizen, receipt, tail)]
    for step, word in enumerate(("held", "accepted"), 1):
        verdict(kiosk.site, receipt, tail, word, step=step)
        pages.append(looked_up(citizen, receipt, tail))
    assert [f"还要补：{OWED}" in page for page in pages] == [True] * 3
    assert not [page for page in pages if "不用做什么" in page]
    assert "在这里补" in pages[0] and "在这里补" not in pages[2]   # accepted: the county cannot ask any more

    verdict(kiosk.site, receipt, tail, "done", step=3)
    assert OWED not in looked_up(citizen, receipt, tail)


def test_what_a_return_asks_for_is_owed_no_more_and_the_rest_is_named(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01", **LATER)
    verdict(kiosk.site, receipt, tail, "needs_correction", asks=(("material_hukou", "请现在补上"),))
    assert "您说以后补的一寸照片，这次没有要。" in looked_up(citizen, receipt, tail)

    citizen.send("/correct")
    assert citizen.at == "/fill/material_hukou"
    citizen.reply("brought").reply("").send("/check", agree="yes")
    assert citizen.at == "/correct/done"
    page = looked_up(citizen, receipt, tail)
    assert "还要补：一寸照片。请拿到窗口" in page and "户口簿" not in page


@pytest.mark.parametrize(("phoned", "bank_told", "words"), [
    (True, True, "您说卡和银行都打电话挂失了"), (True, False, "打过电话挂失了，银行还没有"),
    (False, True, "还没有挂失，卡还能用。登记不等于挂失。")])
def test_the_warning_about_a_lost_card_follows_what_was_answered(
        kiosk: Kiosk, citizen: Citizen, phoned: bool, bank_told: bool, words: str) -> None:
    citizen.fill("RS-04", phoned=phoned, bank_told=bank_told).go("/check?page=last")
    pages = [plain(citizen)]
    citizen.send("/check", agree="yes")
    pages.append(plain(citizen))
    pages.append(slip(kiosk))
    receipt = re.sub(r"\s", "", re.findall(r'class="code">([^<]+)<', citizen.page)[0])
    pages.append(looked_up(citizen, receipt, "0012"))
    verdict(kiosk.site, receipt, "0012", "held", step=1)
    pages.append(looked_up(citizen, receipt, "0012"))

    assert [words in page and "不等于挂失" in page for page in pages] == [True] * 5
    assert [("卡还能用" in page) is not phoned for page in pages] == [True] * 5
