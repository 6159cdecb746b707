"""The pages that are made from the code and the catalogue say what these say."""

from edge.domain.catalogue import shipped_catalogue
from edge.ground.problem import KINDS
from install import problems_page, usability_page


def test_the_page_lists_every_refusal_as_it_is() -> None:
    assert problems_page.PAGE.read_text("utf-8") == problems_page.page()


def test_every_refusal_has_a_cure_in_both_languages() -> None:
    for kind in KINDS.values():
        assert all((kind.title_zh, kind.title_en, kind.cure_zh, kind.cure_en)), kind.code


def test_the_page_of_efforts_counts_every_item_as_it_is() -> None:
    assert usability_page.PAGE.read_text("utf-8") == usability_page.page(), "make words"


def test_no_sentence_of_an_item_is_longer_than_one_line_of_a_screen() -> None:
    catalogue = shipped_catalogue()
    asked = [usability_page.effort(item, catalogue) for item in catalogue.items.values()]
    assert {one.item.code: one.longest for one in asked if len(one.longest) > 24} == {}
    assert {one.item.code: one.rare for one in asked if one.rare > 5} == {}, "everyday characters"
