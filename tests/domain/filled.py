"""Answers that hypothesis invents: right ones for any field, and anything at all."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from edge.domain.answers import questions
from edge.domain.catalogue import shipped_catalogue
from edge.domain.form import Field, Item
from edge.domain.identity import CREDIT_ALPHABET, credit_check_character, id_check_character, luhn_holds
from edge.domain.strokes import PAPER, read_strokes

CATALOGUE = shipped_catalogue()
COUNTY = CATALOGUE.county
TODAY = date(2026, 11, 23)
VILLAGES = [village.code for town in COUNTY.towns for village in town.villages]
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=12)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=8)


def id_numbers() -> st.SearchStrategy[str]:
    def whole(parts: tuple[date, int]) -> str:
        body = f"110105{parts[0]:%Y%m%d}{parts[1]:03d}"
        return body + id_check_character(body)
    return st.tuples(st.dates(date(1900, 1, 1), date(2026, 11, 23)), st.integers(0, 999)).map(whole)


def bank_cards() -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=11, max_size=18).map(
        lambda body: next(body + last for last in "0123456789" if luhn_holds(body + last)))


@st.composite
def signatures(draw: st.DrawFn) -> str:
    """A canonical signature: whatever the engine makes of some strokes, or the word for paper."""
    point = st.tuples(st.integers(0, 600), st.integers(0, 200))
    strokes = draw(st.lists(st.lists(point, min_size=1, max_size=12), min_size=1, max_size=5))
    value, _ = read_strokes(";".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes))
    return value or PAPER


def rows_of(group: Field) -> st.SearchStrategy[Any]:
    """Rows that answer every question; which of them apply the engine decides."""
    row = st.fixed_dictionaries({one.key: value_of(one) for one in group.fields})
    return st.lists(row, min_size=group.least or 1, max_size=min(group.most or 4, (group.least or 1) + 2))


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Return canonical values of a field's kind; its rules may still refuse one."""
    values = [choice.value for choice in field.choices]
    workdays = [day for n in range(1, 30) if COUNTY.working_days().is_worked(day := TODAY + timedelta(days=n))]
    days = st.sampled_from(workdays) if field.workday else st.dates(date(1900, 1, 1), TODAY)
    if field.kind == "group":
        return rows_of(field)
    return {
        "name": HAN, "text": HAN, "long_text": HAN, "id_number": id_numbers(), "bank_card": bank_cards(),
        "mobile": st.integers(13_000_000_000, 19_999_999_999).map(str),
        "credit_code": st.text(CREDIT_ALPHABET, min_size=17, max_size=17).map(lambda b: b + credit_check_character(b)),
        "disability_number": st.tuples(
            id_numbers(), st.integers(1, 7), st.integers(1, 4), st.sampled_from(["", "B1", "B12"]),
        ).map(lambda parts: "".join(map(str, parts))),
        "integer": st.integers(field.least or 0, field.most or 1000), "money": st.integers(0, 10**9),
        "decimal": st.integers(max(field.least or 0, 0), field.most or 10**7),
        "month": st.dates(date(1900, 1, 1), TODAY).map(lambda day: day.isoformat()[:7]), "signature": signatures(),
        "date": days.map(date.isoformat), "region": st.tuples(st.sampled_from(VILLAGES), HAN).map(list),
        "choice": st.sampled_from(values or [""]),
        "choices": st.lists(st.sampled_from(values or [""]), min_size=1, unique=True),
        "yes_no": st.booleans(), "declaration": st.just(True), "consent": st.just(True),
    }[field.kind]


@st.composite
def filled(draw: st.DrawFn, item: Item) -> dict[str, Any]:
    """Return answers to every question that is shown, question after question; some rules may still be broken."""
    given: dict[str, Any] = {}
    while True:
        left = [field for field in questions(item, given, COUNTY, TODAY) if field.key not in given]
        if not left:
            return given
        given[left[0].key] = draw(value_of(left[0]))
