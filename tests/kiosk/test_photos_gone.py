"""Photos stay nowhere behind the citizen: not in the browser's reach, not in memory, not on the disk."""

import tempfile
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from flask.testing import FlaskClient
from werkzeug import formparser
from werkzeug.test import TestResponse

from edge.kiosk import visit as visits
from edge.kiosk.visit import Visits
from edge.machine.imaging import ChildImaging, CleanPhoto, PretendImaging
from edge.machine.photo_child import LARGEST_PHOTO_BYTES
from sync.command.serving import Address, Server
from tests.fakes.photos import page, written
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk
from tests.kiosk.http_citizen import HUKOU, HttpCitizen
from tests.kiosk.photographed import PHOTO, at_hukou, to_check


def gone(client: FlaskClient, path: str) -> TestResponse:
    answer = client.get(path)
    assert answer.status_code == (404 if path.endswith(".jpg") else 303), path
    assert b"JFIF" not in answer.data
    return answer


@pytest.mark.parametrize("how", ["leave", "idle", "handed in", "another matter"])
def test_no_picture_is_reached_after_the_visit(
    kiosk: Kiosk, citizen: Citizen, camera: PretendImaging, how: str
) -> None:
    at_hukou(citizen).photograph(PHOTO)
    picture = citizen.pictures()[0]
    assert citizen.client.get(picture).data == PHOTO

    if how == "leave":
        citizen.send("/leave")
    elif how == "idle":
        kiosk.clock.pass_time(minutes=4)
    elif how == "another matter":
        citizen.send("/another")
    else:
        to_check(citizen.send(HUKOU, go="keep")).go("/check?page=9").send("/check", agree="yes")
        assert citizen.title == "材料收好了"

    gone(citizen.client, picture)
    gone(citizen.client, HUKOU)
    gone(kiosk.citizen().client, picture)
    if how != "handed in":
        kept: Visits = kiosk.app.extensions["visits"]
        assert all(one.draft is None or not one.draft.photo_bytes for one in kept._open.values())


def test_photos_of_one_visit_and_of_all_have_a_limit(
    kiosk: Kiosk, citizen: Citizen, camera: PretendImaging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "MOST_PHOTO_BYTES", 2 * len(PHOTO) + 10)
    monkeypatch.setattr(visits, "MOST_PHOTO_BYTES_TOGETHER", 3 * len(PHOTO) + 10)
    at_hukou(citizen)
    for _ in range(3):
        citizen.photograph(PHOTO).go(f"{HUKOU}?add")
    assert len(citizen.go(HUKOU).pictures()) == 2

    neighbour = at_hukou(kiosk.citizen())
    for _ in range(2):
        neighbour.photograph(PHOTO).go(f"{HUKOU}?add")

    assert "照片太大或者太多" not in neighbour.page
    assert len(set(neighbour.go(HUKOU).pictures())) == 1


def test_no_photo_touches_the_disk_in_clear_on_its_way_in(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Through the real server: waitress and Flask both write large bodies to files unless told otherwise."""
    def refuse(*_args: object, **_more: object) -> NoReturn:
        raise AssertionError("a temporary file was asked for")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr(formparser, "SpooledTemporaryFile", refuse)
    seen: list[CleanPhoto] = []

    class Spy(ChildImaging):
        def clean(self, raw: bytes) -> CleanPhoto:
            seen.append(super().clean(raw))
            return seen[-1]

    kiosk.app.config["IMAGING"] = Spy()
    large = written(page(2480, 3508), quality=96, subsampling=0)
    assert len(large) > 1_000_000
    server = Server(kiosk.app, Address("127.0.0.1", 0), LARGEST_PHOTO_BYTES * 2)
    server.start()
    try:
        with httpx.Client(base_url=server.address.url, trust_env=False, follow_redirects=True, timeout=30) as web:
            client = HttpCitizen(web)
            client.to_hukou()
            client.photograph(large)
            assert "每个字都看得清吗？" in client.text
    finally:
        server.stop()

    clear = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert len(seen) == 1 and seen[0].content[300:340] not in clear and b"\xff\xd8\xff\xe0" not in clear
