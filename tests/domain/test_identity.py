"""The numbers of people and businesses: every single wrong character is found, and the words help."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.identity import (
    CREDIT_ALPHABET,
    ID_CHECK,
    age_on,
    anniversary,
    birth_date,
    credit_check_character,
    fault_of_bank_card,
    fault_of_credit_code,
    fault_of_disability_number,
    fault_of_id_number,
    fault_of_mobile,
    id_check_character,
    mask_bank_card,
    mask_credit_code,
    mask_disability_number,
    mask_id_number,
    mask_mobile,
    mask_name,
    sex,
    tidy_number,
)

GOOD_IDS = ["11010519491231002X", "440524188001010014", "110105194401010025"]
"""The first two are the examples of GB 11643 itself."""


def words(fault: object) -> str:
    return getattr(fault, "zh", "")


@pytest.mark.parametrize("number", GOOD_IDS)
def test_a_right_id_number_has_no_fault(number: str) -> None:
    assert fault_of_id_number(number) is None


@pytest.mark.parametrize("number", GOOD_IDS)
def test_any_one_wrong_character_of_an_id_number_is_found(number: str) -> None:
    for place in range(18):
        for other in "0123456789X" if place == 17 else string.digits:
            if other != number[place]:
                assert fault_of_id_number(number[:place] + other + number[place + 1:]) is not None


@given(
    st.dates(date(1900, 1, 1), date(2026, 11, 22)), st.integers(0, 999),
    st.sampled_from(["110105", "370399", "820000"]))
def test_only_the_computed_check_character_passes(born: date, serial: int, region: str) -> None:
    body = f"{region}{born:%Y%m%d}{serial:03d}"
    passing = [one for one in ID_CHECK if fault_of_id_number(body + one) is None]
    assert passing == [id_check_character(body)]
    assert birth_date(body + passing[0]) == born


@pytest.mark.parametrize(("raw", "said"), [
    ("110105194912310", "还差 3 位。身份证号码一共 18 位。"),
    ("11010519491231002X1", "多了 1 位。身份证号码一共 18 位。"),
    ("11010519491231003X", "这 18 位里，有输错的。请拿身份证，一段一段对着看。"),
    ("11010519491331002X", "中间 8 位是生日，没有这一天。"),
    ("11010519490230002X", "中间 8 位是生日，没有这一天。"),
    ("99010519491231002X", "最前面 2 位是省份，没有这个省。请对着身份证改。"),
    ("1101051949123100XX", "身份证号码只有数字，最后一位可能是 X。请对着身份证改。"),
])
def test_an_id_number_says_what_is_wrong_and_what_to_do(raw: str, said: str) -> None:
    assert words(fault_of_id_number(raw)) == said


def test_nobody_is_born_tomorrow() -> None:
    body = "11010520261124001"
    number = body + id_check_character(body)
    assert words(fault_of_id_number(number, date(2026, 11, 23))) == "中间 8 位是生日，这一天还没到。"
    assert fault_of_id_number(number, date(2026, 11, 24)) is None


def test_people_type_as_they_like() -> None:
    assert tidy_number("１１０１０５ 19491231 002x") == "11010519491231002X"
    assert tidy_number("138-0000 0000") == "13800000000"
    assert tidy_number("１３８　００００　００００") == "13800000000"


def test_age_is_reached_on_the_birthday_itself() -> None:
    number = "110105194401010025"
    assert age_on(number, date(2023, 12, 31)) == 79
    assert age_on(number, date(2024, 1, 1)) == 80
    assert age_on("not a number", date(2024, 1, 1)) is None
    assert anniversary(date(2004, 2, 29), 18) == date(2022, 3, 1)
    assert age_on(number, date(1943, 1, 1)) is None


def test_sex_is_the_seventeenth_digit() -> None:
    assert (sex("11010519491231002X"), sex("440524188001010014"), sex("x")) == ("female", "male", None)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "92370399MA0000000H"])
def test_a_right_credit_code_has_no_fault_and_any_wrong_character_is_found(code: str) -> None:
    assert fault_of_credit_code(code) is None
    for place in range(18):
        for other in CREDIT_ALPHABET:
            if other != code[place]:
                assert fault_of_credit_code(code[:place] + other + code[place + 1:]) is not None


def test_letters_that_look_like_digits_are_named() -> None:
    assert "“O”" in words(fault_of_credit_code("91350100MO00100Y43"))
    assert words(fault_of_credit_code("91350100")) == "还差 10 位。统一社会信用代码一共 18 位。"


@given(st.text(CREDIT_ALPHABET, min_size=17, max_size=17))
def test_each_credit_code_has_exactly_one_check_character(body: str) -> None:
    assert [c for c in CREDIT_ALPHABET if fault_of_credit_code(body + c) is None] == [credit_check_character(body)]


@pytest.mark.parametrize(("number", "said"), [
    ("1380000000", "还差 1 位。手机号码一共 11 位。"),
    ("12800000000", "手机号码开头是 13 到 19。请看看开头两位。"),
    ("23800000000", "手机号码开头是 13 到 19。请看看开头两位。"),
    ("8613800000000", "不用写 86，直接从 1 开始写。"),
    ("1380000000A", "手机号码只有数字。请改一下。"),
])
def test_a_mobile_number_says_what_is_wrong(number: str, said: str) -> None:
    assert words(fault_of_mobile(number)) == said
    assert fault_of_mobile("13800000000") is None and fault_of_mobile("19912345678") is None


@pytest.mark.parametrize("card", ["6222020000000000000", "6228480000000000018", "4111111111111111"])
def test_a_bank_card_passes_luhn_and_any_wrong_digit_is_found(card: str) -> None:
    assert fault_of_bank_card(card) is None
    for place in range(len(card)):
        for other in string.digits:
            if other != card[place]:
                assert fault_of_bank_card(card[:place] + other + card[place + 1:]) is not None


def test_a_bank_card_has_12_to_19_digits() -> None:
    assert "太短" in words(fault_of_bank_card("00000000000"))
    assert fault_of_bank_card("0" * 12) is None
    assert fault_of_bank_card("0" * 19) is None
    assert "太长" in words(fault_of_bank_card("0" * 20))


@pytest.mark.parametrize("number", ["11010519800101002442", "11010519800101002442B1", "11010519800101002474B12"])
def test_a_right_certificate_number_has_no_fault(number: str) -> None:
    assert fault_of_disability_number(number) is None


@pytest.mark.parametrize(("number", "said"), [
    ("1101051980010100244", "还差 1 位"),
    ("11010519800101003442", "前 18 位是身份证号码"),
    ("11010519800101002482", "第 19 位是残疾类别"),
    ("11010519800101002402", "第 19 位是残疾类别"),
    ("11010519800101002445", "第 20 位是残疾等级"),
    ("11010519800101002440", "第 20 位是残疾等级"),
    ("11010519800101002442B0", "B 后面是补发次数"),
    ("11010519800101002442B", "B 后面是补发次数"),
])
def test_a_certificate_number_says_what_is_wrong(number: str, said: str) -> None:
    assert said in words(fault_of_disability_number(number))


def test_masks_hide_what_identifies() -> None:
    assert mask_name("王秀英") == "王*"
    assert mask_name("") == ""
    assert mask_id_number("370304194001011234") == "370304********1234"
    assert mask_mobile("13812345678") == "138****5678"
    assert mask_bank_card("6222020000000000000") == "*" * 15 + "0000"
    assert mask_credit_code("92370399MA0000000H") == "92370399********0H"
    assert mask_disability_number("11010519800101002442B1") == "110105" + "*" * 12 + "42B1"
    assert mask_mobile("1381") == "****"
