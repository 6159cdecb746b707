"""The whole story with a county and a machine as separate programs, and the hub away when the form is handed in."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from edge.domain.catalogue import shipped_catalogue
from edge.domain.identity import id_check_character, luhn_holds
from tests.executable.program import HOST, Facts, Program, Yizhan, free_port, interface, reaches, submit, until
from tests.executable.raw_scan import traces, typed_by

pytestmark = pytest.mark.executable
ITEM = shipped_catalogue().item("RS-01")
ID_BODY = "37039919850615801"
CARD_BODY = "622848123456789012"
AGENT_BODY = "37039919610307266"
PERSON: Facts = {
    **ITEM.example, "who": "family", "name": "诸葛青禾", "id_number": ID_BODY + id_check_character(ID_BODY),
    "home": ["370399001202", "后山坳 817 号"], "mobile": "19951728364", "agent_name": "司马望舒",
    "agent_id_number": AGENT_BODY + id_check_character(AGENT_BODY), "agent_relation": "kin", "material_poa": "brought",
    "material_agent_id": "brought",
    "bank_card": next(CARD_BODY + last for last in "0123456789" if luhn_holds(CARD_BODY + last))}
CORRECTED = "19951728399"


@dataclass
class County:
    """A hub and one enrolled site, neither running."""

    yizhan: Yizhan
    folder: Path
    hub_port: int = field(default_factory=free_port)
    site_port: int = field(default_factory=free_port)

    @property
    def hub_folder(self) -> Path:
        """Where the county's data lie."""
        return self.folder / "hub"

    @property
    def site_folder(self) -> Path:
        """Where the machine's data lie."""
        return self.folder / "site"

    def found(self) -> None:
        """Make the hub, a ticket and the site."""
        self.yizhan.ask("hub", "init", "--dir", self.hub_folder)
        ticket = self.ticket()
        with self.hub():
            self.enrol(ticket)

    def ticket(self) -> str:
        """Return a fresh ticket."""
        return str(self.yizhan.ask("hub", "ticket", "--dir", self.hub_folder, "--site", "柳河镇便民服务中心")["ticket"])

    def enrol(self, ticket: str) -> Facts:
        """Enrol the site."""
        return self.yizhan.ask("edge", "enroll", "--dir", self.site_folder, "--hub", f"http://{HOST}:{self.hub_port}",
                               "--ticket", ticket)

    @contextmanager
    def hub(self) -> Iterator[httpx.Client]:
        """Run the hub; yields a client of its interface."""
        token = self.yizhan.ask("hub", "token", "--dir", self.hub_folder)["token"]
        listen = f"{HOST}:{self.hub_port}"
        with self.yizhan.serving("hub", "run", "--dir", self.hub_folder, "--listen", listen) as running, \
                interface(running.facts["hub_api"], token) as client:
            yield client

    @contextmanager
    def site(self) -> Iterator[tuple[Program, httpx.Client]]:
        """Run the site; yields it and a client of its interface."""
        token = self.yizhan.ask("edge", "token", "--dir", self.site_folder)["token"]
        listen = f"{HOST}:{self.site_port}"
        with self.yizhan.serving("edge", "run", "--dir", self.site_folder, "--listen", listen) as running, \
                interface(running.facts["edge_api"], token) as client:
            yield running, client

    def sync(self) -> Facts:
        """Talk to the hub now, whoever else of this folder does."""
        return self.yizhan.ask("edge", "sync", "--dir", self.site_folder)


@pytest.fixture
def county(yizhan: Yizhan, tmp_path: Path) -> County:
    made = County(yizhan, tmp_path)
    made.found()
    return made


def decide(hub: httpx.Client, submission: str, **verdict: Any) -> None:
    """Wait for a case and decide it."""
    until(lambda: hub.get(f"/cases/{submission}").status_code == 200, "the case")
    told = hub.post(f"/cases/{submission}/verdict", json=verdict)
    assert told.status_code == 200, told.text


