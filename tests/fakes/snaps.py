"""Photos as the core sees them, and what tests want to know about their way."""

from collections import Counter

from edge.desk.attach import Photo
from edge.records import blobs
from sync.agent import push
from sync.agent.push import Message
from sync.hub import materials, review
from sync.hub.materials import Material
from sync.protocol.exchange import Question, read_question, take_apart
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk

ONE_CHUNK = 34 * 1024   # a batch that holds one chunk and a little more


def picture(kib: float, letter: bytes = b"p", material: str = "id") -> Photo:
    """Return a photo of about this many KiB; nothing in the core looks at what is on it."""
    return Photo(material, (letter + bytes(range(256))) * int(kib * 4), "image/jpeg")


def shown(county: County, receipt: str) -> list[Material]:
    """Return the photos of a case as a reviewer sees them."""
    return review.case(county.hub, county.case(receipt).id, "reviewer").materials


def states(county: County, receipt: str) -> list[str]:
    """Return how far each photo of a case has come, as the hub says."""
    return [one.state for one in shown(county, receipt)]


def waiting(county: County, receipt: str) -> int:
    """Return for how many blobs a case waits."""
    return review.case(county.hub, county.case(receipt).id, "reviewer").waiting_for


def looked_at(county: County, receipt: str) -> list[bytes]:
    """Return what is on the photos of a case."""
    case = county.case(receipt)
    return [materials.material(county.hub, case.id, "reviewer", one.blob)[0] for one in shown(county, receipt)]


def read(raw: bytes) -> Question:
    """Return what a message says."""
    return read_question(take_apart(raw))


def carried(kiosk: Kiosk) -> Counter[tuple[bytes, int]]:
    """Return how often each item of a blob was handed to the line."""
    return Counter((chunk.blob, chunk.item) for raw in kiosk.link.questions for chunk in read(raw).chunks)


def items(kiosk: Kiosk) -> int:
    """Return how many items all blobs of a machine have together."""
    return sum(one.items for one in blobs.every(kiosk.site.store.read()))


def here(kiosk: Kiosk) -> list[str]:
    """Return how far each blob has come, as the machine says."""
    return [one.state for one in blobs.every(kiosk.site.store.read())]


def ask(kiosk: Kiosk, batch_bytes: int = ONE_CHUNK) -> Message:
    """Write a question of this size down; what becomes of it is the test's business."""
    message = push.ask(kiosk.site, batch_bytes)
    kiosk.link.questions.append(message.raw)
    return message


def talk(county: County, kiosk: Kiosk, batch_bytes: int = ONE_CHUNK) -> Message:
    """Run a round of this size on a good line."""
    message = ask(kiosk, batch_bytes)
    kiosk.hear(county.answer("/ferry/v1/sync", message.raw))
    county.open()
    return message


def drain(county: County, kiosk: Kiosk, batch_bytes: int = ONE_CHUNK) -> int:
    """Run rounds until a question carries nothing; return how many carried something."""
    rounds = 0
    while True:
        message = talk(county, kiosk, batch_bytes)
        if not message.chunks and not any(run.envelopes for run in read(message.raw).runs):
            return rounds
        rounds += 1
