"""What is asked of the county: a code that is not known here, tries that count, words that are no form."""

import re

from edge.desk.inquire import inquire
from edge.desk.salvage import Salvaged
from edge.desk.site import Progress
from edge.domain.receipt import new_code
from edge.records import facts
from tests.fakes.one_site import seeded, set_line
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk, taken


def test_whoever_waits_for_the_county_loses_no_tries(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, _tail = kiosk.citizen().hand_in("MZ-01")
    citizen.look_up(receipt, "0001").send("/track/tail", tail="", go="inquire")
    assert taken(kiosk) == 2 and "记下了" in citizen.title

    for _ in range(6):
        assert "还没有回音" in citizen.look_up(receipt, "0001").page
    assert "请县里查" not in citizen.page
    assert "还能再试 3 次" in citizen.look_up(receipt, "0002").page


def test_a_machine_whose_notes_were_damaged_says_so_and_leads_to_the_county(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = kiosk.citizen().hand_in("MZ-01")
    with kiosk.site.store.write() as db:
        db.execute("DELETE FROM submissions")
        facts.put(db, "salvaged", Salvaged("damaged/1", kiosk.site.now()))

    citizen.look_up(receipt, tail)
    assert "11月23日坏过" in citizen.page and "没有查到" not in citizen.page
    assert re.search(r"</svg>请县里查</button>", citizen.page)
    citizen.send("/track/tail", tail="", go="inquire")

    assert "记下了" in citizen.title and taken(kiosk) == 2


def test_asking_the_county_first_makes_no_guess_cheaper(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, tail = kiosk.citizen().hand_in("MZ-01")
    citizen.go("/track").send("/track", code=receipt)
    for guess in ("0001", "0002", "0003", "0004", "0005", tail):
        citizen.send("/track/tail", tail=guess, go="inquire")

    assert "试的次数太多了" in citizen.page
    assert taken(kiosk) == 6


def test_the_county_is_asked_about_no_code_that_was_not_looked_for(kiosk: Kiosk, citizen: Citizen) -> None:
    receipt, _tail = kiosk.citizen().hand_in("MZ-01")
    other, _tail = kiosk.citizen().hand_in("MZ-01")
    citizen.look_up(receipt, "0001").send("/track", code=other).send("/track/tail", tail="", go="inquire")

    assert citizen.at == "/track/tail" and taken(kiosk) == 2


def test_a_question_to_the_county_is_no_form_under_way(kiosk: Kiosk) -> None:
    set_line(kiosk.site, up=True)
    kiosk.site.sending.set()
    inquire(kiosk.site, new_code(seeded(3)), "0025")
    kiosk.site.progress = Progress(0, 1)

    page = kiosk.citizen().page
    assert "给县里的话，不是材料" in page and "件" not in page[page.index("正在往县里送"):][:120]

    kiosk.citizen().hand_in("MZ-01")
    assert "送到了 0/1 件" in kiosk.citizen().page
