"""A photo's whole way: from a camera's file through a bank's software to the reviewer, and nothing of it in clear."""

from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from edge.desk.tokens import make_token
from edge.kiosk import create_kiosk
from edge.machine.imaging import ChildImaging, only_pixels
from sync.hub import materials, review
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.photos import page, read, written

OWNER = "37030419400101002X"
PIECES = 40


def camera_file() -> bytes:
    """Return a photo as a telephone writes it: who, where, and a small preview of itself."""
    exif = Image.Exif()
    exif[0x013B] = OWNER
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 48.0, 0.0), 3: "E", 4: (118.0, 0.0, 0.0)})
    return written(page(1200, 900, seal=True), exif=exif.tobytes(), comment=OWNER.encode())


def hand_in(kiosk: Kiosk, photo: bytes) -> str:
    """Hand in MZ-01 with a photo over the site's interface; return the receipt code."""
    token = make_token(kiosk.site.store, kiosk.site.chance, "bank")
    http = create_kiosk(kiosk.site).test_client()
    headers = {"Authorization": f"Bearer {token}"}
    answers = (http.get("/api/v1/items/MZ-01", headers=headers).json or {})["example"]
    form = msgspec.json.encode({"item": "MZ-01", "answers": {**answers, "material_hukou": "brought"}})
    sent = http.post("/api/v1/submissions", headers={**headers, "Idempotency-Key": "one"}, data={
        "submission": (BytesIO(form), "form.json"), "hukou": (BytesIO(photo), "page.jpg")})
    assert sent.status_code == 201, sent.json
    return str((sent.json or {})["receipt"])


def everything(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())


@pytest.fixture
def kiosk(county: County) -> Kiosk:
    """A machine of the county."""
    return county.kiosk("柳河镇")


def test_the_reviewer_sees_the_page_and_nothing_that_the_camera_wrote_beside_it(county: County, kiosk: Kiosk) -> None:
    receipt = hand_in(kiosk, camera_file())
    county.settle()

    case = next(one for one in review.cases_after(county.hub).cases if one.code == receipt)
    found = review.case(county.hub, case.id, "reviewer").materials
    content, kind = materials.material(county.hub, case.id, "reviewer", found[0].blob)

    assert (kind, [one.key for one in found]) == ("image/jpeg", ["hukou"])
    assert only_pixels(content) and OWNER.encode() not in content
    assert read(content).size == (1200, 900) and not read(content).getexif()


@pytest.mark.parametrize("sent", [False, True], ids=["before it is sent", "after it is sent"])
def test_no_photo_lies_in_clear_at_the_machine_nor_at_the_hub(county: County, kiosk: Kiosk, sent: bool) -> None:
    hand_in(kiosk, camera_file())
    if sent:
        county.settle()
    # what the child makes of the same file is the same each time: so its bytes can be looked for
    clear = ChildImaging().clean(camera_file()).content
    step = len(clear) // PIECES
    pieces = [clear[at:at + 16] for at in range(400, len(clear) - 16, step)]
    pieces = [one for one in pieces if len(set(one)) > 8]   # zeros stand everywhere

    assert len(pieces) > PIECES / 2
    for folder in (kiosk.folder, county.folder / "hub"):
        raw = everything(folder)
        assert b"JFIF" not in raw and b"Exif" not in raw and OWNER.encode() not in raw
        assert not any(one in raw for one in pieces), folder
