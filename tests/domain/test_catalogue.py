"""Loading: faults name file, field and cure; bytes are stable; search finds by name, word, code and initials."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from pypinyin import Style, lazy_pinyin

from edge.domain.catalogue import (
    EASE,
    Catalogue,
    CatalogueFault,
    check_files,
    county_from_bytes,
    county_to_bytes,
    item_from_bytes,
    item_to_bytes,
    load_catalogue,
    shipped_catalogue,
)
from edge.domain.catalogue_compiled import NAME, Compiled, compiled_bytes, fingerprint, read_compiled
from edge.domain.conditions import FUNCTION_NAMES
from edge.domain.county import Profile
from edge.domain.form import Field, Item, Material
from edge.ground.problem import UNKNOWN_ITEM, Problem
from tests.house.tree import ROOT

FOLDER = ROOT / "edge" / "catalogue"
CATALOGUE = shipped_catalogue()
CODES = sorted(path.stem for path in (FOLDER / "items").glob("*.yaml"))


def changed(folder: Path, name: str, old: str, new: str) -> list[tuple[str, str, str]]:
    """Return the faults of an item file after replacing one piece of its text."""
    text = (FOLDER / "items" / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return [(fault.file, fault.field, fault.cure) for fault in check_files([folder / name])]


def test_every_file_is_shipped_as_an_item_and_its_bytes_come_back() -> None:
    assert list(CATALOGUE.items) == CODES and len(CODES) >= 30
    for item in CATALOGUE.items.values():
        data = item_to_bytes(item)
        assert item_to_bytes(item_from_bytes(data)) == data
        assert json.loads(data)["code"] == item.code
    assert county_to_bytes(county_from_bytes(county_to_bytes(CATALOGUE.county))) == county_to_bytes(CATALOGUE.county)


def test_the_sample_county_has_ten_towns_and_eleven_outlets() -> None:
    county = CATALOGUE.county
    assert len(county.towns) == 10 and all(len(town.villages) == 8 for town in county.towns)
    assert sum(place.kind == "bank" for place in county.places) == 11
    assert len(CATALOGUE.events) == 8 and all(len(event.hint.zh) <= 10 for event in CATALOGUE.events)
    assert {item.department for item in CATALOGUE.items.values()} <= set(CATALOGUE.departments)


def test_the_compiled_file_holds_what_the_files_hold(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns(NAME))
    assert read_compiled(folder) is None
    read = load_catalogue(folder)
    made = Compiled(fingerprint(folder), read.county, tuple(read.items.values()))
    (folder / NAME).write_bytes(compiled_bytes(made))
    found = read_compiled(folder)
    assert found is not None and compiled_bytes(found) == compiled_bytes(made)
    assert {item.code: item_to_bytes(item) for item in found.items} == {
        code: item_to_bytes(item) for code, item in read.items.items()}


@pytest.mark.parametrize("name", ["items/MZ-01.yaml", "county.yaml", "calendar/2026.yaml"])
def test_a_compiled_file_is_not_believed_after_a_change(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "c"
    shutil.copytree(FOLDER, folder)
    (folder / NAME).write_bytes(compiled_bytes(Compiled(fingerprint(folder), CATALOGUE.county, ())))
    assert read_compiled(folder) is not None
    (folder / name).write_text((folder / name).read_text("utf-8") + "\n", "utf-8")
    assert read_compiled(folder) is None
    (folder / NAME).write_bytes(b"{")
    assert read_compiled(folder) is None


@pytest.mark.parametrize(("words", "first"), [
    ("高龄", "MZ-01"), ("80岁", "MZ-01"), ("gljt", "MZ-01"), ("mz-01", "MZ-01"), ("补身份证", "GA-02"),
    ("残疾证", "CL-01"), ("换证", "CL-02"), ("低保", "MZ-02"), ("挂失", "RS-04"), ("开饭店", "SS-03"),
    ("护理补贴", "CL-03"), ("join pension", "RS-01"), ("预包装", "SS-04"), ("食品 备案", "SS-04"), ("GLJT", "MZ-01")])
def test_search_finds(words: str, first: str) -> None:
    assert CATALOGUE.search(words)[0].code == first


@pytest.mark.parametrize("words", ["", "   ", "火箭", "高龄 火箭"])
def test_search_finds_nothing_where_nothing_fits(words: str) -> None:
    assert CATALOGUE.search(words) == []


def test_initials_are_those_of_the_name() -> None:
    for item in CATALOGUE.items.values():
        letters = "".join(lazy_pinyin(item.name.zh, style=Style.FIRST_LETTER, errors="ignore"))
        assert item.initials == letters, item.code


def test_an_unknown_item_is_a_problem() -> None:
    with pytest.raises(Problem) as caught:
        CATALOGUE.item("XX-99")
    assert caught.value.kind is UNKNOWN_ITEM


@pytest.mark.parametrize(("event", "named"), [
    ("elder", ["RS-02", "MZ-01", "RS-06"]), ("birth", ["YB-02", "RS-03"]), ("disability", ["CL-01", "CL-03", "CL-05"]),
    ("health", ["YB-02", "YB-01"]), ("shop", ["SS-01", "SS-03", "SW-02"]), ("work", ["RS-05", "MZ-02"]),
    ("home", ["GJ-01", "GJ-03", "SW-03"]), ("lost", ["GA-02", "RS-04", "RS-03"]),
])
def test_what_a_tile_names_stands_first_then_the_easiest(event: str, named: list[str]) -> None:
    found = [item.code for item in CATALOGUE.for_event(event)]
    assert found[:len(named)] == named
    first = next(one.first for one in CATALOGUE.events if one.key == event)
    assert tuple(found[:len(first)]) == first   # each is an item of this event
    rest = [CATALOGUE.item(code).offline for code in found[len(first):]]
    assert rest == sorted(rest, key=EASE.index)


def test_items_are_found_by_event_and_department_and_the_newest_version_counts() -> None:
    found = [item.code for item in CATALOGUE.for_event("disability")]
    assert set(found) > {"CL-01", "CL-02", "CL-03", "CL-04", "CL-05"} and "MZ-01" not in found
    found = [item.code for item in CATALOGUE.for_department("mz")]
    assert found == sorted(found) and {"CL-03", "CL-05", "MZ-01"} < set(found) and "CL-01" not in found
    old = CATALOGUE.item("MZ-01")
    new = item_from_bytes(item_to_bytes(old).replace(b'"version":3', b'"version":4'))
    for order in ([old, new], [new, old]):
        assert Catalogue.of(order, CATALOGUE.county).item("MZ-01").version == 4


@pytest.mark.parametrize(("name", "old", "new", "field", "cure"), [
    ("MZ-01.yaml", "  - ref: poa\n", "  - ref: poa\n    statement: null\n", "materials.poa.statement",
     "what whoever signs says"),
    ("MZ-01.yaml", "  - ref: poa\n", "  - ref: poa\n    stands_in: id\n", "materials.poa.stands_in", "stands after it"),
    ("MZ-01.yaml", "must: local_household", "must: 'local_household =='", "eligibility[2].must",
     "cannot be read"),
    ("MZ-01.yaml", "when: local_household == true", "when: bank_card == '1'", "fields.home.when",
     "stands before"),
    ("MZ-01.yaml", "value: age(id_number)", "value: years(id_number)", "computed.age.value",
     "no function `years`"),
    ("MZ-01.yaml", "value: local.age", "value: local.years", "computed.from_age.value",
     "local_params for MZ-01 need `years`"),
    ("MZ-01.yaml", "{from_month}", "{from_moth}", "eligibility[0].text", "neither a question"),
    ("MZ-01.yaml", "department: mz", "department: xx", "department", "it has: bd"),
    ("MZ-01.yaml", "offline: capture", "offline: perhaps", "offline",
     "不能写“perhaps”，只能写这些里的一个：capture, online, precheck"),
    ("MZ-01.yaml", "minutes: 6", "minuets: 6", "minuets", "did you mean `minutes`?"),
    ("MZ-01.yaml", "events: [elder]", "events: [older]", "events", "no life event `older`"),
    ("MZ-01.yaml", "- ref: hukou", "- ref: hukuo", "materials[1].ref", "there are: agent_id, hukou"),
    ("MZ-01.yaml", 'mobile: "13800000000"', 'mobile: "1380000000"', "example.mobile", "还差 1 位"),
    ("MZ-01.yaml", '"110105194401010025"', '"110105198506150014"', "example", "old"),
    ("MZ-01.yaml", 'mobile: "13800000000"', 'mobile: "138 0000 0000"', "example.mobile", "as it is stored"),
    ("MZ-01.yaml", "code: MZ-01", "code: MZ01", "code", "two capital letters"),
    ("MZ-01.yaml", "key: local_household", "key: today", "fields.today", "no word of the conditions"),
    ("MZ-01.yaml", "outcome.paid_from != null", "outcome.payd_from != null", "links[0].when",
     "there are: month_amount, paid_from"),
    ("CL-02.yaml", "facts.business == 'move'", "age(facts.business) == 1", "links[4].when",
     "no function `age` here"),
    ("CL-02.yaml", "when: business == 'renew'", "when: business == 'renewal'", "fields.valid_until.when",
     "no choice `renewal`"),
    ("CL-02.yaml", "part(certificate, 0, 18) == id_number", "size(certificate) > 1", "fields.certificate.rules[0].must",
     "length()"),
    ("RS-01.yaml", "choices_from: local.tiers", "choices_from: local.steps", "fields.tier.choices_from",
     "need a list `steps`"),
    ("GA-02.yaml", "choices_from: police_stations", "choices_from: offices", "fields.station.choices_from",
     "it has: business_scopes"),
    ("SS-04.yaml", "one_each: machines", "one_each: sale", "fields.machine_places.one_each", "name an integer"),
    ("SS-04.yaml", '{value: "no", label: {zh: 不卖', '{value: "never", label: {zh: 不卖', "fields.bulk.choices",
     '"yes"'),
    ("SS-04.yaml", "kind: yes_no", "kind: yesno", "fields[6](bulk).kind", "yes_no"),
    ("SS-04.yaml", "minutes: 6", 'minutes: "6"', "minutes", "要写整数"),
    ("SS-04.yaml", "name: {zh: 营业执照, en: Business licence}", "name: 营业执照",
     "materials[0](licence).name", "{zh: 中文"),
    ("SS-04.yaml", "code: SS-04", "code: 4", "code", "加引号"),
    ("SS-04.yaml", "events: [shop]", "events: shop", "events", "前面一个“-”"),
    ("SS-04.yaml", "offline: capture\n", "", "offline", "缺“offline”"),
    ("GA-02.yaml", "version: 3", "version: 3\nversion: 4", "line 3", "stands twice"),
    ("GA-02.yaml", "code: GA-02", "code: [GA-02", "line", "not YAML"),
])
def test_a_fault_names_its_place_and_cure(tmp_path: Path, name: str, old: str, new: str, field: str, cure: str) -> None:
    faults = changed(tmp_path, name, old, new)
    assert any(file == name and field in place and cure in words for file, place, words in faults), faults


def test_every_fault_of_every_file_is_listed_at_once(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "c")
    for name in ("MZ-01.yaml", "SS-04.yaml"):
        file = tmp_path / "c" / "items" / name
        file.write_text(file.read_text(encoding="utf-8").replace("department: ", "department: no"), encoding="utf-8")
    with pytest.raises(CatalogueFault) as caught:
        load_catalogue(tmp_path / "c")
    assert {fault.file for fault in caught.value.faults} == {"MZ-01.yaml", "SS-04.yaml"}
    assert "MZ-01.yaml: department: " in str(caught.value)


def test_a_file_with_many_faults_lists_each(tmp_path: Path) -> None:
    text = (FOLDER / "items" / "MZ-01.yaml").read_text(encoding="utf-8")
    for old, new in (("minutes: 6", "minuets: 6"), ("offline: capture", "offline: perhaps"), ("initials: gljt\n", ""),
                     ("department: mz", "department: minzheng"), ("- ref: hukou", "- ref: hukuo"),
                     ("kind: yes_no", "kind: yesno"), ("kind: date", "kind: day")):
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "MZ-01.yaml").write_text(text, encoding="utf-8")
    faults = check_files([tmp_path / "MZ-01.yaml"])
    assert {fault.field for fault in faults} == {
        "minuets", "minutes", "offline", "initials", "department", "materials[1].ref",
        "fields[3](local_household).kind", "outcome[0](paid_from).kind"}
    for fault in faults:
        assert re.match("[^A-Za-z]*[一-鿿]", fault.cure) and re.search(r"[A-Za-z]{3}", fault.cure), fault


def test_a_file_may_be_anything(tmp_path: Path) -> None:
    for number, words in enumerate(("{}", "fields: 1", "fields: [1, {ref: [x]}, {}]", "name: null\nexample: 3",
                                    "materials: {a: 1}\nlinks: [null]", "version: true\ncode: [x]",
                                    "fields: [{}]\nfields[²]: 1")):
        (tmp_path / f"{number}.yaml").write_text(words, encoding="utf-8")
        faults = check_files([tmp_path / f"{number}.yaml"])
        assert "缺“department”，请补上。 `department` is missing: add it." in {fault.cure for fault in faults}


def test_the_same_code_and_version_twice_is_a_fault(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        shutil.copy(FOLDER / "items" / "MZ-01.yaml", tmp_path / name)
    assert [fault.field for fault in check_files([tmp_path / "one.yaml", tmp_path / "two.yaml"])] == ["code"]


def test_files_that_are_no_items_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.yaml").write_text("a: &a [x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)), "utf-8")
    (tmp_path / "list.yaml").write_text("- 1\n", encoding="utf-8")
    (tmp_path / "latin.yaml").write_bytes(b"\xff\xfe")
    (tmp_path / "big.yaml").write_text("# " + "x" * 300_000, encoding="utf-8")
    for name, said in (("bomb", "entries"), ("list", "code"), ("latin", "UTF-8"), ("big", "KiB"), ("absent", "read")):
        assert said in check_files([tmp_path / f"{name}.yaml"])[0].cure


@pytest.mark.parametrize(("change", "field"), [
    (lambda county: county["towns"][0]["villages"][0].update(code="1"), "towns.370399001.1"),
    (lambda county: county["towns"][0]["villages"][1].update(code="370399001201"), "towns.370399001.370399001201"),
    (lambda county: county["places"][0].update(town="1"), "places.hall.town"),
    (lambda county: county.update(colour="red"), "colour"),
    (lambda county: county["places"][0].update(profile="none"), "places.hall.profile"),
])
def test_faults_of_the_countys_data_are_named(tmp_path: Path, change: Any, field: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "c")
    county = yaml.safe_load((FOLDER / "county.yaml").read_text(encoding="utf-8"))
    change(county)
    (tmp_path / "c" / "county.yaml").write_text(yaml.safe_dump(county, allow_unicode=True), encoding="utf-8")
    with pytest.raises(CatalogueFault) as caught:
        load_catalogue(tmp_path / "c")
    assert [(fault.file, fault.field) for fault in caught.value.faults] == [("county.yaml", field)]


@pytest.mark.parametrize("name", ["calendar", "items"])
def test_a_folder_of_the_catalogue_that_is_missing_is_named(tmp_path: Path, name: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "c", ignore=shutil.ignore_patterns(name))
    with pytest.raises(CatalogueFault, match=f"{name}/: -: county.yaml 旁边缺这个文件夹"):
        load_catalogue(tmp_path / "c")


def test_an_item_that_does_not_fit_into_an_envelope_is_refused(tmp_path: Path) -> None:
    words = json.dumps([f"{n * 7919 % 10007}词{n * 104729 % 99991}" for n in range(3000)], ensure_ascii=False)
    faults = changed(tmp_path, "MZ-01.yaml", "words: [", f"words: {words[:-1]}, ")
    assert ["KiB compressed" in cure for _, _, cure in faults] == [True]


def test_every_key_of_an_item_and_of_a_field_is_explained_in_the_docs() -> None:
    docs = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    names = {*Item.__struct_fields__, *Field.__struct_fields__, *Material.__struct_fields__} - {"source"}
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]*)`", docs))))
    assert names - named == set()
    assert FUNCTION_NAMES - named == set()


def test_a_profile_says_what_the_machines_of_a_place_show() -> None:
    county = CATALOGUE.county
    hall, bank = (next(place for place in county.places if place.kind == kind) for kind in ("hall", "bank"))
    few = Profile(key="few", name=hall.name, items=("MZ-01", "RS-01", "XX-99"), without=("RS-01",))
    own = msgspec.structs.replace(county, profiles=(*county.profiles, few))
    assert list(CATALOGUE.shown_at(few).items) == ["MZ-01"]
    assert CATALOGUE.shown_at(None) is CATALOGUE
    assert own.profile_of(None) is None
    assert own.profile_of(msgspec.structs.replace(bank, profile="few")) == few
    assert [found.key for place in (hall, bank) if (found := own.profile_of(place))] == ["hall", "outlet"]
    assert own.profile_of(msgspec.structs.replace(bank, kind="boat")) is None
