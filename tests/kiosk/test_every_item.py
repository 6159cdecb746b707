"""Every item by hand, without scripts: rows, signatures, numbers typed twice, what only registers."""

import re
from typing import Any

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.kiosk.guard import COOKIE
from tests.fakes.one_site import verdict
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

CATALOGUE = shipped_catalogue()
# Every kind of question, all three ways of being taken, a group, papers that are signed, a form that only registers;
# `python -m tests.browser.every_item` walks all of them.
CODES = ("CL-02", "GA-02", "GJ-01", "MZ-02", "QY-01", "RS-04", "RS-06", "SS-04", "SW-03", "YB-02")


def answers_of(kiosk: Kiosk, citizen: Citizen) -> dict[str, Any]:
    """Return what the machine keeps of this person's form."""
    cookie = citizen.client.get_cookie(COOKIE)
    assert cookie is not None
    here = kiosk.app.extensions["visits"].find(cookie.value)
    assert here is not None and here.draft is not None
    return dict(here.draft.given)


def check_pages(citizen: Citizen) -> str:
    """Return all screens of the check page, one behind the other."""
    pages = [citizen.go(f"/check?page={number}").page for number in range(1, 9)]
    return "\n".join(dict.fromkeys(pages))


def test_every_item_has_a_page_that_says_what_it_is_and_where_its_form_begins(citizen: Citizen) -> None:
    for code, item in CATALOGUE.items.items():
        page = citizen.go(f"/item/{code}").page
        assert citizen.answer.status_code == 200 and item.name.zh in page, code
        assert 'name="csrf"' in page and (item.live is None or item.live.register.zh in page), code


@pytest.mark.parametrize("code", CODES)
def test_an_item_is_filled_and_handed_in_without_scripts(kiosk: Kiosk, citizen: Citizen, code: str) -> None:
    item = CATALOGUE.item(code)
    citizen.fill(code)
    assert citizen.at == "/check", citizen.title
    answers = answers_of(kiosk, citizen)
    kept = {key: value for key, value in item.example.items() if key not in answers}
    assert set(kept) <= {"declaration"}, "the form keeps what was answered"
    assert {key: answers[key] for key in item.example if key in answers and answers[key] != item.example[key]} == {}
    citizen.send("/check", agree="yes")
    assert re.search(r'class="code">[^<]+<', citizen.page), citizen.title
    if item.live:
        assert citizen.title == "登记下来了，还没有办成" and "尚未生效" in citizen.page
        assert "材料收好了" not in citizen.page
    else:
        assert "不是受理通知书" in citizen.page


def test_a_family_is_written_card_by_card_and_its_income_is_computed(citizen: Citizen) -> None:
    citizen.fill("MZ-02")
    told = re.sub(r"<[^>]+>", " ", check_pages(citizen))
    assert "家人 1" in told and "贺老栓 · 110105 19600303" in told and "已经签名" in told and "在纸上签" in told
    assert re.search(r"人均月收入\s+250.00 元\s+全家一个月 750.00 元，3 人平分\s+自动算的", told)


def test_a_card_is_changed_and_taken_out_at_the_second_touch(citizen: Citizen) -> None:
    citizen.fill("MZ-02").go("/fill/family")
    assert citizen.page.count("删掉") >= 3
    citizen.send("/fill/family", go="edit2")
    assert citizen.at == "/rows/member_name" and 'value="孟桂香"' in citizen.page
    citizen.reply("孟香")
    row = CATALOGUE.item("MZ-02").example["family"][1]
    for key in ("member_id", "member_relation", "ability", "income", "member_mark"):
        assert citizen.at == f"/rows/{key}", citizen.title
        citizen.reply(row[key])
    assert citizen.at == "/fill/family" and "孟香" in citizen.page
    citizen.go("/fill/family")
    citizen.send("/fill/family", go="drop3")
    assert "真的删掉" in citizen.page and "贺小芽" in citizen.page
    citizen.send("/fill/family", go="drop3")
    assert "贺小芽" not in citizen.page and "家人" in citizen.page


