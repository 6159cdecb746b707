"""哪里卡住: what machines counted, summed by question; nothing of it is a person's."""

from edge.domain.use import DayUse
from sync.hub import accounts
from sync.hub.tables import use
from tests.console.sample import SECRET, Sample

PAGE = "/catalogue/RS-01/use"
COUNTS = {".begun": 4, ".lodged": 2, ".practised": 9, "name.shown": 4, "name.answered": 3, "name.wrong": 1,
          "name.left": 1, "name.10": 1, "name.60": 2, "@check.shown": 2}


def told(county: Sample, **other: int) -> None:
    """Let two machines tell the same counts for today."""
    version, today = county.hub.catalogue().items["RS-01"].version, county.hub.clock.now().date().isoformat()
    with county.hub.store.write() as db:
        for device in list(county.devices.values())[:2]:
            use.put(db, device, DayUse(bytes(8), today, "RS-01", version, 1, {**COUNTS, **other}))


def test_the_counts_of_all_machines_stand_question_by_question(county: Sample) -> None:
    told(county)

    page = county.browser("it").get(PAGE).get_data(as_text=True)

    assert "开始填 8 次，交了 4 次；练习 18 次，不算在内。" in page
    row = page[page.index("<tbody>"):].partition("</tr>")[0]
    assert [row.count(f">{cell}</td>") for cell in ("8", "75", "不到 60 秒")] == [1, 1, 1]
    assert row.count(">2</td>") == 2   # wrong, left


def test_a_reviewer_sees_the_items_of_their_own_department_only(county: Sample) -> None:
    accounts.add_account(county.hub, "test", "welfare", "民政", "reviewer", "mz", SECRET, must_change=False)
    codes = {item.department: code for code, item in county.hub.catalogue().items.items()}
    of_one, of_all = county.browser("welfare"), county.browser("reviewer")

    assert {key for key, code in codes.items() if of_one.get(f"/catalogue/{code}/use").status_code == 200} == {"mz"}
    assert of_all.get(PAGE).status_code == 200


def test_an_item_that_there_is_not_and_a_period_that_there_is_not(county: Sample) -> None:
    browser = county.browser("auditor")

    assert browser.get("/catalogue/XX-99/use").status_code == 404
    assert "最近 30 天" in browser.get(f"{PAGE}?days=12345&version=77").get_data(as_text=True)
