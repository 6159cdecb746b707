"""Photos on their way: never before a form, never twice, never half a case."""


from edge.desk.attach import Photo
from sync.hub import examine, materials, review
from sync.hub.materials import Material
from sync.protocol.exchange import Question, read_question, take_apart
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

SITE = "柳河镇"
KIB = 1024


def picture(kib: float, letter: bytes = b"p", material: str = "id") -> Photo:
    """Return a photo of this many KiB; nothing in the core looks at what is on it."""
    return Photo(material, (letter + bytes(range(256))) * int(kib * 4), "image/jpeg")


def shown(county: County, receipt: str) -> list[Material]:
    """Return the photos of a case as a reviewer sees them."""
    return review.case(county.hub, county.case(receipt).id, "reviewer").materials


def waiting(county: County, receipt: str) -> int:
    """Return for how many blobs a case waits."""
    return review.case(county.hub, county.case(receipt).id, "reviewer").waiting_for


def looked_at(county: County, receipt: str) -> list[bytes]:
    """Return what is on the photos of a case."""
    case = county.case(receipt)
    return [materials.material(county.hub, case.id, "reviewer", one.blob)[0] for one in shown(county, receipt)]


def said(kiosk: Kiosk) -> list[Question]:
    """Return all questions that a machine sent."""
    return [read_question(take_apart(raw)) for raw in kiosk.link.questions]


def test_a_form_arrives_with_its_photos(county: County) -> None:
    kiosk, photos = county.kiosk(SITE), [picture(80), picture(3, b"q", "hukou")]
    receipt = kiosk.lodge(photos=photos)

    county.settle()

    assert looked_at(county, receipt) == [one.content for one in photos]
    assert [(one.key, one.media_type, one.state) for one in shown(county, receipt)] == [
        ("id", "image/jpeg", "complete"), ("hukou", "image/jpeg", "complete")]
    assert waiting(county, receipt) == 0
    assert examine.examine(county.hub)["blobs"]


def test_two_equal_photos_are_legal(county: County) -> None:
    kiosk = county.kiosk(SITE)
    receipt = kiosk.lodge(photos=[picture(40), picture(40)])

    county.settle()

    assert looked_at(county, receipt) == [picture(40).content] * 2
    assert len({one.blob for one in shown(county, receipt)}) == 2, "each under a key of its own"