def test_a_changed_card_stays_in_its_place_and_no_other_is_touched(kiosk: Kiosk, citizen: Citizen) -> None:
    rows = [dict(row) for row in CATALOGUE.item("ZJ-01").example["housing_family"]]
    citizen.fill("ZJ-01")
    for number in (3, 1, 2):
        rows[number - 1]["family_income"] += number
        citizen.go("/fill/housing_family").send("/fill/housing_family", go=f"edit{number}")
        for key in ("family_name", "family_id", "family_income"):
            assert citizen.at == f"/rows/{key}", citizen.title
            citizen.reply(rows[number - 1][key])

        citizen.send("/fill/housing_family", go="next")
        assert answers_of(kiosk, citizen)["housing_family"] == rows


def test_what_is_wrong_with_all_rows_together_is_said_on_the_cards(citizen: Citizen) -> None:
    shares = [dict(row) for row in CATALOGUE.item("QY-01").example["holders"]]
    shares[1]["share"] = 3000
    citizen.fill("QY-01", holders=shares)
    assert citizen.at == "/fill/holders" and "不是 100" in citizen.page
    citizen.go("/check")
    assert citizen.at == "/fill/holders", "nothing is handed in like this"


def test_a_number_that_is_typed_otherwise_the_second_time_is_asked_again(citizen: Citizen) -> None:
    citizen.fill("MZ-01", bank_card=None)
    assert citizen.at == "/fill/bank_card"
    card = {"bank_card": "6222020000000000000", "go": "next"}
    citizen.send("/fill/bank_card", **card)
    assert citizen.title == "请对着卡，再写一遍。" and "6222" not in citizen.page
    citizen.send("/fill/bank_card", bank_card="6228480000000000018", go="next")
    assert "两遍写得不一样" in citizen.page and citizen.title.startswith("津贴打到")
    citizen.send("/fill/bank_card", **card).send("/fill/bank_card", **card)
    assert citizen.at == "/fill/mobile"


def test_what_a_card_reader_types_need_not_be_typed_twice(citizen: Citizen) -> None:
    citizen.fill("MZ-01", bank_card=None)
    citizen.send("/fill/bank_card", **{"bank_card": "6222020000000000000", "bank_card.read": "yes", "go": "next"})
    assert citizen.at == "/fill/mobile"


@pytest.mark.parametrize(("go", "said"), [
    ("more1", ("2027", "11", "30")), ("less1", ("2025", "11", "30")), ("more2", ("2026", "12", "30")),
    ("more3", ("2026", "11", "1")), ("less3", ("2026", "11", "29"))])
def test_a_date_is_stepped_by_touch(citizen: Citizen, go: str, said: tuple[str, str, str]) -> None:
    citizen.fill("RS-05", lost_on=None)
    parts = {"lost_on.1": "2026", "lost_on.2": "11", "lost_on.3": "30"}
    citizen.send("/fill/lost_on", **parts, go=go)
    assert re.findall(r'name="lost_on\.\d" value="(\d*)"', citizen.page) == list(said)


def test_an_appointment_steps_over_days_off_and_never_into_the_past(citizen: Citizen) -> None:
    citizen.fill("GA-02", visit_day=None)
    blank = {"visit_day.1": "", "visit_day.2": "", "visit_day.3": ""}
    citizen.send("/fill/visit_day", **blank, go="less3")
    first = re.findall(r'name="visit_day\.\d" value="(\d*)"', citizen.page)
    friday = {"visit_day.1": "2026", "visit_day.2": "11", "visit_day.3": "27"}
    citizen.send("/fill/visit_day", **friday, go="more3")
    assert re.findall(r'name="visit_day\.\d" value="(\d*)"', citizen.page) == ["2026", "11", "30"]
    citizen.send("/fill/visit_day", **dict(zip(blank, first, strict=True)), go="next")
    assert citizen.at == "/fill/visit_half", "what the steps give is a day that can be booked"


