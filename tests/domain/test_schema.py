"""The JSON Schema that editors use says the same as the structs, and the shipped files keep to it."""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from edge.domain.item_schema import item_schema_text
from tests.house.tree import ROOT

FOLDER = ROOT / "edge" / "catalogue"
SCHEMA = json.loads((FOLDER / "item.schema.json").read_text(encoding="utf-8"))
FILES = sorted((FOLDER / "items").glob("*.yaml"))


def load(name: str) -> Any:
    return yaml.safe_load((FOLDER / "items" / name).read_text(encoding="utf-8"))


def test_the_schema_file_is_the_one_that_the_structs_make() -> None:
    """If this fails, write item_schema_text() to edge/catalogue/item.schema.json."""
    assert item_schema_text() == (FOLDER / "item.schema.json").read_text(encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_item_file_keeps_to_the_schema(file: Any) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(load(file.name))


@pytest.mark.parametrize("change", [
    {"offline": "maybe"}, {"code": "mz1"}, {"version": 0}, {"colour": "red"}, {"name": {"zh": "只有中文"}},
    {"fields": [{"ref": "name", "shape": 1}]}, {"fields": [{"key": "x"}]}])
def test_the_schema_refuses_what_the_structs_refuse(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate({**load("MZ-01.yaml"), **change})
