"""What the console says must be so: of papers nobody saw, of decisions that were not sent, of what is erased."""

import re
from ast import Call, Constant, unparse, walk

import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from sync.console import audit
from sync.console.proof import write_sheet
from sync.hub import proof as proofs
from sync.hub import registry, review
from sync.hub.erase import erase
from sync.hub.proof import LaneProof
from tests.console.sample import NOW, PAGES, Sample, post
from tests.house.tree import modules, parsed


def text(browser: FlaskClient, address: str) -> str:
    """Return a page."""
    return browser.get(address).get_data(as_text=True)


def send(browser: FlaskClient, case: str, **values: object) -> str:
    """Send a decision from a tab that was opened before any other; return the page one gets to."""
    sent = post(browser, f"/cases/{case}/send", f"/cases/{case}", step=0, **values)
    assert sent.status_code == 303
    return text(browser, sent.headers["Location"])


def test_a_paper_that_nobody_saw_is_not_ticked_off(county: Sample) -> None:
    device = next(iter(county.devices.values()))
    unseen = county.lodge(device, "MZ-01", NOW, material_hukou="brought")
    seen = county.lodge(device, "MZ-01", NOW, photos=[("hukou", PAGES[1])], material_hukou="brought")

    bare, pictured = (text(county.browser("reviewer"), f"/cases/{case}") for case in (unseen, seen))

    assert "居民说带了，没有照片" in bare
    papers = re.search(r'<ul class="checks papers">.*?</ul>', pictured, re.DOTALL)
    assert papers and "拍了照片" in papers[0]
    assert "带来了</span>" not in bare + pictured, "that is the citizen's word, not the county's"
    ticked = re.findall(r'chip accepted">.*?</span>', papers[0])
    assert ticked == []


RETURN = {"verdict": "return", "ask_name": "on", "why_name": "看不清"}


@pytest.mark.parametrize("second", [
    {"verdict": "accept"}, {**RETURN, "why_name": "写错了"},
    {"verdict": "reject", "why_not": "不在本县", "basis": "第三条", "objection": "可以复议"},
])  # fmt: skip
def test_a_second_decision_is_told_that_it_was_not_sent_and_which_one_stands(
        county: Sample, second: dict[str, str]) -> None:
    browser, case = county.browser("reviewer"), county.case_ids("MZ-01")[0]
    send(browser, case, **RETURN)

    told = send(county.browser("reviewer"), case, **second)

    assert "没有发出：这一件已经有决定，退补 1 样 · 经办 07 · 今天 14:20" in told
    assert "只算一次" not in told
    assert [one.word for one in review.unshown(county.hub, case).history] == ["needs_correction"]


def test_the_same_decision_once_more_counts_once(county: Sample) -> None:
    browser, case = county.browser("reviewer"), county.case_ids("MZ-01")[0]
    send(browser, case, **RETURN)

    told = send(browser, case, **RETURN)

    assert ("只算一次" in told, "没有发出" in told) == (True, False)


def test_the_page_of_an_erased_case_says_only_what_is_so(county: Sample) -> None:
    case = county.case_ids("MZ-01")[0]
    erase(county.hub, case, "test", "本人要求")

    page = text(county.browser("reviewer"), f"/cases/{case}")

    assert page.count("内容已按规定清除") == 3
    for untrue in ("已答复", "不要纸质材料", "要等居民补来", "答复。", "打不开"):
        assert untrue not in page.replace("内容已按规定清除，不再答复。", ""), untrue


def test_who_waits_for_a_call_is_marked_and_reads_what_has_not_happened(county: Sample) -> None:
    browser, item = county.browser("reviewer"), next(
        one for one in county.hub.catalogue().items.values() if one.live and one.live.phones)
    assert item.live is not None
    phone = next(one for one in county.hub.catalogue().county.phones if one.key == item.live.phones[0])
    assert "居民在等电话" not in text(browser, f"/cases?item={item.code}")
    case = county.lodge(next(iter(county.devices.values())), item.code, NOW)

    page, rows = text(browser, f"/cases/{case}"), text(browser, f"/cases?item={item.code}")

    assert (rows.count("居民在等电话"), "居民在等电话" in page) == (1, True)
    seen = page.partition('id="seen"')[2].partition("</div>\n")[0]
    assert [seen.find(one) > 0 for one in (item.live.warning.zh, phone.number)] == [True] * 2
    assert "县里最晚" not in seen
    assert "您现在不用做什么" not in page