@pytest.mark.parametrize(("code", "page", "sent"), [
    ("MZ-02", "family", {"go": "edit²"}), ("MZ-02", "family", {"go": "drop" + "9" * 5000}),
    ("GA-02", "visit_day", {"visit_day": "2026-11-30", "go": "more1"}),
    ("GA-02", "visit_day", {"visit_day.1": "9999", "visit_day.2": "12", "visit_day.3": "31", "go": "more3"}),
    ("GA-02", "visit_day", {"visit_day.1": "9" * 20, "visit_day.2": "1", "visit_day.3": "1", "go": "more3"})])
def test_a_button_that_no_page_has_is_no_fault_of_the_machine(
        citizen: Citizen, code: str, page: str, sent: dict[str, str]) -> None:
    citizen.fill(code).send(f"/fill/{page}", **sent)

    assert citizen.at == f"/fill/{page}"


def test_a_long_list_is_narrowed_by_writing_and_keeps_what_is_ticked(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.fill("RS-05", jobs=None)
    assert "电焊工" in citizen.page and "写字找" in citizen.page
    citizen.send("/fill/jobs", jobs="保安", go="find").send("/fill/jobs", **{"jobs.find": "dhg", "go": "next"})
    assert 'value="电焊工"' in citizen.page and "厨师" not in citizen.page
    assert '<input type="hidden" name="jobs" value="保安">' in citizen.page
    citizen.send("/fill/jobs", jobs=["电焊工", "保安"], go="next")
    assert answers_of(kiosk, citizen)["jobs"] == ["保安", "电焊工"]


def test_writing_that_finds_nothing_says_so_and_all_come_back(citizen: Citizen) -> None:
    citizen.fill("YB-01", province=None)
    citizen.send("/fill/province", go="find").send("/fill/province", **{"province.find": "火星", "go": "next"})
    assert "没找到" in citizen.page
    assert "北京市" in citizen.send("/fill/province", go="all").page


def test_what_is_promised_only_in_some_cases_has_its_own_page(citizen: Citizen) -> None:
    citizen.fill("MZ-03", later_promise=None)
    assert citizen.at == "/fill/later_promise" and "能按时补齐吗" in citizen.title
    citizen.send("/fill/later_promise", later_promise="yes", go="next")
    assert citizen.at == "/fill/consent_sensitive"


def test_a_lost_card_shows_the_phones_large_and_registering_blocks_nothing(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.go("/item/RS-04")
    assert "还没有挂失，卡还能用" in citizen.page and "登记不等于挂失" in citizen.page
    assert [number for number in ("12333", "0533-0000401", "95533") if number not in citizen.page] == []
    assert "线路断了" in citizen.title
    citizen.fill("RS-04", phoned=False)
    pages = check_pages(citizen)
    assert "登记不等于挂失" in pages
    assert re.search(r'class="button go"[^>]*>登记，让县里打给我', pages), "the button says what it does"
    citizen.send("/check", agree="yes")
    assert citizen.title == "登记下来了，还没有办成"
    assert "登记回执" in citizen.page and "尚未生效" in citizen.page and "收件回执" not in citizen.page
    assert re.search(r"您先打 <b>\S+ 12333</b>", citizen.page)


def test_a_registered_matter_is_never_tracked_as_if_nothing_were_to_do(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("RS-04", phoned=False)
    assert "不用做什么" not in citizen.page
    pages = [citizen.send("/leave").look_up(receipt, tail).page]
    for step, word in enumerate(("held", "safe"), 2):   # the county has it, and has done nothing yet
        verdict(kiosk.site, receipt, tail, word, step=step)
        pages.append(citizen.send("/leave").look_up(receipt, tail).page)

    for page in pages:
        assert "还没有挂失，卡还能用" in page and "12333" in page
        assert "不用做什么" not in page
