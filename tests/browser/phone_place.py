"""A machine that invites phones, with both its listeners; for a browser that plays the phone too."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from edge.desk.site import Site
from edge.kiosk import create_kiosk
from edge.kiosk.inviting import Inviting
from edge.kiosk.phone_app import create_phone_pages
from tests.browser.chrome import serving

SHOWN = "https://zhan1.liuhe.example.cn:8443"
"""What the machine's screen says and draws; there is no such name."""


@dataclass
class PhonePlace:
    """A machine's own address, that of its pages for phones, and the codes that it has drawn, the last one last."""

    site: Site
    inviting: Inviting
    kiosk: str
    phones: str
    codes: list[str]

    @property
    def scanned(self) -> str:
        """Return where a phone goes that scans the code on the screen."""
        return f"{self.phones}/in/{self.codes[-1]}"


@contextmanager
def letting_phones_in(site: Site) -> Iterator[PhonePlace]:
    """Serve the machine and the pages for phones; a test cannot have the county's certificate, so over plain HTTP."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    phones = f"http://127.0.0.1:{port}"
    inviting, codes = Inviting(site, phones, "bianmin"), list[str]()
    address_of = inviting.address_of
    inviting.address_of = lambda code: codes.append(code) or address_of(code)  # type: ignore[method-assign, func-returns-value]  # stands in for the phone's camera
    duty, phone = "李师傅（一楼服务台）", "0533-0000000"
    pages = create_phone_pages(site, inviting, duty=duty, phone=phone)
    with serving(pages, port), serving(create_kiosk(site, inviting=inviting, duty=duty, phone=phone)) as kiosk:
        yield PhonePlace(site, inviting, kiosk, phones, codes)
