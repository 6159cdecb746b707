"""Erasing on the case's page: a reason and a tick, and what is left of a person is gone."""

from collections.abc import Callable

import pytest

from edge.ground.problem import REASON_NAMES, Problem
from edge.records import audit
from sync.hub import accounts, aside, materials, registry, revoke, sessions, standing_still
from sync.hub.erase import erase
from sync.hub.hub import Hub
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


@pytest.mark.parametrize("reason", [
    "张三要求", "张 三 110105194401010025 要求", "１１０１０５１９４４０１０１００２５", "打 138-0000-0000 问过了",
])  # fmt: skip
def test_what_the_audit_keeps_for_good_names_nobody(county: Sample, reason: str) -> None:
    browser, case = county.browser("reviewer"), county.case_ids("MZ-01")[0]
    page, before = f"/cases/{case}/erase", cases.by_id(county.hub.store.read(), case)

    refused = post(browser, page, page, reason=reason, sure="yes")
    looked = post(browser, f"/cases/{case}/reveal", page, field="id_number", reason=reason)

    assert (refused.status_code, "号码或者姓名" in refused.get_data(as_text=True)) == (422, True)
    assert (looked.status_code, "号码或者姓名" in looked.get_data(as_text=True)) == (422, True)
    assert f'value="{reason}"' in refused.get_data(as_text=True), "what is to be shortened is gone"
    assert cases.by_id(county.hub.store.read(), case) == before
    assert not [line for line, _ in audit.lines(county.hub.store.read()) if reason in str(line.facts)]


EVERY_ACT: dict[str, Callable[[Hub, str, str], object]] = {
    "erase": lambda hub, case, why: erase(hub, case, "test", why),
    "give up": lambda hub, case, why: materials.give_up(hub, case, "test", why),
    "strike off": lambda hub, case, why: revoke.revoke(hub, _device(hub), "test", why),
    "release": lambda hub, case, why: aside.release(hub, _device(hub), "test", why),
    "refuse": lambda hub, case, why: aside.refuse(hub, _device(hub), "test", why),
    "let outside": lambda hub, case, why: standing_still.release(hub, "test", why),
    "disable": lambda hub, case, why: accounts.set_state(hub, "test", accounts.everyone(hub)[0].id, "disabled", why),
    "reset": lambda hub, case, why: accounts.reset(hub, "test", accounts.everyone(hub)[0].id, why),
    "end a token": lambda hub, case, why: sessions.revoke_token(
        hub, "test", sessions.make_token(hub, "test", "x")[0].id, why),
}  # fmt: skip


@pytest.mark.parametrize("act", EVERY_ACT)
def test_no_act_with_a_reason_takes_a_number_of_a_person(county: Sample, act: str) -> None:
    with pytest.raises(Problem) as refused:
        EVERY_ACT[act](county.hub, county.case_ids("MZ-01")[0], "370303194902021239 要求")

    assert refused.value.kind is REASON_NAMES


def _device(hub: Hub) -> bytes:
    return bytes.fromhex(registry.machines(hub)[0].device)
