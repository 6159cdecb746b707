"""A machine that the county does not know is told so in words; nothing else follows from what nobody signed."""

import json
import threading
from dataclasses import replace

import msgspec
import pytest
from filelock import FileLock

from edge.desk.refused import refused
from edge.ground.keys import SigningKey
from edge.ground.problem import UNKNOWN_DEVICE
from sync.agent.keep_talking import Conversation
from sync.command.cli import main
from sync.hub.ferry_web import FERRY_TYPE
from sync.hub.hub import open_hub
from sync.hub.web import create_hub_app
from sync.protocol.exchange import Question, read_question, take_apart, write_question
from sync.protocol.messages import Frame
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk


@pytest.fixture
def kiosk(county: County) -> Kiosk:
    """A machine with one form that waits."""
    one = county.kiosk("柳河镇")
    one.lodge()
    return one


def talk(kiosk: Kiosk) -> Conversation:
    """Return the machine's conversation, to be gone through turn by turn."""
    return Conversation(threading.Event(), kiosk.agent, FileLock(kiosk.folder / "test.lock"))


def test_who_is_refused_with_papers_shown_is_told_in_words_until_an_answer_comes(
        county: County, kiosk: Kiosk, capsys: pytest.CaptureFixture[str]) -> None:
    turns = talk(kiosk)
    kiosk.link.refuse_next(403)
    turns.turn()
    assert refused(kiosk.site) is None   # a bare code from anybody: first the papers are shown

    kiosk.link.refuse_next(403)
    turns.turn()
    assert refused(kiosk.site) is UNKNOWN_DEVICE
    assert main(["edge", "status", "--dir", str(kiosk.folder)]) == 0
    assert UNKNOWN_DEVICE.cure_zh in capsys.readouterr().out
    kiosk.lodge()

    turns.turn()

    assert refused(kiosk.site) is None and kiosk.acked() == 2
    assert main(["edge", "status", "--dir", str(kiosk.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["refused"] == ""


def overheard(raw: bytes) -> Question:
    """Return what stands in a message, with the papers that it shows, for somebody else to say again."""
    opened = take_apart(raw)
    shown = next((body for kind, body in opened.parts if kind == Frame.PAPERS), b"")
    return replace(read_question(opened), papers=shown)


def test_nobody_learns_by_asking_which_machines_there_are(county: County, kiosk: Kiosk) -> None:
    """By no name and no papers: a known machine, one that nobody knows, one that the hub lost when it was restored."""
    before = county.copy_hub()
    lost = county.kiosk("城西支行")
    county.restore_hub(before)
    known, shown, forgotten = map(overheard, (kiosk.ask(), kiosk.ask_with_papers(), lost.ask_with_papers()))
    assert forgotten.papers and lost.device not in {one.device for one in county.hub.key_set().devices}
    strange = msgspec.structs.replace(known.hello, device=bytes(16))
    hub = create_hub_app(county.hub).test_client()
    by_nobody = SigningKey(b"n" * 32).sign

    said = [hub.post("/ferry/v1/sync", data=write_question(one, by_nobody)[0], content_type=FERRY_TYPE)
            for one in (known, replace(known, hello=strange, runs=[]), shown, forgotten)]

    assert [(one.status_code, one.data) for one in said] == [(403, said[0].data)] * 4
    assert said[0].json is not None and said[0].json["type"] == "urn:yizhan:problem:unknown-device"
    assert county.states() == {}


def test_a_refusal_at_the_hub_is_of_the_catalogue_with_its_cure(county: County, kiosk: Kiosk) -> None:
    question = kiosk.ask()
    stranger = open_hub(county.folder / "another county", county.watch, county.dice, create=True)
    hub = create_hub_app(stranger).test_client()

    answer = hub.post("/ferry/v1/sync", data=question, content_type=FERRY_TYPE)

    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert (answer.json or {})["type"] == "urn:yizhan:problem:unknown-device"
    assert (answer.json or {})["cure"] == UNKNOWN_DEVICE.cure_zh
    stranger.store.close()
