"""The work list and the case: deadlines, masks, reasons, decisions; nothing of a person where it does not belong."""

import logging
from datetime import datetime
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from edge.records import audit
from sync.hub import review
from sync.hub.tables import cases
from tests.console.sample import NOW, Sample, form_token, post

ID_NUMBER, CARD = "110105194401010025", "6222020000000000000"
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{191*7}}${191*7}",
    "</textarea><svg/onload=alert(1)>",
    "javascript:alert(1)",
)


def first(county: Sample, item: str) -> str:
    """Return the first case of an item."""
    return county.case_ids(item)[0]


def text(browser: FlaskClient, address: str) -> str:
    """Return a page."""
    return browser.get(address).get_data(as_text=True)


def decide(browser: FlaskClient, case: str, **values: object) -> tuple[int, str]:
    """Go both steps of a decision; return the last status and page."""
    page = f"/cases/{case}"
    shown = text(browser, page)
    step = shown.partition('name="step" value="')[2].partition('"')[0]
    answer = post(browser, f"{page}/decide", page, step=step, **values)
    if answer.status_code != 200:
        return answer.status_code, answer.get_data(as_text=True)
    sent = post(browser, f"{page}/send", page, step=step, **values)
    return sent.status_code, text(browser, page)


def reads(county: Sample) -> list[str]:
    """Return why cases were read, from the audit."""
    return [str(line.facts["why"]) for line, _ in audit.lines(county.hub.store.read()) if line.act == "read-case"]


def test_the_nearest_deadline_stands_on_top(county: Sample) -> None:
    page = text(county.browser("reviewer"), "/cases")
    order = [page.index(words) for words in ("今天 24:00", "11-25", "11-26", "11-27", "11-30", "12-01")]
    assert order == sorted(order)


def test_the_clock_counts_from_capture_not_from_arrival(county: Sample) -> None:
    slow = first(county, "MZ-01")  # captured on the 17th, three days on the road
    page = text(county.browser("reviewer"), f"/cases/{slow}")
    assert "从 2026-11-17 15:02 现场收件起算" in page
    assert "今天 24:00 到期" in page


def test_a_clock_that_cannot_be_right_is_said(county: Sample) -> None:
    page = text(county.browser("reviewer"), "/cases")
    assert page.count("时钟存疑") == 1
    strange = county.case_ids("MZ-01")[2]
    shown = text(county.browser("reviewer"), f"/cases/{strange}")
    assert "从 2026-11-24 13:30 县里收到起算" in shown
    assert "1970" in shown


def test_tabs_count_and_narrow(county: Sample) -> None:
    browser = county.browser("reviewer")
    assert "待审 9" in text(browser, "/cases")
    assert "待审 4" in text(browser, "/cases?item=MZ-01")
    assert "没有待审的" not in text(browser, "/cases")
    assert "这样筛，一件也没有" in text(browser, "/cases?site=nowhere")


def test_the_first_day_says_what_will_come(empty_county: Sample) -> None:
    assert "没有待审的" in text(empty_county.browser("reviewer"), "/cases")


def test_find_by_code_item_or_site_but_not_by_name(county: Sample) -> None:
    browser = county.browser("reviewer")
    code = cases.by_id(county.hub.store.read(), first(county, "CL-03"))
    assert code is not None
    assert (
        post(browser, "/cases/find", words=f" {code.code.lower()[:4]} {code.code[4:]}").location == f"/cases/{code.id}"
    )
    assert post(browser, "/cases/find", words="高龄").location == "/cases?state=all&item=MZ-01"
    assert "site=" in (post(browser, "/cases/find", words="农商行城西").location or "")
    nothing = post(browser, "/cases/find", words="张三")
    assert nothing.status_code == 404
    assert nothing.location is None


def test_a_reviewer_of_one_department_sees_no_other(county: Sample) -> None:
    from sync.hub import accounts

    accounts.add_account(county.hub, "test", "mz", "民政 01", "reviewer", "mz", "correct horse 7", must_change=False)
    browser = county.browser("mz")
    page = text(browser, "/cases?state=all")
    assert "高龄津贴" in page
    assert "RS-01" not in page.partition("<tbody>")[2]
    other = first(county, "RS-01")
    assert browser.get(f"/cases/{other}").status_code == 404
    assert post(browser, f"/cases/{other}/reveal", field="id_number", reason="看一眼").status_code == 404
    assert post(browser, f"/cases/{other}/decide", verdict="accept", step=0).status_code == 404


