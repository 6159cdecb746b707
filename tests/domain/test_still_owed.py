"""What is still to be brought: papers for later, signatures on paper; and what cannot wait."""

from typing import Any

import pytest

from edge.domain.answers import check
from edge.domain.catalogue import shipped_catalogue
from edge.domain.form_walk import form_fields
from edge.domain.owed import owed_names
from tests.domain.engine_form import engine_form
from tests.domain.judging import TODAY

CATALOGUE = shipped_catalogue()
COUNTY = CATALOGUE.county
NO_CARD = {"material_id": "instead"}


def owed(code: str, **changes: Any) -> list[str]:
    """Return the names of what the example of an item, so changed, leaves open."""
    item = CATALOGUE.item(code)
    return [name.zh for name in owed_names(item, check(item, {**item.example, **changes}, COUNTY, TODAY).owed)]


def test_a_signature_that_is_to_stand_on_paper_is_still_owed() -> None:
    assert owed("BD-01", signature="paper") == ["申请书签名（在纸上签）"]
    assert owed("BD-01", signature="60,60 250,56;150,30 152,180") == []


def test_a_signature_on_paper_in_a_row_is_owed_by_its_own_name() -> None:
    rows = CATALOGUE.item("QY-03").example["promisers"]
    assert owed("QY-03") == ["股东签名（在纸上签）"]
    assert owed("QY-03", promisers=[{**row, "promiser_sign": rows[0]["promiser_sign"]} for row in rows]) == []


def test_what_an_item_does_not_know_keeps_its_key() -> None:
    assert [name.zh for name in owed_names(engine_form(), ["material_card", "gone"])] == ["身份证", "gone"]


@pytest.mark.parametrize(("given", "refused"), [
    ({**NO_CARD, "material_hukou": "later"}, True), ({**NO_CARD, "material_hukou": "brought"}, False),
    ({"material_id": "brought", "material_hukou": "later"}, False),
])
def test_the_paper_that_does_for_another_cannot_be_left_for_later(given: dict[str, str], refused: bool) -> None:
    item = CATALOGUE.item("MZ-01")
    errors = check(item, {**item.example, **given}, COUNTY, TODAY).errors
    assert list(errors) == (["material_hukou"] if refused else [])


def test_nobody_signs_for_another_paper_without_its_words() -> None:
    """The application itself is what was filled in; any other paper is not there to be read."""
    silent = [
        f"{item.code} {one.key}" for item in CATALOGUE.items.values() for field in form_fields(item)
        for one in (field, *field.fields) if one.kind == "signature" and one.key != "signature" and not one.statement]
    assert silent == []
