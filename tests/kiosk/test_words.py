"""The words: English complete, forbidden words absent, the line's truth."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from edge.desk.site import LineNews
from edge.domain.submission import State
from edge.ground.clock import seconds
from edge.kiosk.road import on_its_way
from edge.records import facts
from tests.fakes.one_site import set_line
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk

KIOSK = Path(__file__).resolve().parents[2] / "edge" / "kiosk"
PO = KIOSK / "translations" / "en" / "LC_MESSAGES" / "messages.po"
FORBIDDEN = (
    "提交成功",
    "受理成功",
    "系统异常",
    "网络异常",
    "请稍后重试",
    "非法",
    "无效",
    "校验失败",
    "办理人",
    "行政区划",
    "当前",
    "是否",
)
CALL = re.compile(r"""(?<![\w.])_\(\s*(['"])(.+?)\1""")


def used_words() -> set[str]:
    """Return every msgid that a module or a template names."""
    files = [*KIOSK.glob("*.py"), *KIOSK.glob("templates/kiosk/*.html")]
    return {found[2] for file in files for found in CALL.finditer(file.read_text("utf-8"))}


def test_every_word_has_its_english() -> None:
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="en")
    english = {str(message.id): str(message.string) for message in catalogue if message.id}

    assert [word for word in sorted(used_words()) if not english.get(word, "").strip()] == []


def test_the_name_of_a_department_is_words_and_no_markup(kiosk: Kiosk) -> None:
    with kiosk.app.test_request_context("/"):
        told = on_its_way(State.HELD, "<i>民政&局")

    assert told == "填的内容<b>送到了</b>&lt;i&gt;民政&amp;局。"


def test_the_compiled_catalogue_is_of_today(kiosk: Kiosk, citizen: Citizen) -> None:
    citizen.send("/comfort", go="lang")

    for path in ("/", "/all", "/item/RS-01", "/track", "/search", "/help"):
        words = re.sub(
            r"<[^>]+>", "", re.sub(r'<(\w+)[^>]*lang="zh-CN"[^>]*>.*?</\1>', "", citizen.go(path).page, flags=re.DOTALL)
        )
        assert not re.search(r"[一-鿿]", words.replace("驿站", "").replace("李师傅（一楼服务台）", "")), path


def test_no_forbidden_word_stands_on_a_page() -> None:
    assert [word for word in FORBIDDEN for used in used_words() if word in used] == []


def test_a_line_that_was_never_used_is_not_called_up(kiosk: Kiosk, citizen: Citizen) -> None:
    with kiosk.site.store.write() as db:
        facts.forget(db, "line")

    assert "还没有和县里通上话" in citizen.go("/line").page


def test_the_line_is_up_only_after_an_exchange(kiosk: Kiosk, citizen: Citizen) -> None:
    set_line(kiosk.site, up=True)
    assert "和县里的线路通着" in citizen.go("/line").page and "刚刚通过话" in citizen.page

    kiosk.clock.pass_time(minutes=10)

    assert "刚刚通过话" not in citizen.go("/line").page


def test_a_broken_line_says_since_when(kiosk: Kiosk, citizen: Citizen) -> None:
    at = seconds(kiosk.clock.now())
    with kiosk.site.store.write() as db:
        facts.put(db, "line", LineNews(False, at - 3600, at - 7200))

    assert "和县里的线路断了" in citizen.go("/line").page and "13:20 起" in citizen.page


def test_words_that_did_not_change_are_not_sent_again(citizen: Citizen) -> None:
    found = re.search(r'hx-get="(/line\?v=[^"]+)"', citizen.go("/").answer.get_data(as_text=True))

    assert found is not None
    assert citizen.client.get(found[1]).status_code == 204
