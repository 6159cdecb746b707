"""Loads that overtake each other, go two ways at once, or bring what the hub has no use for."""

import threading

import pytest

from edge.records import blobs
from sync.agent.hub_link import CHUNKS
from sync.hub import gather
from sync.protocol.exchange import take_apart
from sync.protocol.loose import WordHead, read_load, write_word
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.loads import Port, cut_often
from tests.fakes.snaps import here, looked_at, picture, waiting
from tests.fakes.wire import Wire

A_MOMENT = 0.3   # in seconds: for what must not happen


@pytest.fixture
def port(county: County) -> Port:
    return Port.at(county)


def test_two_ways_at_once_bring_each_item_once(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    lock, threads, second = threading.Lock(), set[str](), threading.Event()

    class TwoWays(Wire):
        def exchange(self, path: str, message: bytes) -> bytes:
            with lock:
                threads.add(threading.current_thread().name)
                first = path == CHUNKS and len(threads) == 2 and not port.loads
            if first:
                second.wait(A_MOMENT)   # whatever else was sent now would be there before the lists
            with lock:
                answer = super().exchange(path, message)
            if path == CHUNKS:
                second.set()
            return answer

        def beside(self) -> Wire:
            return TwoWays(port.answer)

    kiosk.agent.link = TwoWays(port.answer)
    receipts = [kiosk.lodge(photos=[picture(80), picture(40)]) for _ in range(4)]

    kiosk.sync()
    county.open()

    assert [waiting(county, one) for one in receipts] == [0] * 4
    assert set(port.brought().values()) == {1}, "lists arrive before what only they can prove"
    assert len(threads) == 3, "the conversation's thread and two more"


def test_an_answer_that_was_overtaken_takes_nothing_back(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    kiosk.lodge(photos=[picture(100)])

    def overtake() -> None:
        if len(port.loads) == 3:   # while this one is answered, another has brought the rest
            _heard_meanwhile(kiosk)

    port.before_load = overtake
    kiosk.round()

    assert set(here(kiosk)) == {"complete"} and set(port.brought().values()) == {1}
    assert len(port.loads) == 3


def _heard_meanwhile(kiosk: Kiosk) -> None:
    """Believe that the hub holds the last chunks of the photo, as an answer on the other connection says."""
    photo = max(blobs.every(kiosk.site.store.read()), key=lambda one: one.bytes)
    with kiosk.site.store.write() as db:
        blobs.heard(db, photo, tuple((item, item) for item in photo.to_send if item < 3))


def test_what_the_hub_had_no_use_for_is_sent_again(county: County, port: Port) -> None:
    kiosk = cut_often(county)
    receipt = kiosk.lodge(photos=[picture(20)])
    real = port.real

    def dropping(path: str, message: bytes) -> bytes:
        if path == CHUNKS and len(port.loads) == 2:
            return _answer_without_taking(county, kiosk, message)
        return real(path, message)

    port.real = dropping
    kiosk.sync()
    county.open()

    assert looked_at(county, receipt) == [picture(20).content] and len(port.loads) > 2


def _answer_without_taking(county: County, kiosk: Kiosk, message: bytes) -> bytes:
    """Return what a hub says that has stepped over the chunks of a load."""
    opened = take_apart(message)
    missing = gather.missing_of(county.hub.store.read(), kiosk.device, [one.blob for one in read_load(opened)])
    return write_word(WordHead(county.hub.id, opened.end_hash), missing, county.hub.key.sign)
