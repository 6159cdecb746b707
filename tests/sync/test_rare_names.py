"""A name of rare characters from the machine to the county: stored, shown, printed as it was written."""

import pytest

from edge.desk.lodge import lodge
from edge.machine.glyphs import DOTS
from edge.machine.slip import SlipText, render
from edge.records import jobs
from edge.work.print_receipt import print_receipt
from sync.hub.open import read_body
from sync.hub.tables import envelopes
from tests.fakes.county import County

NAMES = ["㐱㐱", "𠮷堃", "张喆", "王翀", "㐱𠮷堃喆翀"]


class Paper:
    """A printer that keeps what came."""

    def __init__(self) -> None:
        self.printed = b""

    def draw(self, text: SlipText) -> bytes:
        """Return the slip as ESC/POS."""
        return render(text)

    def put(self, slip: bytes) -> None:
        """Keep it."""
        self.printed += slip


@pytest.mark.parametrize("name", NAMES)
def test_a_rare_name_is_stored_shown_and_printed_as_it_was_written(county: County, name: str) -> None:
    kiosk = county.kiosk("柳河镇")
    item = kiosk.site.catalogue().item("RS-01")
    lodged = lodge(kiosk.site, item, {**item.example, "name": name}, channel="kiosk")

    with kiosk.site.store.write() as db:
        job = jobs.claim(db, kiosk.site.now() + 1, 60)
    assert job is not None
    paper = Paper()
    print_receipt(kiosk.site, paper, job)
    kiosk.sync()
    county.open()

    case = county.case(lodged.receipt)
    kept = envelopes.get(county.hub.store.read(), case.name)
    assert kept is not None
    assert read_body(county.hub, kept)[1]["name"] == name
    assert case.masked_name.startswith(name[0])
    assert printed(name[0]) in paper.printed


def printed(character: str) -> bytes:
    """Return how a slip bears a character: the same bytes wherever it stands."""
    whole = render(SlipText("", "", "", [character], [], ""))
    drawn = b"\x1b*\x21" + DOTS.to_bytes(2, "little")
    return whole[whole.index(drawn):][:len(drawn) + 3 * DOTS] if drawn in whole else character.encode("gbk")
