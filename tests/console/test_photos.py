"""Photos on the console: shown to whoever decides, waited for in words, lost ones said so; every look is audited."""

from datetime import UTC, datetime

import pytest

from edge.records import audit
from sync.hub import accounts, review
from sync.hub.tables import cases
from tests.console.sample import SECRET, Sample, post
from tests.fakes.photos import page, read, written

PHOTOS = [("id", written(page(400, 260))), ("hukou", written(page(400, 300, seed=2))),
          ("hukou", written(page(400, 300, seed=3)))]
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def lodged(county: Sample, arrived: int = 99) -> str:
    """Return a case of MZ-01 with three photos, of which so many have come."""
    device = next(iter(county.devices.values()))
    return county.lodge(device, "MZ-01", AT, photos=PHOTOS, arrived=arrived, material_hukou="brought")


def acts(county: Sample, case: str) -> list[str]:
    return [line.act for line, _ in audit.lines(county.hub.store.read()) if line.subject == case]


def pictures(county: Sample, case: str) -> list[str]:
    return [f"/cases/{case}/pictures/{one.blob.hex()}" for one in review.unshown(county.hub, case).materials]


def row(county: Sample, case: str) -> cases.Case:
    found = cases.by_id(county.hub.store.read(), case)
    assert found is not None
    return found


def test_each_page_is_shown_as_a_picture_and_each_look_is_audited(county: Sample) -> None:
    case, reviewer = lodged(county), county.browser("reviewer")
    shown = reviewer.get(f"/cases/{case}").get_data(as_text=True)
    links = pictures(county, case)
    assert len(links) == 3 and all(link in shown for link in links)
    assert "照片到齐才能受理" not in shown

    answers = [reviewer.get(link) for link in links]

    assert [one.data for one in answers] == [content for _, content in PHOTOS]
    for one in answers:
        assert one.content_type == "image/jpeg" and read(one.data).width == 400
        assert one.headers["Cache-Control"] == "no-store"
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in one.headers["Content-Security-Policy"]
    assert acts(county, case).count("read-material") == 3


def test_nobody_but_a_reviewer_of_the_department_sees_a_picture(county: Sample) -> None:
    case = lodged(county)
    link = pictures(county, case)[0]

    for name in ("it", "auditor"):
        assert county.browser(name).get(link).status_code == 403
        assert county.browser(name).get(f"/cases/{case}/photos/1").status_code == 403
    assert county.browser().get(link).status_code == 303
    assert "read-material" not in acts(county, case)


def test_a_reviewer_of_another_department_sees_no_picture(county: Sample) -> None:
    case = lodged(county)
    accounts.add_account(county.hub, "test", "cl07", "残联 07", "reviewer", "cl", SECRET, must_change=False)
    stranger = county.browser("cl07")

    assert stranger.get(pictures(county, case)[0]).status_code == 404
    assert stranger.get(f"/cases/{case}/photos/1").status_code == 404
    assert "read-material" not in acts(county, case)


def test_a_picture_of_another_case_or_of_none_is_not_found(county: Sample) -> None:
    case, other = lodged(county), lodged(county)
    reviewer = county.browser("reviewer")

    foreign = pictures(county, other)[0].rpartition("/")[2]
    for blob in (foreign, "0" * 64, "nothing", "%2e%2e"):
        assert reviewer.get(f"/cases/{case}/pictures/{blob}").status_code == 404
    assert reviewer.get(f"/cases/{case}/photos/4").status_code == 404


def test_what_only_calls_itself_a_picture_is_not_run(county: Sample) -> None:
    device = next(iter(county.devices.values()))
    case = county.lodge(device, "MZ-01", AT, photos=[("id", b"<script>alert(1)</script>")])

    answer = county.browser("reviewer").get(pictures(county, case)[0])

    assert answer.content_type == "image/jpeg" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'; sandbox" in answer.headers["Content-Security-Policy"]


