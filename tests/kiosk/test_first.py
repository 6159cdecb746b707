"""The first look: short, skippable at every step, in both languages, and nothing of it is kept."""

import pytest

from edge.domain.spoken import is_fixed, sentences
from edge.kiosk.first import screens
from edge.kiosk.spoken_texts import own_sentences
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

STEPS = range(1, 6)


@pytest.mark.parametrize("step", STEPS)
def test_every_screen_can_be_left(citizen: Citizen, step: int) -> None:
    page = citizen.go(f"/first?step={step}").page

    assert '<a class="button" href="/">' in page or '<a class="button go" href="/">' in page
    assert (f'href="/first?step={step + 1}"' in page) == (step < len(STEPS))


@pytest.mark.parametrize("asked", ["0", "99", "-1", "x"])
def test_a_step_that_there_is_not_shows_one_that_there_is(citizen: Citizen, asked: str) -> None:
    assert citizen.go(f"/first?step={asked}").answer.status_code == 200


def test_the_slip_is_said_to_be_no_acceptance(citizen: Citizen) -> None:
    page = citizen.go("/first?step=4").page
    assert "收件回执" in page and "它不是受理通知书" in page


def test_it_leads_to_practice(citizen: Citizen) -> None:
    assert "练习 · 不会真的交上去" in citizen.go("/first?step=5").send("/practice").page


def test_all_of_it_can_be_read_aloud(kiosk: Kiosk) -> None:
    known = set(own_sentences())
    with kiosk.app.test_request_context("/"):
        kiosk.app.preprocess_request()
        shown = screens()
    words = [text for screen in shown for text in (screen.title, *(one for line in screen.lines for one in line[1:]))]
    assert len(words) == 5 * 7
    assert [one for text in words for one in sentences(text) if is_fixed(one) and one not in known] == []
