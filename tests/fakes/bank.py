"""A bank machine's software, as the site's interface meets it."""

from typing import Any

from werkzeug.test import TestResponse

from edge.desk.site import Site
from edge.desk.tokens import make_token
from edge.kiosk.app import create_kiosk

KEY = "5f0e0a52-7a35-4b62-9d0e-6f9a3f0a1c11"
ITEMS = ("CL-02", "CL-03", "GA-02", "MZ-01", "RS-01", "SS-04")


class Bank:
    """A bank machine's software with its token."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.token = make_token(site.store, site.chance, "bank")
        self.app = create_kiosk(site)
        self.http = self.app.test_client()

    def get(self, path: str, **headers: str) -> TestResponse:
        """Ask with the token."""
        return self.http.get(f"/api/v1{path}", headers=self._headers(headers))

    def post(self, path: str, body: object, **headers: str) -> TestResponse:
        """Send JSON with the token."""
        return self.http.post(f"/api/v1{path}", json=body, headers=self._headers(headers))

    def send(self, raw: bytes, kind: str = "application/json") -> TestResponse:
        """Send a body as it is to where forms are taken."""
        headers = self._headers({"Idempotency-Key": KEY})
        return self.http.post("/api/v1/submissions", data=raw, content_type=kind, headers=headers)

    def lodge(self, item: str, key: str = KEY, **changes: object) -> TestResponse:
        """Hand in the item's own example."""
        return self.hand_in(item, self.example(item) | changes, key)

    def hand_in(self, item: str, answers: dict[str, Any], key: str = KEY) -> TestResponse:
        """Hand in these answers."""
        return self.post("/submissions", {"item": item, "answers": answers}, **{"Idempotency-Key": key})

    def example(self, item: str) -> dict[str, Any]:
        """Return the example that the interface gives."""
        found: dict[str, Any] = body(self.get(f"/items/{item}"))["example"]
        return found

    def track(self, receipt: str, tail: str) -> TestResponse:
        """Ask with receipt code and ID tail."""
        return self.post("/track", {"receipt": receipt, "tail": tail})

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", **more}


def body(answer: TestResponse) -> dict[str, Any]:
    assert isinstance(answer.json, dict)
    return answer.json


def problem(answer: TestResponse) -> tuple[int, str]:
    """Return status and code of a refusal, and see that it is one."""
    assert answer.content_type == "application/problem+json"
    told = body(answer)
    assert told["status"] == answer.status_code
    assert {"title", "detail", "cure", "retry"} <= told.keys()
    return answer.status_code, told["type"].removeprefix("urn:yizhan:problem:")
