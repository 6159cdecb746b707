"""Every word of the console has its English, and the compiled words are those of the list."""

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

CONSOLE = Path(__file__).resolve().parents[2] / "sync" / "console"
WORDS = CONSOLE / "translations" / "en" / "LC_MESSAGES"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
FORBIDDEN = (
    "提交成功", "受理成功", "系统异常", "网络异常", "请稍后重试", "非法", "无效", "校验失败", "办理人", "行政区划",
    "当前", "是否",
)  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def spoken() -> set[str]:
    """Return every text that the code and the pages say."""
    options = {"**/templates/**.html": {"trimmed": "true"}}
    found = extract_from_dir(CONSOLE, METHODS, options, keywords={"_": None})
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def english() -> dict[str, str]:
    """Return Chinese → English."""
    with (WORDS / "messages.po").open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


def test_every_word_has_its_english_and_no_english_is_left_over() -> None:
    assert spoken() == set(english())
    assert [zh for zh, en in english().items() if not en.strip()] == []


def test_both_languages_have_the_same_facts() -> None:
    differ = {zh for zh, en in english().items() if not set(PLACEHOLDER.findall(en)) <= set(PLACEHOLDER.findall(zh))}
    assert differ == set()


def test_no_chinese_is_left_in_the_english() -> None:
    assert [en for en in english().values() if re.search(r"[\u4e00-\u9fff]", en)] == []


def test_the_compiled_words_are_those_of_the_list() -> None:
    with (WORDS / "messages.mo").open("rb") as file:
        compiled = {str(one.id): str(one.string) for one in read_mo(file) if one.id}
    assert compiled == english()


def test_no_jargon_of_offices_and_no_exclamation() -> None:
    assert [zh for zh in spoken() if any(word in zh for word in FORBIDDEN) or "！" in zh or "!" in zh] == []
