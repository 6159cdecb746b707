"""Candidates for the pinyin keys on the screen.

People type names here. So the letters come in the body of a POST, never in an address that a log, a history or a
proxy might keep; nothing is stored or learned. The guard asks for our own Origin and for the visit's token (`X-Csrf`),
as with every POST; a letter typed is a touch, so it keeps the visit alive.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, request

from edge.domain.catalogue import Catalogue
from edge.domain.pinyin import ExtraWords, candidates, spelt
from edge.domain.pinyin_index import PinyinIndex
from edge.ground.problem import BAD_REQUEST, Problem
from edge.kiosk.guard import has_visit, visit
from edge.kiosk.site_here import site

bp = Blueprint("keys", __name__)

INDEX_FILE = Path(__file__).parent / "data" / "pinyin.txt"
PAGE = 40
MOST_PAGES = 80
LETTERS = re.compile("[a-z']{1,60}")
CACHE = "pinyin-local-words"
HANDS = frozenset({"ink", "pinyin"})
"""Writing with a finger, or spelling."""


@cache
def pinyin_index() -> PinyinIndex:
    """Return the shipped index; opened at the first letter typed, 15 ms."""
    return PinyinIndex.from_bytes(INDEX_FILE.read_bytes())


@bp.before_app_request
def keep_hand() -> None:
    """Remember for this visit which tab of the keys was used last; each page that has them sends it along."""
    if request.method == "POST" and has_visit() and request.form.get("hand") in HANDS:
        visit().hand = request.form["hand"]


@bp.post("/keys/pinyin")
def pinyin() -> Response:
    """Answer `{"q": letters, "page": n}` with `{"candidates": [{"text", "used"}], "more", "spelt"}`.

    `used` is how many of the letters the text replaces; `page` counts from 0.

    Raises:
        Problem: BAD_REQUEST, more than 60 letters or anything but a to z and the apostrophe.
    """
    letters, page = _asked()
    found = candidates(pinyin_index(), letters, _local_words(), PAGE * (page + 1) + 1)
    shown = found[PAGE * page:PAGE * (page + 1)]
    answer = jsonify(candidates=[candidate._asdict() for candidate in shown], more=len(found) > PAGE * (page + 1),
                     spelt=spelt(pinyin_index(), letters))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked() -> tuple[str, int]:
    body = request.get_json(silent=True)
    letters, page = (body.get("q"), body.get("page", 0)) if isinstance(body, dict) else (None, None)
    if not isinstance(letters, str) or not LETTERS.fullmatch(letters):
        raise Problem(BAD_REQUEST, "q is 1 to 60 letters a to z or apostrophes")
    if not isinstance(page, int) or not 0 <= page < MOST_PAGES:
        raise Problem(BAD_REQUEST, f"page is a number from 0 to {MOST_PAGES - 1}")
    return letters, page


def _local_words() -> ExtraWords:
    catalogue = site().catalogue()
    kept: tuple[Catalogue, ExtraWords] | None = current_app.extensions.get(CACHE)
    # a newly published catalogue is another object: its words replace the old ones at the next letter
    if kept is None or kept[0] is not catalogue:
        kept = (catalogue, ExtraWords(pinyin_index(), local_words(catalogue)))
        current_app.extensions[CACHE] = kept
    return kept[1]


def local_words(catalogue: Catalogue) -> Iterator[str]:
    """Yield what is written here and in no dictionary: villages and towns first, then places, departments, items."""
    for town in catalogue.county.towns:
        yield town.name.zh
        yield from (village.name.zh for village in town.villages)
    yield from (place.name.zh for place in catalogue.county.places)
    yield from (department.name.zh for department in catalogue.county.departments.values())
    for item in catalogue.items.values():
        yield item.name.zh
        yield from item.words
