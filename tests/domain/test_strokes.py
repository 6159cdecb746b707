"""Signatures: thinned once and for all, small, refused where they are no signature."""

from math import cos, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain import strokes
from edge.domain.bits import BitReader, BitWriter
from edge.domain.strokes import MOST_POINTS, PAPER, parse, put_strokes, read_strokes, take_strokes, thinned
from tests.domain.filled import signatures

CURVE = [(int(300 + 250 * cos(n / 40)), int(100 + 90 * sin(n / 23))) for n in range(2000)]


def drawn(*strokes: list[tuple[int, int]]) -> str:
    return ";".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes)


def packed(text: str) -> bytes:
    writer = BitWriter()
    put_strokes(writer, text)
    return writer.done()


@given(signatures())
def test_a_signature_is_read_the_same_again_and_comes_back_packed(text: str) -> None:
    assert read_strokes(text) == (text, None)
    assert take_strokes(BitReader(packed(text))) == text


def test_points_on_a_line_are_dropped_and_a_long_curve_stays_small() -> None:
    assert thinned([tuple((n, 10) for n in range(500))], 1.5, MOST_POINTS) == [((0, 10), (499, 10))]
    value, fault = read_strokes(drawn(CURVE))
    assert fault is None and value is not None
    assert sum(len(stroke) for stroke in parse(value)) <= MOST_POINTS
    assert len(packed(value)) < 900


def test_a_box_that_was_shaded_all_over_is_thinned_by_a_bounded_number_of_looks(
        monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    span = strokes._span

    def counted(drawn: list[strokes.Stroke], which: int, first: int, last: int) -> tuple[float, int, int, int, int]:
        looks.append(last - first)
        return span(drawn, which, first, last)

    monkeypatch.setattr(strokes, "_span", counted)
    # up and down, farther right each time: every split takes one point off the end
    value, fault = read_strokes(drawn([(n * 600 // 1500, n % 2 * 200) for n in range(1500)]))

    assert fault is None and value is not None and len(looks) <= 2 * MOST_POINTS
    assert len(parse(value)[0]) == MOST_POINTS and read_strokes(value) == (value, None)


def test_three_written_characters_take_little_room() -> None:
    lines = [[(20 * n + int(9 * sin(k / 9)), 10 + 6 * k) for k in range(25)] for n in range(24)]
    value, fault = read_strokes(drawn(*lines))
    assert fault is None and value is not None and len(packed(value)) < 400


@pytest.mark.parametrize(("raw", "said"), [
    ("", "没认出"), ("1,2;", "没认出"), ("601,5 1,1", "没认出"), ("5,201 1,1", "没认出"), ("１,２", "没认出"),
    ("<svg>", "没认出"), ("5,5 6,6", "签得太短"), (drawn(*[[(1, 1), (99, 99)]] * 61), "画得太多"),
    (drawn(CURVE * 4), "画得太多")])
def test_what_is_no_signature_is_refused(raw: str, said: str) -> None:
    value, fault = read_strokes(raw)
    assert value is None and fault is not None and said in fault.zh and fault.en


def test_whoever_cannot_write_on_the_glass_signs_on_paper() -> None:
    assert read_strokes(PAPER) == (PAPER, None) and take_strokes(BitReader(packed(PAPER))) == PAPER


@given(st.binary(max_size=60))
def test_hostile_bits_raise_value_error_only(raw: bytes) -> None:
    try:
        text = take_strokes(BitReader(raw))
    except ValueError:
        return
    assert take_strokes(BitReader(packed(text))) == text
