"""I10: what is called complete hashes right, and a healed case has all that was photographed."""

from collections.abc import Iterator

from sync.hub import materials, review
from sync.hub.examine import examine_rows
from sync.hub.tables import blobs
from sync.hub.tables.cases import Case
from tests.fakes.county import County


def waits(county: County, case: Case) -> bool:
    """Return whether a photo of this case is on its way."""
    parts = blobs.of_case(county.hub.store.read(), case.name)
    return any(part.state == "waiting" for part in parts)


def halves(county: County) -> Iterator[str]:
    """Yield what is called complete and is not, after any step."""
    hub = county.hub.store.read()
    if not examine_rows(hub)["blobs"]:
        yield "I10 a blob is called complete and is not"
    for case in county.case_rows():
        if waits(county, case) != bool(blobs.waiting_for(hub, case.name)):
            yield f"I10 {case.code} does not say for what it waits"


def missing(county: County, excused: set[bytes], destroyed: set[bytes]) -> Iterator[str]:
    """Yield what a healed county lacks. Photos may be lost only with a disk that held them, and it must be said."""
    for receipt, contents in county.photos.items():
        name = county.told[receipt].name
        if contents and name not in excused:
            yield from _of_case(county, receipt, contents, name in destroyed)


def _of_case(county: County, receipt: str, contents: list[bytes], may_be_lost: bool) -> Iterator[str]:
    view = review.case(county.hub, county.case(receipt).id, "witness")
    if view.waiting_for:
        yield f"I10 {receipt} waits for photos for ever"
    if len(view.materials) != len(contents):
        yield f"I10 {receipt} forgot a photo"
    for one, content in zip(view.materials, contents, strict=False):
        if one.state != "complete":
            if not may_be_lost:
                yield f"I10 {receipt} lost a photo for nothing: {one.state}"
        elif materials.material(county.hub, view.case.id, "witness", one.blob)[0] != content:
            yield f"I10 {receipt} shows another photo"