def test_while_photos_are_on_their_way_a_case_cannot_be_accepted_and_says_why(county: Sample) -> None:
    case, reviewer = lodged(county, arrived=1), county.browser("reviewer")
    shown = reviewer.get(f"/cases/{case}").get_data(as_text=True)
    assert "还差 2 张照片，线路上" in shown and "照片到齐才能受理" in shown
    assert 'id="to-accept" name="verdict" value="accept" disabled' in shown
    assert "等照片 2" in reviewer.get("/cases").get_data(as_text=True)
    assert reviewer.get(pictures(county, case)[2]).status_code == 409

    refused = post(reviewer, f"/cases/{case}/decide", f"/cases/{case}", verdict="accept", step="0")

    assert refused.status_code == 422 and "照片到齐才能受理。现在可以退补" in refused.get_data(as_text=True)
    assert row(county, case).state == "held"


def test_a_case_can_be_returned_while_photos_are_on_their_way(county: Sample) -> None:
    case, reviewer = lodged(county, arrived=1), county.browser("reviewer")
    asked = {"verdict": "return", "step": "0", "ask_material_hukou": "on", "why_material_hukou": "照片看不清。"}

    assert post(reviewer, f"/cases/{case}/decide", f"/cases/{case}", **asked).status_code == 200
    assert post(reviewer, f"/cases/{case}/send", f"/cases/{case}", **asked).status_code == 303

    assert row(county, case).state == "needs_correction"


def test_a_case_whose_list_of_photos_is_on_its_way_waits_too(county: Sample) -> None:
    case = lodged(county, arrived=-1)

    assert "张照片，线路上" in county.browser("reviewer").get(f"/cases/{case}").get_data(as_text=True)


def test_the_last_photo_makes_the_case_ready_by_itself(county: Sample) -> None:
    case, reviewer = lodged(county, arrived=1), county.browser("reviewer")
    assert 'value="accept" disabled' in reviewer.get(f"/cases/{case}").get_data(as_text=True)

    county.bring(county.brought)

    shown = reviewer.get(f"/cases/{case}").get_data(as_text=True)
    assert 'value="accept"' in shown and 'value="accept" disabled' not in shown and "线路上" not in shown


def test_what_will_not_come_is_given_up_with_a_reason_and_said_to_be_lost(county: Sample) -> None:
    case, reviewer = lodged(county, arrived=1), county.browser("reviewer")
    assert post(reviewer, f"/cases/{case}/photos/lost", f"/cases/{case}", reason=" ").status_code == 422

    gone = post(reviewer, f"/cases/{case}/photos/lost", f"/cases/{case}", reason="机器进了水，修不好")

    assert gone.status_code == 303
    shown = reviewer.get(gone.headers["Location"]).get_data(as_text=True)
    assert "丢了 2 张照片" in shown and "退补时请居民再拍一次" in shown
    assert 'value="accept" disabled' not in shown
    assert "give-up-materials" in acts(county, case)
    assert reviewer.get(pictures(county, case)[2]).status_code == 410


@pytest.mark.parametrize("turn", ["", "?turn=1", "?turn=7&near", "?turn=-1", "?turn=x"])
def test_a_photo_is_shown_large_turned_and_with_its_neighbours(county: Sample, turn: str) -> None:
    case = lodged(county)

    shown = county.browser("reviewer").get(f"/cases/{case}/photos/2{turn}").get_data(as_text=True)

    assert f"/cases/{case}/photos/1" in shown and f"/cases/{case}/photos/3" in shown
    wanted = {"": 0, "?turn=1": 1, "?turn=7&near": 3, "?turn=-1": 3, "?turn=x": 0}[turn]
    assert f'class="sheet turn-{wanted}{" near" if "near" in turn else ""}"' in shown


def test_an_unclear_photo_is_asked_for_by_one_press(county: Sample) -> None:
    shown = county.browser("reviewer").get(f"/cases/{lodged(county)}").get_data(as_text=True)

    row_of_hukou = shown.partition('name="ask_material_hukou"')[2].partition('class="ask"')[0]
    assert 'data-why="照片看不清，请再拍一次。"' in row_of_hukou and 'list="photo-reasons"' in row_of_hukou
    assert "缺页，请把每一页都拍上。" in shown
    assert "data-why" not in shown.partition('name="ask_mobile"')[2].partition('class="ask"')[0]
