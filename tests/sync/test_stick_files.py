"""The files of sticks from outside: their names, what is refused, and what nobody may read in them."""

import os

import msgspec
import pytest

from edge.ground.problem import FILE_TOO_LARGE, FOR_THE_OTHER_SIDE, NO_FERRY_FILE, STICK_GONE, Problem
from edge.records import files
from sync.agent import courier
from sync.hub import courier as inward
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.fakes.stick import Stick, without_line  # noqa: F401 - the fixture `kiosk`


def test_files_are_numbered_for_ever_and_never_written_over(county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    image = kiosk.image()
    first = stick.export(kiosk)
    content = (stick.folder / first.names[0]).read_bytes()
    kiosk.restore(image)   # it would use its number again

    second = stick.export(kiosk)

    assert first.names == ("yizhan_柳河镇-1号机_1.ferry",) and second.names == ("yizhan_柳河镇-1号机_2.ferry",)
    assert (stick.folder / first.names[0]).read_bytes() == content
    assert [one.name for one in files.newest(kiosk.site.store.read(), 9)] == list(second.names)


def test_a_name_that_no_stick_takes_becomes_plain(kiosk: Kiosk) -> None:
    identity = kiosk.site.identity
    odd = msgspec.structs.replace(identity, site='A/B\\C:*?"<>|\n. ', label="")

    assert courier.file_name(odd, 7) == "yizhan_A-B-C_7.ferry"
    assert courier.file_name(identity, 7, plain=True).isascii()
    assert len(courier.file_name(msgspec.structs.replace(identity, site="长" * 300), 7)) < 80


def test_questions_and_replies_are_told_apart(county: County, kiosk: Kiosk, stick: Stick) -> None:
    kiosk.lodge()
    stick.export(kiosk)
    stick.there(county)
    question, reply = stick.files()[0], stick.files(replies=True)[0]

    with pytest.raises(Problem) as at_the_machine:
        kiosk.hear_file(question)
    with reply.open("rb") as file, pytest.raises(Problem) as at_the_county:
        inward.take(county.hub, file.read)

    assert at_the_machine.value.kind is at_the_county.value.kind is FOR_THE_OTHER_SIDE


def test_links_pipes_giants_and_rubbish_on_a_stick_are_refused(
        kiosk: Kiosk, stick: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    (stick.folder / "link.ferry").symlink_to("/etc/passwd")
    os.mkfifo(stick.folder / "pipe.ferry")
    (stick.folder / "rubbish.ferry").write_bytes(b"MZ\x90 and so on")
    monkeypatch.setattr(courier, "LARGEST_FILE", 100)
    (stick.folder / "giant.ferry").write_bytes(b"\x10" * 101)
    found = {}
    for name in ("link", "pipe", "rubbish", "giant", "absent"):
        with pytest.raises(Problem) as refused:
            courier.hear(kiosk.site, stick.folder / f"{name}.ferry")
        found[name] = refused.value.kind

    assert found == {"link": NO_FERRY_FILE, "pipe": NO_FERRY_FILE, "rubbish": NO_FERRY_FILE, "giant": FILE_TOO_LARGE,
                     "absent": STICK_GONE}


def test_nothing_personal_stands_in_clear_on_a_stick(kiosk: Kiosk, stick: Stick) -> None:
    receipt = kiosk.lodge()
    form = kiosk.site.catalogue().item("RS-01").example
    stick.export(kiosk)
    raw = stick.files()[0].read_bytes()

    said = [receipt, *(value for value in map(str, form.values()) if len(value) > 3)]
    assert len(said) > 5
    assert [one for one in said if one.encode() in raw or one.encode("utf-16-le") in raw] == []
