"""The work list and the case: deadlines, masks, audited looks; nothing of a person where it does not belong."""

import logging
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest

from edge.records import audit
from sync.hub import review
from sync.hub.tables import cases
from tests.console.deciding import first, text
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


def reads(county: Sample) -> list[str]:
    """Return why cases were read, from the audit."""
    return [str(line.facts["why"]) for line, _ in audit.lines(county.hub.store.read()) if line.act == "read-case"]


def test_the_nearest_deadline_stands_on_top(county: Sample) -> None:
    page = text(county.browser("reviewer"), "/cases")
    order = [page.index(words) for words in ("今天 24:00", "11-25", "11-26", "11-27", "11-30", "12-01")]
    assert order == sorted(order)


def test_whoever_waits_for_a_call_stands_first_and_there_too_the_nearest_deadline(county: Sample) -> None:
    device, browser, lost_card = next(iter(county.devices.values())), county.browser("reviewer"), "RS-04"
    nearest, later, sooner = first(county, "MZ-01"), *(
        county.lodge(device, lost_card, NOW - timedelta(days=days)) for days in (0, 1))

    page, beside = text(browser, "/cases"), text(browser, f"/cases/{sooner}")
    order = [page.index(f"/cases/{case}") for case in (sooner, later, nearest)]
    assert order == sorted(order)
    assert f"/cases/{later}" in beside

    review.verdict(county.hub, sooner, "test", review.Verdict("reject", "已经打过电话"))
    page = text(browser, "/cases?state=all")
    assert page.index(f"/cases/{later}") < page.index(f"/cases/{nearest}") < page.index(f"/cases/{sooner}")


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


@pytest.mark.parametrize("field", ["", "张三 110105194401010025", "id_number x"])
def test_what_is_no_field_of_the_form_does_not_get_into_the_audit(county: Sample, field: str) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    refused = post(browser, f"/cases/{case}/reveal", field=field, reason="核对银行户名")
    assert refused.status_code == 400
    assert reads(county) == []


def test_every_look_is_audited_and_a_preview_is_none(county: Sample) -> None:
    browser, case = county.browser("reviewer"), first(county, "MZ-01")
    text(browser, f"/cases/{case}")
    before = len(reads(county))
    seen = post(browser, f"/cases/{case}/preview", "/me", verdict="return", ask_name="on", why_name="看不清")
    assert "11月24日 · 县民政局" in seen.get_data(as_text=True)
    assert len(reads(county)) == before == 1


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


def test_a_number_that_no_page_has_is_not_found_and_stays_out_of_the_audit(county: Sample) -> None:
    reviewer, keeper, case = county.browser("reviewer"), county.browser("it"), first(county, "MZ-01")

    assert reviewer.get(f"/cases/{case}/photos/{ID_NUMBER}").status_code == 404
    assert keeper.get(f"/usb/{'9' * 20}/reply").status_code == 404
    assert post(keeper, f"/alarms/{'9' * 20}/close", words="看过了").status_code == 404
    assert reads(county) == []
