"""Pages are compiled ahead, and only believed while their source says the same."""

from pathlib import Path

import pytest
from flask import Flask, render_template
from jinja2 import Environment

from edge.ground.templates import compiled, compiled_file, set_up_pages
from edge.kiosk import create_kiosk
from install.compile_pages import reader
from tests.console.sample import make_sample
from tests.fakes.one_site import make_site


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An application with one page, compiled ahead."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text("高龄津贴 {{ 1 + 1 }}", encoding="utf-8")
    made = Flask("page", root_path=str(tmp_path))
    set_up_pages(made, lambda: "zh_CN")
    compiled_file(folder, "page.html").write_bytes(compiled(made.jinja_env, "page.html"))
    return made


def shown(app: Flask) -> str:
    with app.test_request_context():
        return render_template("page.html")


def test_a_compiled_page_is_shown_without_compiling(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("it was compiled again")

    monkeypatch.setattr(Environment, "compile", never)
    assert shown(app) == "高龄津贴 2"


def test_a_page_that_changed_since_is_compiled_anew(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "templates/page.html").write_text("补换身份证 {{ 1 + 2 }}", encoding="utf-8")
    assert shown(app) == "补换身份证 3"


@pytest.mark.parametrize("left", [b"", b"another Python's"])
def test_a_compiled_page_of_another_python_or_half_a_one_does_no_harm(app: Flask, tmp_path: Path, left: bytes) -> None:
    compiled_file(tmp_path / "templates", "page.html").write_bytes(left)
    assert shown(app) == "高龄津贴 2"


def test_pages_of_the_kiosk_are_compiled_ahead_as_it_would_itself(tmp_path: Path) -> None:
    site, _ = make_site(tmp_path)
    compare(create_kiosk(site))
    site.store.close()


def test_pages_of_the_console_are_compiled_ahead_as_it_would_itself(tmp_path: Path) -> None:
    county = make_sample(tmp_path, filled=False)
    compare(county.app)
    county.hub.store.close()


def compare(app: Flask) -> None:
    env, ahead = app.jinja_env, reader(Path(app.root_path))
    names = env.list_templates(extensions=["html"])
    assert names
    assert [name for name in names if compiled(ahead, name) != compiled(env, name)] == []
