"""Windows of the day, in which something may be done: 22:00-06:00,12:00-13:30. Pure."""

import re

Windows = tuple[tuple[int, int], ...]
"""(from, until) in minutes of the day; over midnight where from is the later one. None at all: at any time."""

DAY_MINUTES = 24 * 60
MOST = 8
_ONE = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–—~～]\s*([01]?\d|2[0-4]):([0-5]\d)")


def read_windows(text: str) -> Windows:
    """Return the windows that a person wrote; none for an empty text.

    Raises:
        ValueError: naming what is no window.
    """
    found = []
    for part in re.split("[,，、;；]", text) if text.strip() else []:
        match = _ONE.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"{part.strip()!r} is not HH:MM-HH:MM")
        hours = [int(one) for one in match.groups()]
        start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        if start == end or end > DAY_MINUTES:
            raise ValueError(f"{part.strip()!r} is no span of time")
        found.append((start, end))
    if len(found) > MOST:
        raise ValueError(f"more than {MOST} windows")
    return tuple(found)


def write_windows(windows: Windows) -> str:
    """Return windows as `read_windows` reads them."""
    return ",".join(f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}" for start, end in windows)


def is_open(windows: Windows, minute: int) -> bool:
    """Return whether `minute` of the day lies in one of the windows, or there are none."""
    return not windows or any(
        start <= minute < end if start < end else minute >= start or minute < end for start, end in windows)
