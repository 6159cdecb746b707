"""What was written in the form before is offered to the same person, and to nobody else."""

from edge.domain.catalogue import shipped_catalogue
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

EXAMPLE = shipped_catalogue().item("RS-01").example
TAIL = str(EXAMPLE["id_number"])[-4:]


def handed_in(citizen: Citizen) -> Citizen:
    """Hand a form in and begin the next one."""
    citizen.hand_in("RS-01")
    return citizen.send("/another").begin("YB-02")


def test_the_same_person_writes_name_number_and_mobile_once(citizen: Citizen) -> None:
    handed_in(citizen)
    assert citizen.title == "还是刚才那位吗？写身份证最后 4 位"
    assert str(EXAMPLE["name"]) not in citizen.page and str(EXAMPLE["id_number"]) not in citizen.page

    citizen.send("/again", tail=TAIL.lower(), go="next")

    assert citizen.at.startswith("/fill/")
    assert not citizen.at.endswith(("/name", "/id_number"))
    assert f'value="{EXAMPLE["name"]}"' in citizen.go("/fill/name").page


def test_somebody_else_sees_nothing_and_begins_with_nothing(kiosk: Kiosk, citizen: Citizen) -> None:
    handed_in(citizen)
    for _ in range(2):
        citizen.send("/again", tail="0000", go="next")
        assert "和刚才的不一样" in citizen.page
    citizen.send("/again", tail="0000", go="next")
    assert citizen.at.endswith("/fill/name")
    assert str(EXAMPLE["name"]) not in citizen.page
    citizen.send("/again", tail=TAIL, go="next")
    assert citizen.at.endswith("/fill/name"), "three tries, and it is forgotten"

    handed_in(other := kiosk.citizen())
    assert other.send("/again", go="fresh").at.endswith("/fill/name")
    assert other.begin("RS-01").at.endswith("/fill/name"), "who said no once is not asked again"


def test_nothing_is_offered_after_the_end_or_for_another_person(citizen: Citizen) -> None:
    citizen.hand_in("RS-01")
    assert citizen.send("/leave").begin("YB-02").at.endswith("/fill/name")

    citizen.hand_in("RS-01")
    assert citizen.send("/another").begin("MZ-01", who="family").at.startswith("/fill/")
