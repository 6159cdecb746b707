"""Photos over the site's interface: part by part, weighed as they come, the same answer to the same key."""

import gc
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from werkzeug.test import TestResponse

from edge.desk.attach import LARGEST_SET, MOST_PHOTOS
from edge.kiosk import api_parts
from edge.machine.imaging import ChildImaging, PretendImaging
from edge.machine.photo_child import LARGEST_PHOTO_BYTES, MOST_PIXELS
from edge.records import lane
from tests.fakes.bank import KEY, Bank, body, problem
from tests.fakes.one_site import make_site
from tests.fakes.photos import page, written

PHOTO = written(page(600, 800))


class Camera(Bank):
    """A bank machine's software that sends photos."""

    def parts(self, *parts: tuple[str, bytes], form: dict[str, Any] | None = None, key: str = KEY) -> TestResponse:
        """Send the form, then these photos."""
        answers = self.example("MZ-01") | {"material_hukou": "brought", "material_id": "brought"}
        told = msgspec.json.encode(form or {"item": "MZ-01", "answers": answers})
        return self.send_parts(("submission", told), *parts, key=key)

    def send_parts(self, *parts: tuple[str, bytes], key: str = KEY) -> TestResponse:
        """Send these parts and nothing else."""
        data = {f"{name}\0{number}": (BytesIO(content), "page.jpg") for number, (name, content) in enumerate(parts)}
        made: dict[str, list[tuple[BytesIO, str]]] = {}
        for name, one in data.items():
            made.setdefault(name.partition("\0")[0], []).append(one)
        headers = {"Idempotency-Key": key, "Authorization": f"Bearer {self.token}"}
        return self.http.post("/api/v1/submissions", data=made, headers=headers)


@pytest.fixture
def camera(tmp_path: Path) -> Iterator[Camera]:
    site, _clock = make_site(tmp_path)
    yield Camera(site)
    site.store.close()


def pretending(camera: Camera) -> PretendImaging:
    """Let photos pass as they are; return what takes them."""
    pretend: PretendImaging = PretendImaging()
    camera.app.config["IMAGING"] = pretend
    return pretend


def test_a_form_with_two_pages_of_one_paper_is_taken(camera: Camera) -> None:
    answer = camera.parts(("hukou", PHOTO), ("hukou", PHOTO), ("id", written(page(600, 400), "PNG")))

    assert answer.status_code == 201, answer.json
    assert lane.head(camera.site.store.read()).n == 1


def test_the_same_key_with_the_same_photos_gets_the_same_receipt(camera: Camera) -> None:
    first = body(camera.parts(("hukou", PHOTO)))

    assert body(camera.parts(("hukou", PHOTO))) == first
    assert problem(camera.parts(("hukou", written(page(600, 800, seed=2))))) == (422, "idempotency-key-reused")
    assert problem(camera.parts()) == (422, "idempotency-key-reused")
    assert lane.head(camera.site.store.read()).n == 1


def test_the_form_may_come_behind_its_photos(camera: Camera) -> None:
    pretending(camera)
    told = msgspec.json.encode({"item": "MZ-01", "answers": camera.example("MZ-01") | {"material_hukou": "brought"}})

    assert camera.send_parts(("hukou", PHOTO), ("submission", told)).status_code == 201


