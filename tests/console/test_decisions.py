"""Decisions: everything asked for at once, with reasons; seen before it is sent; taken once."""

from flask.testing import FlaskClient

from sync.hub import review
from sync.hub.tables import cases
from tests.console.deciding import first, text
from tests.console.sample import NOW, Sample, post


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
