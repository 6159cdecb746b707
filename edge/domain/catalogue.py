"""All items that can be applied for, with the county's data: loaded from files or from what the hub published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from edge.domain.catalogue_check import county_faults, further_faults, item_faults
from edge.domain.catalogue_compiled import read_compiled
from edge.domain.catalogue_files import CatalogueFault, Fault, Shared, Source, read_item, read_shared, read_yaml, shape
from edge.domain.county import County, Department, LifeEvent, Phone, Profile
from edge.domain.form import Item, item_to_bytes
from edge.domain.text import Text
from edge.ground.problem import UNKNOWN_ITEM, Problem

__all__ = [
    "EASE", "Catalogue", "CatalogueFault", "Fault", "by_ease", "check_files", "county_from_bytes", "county_to_bytes",
    "item_from_bytes", "item_to_bytes", "load_catalogue", "load_county", "load_items", "shipped_catalogue",
]

EASE = ("capture", "precheck", "online")
_ITEM = msgspec.json.Decoder(Item)
_COUNTY = msgspec.json.Decoder(County)


@dataclass(frozen=True)
class Catalogue:
    """The items of one county in the order of their codes, and the county's data."""

    items: Mapping[str, Item]
    county: County

    @classmethod
    def of(cls, items: Iterable[Item], county: County) -> "Catalogue":
        """Return a catalogue of these items; of two versions of an item the higher one counts."""
        newest: dict[str, Item] = {}
        for item in items:
            if item.code not in newest or newest[item.code].version < item.version:
                newest[item.code] = item
        return cls({code: newest[code] for code in sorted(newest)}, county)

    def phones_of(self, item: Item) -> list[tuple[Text, str]]:
        """Return (whose, number) of those to call about an item, the most urgent first: those that it names itself, or
        its department's and then the county's.
        """
        department = self.departments[item.department]
        own = [(phone.name, phone.number) for phone in self.own_phones(item)]
        return own or [(department.name, department.phone),
                       *((phone.name, phone.number) for phone in self.county.phones)]

    def own_phones(self, item: Item) -> list[Phone]:
        """Return the county's phones that an item names itself, in its order: those of one that needs a live answer."""
        named = item.live.phones if item.live else ()
        return [phone for key in named for phone in self.county.phones if phone.key == key]

    def shown_at(self, profile: Profile | None) -> "Catalogue":
        """Return what the machines of a kind of place show; everything where there is no profile for it."""
        if profile is None:
            return self
        return Catalogue({code: item for code, item in self.items.items() if profile.shows(code)}, self.county)

    @property
    def departments(self) -> Mapping[str, Department]:
        """Return the county's departments by key."""
        return self.county.departments

    @property
    def events(self) -> Sequence[LifeEvent]:
        """Return the life events in the order of the first page."""
        return self.county.events

    def item(self, code: str) -> Item:
        """Return the item with this code.

        Raises:
            Problem: UNKNOWN_ITEM.
        """
        found = self.items.get(code)
        if found is None:
            raise Problem(UNKNOWN_ITEM, facts={"item": code[:32]})
        return found

    def for_event(self, key: str) -> list[Item]:
        """Return the items of a life event: what it names first, in its order, then the easiest first."""
        first = next((event.first for event in self.events if event.key == key), ())
        found = by_ease(item for item in self.items.values() if key in item.events)
        return sorted(found, key=lambda item: first.index(item.code) if item.code in first else len(first))

    def offices(self) -> list[tuple[str, Department, int]]:
        """Return key, department and number of items of each department that has some, the most first."""
        found = [(key, one, len(self.for_department(key))) for key, one in self.departments.items()]
        return sorted((one for one in found if one[2]), key=lambda one: -one[2])

    def for_department(self, key: str) -> list[Item]:
        """Return the items that a department decides."""
        return [item for item in self.items.values() if item.department == key]

    def search(self, words: str) -> list[Item]:
        """Return the items that fit every word typed, best first: name, short name, code, search words, initials.

        A word may be part of a name (养老), a search word (80岁), a code (mz-01) or the pinyin initials (gljt).
        """
        wanted = words.casefold().split()
        ranked = []
        for item in self.items.values():
            ranks = [_rank(item, word) for word in wanted]
            if ranks and None not in ranks:
                ranked.append((sum(rank for rank in ranks if rank is not None), item.code, item))
        return [item for _, _, item in sorted(ranked, key=lambda row: row[:2])]


