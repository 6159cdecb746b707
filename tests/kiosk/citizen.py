"""A citizen without scripts: reads pages, follows redirects, presses buttons."""

import html
import re
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edge.domain.catalogue import shipped_catalogue


class Citizen:
    """What one person at the machine sees; `page` is the page in front of them, `at` its address."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.answer: TestResponse = client.get("/")
        self.at = "/"
        self.item = ""

    @property
    def page(self) -> str:
        """Return the page in words, character references resolved."""
        return html.unescape(self.answer.get_data(as_text=True))

    @property
    def title(self) -> str:
        """Return the words of the h1."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.DOTALL)
        return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""

    @property
    def csrf(self) -> str:
        """Return the token of the page."""
        found = re.search(r'name="csrf" value="(\w+)"', self.page)
        return found[1] if found else ""

    def go(self, path: str) -> "Citizen":
        """Open a page and follow where it leads."""
        self.answer = self.client.get(path)
        self.at = path
        while self.answer.status_code == 303:
            self.at = self.answer.headers["Location"]
            self.answer = self.client.get(self.at)
        return self

    def send(self, path: str, **fields: Any) -> "Citizen":
        """Send a form of the page and follow where it leads."""
        answer = self.client.post(path, data={"csrf": self.csrf, **fields})
        if answer.status_code == 303:
            return self.go(answer.headers["Location"])
        self.answer, self.at = answer, path
        return self

    def begin(self, code: str, who: str = "self") -> "Citizen":
        """Choose an item and begin its form."""
        self.item = code
        return self.go(f"/item/{code}").send(f"/item/{code}", who=who)

    def reply(self, value: Any, go: str = "next") -> "Citizen":
        """Answer the question in front of them; a paper is handed in without a photo."""
        if self.at.endswith("/photo"):
            return self.send(self.at, go="skip")
        key = self.at.rsplit("/", 1)[1]
        if f'name="{key}.town"' in self.page:
            self.send(self.at, **{f"{key}.town": value[0][:9]})
        if f'name="{key}.village"' in self.page:
            self.send(self.at, **{f"{key}.village": value[0]})
        if 'id="door"' in self.page:
            value = value[1]
        if 'value="add"' in self.page:
            return self.write_rows(value or [], go)
        value = self.typed(key, value)
        self.send(self.at, **{key: "" if value is None else value, "go": go})
        if self.title == "请对着卡，再写一遍。":
            self.send(self.at, **{key: value, "go": go})
        return self

    def typed(self, key: str, value: Any) -> Any:
        """Return a canonical value as a person would type it."""
        fields = shipped_catalogue().item(self.item).fields if self.item else ()
        kinds = {one.key: one.kind for field in fields for one in (field, *field.fields)}
        if isinstance(value, bool):
            return "yes" if value else "no"
        if kinds.get(key) in ("money", "decimal") and isinstance(value, int):
            return f"{value / 100:.2f}"
        return value

    def write_rows(self, rows: list[dict[str, Any]], go: str = "next") -> "Citizen":
        """Add each row of a group, question after question, then go on."""
        cards = self.at
        for row in rows:
            self.send(cards, go="add")
            for _ in range(12):
                if not self.at.startswith("/rows/"):
                    break
                self.reply(row.get(self.at.rsplit("/", 1)[1]))
        return self.send(cards, go=go)

    def photograph(self, raw: bytes, name: str = "page.jpg") -> "Citizen":
        """Send a photo from the page in front of them, as a browser without scripts does."""
        return self.send(self.at.partition("?")[0], go="take", page=self.retaken, photo=(BytesIO(raw), name))

    @property
    def retaken(self) -> str:
        """Return the number of the page that is taken again, "0" for a new one."""
        found = re.search(r'name="page" value="(\d+)"', self.page)
        return found[1] if found else "0"

    def pictures(self) -> list[str]:
        """Return the addresses of the pictures on the page, each once."""
        return list(dict.fromkeys(re.findall(r'src="(/fill/[^"]+\.jpg)"', self.page)))

    def fill(self, code: str, **other: Any) -> "Citizen":
        """Answer everything up to the check page with the item's example."""
        example = {**shipped_catalogue().item(code).example, **other}
        self.begin(code, str(example.get("who", "")))
        if self.at == "/again":
            self.send("/again", go="fresh")
        for _ in range(90):
            if not self.at.startswith("/fill/"):
                break
            self.reply(example.get(self.at.rsplit("/", 1)[1]))
        return self

    def hand_in(self, code: str, **other: Any) -> tuple[str, str]:
        """Fill, check and hand in; return receipt code and ID tail."""
        item = shipped_catalogue().item(code)
        self.fill(code, **other).send("/check", agree="yes")
        found = re.search(r'class="code">([^<]+)<', self.page)
        assert found is not None, self.title
        return found[1].replace(" ", ""), str(item.example[item.applicant.id_number])[-4:]

    def look_up(self, receipt: str, tail: str) -> "Citizen":
        """Track a case."""
        return self.go("/track").send("/track", code=receipt).send("/track/tail", tail=tail)
