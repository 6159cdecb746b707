"""Nobody touches, or somebody touches in another tab: what is asked, kept and cleared."""

import pytest
from playwright.sync_api import expect

from tests.browser.machine import NAME, Machine, begin, press

pytestmark = pytest.mark.browser


def test_the_idle_sheet_asks_and_then_wipes(machine: Machine) -> None:
    machine.page.clock.install()
    begin(machine)
    machine.page.clock.fast_forward(91_000)
    expect(machine.page.locator("dialog#idle")).to_be_visible()
    assert int(machine.page.inner_text("#idle-count")) <= 60

    machine.page.clock.fast_forward(61_000)

    machine.page.wait_for_url(machine.base + "/")
    machine.story.go("/fill/name")
    assert machine.page.url == machine.base + "/"


def test_who_says_i_am_here_keeps_what_was_typed(machine: Machine) -> None:
    machine.page.clock.install()
    begin(machine)
    press(machine, "110105")
    machine.page.clock.fast_forward(91_000)

    machine.page.locator("[data-still]").tap()

    expect(machine.page.locator("dialog#idle")).not_to_be_visible()
    assert machine.page.input_value('[name="id_number.1"]') == "110105"


def test_a_second_tab_shows_nothing_of_a_visit_that_has_ended(machine: Machine) -> None:
    begin(machine)
    second = machine.page.context.new_page()
    second.goto(machine.base + "/fill/name")
    assert second.input_value("#f-name") == NAME

    machine.story.leave()

    second.wait_for_url(machine.base + "/")
    assert NAME not in second.content()


def test_who_is_here_in_one_tab_is_not_cleared_by_another(machine: Machine) -> None:
    machine.page.clock.install()
    begin(machine)
    second = machine.page.context.new_page()
    second.goto(machine.base + "/fill/name")
    machine.page.clock.fast_forward(91_000)
    for one in (machine.page, second):
        expect(one.locator("dialog#idle")).to_be_visible()

    machine.page.locator("[data-still]").tap()

    for one in (machine.page, second):
        expect(one.locator("dialog#idle")).not_to_be_visible()
