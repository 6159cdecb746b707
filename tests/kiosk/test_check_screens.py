"""The check page in screens: nothing lost, nothing twice, none too heavy, as few as can be."""

from hypothesis import given
from hypothesis import strategies as st

from edge.kiosk.check_lines import Line, screens, weight

WORDS = st.text("家人甲乙丙", min_size=1, max_size=90)
LINES = st.lists(st.builds(Line, st.text("k", min_size=1, max_size=3), st.text("标题", min_size=1, max_size=12), WORDS),
                 min_size=1, max_size=40)


@given(LINES, st.booleans())
def test_every_line_stands_on_one_screen_and_no_screen_is_too_heavy(found: list[Line], large: bool) -> None:
    first = screens(found, (8, 6), "1", large)
    pages = [screens(found, (8, 6), str(number), large) for number in range(1, first.count + 1)]
    assert [line for page in pages for line in page.rows] == found
    for page in pages:
        room = 6 if page.after is None else 8
        assert len(page.rows) == 1 or sum(weight(line, large) for line in page.rows) <= room
    assert screens(found, (8, 6), "last", large) == pages[-1]


def test_screens_are_even_and_few() -> None:
    found = [Line("k", "标题", "字")] * 15
    assert [len(screens(found, (8, 6), str(number), False).rows) for number in (1, 2, 3)] == [5, 5, 5]
    assert screens([Line("k", "标题", "字")] * 14, (8, 6), "1", False).count == 2
    assert screens([Line("k", "标题", "字")] * 6, (8, 6), "1", False).count == 1


def test_long_words_weigh_more() -> None:
    assert weight(Line("k", "标题", "字" * 30), False) == 1
    assert weight(Line("k", "标题", "字" * 40), False) == 2
    assert weight(Line("k", "标题", "字" * 40), True) == 2
    assert weight(Line("k", "标题", "字" * 80), True) > weight(Line("k", "标题", "字" * 80), False)