def test_numbers_are_masked_until_someone_asks_with_a_reason(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    page = text(browser, f"/cases/{case}")
    for secret in (ID_NUMBER, "110105 19440101 0025", CARD, "6222 0200", "村东 12 号", "张三"):
        assert secret not in page
    refused = post(browser, f"/cases/{case}/reveal", f"/cases/{case}", field="id_number", reason=" ")
    assert refused.status_code == 422
    assert "110105 19440101 0025" not in refused.get_data(as_text=True)
    shown = post(browser, f"/cases/{case}/reveal", f"/cases/{case}", field="id_number", reason="核对银行户名")
    assert "110105 19440101 0025" in shown.get_data(as_text=True)
    assert "6222 0200" not in shown.get_data(as_text=True)
    assert reads(county)[-1] == "reveal id_number: 核对银行户名"
    assert "110105 19440101 0025" not in text(browser, f"/cases/{case}")


def test_every_look_is_audited_and_a_preview_is_none(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    text(browser, f"/cases/{case}")
    before = len(reads(county))
    post(browser, f"/cases/{case}/preview", "/me", verdict="return", ask_name="on", why_name="看不清")
    assert len(reads(county)) == before == 1


def test_return_says_everything_once(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    asked = {
        "verdict": "return",
        "ask_bank_card": "on",
        "why_bank_card": "和银行登记的名字对不上",
        "ask_material_hukou": "on",
        "why_material_hukou": "看不清户籍地那一行",
    }
    status, page = decide(browser, case, **asked)
    assert status == 303
    assert "已退补" in page
    spoken = review.unshown(county.hub, case).history[-1]
    assert spoken.asks == [("bank_card", "和银行登记的名字对不上"), ("material_hukou", "看不清户籍地那一行")]
    assert spoken.actor == "account:reviewer"


def test_a_return_without_a_reason_for_each_is_not_sent(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    assert decide(browser, case, verdict="return")[0] == 422
    status, page = decide(browser, case, verdict="return", ask_name="on", ask_mobile="on", why_mobile="打不通")
    assert status == 422
    assert "写一句为什么" in page
    assert 'value="打不通"' in page
    assert review.unshown(county.hub, case).history == []


def test_a_reason_that_is_too_long_is_said_and_never_cut(county: Sample) -> None:
    browser, case, longest = county.browser("reviewer"), first(county, "MZ-01"), "这张照片的右下角看不清，" * 11
    status, page = decide(browser, case, verdict="return", ask_mobile="on", why_mobile=longest)
    assert status == 422
    assert "最多写 120 个字" in page
    assert f'value="{longest}"' in page
    assert review.unshown(county.hub, case).history == []


def test_a_rejection_has_reason_basis_and_where_to_object(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    assert decide(browser, case, verdict="reject", why_not="户口不在本县")[0] == 422
    status, _ = decide(
        browser,
        case,
        verdict="reject",
        why_not="户口不在本县",
        basis="高龄津贴办法第三条",
        objection="60 日内可以申请行政复议",
    )
    assert status == 303
    reason = review.unshown(county.hub, case).history[-1].reason
    assert reason == "户口不在本县。依据：高龄津贴办法第三条。不同意：60 日内可以申请行政复议。"


def test_acceptance_may_carry_the_outcome_and_shows_what_follows(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "CL-02")
    outcome = {"verdict": "accept", "out_category": "4", "out_grade": "2", "out_new_number": "11010519800101002442"}
    seen = post(browser, f"/cases/{case}/preview", "/me", step=0, **outcome).get_data(as_text=True)
    assert "已受理" in seen
    assert "护理补贴" in seen
    status, page = decide(browser, case, **outcome)
    assert (status, "已受理" in page) == (303, True)
    assert review.unshown(county.hub, case).history[-1].result["grade"] == "2"


def test_grade_three_offers_no_nursing_subsidy(county: Sample) -> None:
    case = first(county, "CL-02")
    seen = post(
        county.browser("reviewer"),
        f"/cases/{case}/preview",
        "/me",
        verdict="accept",
        out_category="4",
        out_grade="3",
        out_new_number="11010519800101002443",
    ).get_data(as_text=True)
    assert "已受理" in seen
    assert "接下来还可以办" not in seen


def test_a_faulty_outcome_is_said_beside_its_field(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "CL-02")
    status, page = decide(browser, case, verdict="accept", out_category="4", out_grade="2", out_new_number="123")
    assert status == 422
    assert "还差" in page


def test_after_acceptance_the_case_is_finished(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "CL-02")
    outcome = {"out_category": "4", "out_grade": "2", "out_new_number": "11010519800101002442"}
    decide(browser, case, verdict="accept", **outcome)
    assert 'value="11010519800101002442"' in text(browser, f"/cases/{case}")
    status, page = decide(browser, case, verdict="finish", **outcome)
    assert (status, "已办结" in page) == (303, True)


def test_two_reviewers_do_not_decide_the_same_case(county: Sample) -> None:
    case = first(county, "MZ-01")
    one, other = county.browser("reviewer"), county.browser("reviewer")
    assert decide(one, case, verdict="accept")[0] == 303
    late = post(
        other, f"/cases/{case}/send", f"/cases/{case}", step=0, verdict="return", ask_name="on", why_name="看不清"
    )
    assert late.status_code == 303
    assert "只算一次" in text(other, late.headers["Location"])
    assert len(review.unshown(county.hub, case).history) == 1


def test_going_back_keeps_what_was_typed(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    page = post(
        browser,
        f"/cases/{case}/decide",
        f"/cases/{case}",
        step=0,
        verdict="return",
        ask_name="on",
        why_name="看不清",
        back="1",
    ).get_data(as_text=True)
    assert 'value="看不清"' in page


def test_an_amendment_comes_back_to_the_waiting_list(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    decide(browser, case, verdict="return", ask_mobile="on", why_mobile="打不通")
    row = cases.by_id(county.hub.store.read(), case)
    assert row is not None
    county.lodge(row.device, "MZ-01", NOW, 1, ref=row.name, step=1, mobile="13900000000")
    page = text(browser, f"/cases/{case}")
    assert "补过" in page
    assert "居民补来了 1 处" in page
    assert "已经退补过一次" in page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_was_typed_runs(county: Sample, payload: str) -> None:
    device = next(iter(county.devices.values()))
    case = county.lodge(
        device, "MZ-01", datetime(2026, 11, 24, 1, tzinfo=NOW.tzinfo), home=["370399001201", payload[:40]]
    )
    browser = county.browser("reviewer")
    shown = post(browser, f"/cases/{case}/reveal", f"/cases/{case}", field="home", reason=payload).get_data(
        as_text=True
    )
    typed = post(
        browser,
        f"/cases/{case}/decide",
        f"/cases/{case}",
        step=0,
        verdict="reject",
        why_not=payload,
        basis=payload,
        objection=payload,
    ).get_data(as_text=True)
    seen = post(
        browser, f"/cases/{case}/preview", "/me", step=0, verdict="return", ask_name="on", why_name=payload
    ).get_data(as_text=True)
    audited = county.browser("auditor").get("/audit").get_data(as_text=True)
    for page in (shown, typed, seen, audited):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg/onload" not in page
        assert ">1337<" not in page


def test_no_address_and_no_log_line_names_a_person(county: Sample, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    places = [browser.get("/cases").request.path]
    post(browser, "/cases/find", words="张三")
    post(browser, f"/cases/{case}/reveal", f"/cases/{case}", field="id_number", reason="核对")
    sent = post(
        browser, f"/cases/{case}/send", f"/cases/{case}", step=0, verdict="return", ask_name="on", why_name="看不清"
    )
    places.append(unquote(sent.location or ""))
    said = " ".join([*places, *(record.getMessage() for record in caplog.records)])
    for secret in (ID_NUMBER, CARD, "张三", "13800000000"):
        assert secret not in said


def test_the_token_of_a_page_is_on_every_form(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    page = text(browser, f"/cases/{case}")
    assert page.count('method="post"') == page.count('name="csrf"')
    assert form_token(browser, f"/cases/{case}") in page
