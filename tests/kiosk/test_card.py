"""刷身份证: what lies on the reader fills the form of whoever waits for it, and nothing else anywhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from edge.domain.identity import id_check_character
from edge.kiosk import create_kiosk
from edge.machine.card_reader import Card, CardKind, PretendReader, TypingReader
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

NUMBER = "11010519430303001" + id_check_character("11010519430303001")
WANG = Card(CardKind.ID, NUMBER, "王小明")
SHOWN = f'value="{NUMBER[-4:]}"'
OFFERED = "/card/fill/name/begin"


@pytest.fixture
def reader() -> PretendReader:
    """A reader on which a test lays cards."""
    return PretendReader()


@pytest.fixture
def reading(kiosk: Kiosk, reader: PretendReader) -> Kiosk:
    """A kiosk with a card reader."""
    return replace(kiosk, app=create_kiosk(kiosk.site, reader=reader))


def waiting(kiosk: Kiosk) -> Citizen:
    """Return someone who was asked for the name and chose the card."""
    citizen = kiosk.citizen().begin("MZ-01")
    assert OFFERED in citizen.page
    return citizen.send(OFFERED)


def asks_itself(citizen: Citizen) -> tuple[int, str]:
    """Ask as the page does every second; return status and where it leads."""
    answer = citizen.client.post("/card/fill/name", data={"csrf": citizen.csrf}, headers={"HX-Request": "true"})
    return answer.status_code, answer.headers.get("HX-Redirect", "")


def test_a_card_fills_name_and_number_and_the_person_still_goes_on_by_hand(
        reading: Kiosk, reader: PretendReader, tmp_path: Path) -> None:
    citizen = waiting(reading)
    assert asks_itself(citizen) == (204, "")
    reader.cards.append(WANG)

    assert asks_itself(citizen) == (204, "/fill/name")
    assert 'value="王小明"' in citizen.go("/fill/name").page
    citizen.reply("王小明")
    assert citizen.at == "/fill/id_number" and SHOWN in citizen.page
    reading.site.store.close()
    kept = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert NUMBER.encode() not in kept and "王小明".encode() not in kept


def test_the_card_of_whoever_stood_here_before_fills_nothing(reading: Kiosk, reader: PretendReader) -> None:
    reader.cards.append(WANG)

    citizen = waiting(reading).send("/card/fill/name", go="next")

    assert "还没读到" in citizen.page and "王小明" not in citizen.go("/fill/name").page


def test_another_card_a_pulled_out_reader_and_a_long_wait_are_told(reading: Kiosk, reader: PretendReader) -> None:
    citizen = waiting(reading)
    reader.cards.append(replace(WANG, kind=CardKind.BANK))
    assert "这不是身份证" in citizen.send("/card/fill/name", go="next").page
    reader.gone = True
    assert "读卡器没接上" in citizen.send("/card/fill/name", go="next").page
    reader.gone = False
    citizen.send(OFFERED)
    reading.clock.pass_time(seconds=61)
    reader.cards.append(WANG)

    assert asks_itself(citizen) == (204, "/card/fill/name") and "等了一分钟" in citizen.go("/card/fill/name").page


def test_a_card_fills_a_member_of_the_family_and_not_the_one_before(reading: Kiosk, reader: PretendReader) -> None:
    citizen = reading.citizen().fill("MZ-02", family=None)
    citizen.send("/fill/family", go="add")
    assert citizen.at == "/rows/member_name" and "/card/rows/member_name/begin" in citizen.page
    citizen.send("/card/rows/member_name/begin")
    reader.cards.append(WANG)

    citizen.send("/card/rows/member_name", go="next")

    assert citizen.at == "/rows/member_name" and 'value="王小明"' in citizen.page
    assert SHOWN in citizen.reply("王小明").page and citizen.at == "/rows/member_id"
    assert SHOWN not in citizen.go("/fill/id_number").page


def test_a_reader_that_types_hands_the_number_over(kiosk: Kiosk) -> None:
    typing = replace(kiosk, app=create_kiosk(kiosk.site, reader=TypingReader()))

    citizen = waiting(typing).send("/card/fill/name", typed=NUMBER)

    assert citizen.at == "/fill/name" and SHOWN in citizen.reply("王小明").page


def test_only_who_stands_at_the_machine_reads_cards(reading: Kiosk, reader: PretendReader) -> None:
    phone = reading.citizen()
    phone.client.environ_base["REMOTE_ADDR"] = "192.168.1.77"
    phone.begin("MZ-01")
    assert OFFERED not in phone.page
    reader.cards.append(WANG)

    phone.send(OFFERED).send("/card/fill/name", go="next")

    assert reader.cards == [WANG] and "王小明" not in phone.go("/fill/name").page


def test_whoever_comes_for_a_lost_card_is_not_asked_for_it(reading: Kiosk) -> None:
    assert OFFERED in reading.citizen().begin("MZ-01").page
    assert "刷身份证" not in reading.citizen().begin("GA-02").page


def test_without_a_reader_nothing_is_offered(kiosk: Kiosk) -> None:
    assert OFFERED not in kiosk.citizen().begin("MZ-01").page
