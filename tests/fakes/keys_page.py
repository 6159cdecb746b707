"""A kiosk of one page: a name to write, the pinyin keys beside it, the real guard and the real candidates."""

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, render_template_string

from edge.domain.catalogue import Catalogue
from edge.domain.county import County, Department, Town, Village
from edge.domain.text import Text
from edge.ground.clock import SystemClock, system_chance
from edge.ground.problem import Problem
from edge.kiosk import guard, keys
from edge.kiosk.visit import Visits

STATIC = Path(__file__).resolve().parents[2] / "static"
PAGE = """<!doctype html><html lang="{{ lang }}" {{ looks|safe }}><head><meta charset="utf-8"><title>keys</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/static/mark.svg"><link rel="stylesheet" href="/static/tokens.css">
<link rel="stylesheet" href="/static/kiosk.css">
<link rel="stylesheet" href="/static/kiosk/pinyin.css">
<script src="/static/kiosk/pinyin.js" defer></script></head><body>
<header class="top"><b>驿站</b></header><p class="line up">和县里的线路通着</p>
<main class="stage"><form method="post" action="/next"><div class="question with-keys"><div class="body">
<input type="hidden" name="csrf" value="{{ csrf }}"><h1><label for="name">老人叫什么名字？</label></h1>
<input class="field" id="name" name="name" maxlength="30" autocomplete="off"></div>
<div class="keys" data-keys="pinyin" data-for="name"></div>
<div class="actions"><button class="button">上一题</button>
<button class="button go">下一题</button></div></div></form></main>
<footer class="dock"><form><button class="button" type="button">结束</button></form></footer></body></html>"""


def place(*villages: str) -> Catalogue:
    """A catalogue of one town with these villages and no items."""
    named = [Village(code=f"00000000100{n}", name=Text(zh=name, en=name)) for n, name in enumerate(villages)]
    town = Town(code="000000001", name=Text(zh="柳河镇", en="Liuhe"), villages=tuple(named))
    department = Department(name=Text(zh="民政局", en="Civil affairs"), short=Text(zh="民政", en="Civil"))
    name = Text(zh="县", en="County")
    return Catalogue.of([], County(code="000000", version=1, name=name, departments={"mz": department}, towns=(town,)))


def keys_kiosk(catalogue: Catalogue, lang: str = "zh-CN", looks: str = "") -> Flask:
    """Return a web application that serves the page and the candidates; `looks` are attributes of its root element."""
    app = Flask("keys_page", static_folder=str(STATIC), static_url_path="/static")
    app.config["SITE"] = SimpleNamespace(visited=lambda: None, catalogue=lambda: catalogue)
    guard.install(app, Visits(SystemClock().monotonic, system_chance), guard.Entrance())
    app.register_blueprint(keys.bp)
    app.register_error_handler(Problem, lambda problem: ({"type": problem.kind.code}, problem.kind.status))

    @app.get("/")
    def page() -> str:
        return render_template_string(PAGE, csrf=guard.visit().csrf, lang=lang, looks=looks)

    @app.post("/next")
    def step() -> str:
        return '<link rel="icon" href="/static/mark.svg">next'

    return app