def test_every_act_of_the_audit_has_its_word(county: Sample) -> None:
    acts = [call.args[3] for file in modules("sync/hub") for call in walk(parsed(file))
            if isinstance(call, Call) and unparse(call.func) == "audit.note"]
    noted = {act.value for act in acts if isinstance(act, Constant) and isinstance(act.value, str)}
    assert {"erase", "read-material", "revoke", "backup"} <= noted
    with county.app.test_request_context():
        assert [act for act in sorted(noted) if audit.act_words(act) == act] == []


def test_a_new_place_is_said_to_be_new_and_a_near_name_is_named(county: Sample) -> None:
    browser = county.browser("it")

    slip = post(browser, "/sites/new", "/sites/new", name="柳河镇便民服务中").get_data(as_text=True)
    other = post(browser, "/sites/new", "/sites/new", name="港口").get_data(as_text=True)
    west = post(browser, "/sites/new", "/sites/new", name="西河镇便民服务中心").get_data(as_text=True)
    again = post(browser, "/sites/new", "/sites/new", known="港口").get_data(as_text=True)

    assert "新建了一个站点：柳河镇便民服务中" in slip and "已经有“柳河镇便民服务中心”" in slip
    assert "新建了一个站点：港口" in other and "已经有" not in other
    assert "新建了一个站点：西河镇便民服务中心" in west and "已经有" not in west
    assert "新建了一个站点" not in again
    assert {"港口", "柳河镇便民服务中"} <= {one.name for one in registry.sites(county.hub)}


def test_who_cannot_set_backups_is_not_told_to(county: Sample) -> None:
    assert "在下面写" in text(county.browser("it"), "/backups")
    assert "在下面写" not in text(county.browser("auditor"), "/backups")


def test_the_oldest_version_here_is_not_called_the_first_when_it_is_not(county: Sample) -> None:
    later = next(one for one in county.hub.catalogue().items.values() if one.version > 1)
    page = text(county.browser("it"), f"/catalogue/{later.code}")
    assert f"这里最早发布的就是第 {later.version} 版" in page
    assert "这是第一版" not in page


def test_the_proof_says_why_there_are_fewer_cases_than_pieces(county: Sample) -> None:
    lane = LaneProof("00", "柳河镇", "1 号机", "00", 1, 180, 180, 180, 0, 1, 0, "", "", 0, 0, None, proofs.WHOLE, {},
                     178)
    made = replace(proofs.prove(county.hub, *proofs.period(county.hub, "", "")), lanes=[lane])
    with county.app.test_request_context():
        even = replace(made, lanes=[replace(lane, cases=180)])
        more, none = (write_sheet(county.hub, one, "") for one in (made, even))

    assert "收着的比立的案多 2 件" in more and "请县里查" in more
    assert "不另立案" not in none and "只算一次" not in none


def test_the_proof_says_which_places_hold_what_was_counted_before(county: Sample) -> None:
    lane = LaneProof("00", "柳河镇", "1 号机", "00", 1, 8, 8, 8, 0, 1, 0, "", "", 0, 0, None, proofs.WHOLE, {}, 8, 2)
    anew = replace(lane, lane="01", again=7, cases=1)
    made = replace(proofs.prove(county.hub, *proofs.period(county.hub, "", "")), lanes=[lane, anew])
    with county.app.test_request_context():
        page = write_sheet(county.hub, made, "")

    assert "机器说交了 9 件，县里收着 9 件，立了 9 案" in page
    assert "7 个位置上是前面数过的同样的材料" in page and "不另立案" not in page
