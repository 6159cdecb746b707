"""Rare characters of names on paper: letters where the printer has them, drawings where not."""

from pathlib import Path

import pytest

from edge.machine.glyphs import DOTS, FONTS, FontGlyphs, box
from edge.machine.slip import SlipText, render

RARE = "㐱𠮷"
KNOWN = "堃喆翀"
IMAGE = b"\x1b*\x21" + DOTS.to_bytes(2, "little")


class Blocks:
    """Draws every character as a block, as a font would draw letters."""

    def draw(self, character: str) -> bytes:
        return bytes([ord(character) % 256]) * (3 * DOTS)


def slip(name: str) -> SlipText:
    return SlipText("收件回执", "不是受理通知书", "K7M4 Q2T X9B", [f"姓名：{name}*"], [], "K7M4Q2TX9B")


@pytest.mark.parametrize("character", RARE)
def test_a_character_that_the_printer_lacks_is_drawn_in_its_place(character: str) -> None:
    printed = render(slip(character), Blocks())

    assert "姓名：".encode("gbk") + IMAGE + Blocks().draw(character) + b"*\n" in printed
    assert character.encode("gb18030") not in printed


@pytest.mark.parametrize("character", KNOWN)
def test_a_character_that_the_printer_has_is_sent_as_a_letter(character: str) -> None:
    assert f"姓名：{character}*\n".encode("gbk") in render(slip(character), Blocks())


def test_without_a_font_an_empty_box_is_printed() -> None:
    assert IMAGE + box() in render(slip("𠮷"), FontGlyphs((Path("/nowhere.ttf"),)))


@pytest.mark.parametrize("character", RARE + KNOWN)
def test_the_machines_font_draws_them_all_and_each_differently(character: str) -> None:
    glyphs = FontGlyphs()
    assert any(font.is_file() for font in FONTS), "fonts-noto-cjk is in install/debian-packages.txt"

    drawn = glyphs.draw(character)

    assert drawn is not None and len(drawn) == 3 * DOTS and sum(map(int.bit_count, drawn)) > 40
    assert [other for other in RARE + KNOWN if other != character and glyphs.draw(other) == drawn] == []


def test_a_character_that_no_font_has_is_none() -> None:
    assert FontGlyphs().draw("\U0003fffd") is None