def by_ease(items: Iterable[Item]) -> list[Item]:
    """Return items with those first that need the line least; what is as easy stays in its order."""
    return sorted(items, key=lambda item: EASE.index(item.offline))


def _rank(item: Item, word: str) -> int | None:
    """Return how far down the list a word puts an item (0 is best), or None where it does not fit."""
    names = (item.name.zh, item.short.zh, item.name.en.casefold(), item.short.en.casefold())
    if word in (item.code.casefold(), item.short.zh, item.name.zh):
        return 0
    if any(name.startswith(word) for name in names):
        return 1
    if any(word in name for name in names):
        return 2
    if any(word in other.casefold() for other in item.words):
        return 3
    if item.initials.startswith(word) or item.code.casefold().startswith(word):
        return 4
    return 5 if word in item.initials and len(word) > 1 else None


def item_from_bytes(data: bytes) -> Item:
    """Return the item of its byte form.

    Raises:
        ValueError: it is no item.
    """
    return _ITEM.decode(data)


def county_to_bytes(county: County) -> bytes:
    """Return the one byte form of a county's data."""
    return msgspec.json.encode(county, order="sorted")


def county_from_bytes(data: bytes) -> County:
    """Return the county data of their byte form.

    Raises:
        ValueError: they are none.
    """
    return _COUNTY.decode(data)


def _shipped() -> Source:
    return files("edge") / "catalogue"


def _yaml_in(folder: Source) -> list[Source]:
    if not folder.is_dir():
        cure = ("county.yaml 旁边缺这个文件夹，请照自带的目录建好。 "
                "this folder is missing beside county.yaml: lay it out as in the catalogue that comes with the product")
        raise CatalogueFault([Fault(f"{folder.name}/", "-", cure)])
    return sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)


@cache
def _shared() -> Shared:
    """Return the shared definitions that come with the product; a county's own item files may refer to them too."""
    return read_shared(_shipped() / "shared.yaml")


def load_county(folder: Source) -> County:
    """Return the county's data from county.yaml, events.yaml, profiles.yaml and calendar/*.yaml of a catalogue folder.

    Raises:
        CatalogueFault: with every file that cannot be used.
    """
    data = read_yaml(folder / "county.yaml")
    if isinstance(data, dict):
        data = {**data, "calendar": [read_yaml(one) for one in _yaml_in(folder / "calendar")]}
        for name in ("events", "profiles"):
            file = folder / f"{name}.yaml"
            if file.is_file():
                data[name] = read_yaml(file)
    county = shape(data, County, "county.yaml")
    faults = county_faults(county, "county.yaml")
    if faults:
        raise CatalogueFault(faults)
    return county


def load_items(sources: Iterable[Source], county: County) -> list[Item]:
    """Return the items of these files, each checked against the county's data.

    Raises:
        CatalogueFault: with every fault of every file.
    """
    faults: list[Fault] = []
    items: list[Item] = []
    places: dict[tuple[str, int], str] = {}
    for source in sources:
        try:
            item = read_item(source, _shared())
        except CatalogueFault as fault:
            faults += fault.faults
            if isinstance(fault.mended, Item):
                faults += further_faults(fault.mended, county, source.name, fault.faults)
            continue
        if (item.code, item.version) in places:
            faults.append(Fault(source.name, "code", f"{item.code} version {item.version} stands in "
                                                     f"{places[item.code, item.version]} too: keep one"))
        places[item.code, item.version] = source.name
        faults += item_faults(item, county, source.name)
        items.append(item)
    if faults:
        raise CatalogueFault(faults)
    return items


def load_catalogue(folder: Path | Source) -> Catalogue:
    """Return the catalogue of a folder laid out like `edge/catalogue`.

    Raises:
        CatalogueFault: with every fault as file, field and cure.
    """
    county = load_county(folder)
    return Catalogue.of(load_items(_yaml_in(folder / "items"), county), county)


def check_files(paths: Iterable[Path], county: County | None = None) -> list[Fault]:
    """Return every fault of these item files, checked against a county's data (the shipped sample by default)."""
    try:
        load_items(paths, county or shipped_catalogue().county)
    except CatalogueFault as fault:
        return fault.faults
    return []


@cache
def shipped_catalogue() -> Catalogue:
    """Return the items and the sample county that come with the product."""
    compiled = read_compiled(_shipped())
    return Catalogue.of(compiled.items, compiled.county) if compiled else load_catalogue(_shipped())
