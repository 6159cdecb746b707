"""A citizen at the glass: does what each page asks, from the first page to the receipt, by the way they have."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form import Field, Item
from edge.domain.form_walk import form_fields, options
from tests.browser.journeys.hands import Finger

STORED = """const stored = [...Object.entries(localStorage), ...Object.entries(sessionStorage)]
  .filter(([key, told]) => key !== "htmx-current-path-for-history" || told !== location.pathname + location.search);"""
"""What the browser's stores hold; htmx notes there at which address it is, and nothing of what stands on the page."""
ASKED = "() => { " + STORED + """
  const has = query => document.querySelector(query) !== null, root = document.documentElement;
  const fields = [...document.querySelectorAll("main .field:not([type=file])")];
  const kinds = { photo: location.pathname.endsWith("/photo"), rows: has('[value="add"]:not(.vh)'),
    pen: has("[data-pen]"), tick: has("main .tick"), options: has("main .options"),
    words: has('[data-keys="pinyin"]'), number: true };
  return { path: location.pathname, kind: Object.keys(kinds).find(kind => kinds[kind]),
    high: root.scrollHeight > innerHeight, wide: root.scrollWidth > innerWidth, card: has('[formaction$="/begin"]'),
    written: fields.map(field => field.value).join(""),
    remembered: fields.some(field => field.autocomplete !== "off"), stored: stored.length > 0 };
}"""
MOST_PAGES, MOST_STEPS = 160, 40
PAPER = "paper"


