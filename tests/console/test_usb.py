"""Sticks at the console: each file by itself, in words, and the reply to take home."""

from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edge.ground.clock import seconds
from edge.ground.keys import SigningKey
from sync.hub import registry
from sync.hub.tables import carried, devices
from sync.protocol.exchange import read_ack, read_reply
from sync.protocol.messages import Condition
from tests.console.sample import Sample, form_token
from tests.fakes.stick_file import stick_file

DEVICE, KEY = b"stick-device-016", SigningKey(b"k" * 32)


@pytest.fixture
def keeper(county: Sample) -> FlaskClient:
    """The county's IT, with a machine that is only reached by stick."""
    row = registry.add_site(county.hub, "石门村", "test")
    with county.hub.store.write() as db:
        devices.add(db, DEVICE, row.id, "1 号机", KEY.public, 0)
    return county.browser("it")


def send(browser: FlaskClient, *files: tuple[str, bytes]) -> TestResponse:
    """Upload files."""
    given = [(BytesIO(raw), name) for name, raw in files]
    return browser.post("/usb", data={"csrf": form_token(browser, "/usb"), "files": given})


def test_the_devices_page_tells_of_its_newest_stick(county: Sample, keeper: FlaskClient) -> None:
    page = f"/devices/{DEVICE.hex()}"
    assert "最近的 U 盘" not in keeper.get(page).get_data(as_text=True)
    condition = msgspec.msgpack.encode(Condition(queue=3))
    at = seconds(county.clock.now())
    with county.hub.store.write() as db:
        carried.note(db, DEVICE, carried.Carried(7, at, at - 86_400, condition))

    shown = keeper.get(page).get_data(as_text=True)

    assert "最近的 U 盘" in shown and "写的时候有 3 件没送达" in shown


def test_a_file_is_read_in_and_its_reply_can_be_taken_home(county: Sample, keeper: FlaskClient) -> None:
    page = send(keeper, ("yizhan_石门村_3.ferry", stick_file(DEVICE, KEY, 1, 2))).get_data(as_text=True)
    assert "石门村 1 号机" in page and "新 2 份，已有 0 份" in page

    answer = keeper.get("/usb/1/reply")
    reply = read_reply(answer.data, county.hub.key.public)

    assert read_ack(reply.acks[0], county.hub.key.public).n == 2
    assert "3R.ferry" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_the_same_file_again_and_a_torn_one_beside_it_are_said_so(keeper: FlaskClient) -> None:
    whole = stick_file(DEVICE, KEY, 1, 2)
    send(keeper, ("a.ferry", whole))

    page = send(keeper, ("a.ferry", whole), ("b.ferry", stick_file(DEVICE, KEY, 2, 3)[:-20])).get_data(as_text=True)

    assert "新 0 份，已有 2 份" in page and "新 3 份，已有 0 份" in page
    assert "文件不完整，读出来的都算数。带回那台机器再存一次" in page and "没有回复文件" in page


def test_rubbish_and_the_county_s_own_reply_are_refused_and_stop_nothing(keeper: FlaskClient) -> None:
    send(keeper, ("a.ferry", stick_file(DEVICE, KEY, 1, 1)))
    reply = keeper.get("/usb/1/reply").data

    page = send(keeper, ("photo.jpg", b"\xff\xd8\xff"), ("aR.ferry", reply),
                ("b.ferry", stick_file(DEVICE, KEY, 2, 1))).get_data(as_text=True)

    assert "这不是驿站的文件" in page and "这个文件是给另一边的" in page and "新 1 份" in page


def test_an_unknown_machine_is_said_so_and_gets_no_reply(keeper: FlaskClient) -> None:
    page = send(keeper, ("x.ferry", stick_file(b"x" * 16, SigningKey(b"x" * 32), 1, 1))).get_data(as_text=True)

    assert "县里不认识这台机器" in page
    assert keeper.get("/usb/1/reply").status_code == 404


def test_a_revoked_machine_is_said_so(county: Sample, keeper: FlaskClient) -> None:
    with county.hub.store.write() as db:
        devices.set_state(db, DEVICE, "revoked")

    page = send(keeper, ("x.ferry", stick_file(DEVICE, KEY, 1, 2))).get_data(as_text=True)

    assert "这台机器已吊销：2 份先放一边" in page


def test_no_name_from_outside_is_ever_a_path(county: Sample, keeper: FlaskClient, tmp_path: Path) -> None:
    before = {path for path in county.hub.folder.rglob("*") if path.is_file() and "hub.db" not in path.name}
    for number, name in enumerate(("../../evil.ferry", "C:\\Windows\\evil.ferry", "/etc/evil.ferry", "a\0b.ferry",
                                   "长" * 300 + ".ferry", "<script>.ferry"), 1):
        page = send(keeper, (name, stick_file(DEVICE, KEY, number, 1))).get_data(as_text=True)
        assert "<script>.ferry" not in page
        assert keeper.get(f"/usb/{number}/reply").status_code == 200
    after = {path for path in county.hub.folder.rglob("*") if path.is_file() and "hub.db" not in path.name}

    assert {path.relative_to(county.hub.folder).as_posix() for path in after - before} == {
        f"replies/{number}.ferry" for number in range(1, 7)}


def test_nothing_chosen_is_asked_again(keeper: FlaskClient) -> None:
    answer = keeper.post("/usb", data={"csrf": form_token(keeper, "/usb")})

    assert answer.status_code == 422 and "先选 U 盘上的 .ferry 文件" in answer.get_data(as_text=True)


def test_what_is_too_large_is_refused_before_it_is_read(keeper: FlaskClient) -> None:
    given = (BytesIO(b"\x01" * 28_000_000), "a.ferry")

    answer = keeper.post("/usb", data={"csrf": form_token(keeper, "/usb"), "files": given})

    assert answer.status_code == 413 and "这个文件太大，不是驿站写的" in answer.get_data(as_text=True)


def test_the_auditor_sees_what_was_read_and_takes_nothing(county: Sample, keeper: FlaskClient) -> None:
    send(keeper, ("a.ferry", stick_file(DEVICE, KEY, 1, 2)))
    auditor = county.browser("auditor")

    page = auditor.get("/usb").get_data(as_text=True)

    assert "a.ferry" in page and "新 2 份" in page and 'type="file"' not in page
    assert auditor.get("/usb/1/reply").status_code == 403
