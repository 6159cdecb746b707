"""Bytes that stand in each other deeper than any stack: anybody can send them, before any signature was looked at."""

from collections.abc import Callable

import msgspec
import pytest

from edge.domain.envelope import Faulty, read_header
from edge.domain.key_set import SignedKeySet, open_key_set
from edge.ground.problem import BAD_MESSAGE, Problem
from sync.hub import admit, enrol
from sync.protocol.exchange import close
from sync.protocol.ferry_file import loose
from sync.protocol.hub_time import read_time
from sync.protocol.messages import Frame, Hello, Lane, frame, unpacked
from tests.fakes.county import County

DEEP = b"\x91" * 5000 + b"\xc0"
HELLO = b"\x81\xa1x" + DEEP                        # a member that a later version might have
HEADER = msgspec.msgpack.encode([1, "sub", 1, b"", b"", b"n" * 12, 1, 1, b"b", b"", []])


@pytest.mark.parametrize("read", [
    lambda: unpacked(HELLO, Hello), lambda: unpacked(b"\x94\xc4\x08incarnat\x01\xc4\x00" + DEEP, Lane),
    lambda: read_header(b"\x9c" + HEADER[1:] + DEEP), lambda: open_key_set(b"\x93\xc4\x00\xc4\x00" + DEEP),
    lambda: open_key_set(msgspec.msgpack.encode(SignedKeySet(DEEP, b""))),
    lambda: read_time(b"\x93\xc4\x00\xc4\x00" + DEEP, bytes(32), b"")])
def test_what_is_deeper_than_the_stack_is_faulty(read: Callable[[], object]) -> None:
    with pytest.raises(Faulty):
        read()


def test_the_hub_refuses_it_in_words(county: County) -> None:
    raw, _ = close(frame(Frame.HELLO, HELLO), lambda signed: bytes(64))
    refused = []
    for verb, message in ((admit.exchange, raw), (enrol.enrol, b"\x81\xa1x" + DEEP)):
        with pytest.raises(Problem) as told:
            verb(county.hub, message)
        refused.append(told.value.kind)

    assert refused == [BAD_MESSAGE, BAD_MESSAGE]


def test_a_file_with_it_is_read_on(county: County) -> None:
    assert loose(frame(Frame.ACK, b"\x93\xc4\x00\xc4\x00" + DEEP) + frame(Frame.HELLO, HELLO)).device is None