@dataclass
class AtTheGlass:
    """One person.

    Attributes:
        scrolls: the pages may be longer than the screen.
        card: lays a card on the reader; where there is none, everything is written.
        steps: touches ＋ and － for a day instead of writing it.
        photos: the papers that this person lays under the camera.
        wrong: the pages that did not fit, whose fields a browser may remember, or at which it stored anything at all.
        found: the pages with a field in which something stood already.
        saw_reader: whether a card was asked for anywhere.
    """

    page: Page
    base: str
    hand: Finger
    scrolls: bool = False
    card: Callable[[], None] | None = None
    steps: bool = False
    photos: tuple[str, ...] = ()
    wrong: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    saw_reader: bool = False

    def turn(self, target: Locator) -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.hand.press(target)

    def go_on(self) -> None:
        """Press the button that leads on."""
        self.turn(self.page.locator(".actions .go").last)

    def arrive(self, *looks: str) -> None:
        """Come to the machine; `looks` are buttons of the dock: large, dark, lang."""
        self.page.goto(self.base + "/")
        for look in looks:
            self.turn(self.page.locator(f'.dock button[value="{look}"]'))

    def find(self, item: Item, way: str = "department") -> None:
        """Go from the first page to the page of an item: by department, by event:KEY or by words:WORDS."""
        way, _, what = way.partition(":")
        if way == "words":
            self.turn(self.page.locator("a.searchbox"))
            self.hand.words(what)
            self.go_on()
        elif way == "event":
            self.turn_to(f'a[href="/event/{what}"]')
        else:
            door = self.page.locator(f'a[href="/department/{item.department}"]')
            if not door.count():
                self.turn(self.page.locator('.departments a[href="/all"]'))
            self.turn(door)
        self.turn_to(f'a[href="/item/{item.code}"]')

    def turn_to(self, link: str) -> None:
        """Turn pages until a link stands there, and follow it."""
        for number in range(2, 9):
            if self.page.locator(link).count():
                break
            self.turn(self.page.locator(f'a[href$="?page={number}"]').last)
        self.turn(self.page.locator(link))

    def begin(self, who: str = "") -> None:
        """Begin the form that the page is about."""
        named = self.page.locator(f'.actions button[name="who"][value="{who}"]')
        self.turn(named if who and named.count() else self.page.locator('.actions button[name="who"]').first)

    def practise(self, item: Item) -> None:
        """Practise an item with its example from the first page to the end, and go on to its page in earnest."""
        self.turn(self.page.locator('[formaction="/practice"]'))
        self.find(item)
        self.begin()
        self.turn(self.page.locator('[formaction="/practice/example"]'))
        self.read_through()
        assert self.hand_in() == "" and "练习" in self.page.inner_text("h1")
        self.turn(self.page.locator('[formaction="/practice/real"]'))

    def go_on_as_before(self, tail: str) -> None:
        """Say with the end of the ID number that this is still the same person."""
        self.look()
        self.hand.number(tail)
        self.go_on()

    def fill(self, item: Item, answers: dict[str, Any], stop_at: str = "") -> None:
        """Answer every question until the form is to be looked through, or until one is asked that is not answered."""
        rows: dict[str, list[dict[str, Any]]] = {key: list(value) for key, value in answers.items() if _is_rows(value)}
        row: dict[str, Any] = {}
        for _ in range(MOST_PAGES):
            asked = self.look()
            if not asked["path"].startswith(("/fill/", "/rows/")):
                return
            key = asked["path"].split("/")[2]
            if key == stop_at:
                return
            if asked["written"]:
                self.found.append(key)
            if key == item.applicant.name and self.card is not None and not asked["written"]:
                self.use_card(self.card)
            elif asked["kind"] == "photo":
                self.show_paper(key.removeprefix("material_"))
            elif asked["kind"] == "rows":
                row = rows[key].pop(0) if rows.get(key) else {}
                self.turn(self.page.locator(f'main [value="{"add" if row else "next"}"]:not(.vh)'))
            else:
                given = row if asked["path"].startswith("/rows/") else answers
                self.answer(item, key, asked["kind"], given.get(key), asked["written"])
        raise AssertionError(f"{item.code} does not end")

    def show_paper(self, paper: str) -> None:
        """Take a picture of a paper and keep it, or say that the original is brought."""
        if paper in self.photos:
            self.page.wait_for_selector("#camera[data-open]")
            self.turn(self.page.locator("[data-take]"))
            self.look()
        self.turn(self.page.locator('.actions [value="keep"], [value="skip"]:not(.vh)'))

    def use_card(self, lay: Callable[[], None]) -> None:
        """Ask for the card, lay it down, and say so."""
        self.turn(self.page.locator('[formaction$="/begin"]'))
        lay()
        self.turn(self.page.locator("#done"))

    def answer(self, item: Item, key: str, kind: str, value: Any, written: str) -> None:
        """Answer one question and go on; what stands there already is right, and a keyboard signs on paper."""
        if kind == "pen" and (value == PAPER or not self.hand.sign(value)):
            self.turn(self.page.locator('.beside [value="paper"]'))
            return
        asked = next(one for top in form_fields(item) for one in (top, *top.fields) if one.key == key)
        if kind == "tick":
            self.hand.choose(self.page.locator(f"#f-{key}"))
        elif kind == "options":
            self.choose(item, asked, value)
        elif kind == "words" and value and not written:
            self.hand.words(str(value[1] if asked.kind == "region" else value))
        elif asked.kind == "date" and self.steps:
            self.step(value)
        elif kind == "number" and value is not None and not written:
            self.hand.number(_typed(asked, value))
        self.go_on()

    def step(self, day: str) -> None:
        """Reach a day by touching ＋ and －; the first touch shows today."""
        for number, wanted in enumerate(map(int, day.split("-")), 1):
            shown = self.page.locator(f'.segments input[name$=".{number}"]')
            for _ in range(MOST_STEPS):
                if (now := int(shown.input_value() or 0)) == wanted:
                    break
                self.turn(self.page.locator(f'button[value="{"less" if now > wanted else "more"}{number}"]'))
                self.look()

    def choose(self, item: Item, asked: Field, value: Any) -> None:
        """Choose what is on the page or behind it; a village is chosen in two steps."""
        name, wanted = asked.key, value if asked.kind == "choices" else [value]
        if asked.kind == "region":
            town = self.page.locator(f'[name="{name}.town"]').count()
            name, wanted = f"{name}.{'town' if town else 'village'}", [value[0][:9] if town else value[0]]
        elif asked.kind == "yes_no":
            wanted = ["yes" if value else "no"]
        for one in wanted:
            box = self.page.locator(f'input[name="{name}"][value="{one}"]:not([type=hidden])')
            if not box.count() and self.page.locator('[value="find"]').count():
                self.narrow(item, asked, str(one))
            for _ in range(6):
                if box.count():
                    break
                self.turn(self.page.locator('button[name="go"][value^="page"]').last)
            if not box.is_checked():
                self.hand.choose(box)

    def narrow(self, item: Item, asked: Field, value: str) -> None:
        """Narrow a long list to a few by writing."""
        label = next(one.label.zh for one in options(asked, item, shipped_catalogue().county) if one.value == value)
        self.turn(self.page.locator('[value="find"]'))
        self.hand.words(label[:2])
        self.go_on()

    def read_through(self) -> str:
        """Look through all that was written; return it. The tick is on the last page."""
        said = self.page.inner_text("main")
        for _ in range(9):
            if self.page.locator("#f-agree").count():
                break
            self.go_on()
            self.look()
            said += self.page.inner_text("main")
        return said

    def hand_in(self) -> str:
        """Tick, hand in, and return the receipt's code; "" where the page shows none."""
        self.hand.choose(self.page.locator("#f-agree"))
        self.go_on()
        self.look()
        code = self.page.locator(".code:not([aria-hidden])")
        return "".join(code.inner_text().split()) if code.count() else ""

    def leave(self) -> None:
        """Press 结束, or 办完了 where the receipt stands; whoever has not handed in is asked once more."""
        self.turn(self.page.locator('button[formaction="/leave"], form[action="/leave"] .go').first)
        if self.page.url.endswith("/leaving"):
            self.turn(self.page.locator('form.actions[action="/leave"] button'))

    def look(self) -> dict[str, Any]:
        """Look at the page: its path, its kind of question, what stands in it; note what is wrong with it."""
        asked: dict[str, Any] = self.page.evaluate(ASKED)
        self.saw_reader = self.saw_reader or asked["card"]
        if asked["wide"] or asked["remembered"] or asked["stored"] or (asked["high"] and not self.scrolls):
            self.wrong.append(asked["path"])
        return asked


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _typed(asked: Field, value: Any) -> str:
    """Return a number as it is typed: fen and hundredths with a point, dates and codes without gaps."""
    if asked.kind in ("money", "decimal"):
        return f"{value / 100:.2f}".removesuffix(".00")
    return str(value).replace("-", "").replace(" ", "")
