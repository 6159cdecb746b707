"""What typed pinyin may mean, on the index that is shipped."""

import statistics
from functools import cache, partial
from pathlib import Path
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.pinyin import Candidate, ExtraWords, candidates, spelt
from edge.domain.pinyin_index import PinyinIndex

FILE = Path(__file__).resolve().parents[2] / "edge" / "kiosk" / "data" / "pinyin.txt"
FIRST_ROW = 6
WHOLE_SET = 5_000


@cache
def index() -> PinyinIndex:
    return PinyinIndex.from_bytes(FILE.read_bytes())


def texts(letters: str, limit: int = 60, extra: ExtraWords | None = None) -> list[str]:
    return [candidate.text for candidate in candidates(index(), letters, extra, limit)]


@pytest.mark.parametrize(("letters", "name"), [
    ("zhangsan", "张三"), ("wangxiuying", "王秀英"), ("zhangwei", "张伟"), ("lijianguo", "李建国"),
    ("ouyangjianguo", "欧阳建国"), ("zhugeliang", "诸葛亮"), ("zengguihua", "曾桂花"), ("shanxiaoping", "单小平"),
    ("lvxiulan", "吕秀兰"), ("lyuxiulan", "吕秀兰"), ("wangfang", "王芳"), ("zhaomeiling", "赵美玲"),
])
def test_a_whole_name_stands_in_the_first_row(letters: str, name: str) -> None:
    assert Candidate(name, len(letters)) in candidates(index(), letters)[:FIRST_ROW]


@pytest.mark.parametrize(("letters", "name"), [("zhangs", "张生"), ("wxy", "王秀英"), ("wangxiuy", "王秀英")])
def test_unfinished_letters_and_initials_are_enough(letters: str, name: str) -> None:
    assert name in texts(letters)[:8]


@pytest.mark.parametrize(("letters", "rare", "within"), [
    ("zhen", "㐱", 40), ("ji", "𠮷", 100), ("kun", "堃", 12), ("zhe", "喆", 12), ("chong", "翀", 12), ("yan", "䶮", 80),
    ("biao", "骉", 40), ("yao", "垚", 40),
])
def test_rare_characters_of_names_are_reached_in_few_pages(letters: str, rare: str, within: int) -> None:
    assert rare in texts(letters, WHOLE_SET)[:within]


def test_a_rare_given_name_is_composed_too() -> None:
    assert "王堃" in texts("wangkun")


@pytest.mark.parametrize("surname", [
    "zeng 曾", "shan 单", "xie 解", "qiu 仇", "ou 区", "zha 查", "ge 盖", "miao 缪", "piao 朴",
])
def test_a_surname_is_found_by_its_reading_as_a_surname(surname: str) -> None:
    letters, _, character = surname.partition(" ")
    assert character in texts(letters, 25)


def test_one_syllable_comes_before_two_that_spell_the_same() -> None:
    found = texts("xian")
    assert found.index("先") < found.index("西安") < 10


def test_a_full_syllable_is_not_cut_into_an_unfinished_word() -> None:
    assert "完工" not in texts("wang")


def test_an_apostrophe_parts_the_syllables() -> None:
    assert candidates(index(), "xi'an")[0] == Candidate("西安", 5)
    assert Candidate("西", 3) in candidates(index(), "xi'an")
    assert "先" not in texts("xi'an", WHOLE_SET)


def test_both_readings_of_fangan_are_offered() -> None:
    assert {"方案", "反感"} <= set(texts("fangan")[:3])


def test_what_is_not_used_stays_for_the_next_choice() -> None:
    assert Candidate("张", 5) in candidates(index(), "zhangsan")[:FIRST_ROW + 2]
    assert Candidate("三", 3) in candidates(index(), "san")


def test_common_words_come_first() -> None:
    assert texts("lishi")[0] == "历史"
    assert texts("de")[0] == "的"
    assert texts("li")[:2] == ["里", "李"] or texts("li")[:2] == ["李", "里"]


def test_villages_and_items_of_this_county_come_before_the_dictionary() -> None:
    here = ExtraWords(index(), ["柳河村", "东张各庄村", "高龄津贴", "CL-02", "重度残疾人护理补贴"])
    assert texts("liuhecun", extra=here)[0] == "柳河村"
    assert texts("dongzhanggezhuangcun", extra=here)[0] == "东张各庄村"
    assert texts("gaolingjintie", extra=here)[0] == "高龄津贴"
    assert "重度残疾人护理补贴" in texts("zhongducanji", extra=here)[:3]
    assert "高龄津贴" in texts("gljt", extra=here)[:3]
    assert Candidate("柳河村", 8) in candidates(index(), "liuhecunsanzu", here)[:8]


@pytest.mark.parametrize(("letters", "shown"), [
    ("zhangsan", "zhang san"), ("xi'an", "xi' an"), ("zhangs", "zhang s"), ("wxy", "w x y"), ("xian", "xian"), ("", ""),
])
def test_the_typed_line_shows_the_syllables(letters: str, shown: str) -> None:
    assert spelt(index(), letters) == shown


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=60))
def test_any_letters_give_each_text_once_and_use_some_of_them(letters: str) -> None:
    found = candidates(index(), letters, None, 200)
    assert len({candidate.text for candidate in found}) == len(found) <= 200
    assert all(0 < candidate.used <= len(letters) and candidate.text for candidate in found)
    assert spelt(index(), letters).replace(" ", "") == letters


def test_every_syllable_and_every_beginning_of_one_gives_characters() -> None:
    for syllable in index().syllables:
        for length in range(1, len(syllable) + 1):
            assert texts(syllable[:length], 1), syllable[:length]


def test_nothing_is_learned_from_what_was_typed() -> None:
    before = texts("zhangweimin")
    for _ in range(20):
        candidates(index(), "zhangweimin")
    assert texts("zhangweimin") == before


def test_a_typical_look_up_takes_under_5_ms() -> None:
    typed = ["zhangsan", "wangxiuying", "ouyangjianguo", "lishi", "yi", "xian", "gaolingjintie", "z", "zh"]
    best = [min(repeat(partial(candidates, index(), letters), number=1, repeat=5)) for letters in typed]
    assert statistics.median(best) < 0.005


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="yizhan-pinyin 1"):
        PinyinIndex.from_bytes(b"yizhan-pinyin 2 jieba\n#characters\n")


def test_the_file_is_small_and_names_its_sources() -> None:
    assert FILE.stat().st_size < 3_000_000
    first = FILE.read_text(encoding="utf-8").splitlines()[0].split()
    licences = (FILE.parent / "LICENSES.md").read_text(encoding="utf-8")
    assert first[2] == "jieba" and first[4] == "pypinyin"
    assert first[3] in licences and first[5] in licences


@pytest.mark.parametrize(("letters", "street"), [
    ("renminlu", "人民路"), ("hepinglu", "和平路"), ("changjianglu", "长江路"), ("jianshejie", "建设街"),
])
def test_a_street_is_composed_from_a_word_and_what_streets_end_with(letters: str, street: str) -> None:
    assert street in texts(letters)[:FIRST_ROW]


def test_a_surname_that_is_not_among_the_commonest_composes_names_too() -> None:
    assert [text for text in texts("chenglixin") if text.startswith("程") and len(text) == 3]
