"""What the county asked for is handed in: a few questions again, or the whole form anew."""

from edge.desk.track import TRIES
from edge.domain.catalogue import shipped_catalogue
from tests.fakes.one_site import verdict
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk, taken


def returned(kiosk: Kiosk, citizen: Citizen, code: str, *, asks: tuple[tuple[str, str], ...] = ()) -> None:
    """Hand in, let the county return it, and begin to put it right."""
    receipt, tail = citizen.hand_in(code)
    verdict(kiosk.site, receipt, tail, "needs_correction", reason="请重新填一遍", asks=asks)
    citizen.look_up(receipt, tail).send("/correct")


def filled_anew(citizen: Citizen, code: str, last: str, value: object) -> Citizen:
    """Answer the questions from the first one on with the item's example, and `last` with `value`."""
    example = shipped_catalogue().item(code).example
    for _ in range(40):
        key = citizen.at.rsplit("/", 1)[1]
        citizen.reply(value if key == last else example.get(key))
        if key == last:
            break
    return citizen


def test_what_was_put_right_is_told_though_the_case_cannot_be_looked_up_in_that_moment(
        kiosk: Kiosk, citizen: Citizen) -> None:
    returned(kiosk, citizen, "MZ-01", asks=(("mobile", "打不通"),))
    citizen.reply("13900000000")
    kiosk.site.wrong_tries.extend([kiosk.clock.passed] * TRIES)   # somebody else has guessed too often meanwhile

    citizen.send("/check", agree="yes")

    assert citizen.title == "补的材料收好了" and taken(kiosk) == 2


def test_a_form_that_is_filled_anew_stops_as_soon_as_it_cannot_be_applied_for(kiosk: Kiosk, citizen: Citizen) -> None:
    returned(kiosk, citizen, "MZ-01")

    filled_anew(citizen, "MZ-01", "id_number", "110105199103110020")

    assert citizen.at == "/fill/stop"


def test_the_rows_of_a_form_that_is_filled_anew_know_what_was_answered_before_them(
        kiosk: Kiosk, citizen: Citizen) -> None:
    returned(kiosk, citizen, "SW-03")
    own = str(shipped_catalogue().item("SW-03").example["id_number"])

    filled_anew(citizen, "SW-03", "family", [{"relation": "spouse", "member_name": "罗成", "member_id": own}])

    assert citizen.go("/rows/member_id").at == "/rows/member_id" and 'id="errors"' in citizen.page
