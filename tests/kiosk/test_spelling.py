"""How the recordings say a sentence: numbers, letters and signs in words, syllables with the tones of their place."""

import re

import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.kiosk.spoken_texts import spoken
from install.voice.spelling import HAN, TABLE, in_words, pieces, readings, spell


@pytest.mark.parametrize(("written", "said"), [
    ("请写18位。", "请写十八位。"),
    ("名字至少2个字。", "名字至少两个字。"),
    ("第20位是等级", "第二十位是等级"),
    ("2026年11月30日", "二零二六年十一月三十日"),
    ("打12345或96110问。", "打 幺二三四五 或 九六幺幺零 问。"),
    ("打110报警", "打 幺幺零 报警"),
    ("补助3000元", "补助三千元"),
    ("12345元", "一万二千三百四十五元"),
    ("4.5吨", "四点五吨"),
    ("16–59岁", "十六到五十九岁"),
    ("国发〔2015〕52号；", "国发，二零一五年，五十二号；"),
    ("打在A4纸上，写GA-02", "打在A 四 纸上，写GA 杠零二 "),
    ("不到24MB", "不到二十四兆"),
    ("<b>回执号+身份证后4位</b>", "回执号加身份证后四位"),
])
def test_what_is_no_chinese_character_is_said_in_words(written: str, said: str) -> None:
    assert in_words(written) == said


@pytest.mark.parametrize(("written", "said"), [
    ("贷款还完了，还没还清", "dai4-kuan3 huan2-wan2 le5, hai2 mei2-huan2 qing1"),
    ("以指南为准。", "yi3 zhi3-nan2 wei2-zhun3."),
    ("拍照片", "pai1 zhao4-pian4"),
    ("特困供养", "te4-kun4 gong1-yang3"),
    ("U盘里最后一位是X", "you1 pan2 li3 zui4-hou4 yi2-wei4 shi4 ai2-ke5-si5"),
    ("不是，不能，是不是", "bu2-shi4, bu4-neng2, shi4-bu5-shi4"),
    ("一样，一年，看一看", "yi2-yang4, yi4-nian2, kan4-yi5-kan4"),
    ("第一个，一级，哪一级，星期一", "di4-yi1-ge4, yi1-ji2, na3 yi4-ji2, xing1-qi1-yi1"),
    ("一个一个写", "yi2-ge4 yi2-ge4 xie3"),
])
def test_a_word_is_said_as_its_sense_and_its_place_ask(written: str, said: str) -> None:
    assert spell(written) == said


def test_no_sentence_has_a_sign_that_would_be_passed_over_unheard() -> None:
    sentences = [*spoken(shipped_catalogue()).values()]

    sign = re.compile(f"[^{HAN}A-Z，。？！；：、（）“”… ]")
    unheard = {one: found for one in sentences if (found := sign.findall(in_words(one)))}

    assert len(sentences) > 2000 and unheard == {}


def test_a_sentence_too_long_for_the_model_is_cut_where_a_voice_rests() -> None:
    assert pieces("yi1 er4, san1, si4.", 9, len) == ["yi1 er4,", "san1,", "si4."]
    assert pieces("yi1 er4 san1 si4.", 9, len) == ["yi1 er4", "san1 si4."]
    assert pieces("yi1 er4.", 500, len) == ["yi1 er4."]


def test_the_table_gives_each_word_once_and_says_why() -> None:
    rows = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]

    assert all(len(row) == 3 and row[2] for row in rows)
    assert len(rows) == len(readings())