def test_the_link_comes_back_and_the_county_answers(county: County) -> None:
    with county.site() as (site_program, site):
        lodged = submit(site, "story", PERSON)
        assert (lodged["state"], site.get("/status").json()["line"]) == ("queued", "down")
        tracked = {"receipt": lodged["receipt"], "tail": PERSON["id_number"][-4:]}
        assert site.post("/track", json=tracked).json()["state"] == "queued"
        with county.hub() as hub:
            # `edge run` holds the folder meanwhile; the two take turns
            assert county.sync()["waiting"] == 0
            reaches(site, lodged["id"], "held")
            decide(hub, lodged["id"], verdict="return", asks=[{"field": "mobile", "reason": "打不通"}])
            county.sync()
            reaches(site, lodged["id"], "needs_correction")
            correct(f"http://{HOST}:{county.site_port}", tracked, CORRECTED)
            county.sync()
            until(lambda: hub.get(f"/cases/{lodged['id']}").json()["answers"]["mobile"] == CORRECTED,
                  "the correction")
            decide(hub, lodged["id"], verdict="accept", result={"joined_on": "2026-11-23"})
            county.sync()
            reaches(site, lodged["id"], "accepted")
            assert site.post("/track", json=tracked).json()["result"] != {}
        assert site_program.tell(signal.SIGTERM) == 0
    typed = {*typed_by(ITEM, PERSON), CORRECTED}
    assert len(typed) >= 8
    assert traces(county.site_folder, typed) == []
    assert county.yizhan.ask("edge", "doctor", "--dir", county.site_folder)["sound"] is True
    assert county.yizhan.ask("hub", "doctor", "--dir", county.hub_folder)["sound"] is True


def test_nothing_typed_stands_on_the_disk_while_the_machine_runs(county: County) -> None:
    with county.site() as (_, site):
        lodged = submit(site, "typed", PERSON)
        site.post("/submissions", json={"item": "RS-01", "answers": {**PERSON, "mobile": "199"}},
                  headers={"Idempotency-Key": "refused"})
        site.post("/track", json={"receipt": lodged["receipt"], "tail": PERSON["id_number"][-4:]})
        # also in the write-ahead log, which a running site has beside its database, and in the log of what it did
        assert list(county.site_folder.glob("*-wal")) and list((county.site_folder / "logs").iterdir())
        assert traces(county.site_folder, typed_by(ITEM, PERSON)) == []


def test_the_scan_sees_what_is_there(tmp_path: Path) -> None:
    for at, text in enumerate(("诸葛青禾 19951728364".encode("utf-16-le"), "x诸葛青禾".encode(), b"eDE5OTUxNzI4MzY0",
                               b"MTk5NTE3MjgzNjQ=", b"eHgxOTk1MTcyODM2NA==")):
        (tmp_path / str(at)).write_bytes(b"\0\1" + text)
    found = traces(tmp_path, ["诸葛青禾", "19951728364"])
    assert {line.split(":")[0] for line in found} == {"0", "1", "2", "3", "4"}


def test_a_killed_site_keeps_what_it_took(county: County) -> None:
    with county.site() as (program, site):
        lodged = submit(site, "killed", PERSON)
        program.tell(signal.SIGKILL)
    with county.hub(), county.site() as (_, site):
        assert submit(site, "killed", PERSON)["receipt"] == lodged["receipt"]
        county.sync()
        reaches(site, lodged["id"], "held")


def correct(kiosk: str, tracked: dict[str, str], mobile: str) -> None:
    """Put the mobile number right as a citizen does, on the kiosk's pages, without a script."""
    with httpx.Client(base_url=kiosk, follow_redirects=True, timeout=30, trust_env=False) as browser:
        page = browser.get("/track")
        page = press(browser, page, "/track", code=tracked["receipt"])
        page = press(browser, page, "/track/tail", tail=tracked["tail"])
        page = press(browser, page, "/correct", field="mobile")
        parts = {f"mobile.{at}": part for at, part in enumerate((mobile[:3], mobile[3:7], mobile[7:]), 1)}
        page = press(browser, page, page.url.path, mobile=mobile, **parts)
        for _ in range(4):
            if page.url.path == "/correct/done":
                return
            page = press(browser, page, page.url.path, agree="yes")
        raise AssertionError(f"the correction ended at {page.url.path}")


def press(browser: httpx.Client, page: httpx.Response, path: str, **given: str) -> httpx.Response:
    """Send a form of a page with the hidden fields that it holds."""
    csrf = re.search(r'data-csrf="([^"]+)"', page.text)
    assert csrf, page.text[:500]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    answer = browser.post(path, data={**hidden, "csrf": csrf[1], "go": "next", **given})
    assert answer.status_code == 200, (path, answer.status_code)
    return answer
