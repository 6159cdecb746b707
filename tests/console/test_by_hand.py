"""What was written row by row and signed on the glass, as a reviewer sees it."""

from datetime import timedelta

from tests.console.deciding import text
from tests.console.sample import Sample, post

STROKE = '<polyline points="70,50 200,48"'


def test_a_family_is_shown_row_by_row_masked_with_what_was_computed(county: Sample) -> None:
    device = next(iter(county.devices.values()))
    case = county.lodge(device, "MZ-02", county.clock.now() - timedelta(hours=2))
    browser = county.browser("reviewer")

    page = text(browser, f"/cases/{case}")

    assert "1. 贺* · 110105********0011 · 申请人自己 · 能干一点 · 600.00 元 · 已经签名" in page
    assert "3. 贺* · " in page
    assert "贺老栓" not in page
    assert STROKE not in page
    assert "250.00 元（全家一个月 750.00 元，3 人平分）" in page

    shown = post(browser, f"/cases/{case}/reveal", f"/cases/{case}", field="family", reason="核对签名").get_data(
        as_text=True)

    assert "1. 贺老栓 · 110105 19600303 0011" in shown
    assert shown.count('<svg class="ink"') == 1, "one of the two adults signed on the glass, the other on paper"
    assert STROKE in shown
    assert STROKE not in text(browser, f"/cases/{case}")



def test_a_signature_alone_is_seen_only_with_a_reason(county: Sample) -> None:
    device = next(iter(county.devices.values()))
    case = county.lodge(device, "MZ-03", county.clock.now() - timedelta(hours=2))
    browser = county.browser("reviewer")
    page = text(browser, f"/cases/{case}")
    assert "已经签名" in page
    assert '<svg class="ink"' not in page
    shown = post(browser, f"/cases/{case}/reveal", f"/cases/{case}", field="signature", reason="核对签名")
    assert '<svg class="ink"' in shown.get_data(as_text=True)
    paper = county.lodge(device, "MZ-03", county.clock.now() - timedelta(hours=1), signature="paper")
    page = text(browser, f"/cases/{paper}")
    assert "在纸上签" in page
    assert 'value="signature"' not in page, "there is nothing to show"
