"""Erasing on the case's page: a reason and a tick, and what is left of a person is gone."""

from edge.records import audit
from sync.hub import accounts
from sync.hub.tables import cases
from tests.console.sample import Sample, post


def test_a_case_is_erased_with_a_reason_and_a_tick_and_nothing_of_its_person_is_left(county: Sample) -> None:
    browser, case = county.browser("reviewer"), county.case_ids("MZ-01")[0]
    page = f"/cases/{case}/erase"
    before = cases.by_id(county.hub.store.read(), case)
    assert before is not None and before.masked_name
    assert page in browser.get(f"/cases/{case}").get_data(as_text=True)

    assert post(browser, page, page, reason="本人要求").status_code == 422
    assert post(browser, page, page, reason=" ", sure="yes").status_code == 422
    assert cases.by_id(county.hub.store.read(), case) == before
    done = post(browser, page, page, reason="本人要求", sure="yes")

    shown = browser.get(done.location or "").get_data(as_text=True)
    assert (done.status_code, "已依法删除" in shown, "这份材料打不开" in shown) == (303, True, False)
    assert before.masked_name not in shown and page not in shown
    line = [line for line, _ in audit.lines(county.hub.store.read()) if line.act == "erase"][-1]
    assert (line.subject, line.facts["why"], line.actor) == (case, "本人要求", "account:reviewer")
    assert browser.get(page).status_code == 409


def test_a_reviewer_erases_nothing_of_another_department(county: Sample) -> None:
    accounts.add_account(county.hub, "test", "mz", "民政 01", "reviewer", "mz", "correct horse 7", must_change=False)
    other = f"/cases/{county.case_ids('RS-01')[0]}/erase"

    assert post(county.browser("mz"), other, "/me", reason="本人要求", sure="yes").status_code == 404
