"""A reason says why, never who: numbers and names are found however they are written, ordinary sentences pass."""

import pytest

from edge.domain.reason import holds_a_name, holds_a_number


@pytest.mark.parametrize("words", [
    "孙大娘 370303194902021239 要求",
    "３７０３０３１９４９０２０２１２３９",
    "身份证37030319490202123X的那位",
    "370303 1949 0202 123x 要求",
    "370303-19490202-1239",
    "三七〇三〇三一九四九〇二〇二一二三九",
    "旧证 370303490202123",
    "打13812345678问过",
    "电话 138 1234 5678",
    "1 13812345678",
    "+86 138-1234-5678",
    "8613812345678",
    "卡 6222 0200 0000 0000 000",
    "6222020000000000000",
    "残疾证 11010519440101002543",
    "1101051944010100254 3B1",
])  # fmt: skip
def test_a_number_of_a_person_is_found_however_it_is_written(words: str) -> None:
    assert holds_a_number(words)


@pytest.mark.parametrize("words", [
    "本人要求", "2026-11-24 14:20 本人来窗口要求", "2026年11月24日，3号机", "区政府 0533-7220000 转来的函",
    "〔2026〕第 15 号文件，一共 12 件", "从第 1 件到第 240 件", "机器 A-07 被偷，报案号 370303", "",
])  # fmt: skip
def test_days_counts_and_phones_of_offices_pass(words: str) -> None:
    assert not holds_a_number(words)


def test_a_name_is_found_with_gaps_in_it_and_one_character_is_not_looked_for() -> None:
    assert holds_a_name("孙 大娘要求删", "孙大娘")
    assert holds_a_name("买买提艾力 要求", "买买提·艾力")
    assert not holds_a_name("本人要求", "孙大娘")
    assert not holds_a_name("王镇长来函", "王")
    assert not holds_a_name("本人要求", "")
