"""What a finger does: keys, double touch, the dock."""

import re

import pytest
from playwright.sync_api import expect

from edge.records import lane
from tests.browser.machine import Machine, begin, press
from tests.fakes.one_site import set_line

pytestmark = pytest.mark.browser

TWICE = """async () => {
  const form = document.querySelector("#page");
  form.querySelector("#f-agree").checked = true;
  const send = async () => {
    const answer = await fetch("/check", { method: "POST", body: new URLSearchParams(new FormData(form)) });
    return { url: answer.url, code: (await answer.text()).match(/class="code">([^<]+)/)[1] };
  };
  return Promise.all([send(), send()]);
}"""
ID_NUMBER = "110105194401010025"


def test_the_pad_writes_an_id_number_across_its_three_parts(machine: Machine) -> None:
    begin(machine)

    press(machine, ID_NUMBER)

    values = [machine.page.input_value(f'[name="id_number.{n}"]') for n in (1, 2, 3)]
    assert values == ["110105", "1944 01 01", "0025"]


def test_enter_goes_on(machine: Machine) -> None:
    machine.story.go("/search")
    machine.page.fill("#f-words", "养老")

    machine.page.keyboard.press("Enter")

    expect(machine.page.locator("h1")).to_contain_text("找到")
    expect(machine.page.locator("html")).not_to_have_attribute("data-size", "large")


def test_the_erase_key_goes_back_over_the_parts(machine: Machine) -> None:
    begin(machine)
    press(machine, "1101051")

    for _ in range(2):
        machine.page.locator('.key[data-key="erase"]').tap()

    assert machine.page.input_value('[name="id_number.1"]') == "11010"


def test_a_touched_part_is_the_one_that_is_written(machine: Machine) -> None:
    begin(machine)
    press(machine, ID_NUMBER)
    machine.page.locator('[name="id_number.3"]').tap()
    machine.page.locator('[name="id_number.3"]').press("End")

    machine.page.locator('.key[data-key="erase"]').tap()
    press(machine, "X")

    assert machine.page.input_value('[name="id_number.3"]') == "002X"


def test_the_number_can_be_hidden_from_people_behind(machine: Machine) -> None:
    begin(machine)
    press(machine, ID_NUMBER)

    machine.page.locator("[data-mask]").tap()

    assert machine.page.locator(".segments.masked").count() == 1


def test_a_receipt_code_is_written_in_groups(machine: Machine) -> None:
    machine.story.go("/track")

    press(machine, "K7M4Q2TX9B")

    assert machine.page.input_value("#f-code") == "K7M4 Q2T X9B"


def test_an_error_takes_the_focus_and_leads_to_its_field(machine: Machine) -> None:
    begin(machine)
    press(machine, "110105")
    machine.story.press_go()
    expect(machine.page.locator("#errors")).to_be_focused()

    machine.page.locator("#errors a").tap()

    expect(machine.page.locator('[name="id_number.2"]')).to_be_focused()


def parts(machine: Machine) -> list[str]:
    """Return what stands in the three parts of the ID number."""
    return [machine.page.input_value(f'[name="id_number.{n}"]') for n in (1, 2, 3)]


def test_after_an_error_the_keys_go_on_at_the_end(machine: Machine) -> None:
    begin(machine)
    press(machine, "110105194401010035")
    machine.story.press_go()
    expect(machine.page.locator("#errors")).to_be_focused()

    for _ in range(6):
        machine.page.locator('.key[data-key="erase"]').tap()
    assert parts(machine) == ["110105", "1944 01", ""]
    press(machine, "010025")

    assert parts(machine) == ["110105", "1944 01 01", "0025"]


def test_a_birthday_that_is_none_leads_to_the_middle(machine: Machine) -> None:
    begin(machine)
    press(machine, "110105194413010025")
    machine.story.press_go()

    machine.page.locator("#errors a").tap()
    machine.page.locator('.key[data-key="erase"]').tap()

    assert parts(machine) == ["110105", "1944 13 0", "0025"]


def test_a_full_part_is_not_written_over(machine: Machine) -> None:
    begin(machine)
    press(machine, ID_NUMBER)
    machine.page.locator('[name="id_number.1"]').tap()

    press(machine, "77")

    assert parts(machine) == ["110105", "1944 01 01", "0025"]


def test_one_key_clears_all_parts(machine: Machine) -> None:
    begin(machine)
    press(machine, ID_NUMBER)

    machine.page.locator('.key[data-key="clear"]').tap()
    press(machine, "11")

    assert parts(machine) == ["11", "", ""]


def test_a_receipt_code_ends_after_ten(machine: Machine) -> None:
    machine.story.go("/track")

    press(machine, "K7M4Q2TX9BZZ")

    assert machine.page.input_value("#f-code") == "K7M4 Q2T X9B"


def test_going_back_to_the_check_does_not_hand_in_again(machine: Machine) -> None:
    machine.story.fill_and_hand_in("MZ-01")

    machine.story.go("/check")

    assert machine.page.locator(".code").count() == 1
    assert lane.head(machine.site.store.read()).n == 1


def test_two_touches_at_once_hand_in_once(machine: Machine) -> None:
    machine.story.fill_to_check("RS-01")

    told = machine.page.evaluate(TWICE)

    assert [one["url"] for one in told] == [machine.base + "/receipt"] * 2
    assert told[0]["code"] == told[1]["code"]
    assert lane.head(machine.site.store.read()).n == 1


def test_a_program_that_stopped_is_told_and_waited_for(machine: Machine) -> None:
    begin(machine)
    expect(machine.page.locator('[name="id_number.1"]')).to_be_visible()
    machine.page.route("**/*", lambda route: route.abort("connectionrefused"))

    expect(machine.page.locator("#away")).to_be_visible(timeout=30_000)
    assert "线路" not in machine.page.locator(".lines").inner_text()
    expect(machine.page.locator('[name="id_number.1"]')).to_have_count(0)
    machine.page.unroute("**/*")

    expect(machine.page.locator("h1")).to_have_text("今天来办什么事？")


def test_large_type_keeps_what_was_typed(machine: Machine) -> None:
    begin(machine)
    press(machine, "110105")

    machine.page.locator('.dock button[value="large"]').tap()

    expect(machine.page.locator("html")).to_have_attribute("data-size", "large")
    assert machine.page.input_value('[name="id_number.1"]') == "110105"


def test_help_is_the_first_stop_of_the_tab_key(machine: Machine) -> None:
    machine.story.go("/item/MZ-01")

    machine.page.keyboard.press("Tab")

    assert "help" in (machine.page.evaluate("document.activeElement.getAttribute('href')") or "")


def test_the_line_tells_by_itself_when_it_is_back(machine: Machine) -> None:
    machine.story.go("/")
    expect(machine.page.locator(".line.down")).to_be_visible()

    set_line(machine.site, up=True)

    expect(machine.page.locator(".line.up")).to_be_visible(timeout=8000)


def test_the_pages_break_no_rule_of_their_own_policy(machine: Machine) -> None:
    said: list[str] = []
    machine.page.on("console", lambda message: said.append(message.text))
    machine.story.fill_and_hand_in("MZ-01", looks=False)

    assert [one for one in said if re.search("Content Security Policy|Refused", one)] == []
