"""What IT and audit do: sites, tickets, items, accounts, tokens, the chain."""

import io
from importlib.resources import files

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edge.domain.catalogue import item_from_bytes, item_to_bytes, shipped_catalogue
from edge.records import audit
from sync.hub import publish, registry, sessions
from sync.protocol.enrolment import read_ticket
from tests.console.sample import SECRET, Sample, form_token, post

SHIPPED = shipped_catalogue().item("MZ-01").version
NEXT = {f"version: {SHIPPED}\n": f"version: {SHIPPED + 1}\n"}


def item_file(**changes: str) -> bytes:
    """Return the shipped file of an item with some lines replaced."""
    text = (files("edge") / "catalogue" / "items" / "MZ-01.yaml").read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def upload(county: Sample, content: bytes, name: str = "MZ-01.yaml") -> tuple[FlaskClient, TestResponse]:
    """Check a file as IT would."""
    browser = county.browser("it")
    answer = browser.post(
        "/catalogue/check",
        data={"csrf": form_token(browser, "/catalogue"), "files": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )
    return browser, answer


def test_trouble_stands_first_and_old_figures_carry_their_time(county: Sample) -> None:
    page = county.browser("it").get("/sites").get_data(as_text=True)
    table = page.partition("<tbody>")[2]
    assert table.index("北山镇") < table.index("柳河镇") < table.index("农商行城西")
    assert "11-22 08:20 时" in table
    assert "两台机器用着同一个身份" in page


def test_a_day_without_devices_says_how_to_begin(empty_county: Sample) -> None:
    assert "先建站点" in empty_county.browser("it").get("/sites").get_data(as_text=True)


def test_every_device_has_its_page(county: Sample) -> None:
    browser = county.browser("auditor")
    for device in county.devices.values():
        assert browser.get(f"/devices/{device.hex()}").status_code == 200
    assert browser.get("/devices/00").status_code == 404


def test_an_alarm_is_closed_with_a_word(county: Sample) -> None:
    browser = county.browser("it")
    alarm = registry.open_alarms(county.hub)[0]
    post(browser, f"/alarms/{alarm.id}/close", words="")
    assert len(registry.open_alarms(county.hub)) == 1
    post(browser, f"/alarms/{alarm.id}/close", words="拆掉了复制的硬盘")
    assert registry.open_alarms(county.hub) == []


def test_a_ticket_is_shown_once_with_qr_and_as_a_file(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    page = post(browser, "/sites/new", name="柳河镇便民服务中心").get_data(as_text=True)
    text = page.partition('name="ticket" value="')[2].partition('"')[0]
    ticket = read_ticket(text)
    assert "<svg" in page
    assert "style=" not in page
    saved = post(browser, "/sites/ticket-file", ticket=text)
    assert saved.get_data(as_text=True).strip() == text
    assert ticket.secret not in saved.headers["Content-Disposition"]
    assert [site.name for site in registry.sites(empty_county.hub)] == ["柳河镇便民服务中心"]
    assert text not in browser.get("/sites/new").get_data(as_text=True)


@pytest.mark.parametrize("text", ["", "<script>", "A" * 33, "../../etc/passwd"])
def test_only_a_ticket_comes_back_as_a_file(empty_county: Sample, text: str) -> None:
    assert post(empty_county.browser("it"), "/sites/ticket-file", ticket=text).status_code == 422


def test_a_site_needs_a_name(empty_county: Sample) -> None:
    assert post(empty_county.browser("it"), "/sites/new", name=" ").status_code == 422


def test_a_new_version_is_checked_compared_and_published(county: Sample) -> None:
    changed = item_file(**NEXT).replace(b"minutes: ", b"minutes: 1")
    browser, answer = upload(county, changed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200, page
    assert f"第 {SHIPPED} 版 → 第 {SHIPPED + 1} 版" in page
    assert "填完要几分钟" in page
    done = post(browser, "/catalogue/publish", "/catalogue").get_data(as_text=True)
    assert f"MZ-01 v{SHIPPED + 1}" in done
    assert county.hub.catalogue().items["MZ-01"].version == SHIPPED + 1
    assert f"第 {SHIPPED} 版 → 第 {SHIPPED + 1} 版" in browser.get("/catalogue/MZ-01").get_data(as_text=True)
    assert post(browser, "/catalogue/publish", "/catalogue").status_code == 409


def test_every_fault_of_a_file_is_named(county: Sample) -> None:
    faulty = item_file(**{"department: mz": "department: nowhere"}).replace(b"kind: id_number", b"kind: id_numbr")
    _, answer = upload(county, faulty, "../<b>bad</b>.yaml")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "没有发布" in page
    assert "<b>bad</b>" not in page
    assert ".." not in page.partition("<tbody>")[2].partition("</td>")[0]


def test_the_same_version_with_other_content_cannot_be_published(county: Sample) -> None:
    browser, answer = upload(county, item_file().replace(b"minutes: ", b"minutes: 1"))
    assert "把文件里的 version 加 1" in answer.get_data(as_text=True)
    assert post(browser, "/catalogue/publish", "/catalogue").status_code == 409


def test_what_one_browser_checked_another_cannot_publish(county: Sample) -> None:
    upload(county, item_file(**NEXT))
    assert post(county.browser("it"), "/catalogue/publish", "/catalogue").status_code == 409


def test_a_difference_names_question_and_words(county: Sample) -> None:
    item = county.hub.catalogue().items["MZ-01"]
    changed = (
        item_to_bytes(item)
        .replace(item.fields[1].question.zh.encode(), "老人叫什么？".encode())
        .replace(f'"version":{SHIPPED}'.encode(), f'"version":{SHIPPED + 1}'.encode())
    )
    publish.publish_items(county.hub, [item_from_bytes(changed)], "test")
    page = county.browser("auditor").get("/catalogue/MZ-01").get_data(as_text=True)
    assert "<ins>老人叫什么？</ins>" in page
    assert f"<del>{item.fields[1].question.zh}</del>" in page


def test_it_adds_disables_and_resets_with_a_reason(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    page = post(browser, "/accounts", name="mz07", display="经办 09", role="reviewer", department="mz").get_data(
        as_text=True
    )
    secret = page.partition('class="code">')[2].partition("<")[0]
    fresh = empty_county.browser()
    assert post(fresh, "/login", name="mz07", secret=secret).status_code == 303
    listed = browser.get("/accounts").get_data(as_text=True)
    account = listed.partition("经办 09")[2].partition('href="/accounts/')[2].partition("/")[0]
    assert post(browser, f"/accounts/{account}/disable", reason="").status_code == 422
    assert "已停用" in post(browser, f"/accounts/{account}/disable", reason="调走了").get_data(as_text=True)
    assert fresh.get("/me").location == "/login"
    assert "已启用" in post(browser, f"/accounts/{account}/enable", reason="回来了").get_data(as_text=True)
    assert "密码重置好了" in post(browser, f"/accounts/{account}/reset", reason="忘了密码").get_data(as_text=True)
    assert browser.get(f"/accounts/{account}/promote").status_code == 404


def test_faults_of_a_new_account_keep_what_was_typed(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    answer = post(browser, "/accounts", name="大写", display="经办 09", role="reviewer")
    assert answer.status_code == 422
    assert 'value="经办 09"' in answer.get_data(as_text=True)
    assert post(browser, "/accounts", name="it", display="又一个", role="it").status_code == 409


def test_a_token_works_until_it_is_revoked(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    page = post(browser, "/tokens", name="一网通办对接").get_data(as_text=True)
    secret = page.partition('class="code-block"><b>')[2].partition("<")[0]
    token = sessions.check_token(empty_county.hub, secret)
    assert secret not in browser.get("/tokens").get_data(as_text=True)
    assert post(browser, f"/tokens/{token.id}/revoke", reason="").status_code == 422
    assert "已作废" in post(browser, f"/tokens/{token.id}/revoke", reason="换了").get_data(as_text=True)
    assert browser.get(f"/tokens/{token.id}/revoke").status_code == 404


def test_the_chain_is_whole_and_a_changed_line_is_named(county: Sample) -> None:
    auditor = county.browser("auditor")
    assert "整条链核对过" in auditor.get("/audit").get_data(as_text=True)
    with county.hub.store.write() as db:
        db.execute("UPDATE audit SET actor = 'nobody' WHERE number = 5")
    assert "第 5 行接不上" in auditor.get("/audit").get_data(as_text=True)


def test_the_audit_can_be_narrowed(county: Sample) -> None:
    county.browser("it")
    page = county.browser("auditor").get("/audit?act=login&actor=account:it").get_data(as_text=True)
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert rows.count("<tr") == 1
    assert "技术 01" in rows
    nothing = county.browser("auditor").get("/audit?act=nothing").get_data(as_text=True)
    assert "没有这样的记录" in nothing


@pytest.mark.parametrize("typed", ["²", "٢x", "9" * 5000, ""])
def test_a_page_number_of_the_audit_that_is_none_shows_the_newest_lines(empty_county: Sample, typed: str) -> None:
    shown = empty_county.browser("auditor").get("/audit", query_string={"before": typed})
    assert shown.status_code == 200
    assert "登录" in shown.get_data(as_text=True).partition("<tbody>")[2]


def test_secrets_never_stand_in_the_audit(empty_county: Sample) -> None:
    browser = empty_county.browser("it")
    page = post(browser, "/sites/new", name="青杨镇").get_data(as_text=True)
    ticket = read_ticket(page.partition('name="ticket" value="')[2].partition('"')[0])
    token = (
        post(browser, "/tokens", name="x")
        .get_data(as_text=True)
        .partition('class="code-block"><b>')[2]
        .partition("<")[0]
    )
    told = "".join(str(line) for line, _ in audit.lines(empty_county.hub.store.read()))
    for secret in (SECRET, token, ticket.secret):
        assert secret not in told


def test_a_period_that_cannot_be_is_no_proof_of_anything(county: Sample) -> None:
    page = county.browser("it").get("/proof?from=2026-12-31&to=2026-01-01")

    assert page.status_code == 422 and "开始不能晚于结束" in page.get_data(as_text=True)
    assert not [word for word in ("没有丢一件。", "打印用的一页") if word in page.get_data(as_text=True)]
    assert "没有丢一件。" in county.browser("it").get("/proof").get_data(as_text=True)
