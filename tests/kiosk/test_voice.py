"""What is read aloud: sentences and their names, recordings of three origins, and what has none."""

import json
import shutil
from argparse import Namespace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.domain.catalogue import shipped_catalogue
from edge.domain.spoken import is_fixed, sentences, voice_name
from edge.kiosk import create_kiosk, voice
from edge.kiosk.spoken_texts import OWN_FILE, own_sentences, spoken
from edge.kiosk.voice import SAMPLES, folders, recordings
from install.spoken_texts import build
from sync.command import voice_commands
from tests.fakes.one_site import make_site

QUESTION = "您叫什么名字？"


def test_a_text_is_cut_where_a_voice_rests() -> None:
    text = "名字至少 2 个字。请照身份证写全。\n没有？ ！——"

    assert sentences(text) == ["名字至少2个字。", "请照身份证写全。", "没有？"]


def test_spaces_make_no_other_recording() -> None:
    assert voice_name(sentences("这 18 位里\u3000有一位输错了。")[0]) == voice_name("这18位里有一位输错了。")


@given(st.text(max_size=80))
def test_no_word_is_lost_between_sentences(text: str) -> None:
    kept = "".join(sentences(text))

    assert [letter for letter in text if letter.isalpha()] == [letter for letter in kept if letter.isalpha()]


def test_what_holds_a_number_to_be_put_in_is_not_recorded() -> None:
    assert not is_fixed("第 %(number)d 题") and not is_fixed("{name} 的生日") and not is_fixed("OK")


def test_no_two_sentences_share_a_name() -> None:
    found = spoken(shipped_catalogue())

    assert len(found) == len(set(found.values())) > 2000


def test_every_question_hint_and_fault_is_among_the_sentences() -> None:
    found = set(spoken(shipped_catalogue()).values())
    item = shipped_catalogue().item("MZ-01")
    wanted = [text for field in item.fields for text in (field.question, field.hint) if text]
    wanted += [rule.error for field in item.fields for rule in field.rules]

    missing = [s for text in wanted for s in sentences(text.zh) if is_fixed(s) and s not in found]

    assert missing == []
    assert {"名字至少2个字。", "这里要写字。", "上一题"} <= found
    assert {"户口簿带来了吗？", "给户口簿拍张照", "“户口簿”还没选。", "“银行卡号”还没写。", "请写上。"} <= found


def test_words_are_recorded_as_they_sound_and_not_as_they_look() -> None:
    assert [one for one in own_sentences() if "<" in one] == []


def test_the_list_of_own_sentences_is_up_to_date() -> None:
    assert OWN_FILE.read_text("utf-8") == build(), "run `make words`"


def test_the_countys_recording_wins_over_the_shipped_one(tmp_path: Path) -> None:
    name = voice_name(QUESTION)
    assert recordings(folders(tmp_path))[name] == SAMPLES / f"{name}.ogg"
    (tmp_path / "voice").mkdir()
    shutil.copy(SAMPLES / f"{name}.ogg", tmp_path / "voice" / f"{name}.mp3")

    assert recordings(folders(tmp_path))[name] == tmp_path / "voice" / f"{name}.mp3"


def test_a_page_gets_the_sound_of_a_sentence_and_no_other_file(tmp_path: Path) -> None:
    site, _clock = make_site(tmp_path)
    (tmp_path / "voice").mkdir(exist_ok=True)
    (tmp_path / "voice" / "secret.txt").write_text("no")
    browser = create_kiosk(site).test_client()

    names = (browser.get("/voice/names").json or {})["names"]
    sound = browser.get(f"/voice/{voice_name(QUESTION)}")

    assert voice_name(QUESTION) in names
    assert sound.mimetype == "audio/ogg" and sound.data.startswith(b"OggS")
    for other in ("0" * 16, "secret.txt", "..%2fsite.db", "%2e%2e/voice/secret.txt"):
        assert browser.get(f"/voice/{other}").status_code == 404
    site.store.close()


def test_a_recording_that_comes_while_the_machine_runs_is_heard(tmp_path: Path) -> None:
    site, _clock = make_site(tmp_path)
    (tmp_path / "voice").mkdir(exist_ok=True)
    browser, name = create_kiosk(site).test_client(), "0" * 15 + "a"
    assert browser.get(f"/voice/{name}").status_code == 404

    shutil.copy(SAMPLES / f"{voice_name(QUESTION)}.ogg", tmp_path / "voice" / f"{name}.ogg")

    assert browser.get(f"/voice/{name}").status_code == 200
    site.store.close()


def test_the_command_lists_what_has_no_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site, _clock = make_site(tmp_path)
    monkeypatch.setattr(voice_commands, "open_site", lambda *_: site)
    few = tmp_path / "few"
    few.mkdir()
    shutil.copy(SAMPLES / f"{voice_name(QUESTION)}.ogg", few)
    monkeypatch.setattr(voice, "SAMPLES", few)

    status = voice_commands.voice(Namespace(dir=str(tmp_path), act="check", json=True))

    told = json.loads(capsys.readouterr().out)
    assert status == 1
    assert voice_name(QUESTION) not in told["missing"]
    assert all(voice_name(words) == name for name, words in told["missing"].items())
    assert told["sentences"] - 1 == len(told["missing"]) > 2000
