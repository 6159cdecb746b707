"""Days and months that people write, in any of the usual ways."""

import re
import unicodedata
from datetime import date

from edge.domain.form import Field
from edge.domain.text import Text
from edge.domain.typed_text import Place, Read, refused

FIRST_YEAR, LAST_YEAR = 1850, 2200


def _as_date(raw: object) -> date | None:
    if isinstance(raw, dict):
        raw = "-".join(str(raw.get(part, "")) for part in ("year", "month", "day"))
    if not isinstance(raw, str):
        return None
    plain = unicodedata.normalize("NFKC", raw).strip()
    found = re.fullmatch(r"([0-9]{4})[-/.年 ]\s*([0-9]{1,2})[-/.月 ]\s*([0-9]{1,2})日?", plain) \
        or re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", plain)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def which_day(field: Field) -> Text:
    """Return what to ask for where no day was given, or none that there is."""
    if field.workday:
        return Text("请选一天，最早明天。", "Please choose a day, tomorrow at the earliest.")
    return Text("请写对年、月、日。", "Please write year, month and day.")


def read_date(field: Field, raw: object, place: Place) -> Read:
    """Read a day; stored as 2026-11-23."""
    day = _as_date(raw)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        # no day as an example: whichever it were, some field would refuse it
        return None, Text("没有这一天。", "There is no such day. ").joined(which_day(field))
    if field.past and day > place.today:
        return refused("这一天还没到。请改成今天或以前的日子。",
                       "That day has not come yet. Please give today or an earlier day.")
    if field.workday:
        if day <= place.today:
            return None, which_day(field)
        if not place.county.working_days().is_worked(day):
            return refused("这一天不上班。请选一个上班的日子。",
                           "Offices are closed on that day. Please choose a working day.")
    return day.isoformat(), None


def read_month(field: Field, raw: object, place: Place) -> Read:
    """Read a month: "2026-11", "2026年11月", {year, month}; stored as 2026-11."""
    if isinstance(raw, dict):
        raw = "-".join(str(raw.get(part, "")) for part in ("year", "month"))
    plain = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else ""
    found = re.fullmatch(r"([0-9]{4})[-/.年 ]?\s*([0-9]{1,2})月?", plain)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR or not 1 <= int(found[2]) <= 12:
        return refused("没有这个月。请写对年、月。", "There is no such month. Please write year and month.")
    month = f"{int(found[1])}-{int(found[2]):02d}"
    if field.past and month > place.today.isoformat()[:7]:
        return refused("这个月还没到。请改成这个月或以前的。",
                       "That month has not come yet. Please give this month or an earlier one.")
    return month, None
