"""What a citizen can do without any script."""


import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.records import submissions
from tests.fakes.one_site import set_line, verdict
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk, taken

ITEMS = ("RS-01", "CL-02", "CL-03", "MZ-01", "SS-04", "GA-02")


@pytest.mark.parametrize("code", ITEMS)
def test_every_item_leads_from_the_first_page_to_a_receipt(kiosk: Kiosk, citizen: Citizen, code: str) -> None:
    receipt, _tail = citizen.go("/").go("/all").hand_in(code)

    assert citizen.title == "材料收好了"
    assert len(receipt) == 10
    assert "收件回执" in citizen.page and "不是受理通知书" in citizen.page
    assert taken(kiosk) == 1


def test_no_number_is_shown_before_the_form_is_handed_in(citizen: Citizen) -> None:
    assert 'class="code"' not in citizen.fill("RS-01").page


def test_saved_is_not_called_delivered_or_accepted(citizen: Citizen) -> None:
    citizen.hand_in("RS-01")

    assert "还没送达" in citizen.page and "还没受理" in citizen.page
    assert "已送达" not in citizen.page and "已受理" not in citizen.page


def test_a_second_touch_does_not_hand_in_twice(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, _tail = citizen.hand_in("RS-01")

    citizen.send("/check", agree="yes")

    assert taken(kiosk) == 1
    assert receipt in citizen.page.replace(" ", "")


def test_nothing_is_taken_without_the_tick(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.fill("RS-01").send("/check")

    assert citizen.at == "/check?page=last"
    assert 'href="#f-agree"' in citizen.page
    assert taken(kiosk) == 0


def test_an_error_stands_beside_the_field_and_leads_to_it(citizen: Citizen) -> None:
    citizen.begin("MZ-01").reply("张三")

    citizen.reply("11010519440101")

    assert "还差 4 位" in citizen.page
    assert 'href="#f-id_number.3"' in citizen.page and 'id="f-id_number.3"' in citizen.page
    assert 'aria-describedby="hint errors"' in citizen.page


def test_what_was_typed_is_still_there_after_an_error(citizen: Citizen) -> None:
    citizen.begin("MZ-01").reply("张三").reply("110105194401010035")

    assert 'value="110105"' in citizen.page and 'value="1944 01 01"' in citizen.page


def test_answers_are_kept_when_going_back(citizen: Citizen) -> None:
    citizen.begin("MZ-01").reply("张三")
    citizen.send(citizen.at, id_number="1101", go="back")

    assert 'value="张三"' in citizen.page
    citizen.reply("张三")
    assert 'value="1101"' in citizen.page


def test_one_changed_answer_leads_back_to_the_check(citizen: Citizen) -> None:
    citizen.fill("RS-01").go("/fill/name").reply("李四")

    assert citizen.title == "看一遍，对不对？"
    assert "李四" in citizen.page


def test_a_later_question_cannot_be_opened_before_its_turn(citizen: Citizen) -> None:
    citizen.begin("MZ-01").go("/fill/mobile")

    assert citizen.at == "/fill/name"


def test_who_cannot_apply_is_told_at_once_and_nothing_is_taken(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.begin("MZ-01").reply("张三").reply("11010519491231002X")

    assert citizen.title == "这件事现在还办不了"
    assert taken(kiosk) == 0


def test_a_case_is_found_by_code_and_tail(citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")

    citizen.send("/leave").look_up(receipt, tail)

    assert citizen.title == "高龄津贴：存在机器里，还没送到县里"


def test_a_wrong_tail_and_an_unknown_code_are_told_the_same(citizen: Citizen) -> None:
    receipt, _tail = citizen.hand_in("MZ-01")

    wrong = citizen.look_up(receipt, "0001").page
    absent = citizen.look_up("22222222222"[:10], "0025").page

    assert "没有查到" in wrong
    assert ("没有查到" in absent) or ("有写错的" in absent)


def test_five_wrong_tails_send_one_person_to_the_staff_and_nobody_else(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    citizen.look_up(receipt, "0001")
    assert "还能再试 4 次" in citizen.page and 'value="0001"' not in citizen.page
    for _ in range(4):
        citizen.look_up(receipt, "0001")
    assert "试的次数太多了" in citizen.look_up(receipt, tail).page

    assert kiosk.citizen().look_up(receipt, tail).title == "高龄津贴：存在机器里，还没送到县里"


def test_a_right_tail_forgets_the_wrong_ones(citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    for _ in range(4):
        citizen.look_up(receipt, "0001")

    citizen.look_up(receipt, tail).look_up(receipt, "0001")

    assert "还能再试 4 次" in citizen.page


def test_thirty_wrong_ones_close_the_machine_for_ten_minutes(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    kiosk.site.wrong_tries.extend([kiosk.clock.monotonic()] * 30)
    assert "过 10 分钟再试" in citizen.look_up(receipt, tail).page

    kiosk.clock.pass_time(minutes=10, seconds=1)

    assert kiosk.citizen().look_up(receipt, tail).title == "高龄津贴：存在机器里，还没送到县里"


def test_too_few_characters_are_counted(citizen: Citizen) -> None:
    assert "还差 1 位" in citizen.go("/track").send("/track", code="K7M4Q2TX9").page


def test_a_refusal_has_an_address_of_its_own(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, _tail = citizen.hand_in("MZ-01")
    citizen.send("/correct")

    assert receipt and citizen.at == "/problem" and citizen.answer.status_code == 409


def test_what_cannot_be_applied_for_leads_to_what_can(citizen: Citizen) -> None:
    citizen.fill("QY-03", tax_cleared="open")

    assert citizen.at == "/fill/stop" and 'href="/item/SW-11"' in citizen.page
    assert citizen.begin("SW-11").at.startswith("/fill/")


def test_after_handing_in_every_question_leads_to_the_receipt(citizen: Citizen) -> None:
    citizen.hand_in("MZ-01")

    for path in ("/fill", "/fill/name", "/fill/stop", "/check"):
        assert citizen.go(path).at == "/receipt"


def test_the_receipt_says_where_the_form_is_now(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.hand_in("MZ-01")
    assert "自动送到县里" in citizen.page and "您不用再来" not in citizen.page

    set_line(kiosk.site, up=True)

    assert "马上送到县里" in citizen.go("/receipt/after").page and "自动送到县里" not in citizen.page


def test_no_answer_is_promised_and_no_other_station_named_before_the_county_has_it(
        kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    assert "前</b>县里该答复；断线久了会晚" in citizen.page and "前</b>县里答复" not in citizen.page
    assert "在本站查；送到县里以后，哪个驿站都能查" in citizen.page and "任何一个驿站" not in citizen.page
    assert "前县里该答复；断线久了会晚" in kiosk.citizen().look_up(receipt, tail).page

    with kiosk.site.store.write() as db:
        submissions.hold(db, 0, 1, kiosk.site.now())

    assert "前</b>县里答复" in citizen.go("/receipt").page and "任何一个驿站都能查" in citizen.page
    assert "县里最晚" in kiosk.citizen().look_up(receipt, tail).page


def test_an_appointment_stands_on_the_receipt(citizen: Citizen) -> None:
    citizen.hand_in("GA-02")

    assert "11月30日上午到" in citizen.page and "才算约上" in citizen.page


def test_the_check_page_shows_every_digit_until_they_are_covered(citizen: Citizen) -> None:
    citizen.fill("RS-01")
    number = str(shipped_catalogue().item("RS-01").example["id_number"])
    assert f"{number[:6]} {number[6:14]} {number[14:]}" in citizen.page

    citizen.send("/check", go="mask", page="1")

    assert "••••" in citizen.page and number[6:14] not in citizen.page


def test_the_reason_stands_above_the_question_that_is_asked_again(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    verdict(kiosk.site, receipt, tail, "needs_correction", asks=(("mobile", "打不通"),))

    assert "打不通" in citizen.look_up(receipt, tail).send("/correct", field="mobile").page


def test_a_returned_case_is_corrected_field_by_field(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    verdict(kiosk.site, receipt, tail, "needs_correction", asks=(("mobile", "打不通"), ("material_hukou", "看不清")))
    citizen.look_up(receipt, tail)
    assert citizen.title == "高龄津贴：要补 2 样东西" and "打不通" in citizen.page

    citizen.send("/correct", field="mobile").reply("13900000000").reply("brought").reply("no photo")
    citizen.send("/check", agree="yes")

    assert citizen.title == "补的材料收好了"
    assert taken(kiosk) == 2


def test_what_was_put_right_stays_on_the_road_after_the_countys_next_word(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    verdict(kiosk.site, receipt, tail, "needs_correction", asks=(("mobile", "打不通"),))
    citizen.look_up(receipt, tail).send("/correct").reply("13900000000").send("/check", agree="yes")
    assert "补的材料送到了" not in citizen.look_up(receipt, tail).page

    verdict(kiosk.site, receipt, tail, "accepted", step=4)

    assert "补的材料送到了" in citizen.look_up(receipt, tail).page


def test_a_corrected_case_cannot_be_corrected_twice(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("MZ-01")
    verdict(kiosk.site, receipt, tail, "needs_correction", asks=(("mobile", "打不通"),))
    citizen.look_up(receipt, tail).send("/correct").reply("13900000000").send("/check", agree="yes")

    citizen.send("/correct")

    assert citizen.answer.status_code == 409
    assert taken(kiosk) == 2


def test_an_approval_offers_what_follows_with_reason_and_basis(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = citizen.hand_in("CL-02")
    item = shipped_catalogue().item("CL-02")
    verdict(kiosk.site, receipt, tail, "accepted", result=dict(item.outcome_example), known=dict(item.example))

    citizen.look_up(receipt, tail).go("/track/next")

    assert "重度残疾人护理补贴" in citizen.page
    assert "为什么告诉您" in citizen.page and "依据" in citizen.page


def test_search_finds_by_words_and_keeps_them_out_of_the_address(citizen: Citizen) -> None:
    citizen.go("/search").send("/search", words="养老")

    assert citizen.at == "/found"
    assert "养老保险参保" in citizen.page
