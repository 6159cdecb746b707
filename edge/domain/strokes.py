"""A signature on the glass: strokes of a pen as words, thinned to what the eye needs, small enough for an answer.

The canonical form is that of SVG polylines, parted by `;`: `12,40 80,42;46,10 46,90` on a ground of 600 × 200.
Whoever cannot write on the glass signs on paper: the value is then `paper`. Three signs come to about 150 bytes packed.
"""

import re
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import hypot

from edge.domain.bits import BitReader, BitWriter
from edge.domain.text import Text

PAPER = "paper"
WIDE, HIGH = 600, 200
X_BITS, Y_BITS = 10, 8
MOST_STROKES, MOST_POINTS, MOST_RAW_POINTS = 60, 400, 6000
FINEST = 1.5
"""How far a point may lie off the line before it counts, in units of the ground: a third of a pen's width."""
LEAST_INK = 60.0
_STROKES = re.compile(r"[0-9]{1,4},[0-9]{1,4}(?:[ ;][0-9]{1,4},[0-9]{1,4})*")

Point = tuple[int, int]
Stroke = tuple[Point, ...]


class NoStrokes(ValueError):
    """The text is no signature."""


def parse(text: str) -> list[Stroke]:
    """Return the strokes of a text.

    Raises:
        NoStrokes: it is none, or lies outside the ground.
    """
    if not _STROKES.fullmatch(text):
        raise NoStrokes
    strokes = []
    for stroke in text.split(";"):
        points = [(int(x), int(y)) for x, y in (point.split(",") for point in stroke.split(" "))]
        if any(x > WIDE or y > HIGH for x, y in points):
            raise NoStrokes
        strokes.append(tuple(points))
    return strokes


def written(strokes: list[Stroke]) -> str:
    """Return the one text of these strokes."""
    return ";".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes)


def read_strokes(text: str) -> tuple[str | None, Text | None]:
    """Return the canonical text of a signature, or what is wrong with it."""
    if text == PAPER:
        return PAPER, None
    try:
        strokes = parse(text.strip())
    except NoStrokes:
        return None, Text("没认出签的名。请清掉，重新签一次。", "This is no signature. Please clear it and sign again.")
    if sum(len(stroke) for stroke in strokes) > MOST_RAW_POINTS or len(strokes) > MOST_STROKES:
        return None, Text("画得太多了。请清掉，只签名字。", "That is too much. Please clear it and only sign the name.")
    thin = thinned(strokes, FINEST, MOST_POINTS)
    if sum(_length(stroke) for stroke in thin) < LEAST_INK:
        return None, Text("签得太短了。请把名字写全。", "That is too short. Please write the whole name.")
    return written(thin), None


def thinned(strokes: list[Stroke], tolerance: float, most: int) -> list[Stroke]:
    """Return the strokes without points that lie on the line between their neighbours (Ramer–Douglas–Peucker).

    The point farthest off its line is kept next, until none lies farther off than `tolerance` or `most` are kept. So
    the work is bounded whatever was drawn, and a box that somebody shaded all over does not hold up the machine. Doing
    it twice changes nothing, so a canonical signature stays as it is.
    """
    kept = [{0, len(stroke) - 1} for stroke in strokes]
    room = most - sum(map(len, kept))
    spans = [_span(strokes, which, 0, len(stroke) - 1) for which, stroke in enumerate(strokes)]
    heapify(spans)
    while spans and room > 0:
        nearness, which, first, farthest, last = heappop(spans)
        if -nearness <= tolerance:
            break
        kept[which].add(farthest)
        room -= 1
        heappush(spans, _span(strokes, which, first, farthest))
        heappush(spans, _span(strokes, which, farthest, last))
    return [tuple(stroke[at] for at in sorted(places)) for stroke, places in zip(strokes, kept, strict=True)]


def _span(strokes: list[Stroke], which: int, first: int, last: int) -> tuple[float, int, int, int, int]:
    """Return (minus how far off the line the farthest point between two of a stroke lies, stroke, first, it, last)."""
    stroke = strokes[which]
    (a, b), (c, d), between = stroke[first], stroke[last], stroke[first + 1:last]
    if not between:
        return 0.0, which, first, first, last
    wide, high = c - a, d - b
    long = hypot(wide, high)
    # from the line through both ends; from the one point where both are the same
    off = [abs(wide * (b - y) - (a - x) * high) if long else (x - a) ** 2 + (y - b) ** 2 for x, y in between]
    most = max(off)
    return -(most / long if long else most ** 0.5), which, first, first + 1 + off.index(most), last


def _length(stroke: Stroke) -> float:
    return sum(hypot(c - a, d - b) for (a, b), (c, d) in pairwise(stroke))


def put_strokes(writer: BitWriter, text: str) -> None:
    """Append a signature: strokes, points, the first point in full, each other one as a step from the one before.

    Raises:
        NoStrokes: the text is not what `take_strokes` would give back.
    """
    if text == PAPER:
        writer.put_number(0)
        return
    strokes = parse(text)
    if written(strokes) != text:
        raise NoStrokes
    writer.put_number(len(strokes))
    for stroke in strokes:
        writer.put_number(len(stroke))
        (x, y), *rest = stroke
        writer.put(x, X_BITS)
        writer.put(y, Y_BITS)
        for c, d in rest:
            writer.put_number(_zigzag(c - x))
            writer.put_number(_zigzag(d - y))
            x, y = c, d


def take_strokes(reader: BitReader) -> str:
    """Return the signature that `put_strokes` wrote.

    Raises:
        ValueError: the bits hold none.
    """
    strokes = []
    for _ in range(reader.take_number(16)):
        count = reader.take_number(16)
        x, y = reader.take(X_BITS), reader.take(Y_BITS)
        points = [(x, y)]
        for _ in range(count - 1):
            x, y = x + _unzigzag(reader.take_number(16)), y + _unzigzag(reader.take_number(16))
            points.append((x, y))
        if not count or any(not (0 <= a <= WIDE and 0 <= b <= HIGH) for a, b in points):
            raise ValueError("a packed signature leaves its ground")
        strokes.append(tuple(points))
    return written(strokes) or PAPER


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _unzigzag(number: int) -> int:
    return -(number + 1) // 2 if number % 2 else number // 2
