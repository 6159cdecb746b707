"""Any item is at most three touches from the first page, with no typing: in each language, plain and large."""

import re

import pytest

from edge.domain.catalogue import shipped_catalogue
from tests.kiosk.citizen import Citizen

TOUCHES = 3
LISTS = re.compile(r'href="(/(?:event|department|all)[^"]*|\?page=\d+|/\?page=\d+)"')
ITEM = re.compile(r'href="/item/([A-Z]{2}-\d\d)"')


@pytest.mark.parametrize("looks", [(), ("large",), ("lang",), ("lang", "large")], ids="-".join)
def test_every_item_is_three_touches_away(citizen: Citizen, looks: tuple[str, ...]) -> None:
    for look in looks:
        citizen.send("/comfort", go=look)
    found: set[str] = set()
    pages, seen = ["/"], {"/"}
    for _touch in range(TOUCHES):
        ahead: list[str] = []
        for path in pages:
            page = citizen.go(path).page
            found |= set(ITEM.findall(page))
            ahead += [path.partition("?")[0] + link if link.startswith("?") else link for link in LISTS.findall(page)]
        pages = [path for path in dict.fromkeys(ahead) if path not in seen]
        seen |= set(pages)

    assert set(shipped_catalogue().items) - found == set()


def test_an_item_bears_its_short_name_from_the_list_on_and_the_official_one_once(citizen: Citizen) -> None:
    pension = shipped_catalogue().item("RS-02")
    listed = citizen.go("/event/elder").page
    assert f"<b>{pension.short.zh}</b>" in listed and pension.name.zh not in listed
    start = citizen.go("/item/RS-02").page
    assert f"<h1>{pension.short.zh}</h1>" in start and start.count(pension.name.zh) == 1
