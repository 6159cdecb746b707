"""Write docs/usability.md: how many touches and seconds each item takes on its shortest way, and how hard it reads.

Reckoned from the catalogue alone, so that a change of a form shows here before anybody stands in front of it. Touches
are counted one by one; seconds follow from them and from what there is to read, by the constants below.
"""

import statistics
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

from edge.domain.catalogue import Catalogue, shipped_catalogue
from edge.domain.form import Field, Item
from edge.domain.form_walk import SIGN, Step, walk, walk_row
from edge.domain.spoken import sentences
from edge.ground.ids import JSON

HERE = Path(__file__).resolve().parents[1]
PAGE = HERE / "docs" / "usability.md"
TODAY = date(2026, 11, 23)
SECONDS_A_TOUCH, CHARACTERS_A_SECOND, SECONDS_A_PAGE = 1.2, 4.0, 0.3
TOUCHES_A_CHARACTER = 4
"""By pinyin: the first letters, the character, and now and then another row of candidates."""
ANSWERS_A_PAGE = 8
TO_AN_ITEM, TO_BEGIN = 3, 1
WRITTEN = {"id_number": 18, "mobile": 11, "disability_number": 20, "credit_code": 18, "date": 8, "month": 6}
HEAD = """# How hard the items are

For each item the shortest way from the first page to the receipt, for someone who fills in the item's example without a
slip, without a card reader and without a photo. Made by `make words` from the catalogue; a test compares.

- **Touches**: {to_item} to the item, {begin} to begin; each question its answer and 下一题; each digit of a number;
  {character} a Chinese character (pinyin: letters and candidate); a signature its strokes; a page of the check for
  every {page} answers, the tick, 交材料.
- **Seconds**: {touch} s a touch, {read:.0f} characters of question and hint read a second, {turn} s a page. These are
  constants, not measurements: they say which item is long, not how long a person needs. What people really need is
  counted at the machines.
- **Longest**: characters of the longest sentence that is asked or explained.
- **Rare**: of all characters, how many do not stand in the first level of GB 2312 (3,755 everyday characters).

{summary}

| item | | questions | touches | seconds | longest | rare |
|---|---|---|---|---|---|---|
"""


class Effort(NamedTuple):
    """What one item asks of a person; `seconds` reckoned, `rare` per thousand characters."""

    item: Item
    questions: int
    touches: int
    seconds: float
    longest: str
    rare: float


def effort(item: Item, catalogue: Catalogue) -> Effort:
    """Reckon one item's shortest way."""
    steps = list(walk(item, item.example, catalogue.county, TODAY))
    inside = [(step, row) for step in steps if step.field.kind == "group" for row in _rows(step, item, catalogue)]
    asked = [*steps, *(step for step, row in inside for step in row)]
    pages = -(-len(steps) // ANSWERS_A_PAGE)
    touches = TO_AN_ITEM + TO_BEGIN + sum(_touches(step) + 1 for step in asked) + len(inside) + pages + 1
    read = "".join(text for step in asked for text in _texts(step.field))
    said = [one for step in asked for text in _texts(step.field) for one in sentences(text)]
    seconds = touches * SECONDS_A_TOUCH + len(read) / CHARACTERS_A_SECOND + (len(asked) + pages) * SECONDS_A_PAGE
    return Effort(item, len(asked), touches, seconds, max(said, key=len), 1000 * _rare(read))


def _rows(step: Step, item: Item, catalogue: Catalogue) -> list[list[Step]]:
    given = item.example.get(step.field.key)
    return [list(walk_row(step.field, row, {}, catalogue.county, TODAY)) for row in given
            if isinstance(row, dict)] if isinstance(given, list) else []


def _texts(field: Field) -> list[str]:
    options = [text.zh for one in field.choices[:7] for text in (one.label, one.hint) if text]
    return [text.zh for text in (field.question, field.hint) if text] + options


def _touches(step: Step) -> int:
    field, value = step.field, step.value
    if value is None or field.kind == "group":
        return 0
    if field.key.startswith("material_") and field.kind == "choice":
        return 1 if value == SIGN else 2   # the page of the photo is passed
    if field.kind == "region" and isinstance(value, list):
        return 4 + _typing(value[-1])
    if field.kind == "signature":
        return str(value).count(";") + 1
    if field.kind == "choices" and isinstance(value, list):
        return len(value)
    if field.kind in ("choice", "yes_no", "declaration", "consent"):
        return 1
    return (WRITTEN.get(field.kind) or _typing(value)) * (2 if field.twice else 1)


def _typing(value: JSON) -> int:
    return sum(1 if letter.isascii() else TOUCHES_A_CHARACTER for letter in str(value))


def _rare(text: str) -> float:
    chinese = [letter for letter in text if "\u4e00" <= letter <= "\u9fff"]
    # nothing comes of what GB 2312 has not; its first level ends with row d7
    leads = [letter.encode("gb2312", "ignore")[:1] for letter in chinese]
    return sum(not b"\xb0" <= lead <= b"\xd7" for lead in leads) / max(1, len(chinese))


def page() -> str:
    """Return the page's text."""
    catalogue = shipped_catalogue()
    found = sorted((effort(item, catalogue) for item in catalogue.items.values()), key=lambda one: one.item.code)
    middle = sorted(found, key=lambda one: one.touches)[len(found) // 2]
    longest = max(found, key=lambda one: one.touches)
    sentence = max((one.longest for one in found), key=len)
    summary = (f"{len(found)} items; the middle one takes {middle.touches} touches and some "
               f"{statistics.median(one.seconds for one in found) / 60:.0f} minutes, the longest ({longest.item.code}, "
               f"{longest.item.short.zh}) {longest.touches} and {longest.seconds / 60:.0f}. The longest sentence has "
               f"{len(sentence)} characters: {sentence}")
    head = HEAD.format(to_item=TO_AN_ITEM, begin=TO_BEGIN, character=TOUCHES_A_CHARACTER, page=ANSWERS_A_PAGE,
                       touch=SECONDS_A_TOUCH, read=CHARACTERS_A_SECOND, turn=SECONDS_A_PAGE, summary=summary)
    rows = [f"| {one.item.code} | {one.item.short.zh} | {one.questions} | {one.touches} | {one.seconds:.0f} "
            f"| {len(one.longest)} | {one.rare:.1f} ‰ |\n" for one in found]
    return head + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE.relative_to(HERE)}: every item\n")
