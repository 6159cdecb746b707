"""The listener for phones: what its words mean, TLS, and what one address may hold open."""

import http.client
import socket
import ssl
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from edge.ground.clock import system_chance
from edge.ground.problem import PHONES_CERTIFICATE, PHONES_UNSEALED, Problem
from edge.kiosk.upload import LARGEST_UPLOAD_BYTES
from edge.kiosk.visit import Visits
from sync.command.cli import parser
from sync.command.phone_server import MOST_OF_ONE, PhoneServer, sealed_by
from sync.command.phone_way import PhoneWay, read_phone_way
from sync.command.serving import Address

NAME = "zhan1.example.cn"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for one name and this machine, and its key."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    who, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.IPAddress(ip_address("127.0.0.1"))])
    made = (x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
            .add_extension(names, critical=False).sign(key, hashes.SHA256()))
    certificate, private = folder / "cert.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return certificate, private


def page(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Say by which way somebody came, and how much they sent."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']} {len(body)}".encode()]


@pytest.fixture
def server(files: tuple[Path, Path]) -> Iterator[PhoneServer]:
    """A listener on a free port, with TLS."""
    visits = Visits(lambda: 0.0, system_chance)
    made = PhoneServer(page, visits, Address("127.0.0.1", 0), sealed_by(*files, "127.0.0.1"))
    made.start()
    yield made
    made.stop()


def trusting(files: tuple[Path, Path]) -> ssl.SSLContext:
    """Return how a phone checks that trusts whoever signed the certificate."""
    return ssl.create_default_context(cafile=str(files[0]))


def way_of(*words: str) -> PhoneWay | None:
    """Return what the words of a command set."""
    return read_phone_way(parser().parse_args(["edge", "run", "--dir", "d", *words]))


def test_phones_are_let_in_only_by_a_certificate_or_in_so_many_words() -> None:
    assert way_of() is None
    with pytest.raises(Problem) as refused:
        way_of("--phones", "192.168.1.10:8443")
    assert refused.value.kind is PHONES_UNSEALED
    for wrong in (["--phones-plain"], ["--phones", "1.2.3.4:1", "--phones-cert", "c"],
                  ["--phones", "1.2.3.4:1", "--phones-cert", "c", "--phones-key", "k", "--phones-plain"],
                  ["--phones", "0.0.0.0:8443", "--phones-plain"], ["--phones", "1.2.3.4:0", "--phones-plain"]):
        with pytest.raises(ValueError, match="--phones"):
            way_of(*wrong)

    plain = way_of("--phones", "192.168.1.10:8080", "--phones-plain")
    sealed = way_of("--phones", "0.0.0.0:443", "--phones-name", NAME, "--phones-cert", "c", "--phones-key", "k")
    assert plain and plain.url == "http://192.168.1.10:8080" and plain.files is None
    assert sealed and sealed.url == f"https://{NAME}" and sealed.files == (Path("c"), Path("k"))


def test_a_certificate_for_another_name_or_without_its_key_is_refused(files: tuple[Path, Path]) -> None:
    assert sealed_by(*files, NAME).minimum_version is ssl.TLSVersion.TLSv1_2
    for certificate, key, name in ((*files, "zhan2.example.cn"), (files[0], files[0], NAME), (files[1], files[1], NAME),
                                   (Path("absent"), files[1], NAME)):
        with pytest.raises(Problem) as refused:
            sealed_by(certificate, key, name)
        assert refused.value.kind is PHONES_CERTIFICATE


def test_a_phone_speaks_tls_and_nothing_else(server: PhoneServer, files: tuple[Path, Path]) -> None:
    line = http.client.HTTPSConnection("127.0.0.1", server.address.port, timeout=5, context=trusting(files))
    for body in (b"", b"x" * 100_000):   # the second on the same connection
        line.request("POST", "/", body)
        assert line.getresponse().read() == f"https 127.0.0.1 {len(body)}".encode()
    line.close()
    plain = http.client.HTTPConnection("127.0.0.1", server.address.port, timeout=5)
    with pytest.raises((OSError, http.client.HTTPException)):
        plain.request("GET", "/")
        plain.getresponse()
    plain.close()


def test_a_body_too_long_for_any_page_is_refused_unread_in_plain_words(
        server: PhoneServer, files: tuple[Path, Path]) -> None:
    line = http.client.HTTPSConnection("127.0.0.1", server.address.port, timeout=5, context=trusting(files))
    line.putrequest("POST", "/")
    line.putheader("Content-Length", str(LARGEST_UPLOAD_BYTES + 1))
    line.endheaders()
    answer = line.getresponse()

    assert (answer.status, answer.getheader("Connection")) == (413, "close")
    assert "换一张小的照片" in (told := answer.read().decode()) and "smaller photo" in told
    line.close()


def test_connections_that_say_nothing_hold_up_nobody_and_one_address_has_few(
        server: PhoneServer, files: tuple[Path, Path]) -> None:
    idle = [socket.create_connection(("127.0.0.1", server.address.port), timeout=5) for _ in range(MOST_OF_ONE - 1)]
    line = http.client.HTTPSConnection("127.0.0.1", server.address.port, timeout=5, context=trusting(files))
    line.request("GET", "/")
    assert line.getresponse().read().startswith(b"https")   # though more are silent than there are threads

    with socket.create_connection(("127.0.0.1", server.address.port), timeout=5) as one_more:
        assert one_more.recv(1) == b""   # closed at once: a twelfth idle one would be heard after ten seconds only
    line.close()
    for one in idle:
        one.close()
