"""A machine that invites phones, and a person with a phone of their own on the place's network."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edge.desk.site import Site
from edge.kiosk import create_kiosk
from edge.kiosk.inviting import Inviting
from edge.kiosk.phone_app import create_phone_pages
from tests.fakes.one_site import HeldClock, make_site
from tests.kiosk.citizen import Citizen

URL = "https://zhan1.example.cn:8443"
NAME = "欧阳春兰"
OUT = "这部手机现在没有在填"


class Browser(FlaskClient):
    """A phone's browser: it calls the place by its name, through TLS."""

    def open(self, *args: Any, **words: Any) -> TestResponse:
        """Ask for something."""
        return super().open(*args, **{"base_url": URL, **words})


class Phone(Citizen):
    """A person with a phone, at an address of the place's network."""

    def __init__(self, app: Flask, address: str = "192.168.1.20") -> None:
        client = Browser(app, app.response_class)
        client.environ_base = {"REMOTE_ADDR": address}
        super().__init__(client)

    def scan(self, code: str) -> "Phone":
        """Scan a code, and press 开始填 where it is offered."""
        self.go(f"/in/{code}")
        if self.title == "用手机填":
            self.send("/in", code=code)
        return self


@dataclass
class Place:
    """One machine with its way for phones."""

    site: Site
    clock: HeldClock
    inviting: Inviting
    kiosk: Flask
    pages: Flask

    def citizen(self) -> Citizen:
        """Return someone new at the machine's screen."""
        return Citizen(self.kiosk.test_client())

    def shown_to(self, citizen: Citizen) -> str:
        """Return the code that is drawn on the screen after it was opened anew."""
        drawn: list[str] = []
        address_of = self.inviting.address_of
        self.inviting.address_of = lambda code: drawn.append(code) or address_of(code)  # type: ignore[method-assign, func-returns-value]  # nobody but a camera reads the drawing
        citizen.go("/phone")
        del self.inviting.address_of
        return drawn[0]

    def code(self) -> str:
        """Return the code that a new person at the machine is shown."""
        return self.shown_to(self.citizen())

    def phone(self, address: str = "192.168.1.20") -> Phone:
        """Return a phone that has scanned a fresh code."""
        return Phone(self.pages, address).scan(self.code())


@pytest.fixture(name="place")
def invites_phones(tmp_path: Path) -> Iterator[Place]:
    """A machine that invites phones, its line down."""
    site, clock = make_site(tmp_path)
    inviting = Inviting(site, URL, "bianmin")
    yield Place(site, clock, inviting, create_kiosk(site, inviting=inviting), create_phone_pages(site, inviting))
    site.store.close()
