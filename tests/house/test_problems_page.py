"""The page of refusals says what the catalogue says."""

from edge.ground.problem import KINDS
from install.problems_page import PAGE, page


def test_the_page_lists_every_refusal_as_it_is() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_every_refusal_has_a_cure_in_both_languages() -> None:
    for kind in KINDS.values():
        assert all((kind.title_zh, kind.title_en, kind.cure_zh, kind.cure_en)), kind.code
