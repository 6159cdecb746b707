"""Forms judged on Monday 23 November 2026: the example of an item with some answers changed, and what comes of it."""

from datetime import date
from typing import Any

import msgspec

from edge.domain.answers import Checked, check, questions
from edge.domain.catalogue import shipped_catalogue
from edge.domain.county import County
from edge.domain.identity import id_check_character
from edge.domain.suggestion import facts_needed, offers

CATALOGUE = shipped_catalogue()
COUNTY = CATALOGUE.county
TODAY = date(2026, 11, 23)


def born(day: str, serial: str = "002") -> str:
    body = f"110105{day}{serial}"
    return body + id_check_character(body)


def judged(code: str, county: County = COUNTY, /, **changes: Any) -> Checked:
    item = CATALOGUE.item(code)
    given = {key: value for key, value in (dict(item.example) | changes).items() if value is not ...}
    return check(item, given, county, TODAY)


def stops(checked: Checked) -> str:
    return " ".join(text.zh for text in checked.stops)


def with_params(code: str, **params: Any) -> County:
    local = COUNTY.local_params
    return msgspec.structs.replace(COUNTY, local_params={**local, code: {**local[code], **params}})


def notices(checked: Checked) -> str:
    return " ".join(text.zh for text in checked.notices)


def asked(code: str, **changes: Any) -> set[str]:
    item = CATALOGUE.item(code)
    given = {key: value for key, value in (dict(item.example) | changes).items() if value is not ...}
    return {one.key for one in questions(item, given, COUNTY, TODAY)}


def follows(code: str, outcome: dict[str, Any] | None = None, county: County = COUNTY, /, **changes: Any) -> list[str]:
    """Return the codes of what an approval of the example leads to, notices in brackets."""
    item = CATALOGUE.item(code)
    checked = judged(code, county, **changes)
    known = {**checked.answers, **checked.computed}
    facts = {key: known.get(key) for key in facts_needed(item)}
    found = offers(item, dict(item.outcome_example) if outcome is None else outcome, facts, county)
    return [one.to if one.kind == "offer" else f"({one.to})" for one in found]
