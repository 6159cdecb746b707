"""The way for phones on a place's own network, as it is set on the command line; see docs/adr/0020."""

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from edge.desk.site import Site
from edge.ground.problem import PHONES_UNSEALED, Problem
from sync.command.serving import ANYWHERE, Address, read_address

if TYPE_CHECKING:
    from edge.kiosk.inviting import Inviting
    from edge.machine.imaging import Imaging
    from sync.command.phone_server import PhoneServer

STANDARD_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class PhoneWay:
    """Where to listen for phones, the name they call, the certificate's files (none: plain HTTP), the Wi-Fi's name."""

    address: Address
    name: str
    files: tuple[Path, Path] | None
    wifi: str

    @property
    def url(self) -> str:
        """Return what phones call, without a slash behind it."""
        scheme = "https" if self.files else "http"
        name = f"[{self.name}]" if ":" in self.name else self.name.lower()
        port = "" if self.address.port == STANDARD_PORTS[scheme] else f":{self.address.port}"
        return f"{scheme}://{name}{port}"


def read_phone_way(args: Namespace) -> PhoneWay | None:
    """Return the way for phones that the words of a command set, or None where they set none.

    Raises:
        ValueError: the words do not fit together.
        Problem: PHONES_UNSEALED, where neither a certificate nor the plain way was asked for.
    """
    certificate, key = args.phones_cert, args.phones_key
    if not args.phones:
        if certificate or key or args.phones_plain or args.phones_name or args.phones_wifi:
            raise ValueError("--phones HOST:PORT is missing")
        return None
    if bool(certificate) != bool(key) or (certificate and args.phones_plain):
        raise ValueError("give both --phones-cert and --phones-key, or --phones-plain alone")
    address = read_address(args.phones)
    if not address.port or (address.host in ANYWHERE and not args.phones_name):
        raise ValueError("--phones needs a port, and with an address such as 0.0.0.0 also --phones-name")
    if not certificate and not args.phones_plain:
        raise Problem(PHONES_UNSEALED)
    files = (Path(certificate), Path(key)) if certificate else None
    return PhoneWay(address, args.phones_name or address.host, files, args.phones_wifi)


def open_way(site: Site, way: PhoneWay, inviting: "Inviting", imaging: "Imaging") -> "PhoneServer":
    """Return the listener of a way for phones; its port is taken, it does not answer yet.

    Raises:
        Problem: PHONES_CERTIFICATE, PORT_TAKEN.
    """
    from edge.kiosk.phone_app import create_phone_pages
    from sync.command.phone_server import PhoneServer, sealed_by

    context = sealed_by(*way.files, way.name) if way.files else None
    pages = create_phone_pages(site, inviting, imaging=imaging)
    return PhoneServer(pages, inviting.visits, way.address, context)