@pytest.mark.parametrize(("photo", "wanted"), [
    (b"", (415, "photo-wrong-kind")),
    (b"GIF89a", (415, "photo-wrong-kind")),
    (PHOTO[: len(PHOTO) // 2], (422, "photo-unreadable")),
    (written(page(600, 800).resize((100, 100))), (422, "photo-too-small")),
], ids=["empty", "gif", "torn", "tiny"])
def test_a_photo_that_will_not_do_is_named_with_its_part_and_page(
    camera: Camera, photo: bytes, wanted: tuple[int, str]
) -> None:
    answer = camera.parts(("hukou", PHOTO), ("hukou", photo))

    assert problem(answer) == wanted
    assert (body(answer)["part"], body(answer)["page"]) == ("hukou", 2)
    assert lane.head(camera.site.store.read()).n == 0


def test_a_photo_over_12_mb_is_refused_while_it_is_read(camera: Camera) -> None:
    pretend = pretending(camera)

    answer = camera.parts(("id", PHOTO), ("hukou", PHOTO + b"\0" * LARGEST_PHOTO_BYTES))

    assert problem(answer) == (413, "photo-too-large") and body(answer)["part"] == "hukou"
    assert pretend.seen == [PHOTO] and MOST_PIXELS == 40_000_000


def test_too_many_photos_and_too_many_bytes_are_refused(camera: Camera) -> None:
    pretend = pretending(camera)

    assert problem(camera.parts(*[("hukou", b"\xff\xd8\xff")] * (MOST_PHOTOS + 1))) == (413, "photos-too-large")
    pretend.seen.clear()
    large = PHOTO + b"\0" * (LARGEST_PHOTO_BYTES - len(PHOTO))
    assert problem(camera.parts(*[("hukou", large)] * 3)) == (413, "photos-too-large")
    assert pretend.seen == [] and 3 * len(large) > LARGEST_SET


@pytest.mark.parametrize("name", ["poa", "nothing", "", "material_hukou", "../../etc/passwd", "户" * 200])
def test_a_photo_of_a_paper_that_was_not_brought_is_refused_by_its_field(camera: Camera, name: str) -> None:
    pretend = pretending(camera)

    answer = camera.parts((name, PHOTO))

    assert problem(answer) == (422, "answers-faulty")
    assert body(answer)["errors"][0]["field"] == f"material_{name}"[:64]
    assert pretend.seen == []


def test_a_paper_for_later_can_have_no_photo(camera: Camera) -> None:
    answers = camera.example("MZ-01") | {"material_hukou": "later"}

    answer = camera.parts(("hukou", PHOTO), form={"item": "MZ-01", "answers": answers})

    assert body(answer)["errors"][0]["field"] == "material_hukou"


@pytest.mark.parametrize("raw", [b"", b"--x", b"--x--\r\n", b"--x\r\n\r\nhello\r\n--x--\r\n", b"\0" * 4000])
def test_a_body_that_falls_into_no_parts_is_refused(camera: Camera, raw: bytes) -> None:
    assert problem(camera.send(raw, "multipart/form-data; boundary=x")) == (400, "bad-request")
    assert problem(camera.send(raw, "multipart/form-data")) == (400, "bad-request")


def test_the_form_must_be_there_once_and_be_json(camera: Camera) -> None:
    pretending(camera)
    told = msgspec.json.encode({"item": "MZ-01", "answers": {}})

    assert problem(camera.send_parts(("hukou", PHOTO))) == (400, "bad-request")
    assert problem(camera.send_parts(("submission", told), ("submission", told))) == (400, "bad-request")
    assert problem(camera.send_parts(("submission", b"{"))) == (400, "bad-request")
    assert problem(camera.send_parts(("submission", b" " * 70_000))) == (413, "too-large")


def test_no_photo_is_taken_where_the_disk_has_no_room_but_a_first_answer_is_given_again(
    camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edge.desk.readiness import Readiness, Ready
    from edge.desk.site import Site
    from edge.ground.problem import NO_ROOM_FOR_PHOTOS

    first = body(camera.parts(("hukou", PHOTO)))
    full = Readiness(Ready.NO_PHOTOS, NO_ROOM_FOR_PHOTOS.code, refusal=NO_ROOM_FOR_PHOTOS)
    monkeypatch.setattr(Site, "refusing", lambda _self: full)

    assert problem(camera.parts(("hukou", PHOTO), key="another")) == (507, "no-room-for-photos")
    assert body(camera.parts(("hukou", PHOTO))) == first
    assert camera.parts(key="without").status_code == 201


def test_nothing_of_a_photo_lies_in_clear_on_the_disk(camera: Camera, tmp_path: Path) -> None:
    spied: list[bytes] = []

    class Spy(ChildImaging):
        def clean(self, raw: bytes) -> Any:
            photo = super().clean(raw)
            spied.append(photo.content)
            return photo

    camera.app.config["IMAGING"] = Spy()
    camera.parts(("hukou", written(page(2480, 3508), quality=95)))
    gc.collect()

    written_down = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert spied and b"JFIF" not in written_down and b"\xff\xd8\xff" not in written_down
    middle = len(spied[0]) // 2
    assert all(spied[0][at:at + 24] not in written_down for at in (600, middle, len(spied[0]) - 100))


def test_the_reader_lets_go_of_the_raw_bytes() -> None:
    part = api_parts.Part("hukou", bytearray(b"x"))
    assert part.most == LARGEST_PHOTO_BYTES and api_parts.Part("submission").most == 64 * 1024
