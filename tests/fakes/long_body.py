"""A request that says it brings more than the real server takes, of which nothing comes."""

import http.client
from wsgiref.types import WSGIApplication

from sync.command.serving import Address, Server

FORM = "application/x-www-form-urlencoded"


def answer_to(app: WSGIApplication, path: str, kind: str = FORM, **headers: str) -> tuple[int, str, str]:
    """Return status, media type and body of the answer to a body of 40 MB."""
    server = Server(app, Address("127.0.0.1", 0))
    server.start()
    line = http.client.HTTPConnection("127.0.0.1", server.address.port, timeout=30)
    try:
        line.putrequest("POST", path)
        for name, value in {"Content-Length": "40000000", "Content-Type": kind, **headers}.items():
            line.putheader(name, value)
        line.endheaders()
        said = line.getresponse()
        return said.status, said.headers.get_content_type(), said.read().decode()
    finally:
        line.close()
        server.stop()
