"""The staff's pages: behind a PIN that cannot be guessed, and out of the citizens' way."""

import re
import time
from pathlib import Path

import pytest

from edge.desk.courier import Heard
from edge.desk.refused import note_refused
from edge.desk.staff import check_pin, set_pin, wait_seconds
from edge.ground.problem import FOR_ANOTHER_MACHINE, NO_PIN, PIN_WAIT, UNKNOWN_DEVICE, WEAK_PIN, WRONG_PIN, Problem
from edge.machine.sticks import LinuxSticks, PretendSticks
from tests.fakes.staffed import PIN
from tests.kiosk.citizen import Citizen
from tests.kiosk.conftest import Kiosk
from tests.kiosk.staffed import enter


def after(person: Citizen) -> Citizen:
    """Wait until the trip is over."""
    for _ in range(200):
        if "正在做" not in person.go("/staff/stick/trip").page:
            break
        time.sleep(0.01)
    return person


def test_no_staff_page_opens_without_the_pin(staffed: Kiosk) -> None:
    citizen = staffed.citizen()
    rules = [rule for rule in staffed.app.url_map.iter_rules() if rule.rule.startswith("/staff")]
    assert len(rules) > 8
    for rule in rules:
        path = re.sub(r"<[^>]+>", lambda found: "out" if "any" in found[0] else "RS-01", rule.rule)
        for method in rule.methods & {"GET", "POST"}:   # type: ignore[operator]  # werkzeug: None only for none at all
            if path == "/staff":
                continue
            answer = citizen.client.open(path, method=method, data={"csrf": citizen.csrf})
            assert (answer.status_code, answer.headers.get("Location")) == (303, "/staff"), path


def test_the_right_pin_opens_and_the_end_closes(staffed: Kiosk) -> None:
    person = enter(staffed)
    assert person.title == "工作人员"

    person.send("/leave")

    assert person.go("/staff/paper").title == "工作人员密码是多少？"


def test_staff_who_went_to_the_first_page_have_left(staffed: Kiosk) -> None:
    person = enter(staffed)

    person.go("/").go("/staff")

    assert "密码" in person.page and staffed.citizen().go("/staff").title == person.title


def test_after_five_minutes_without_a_touch_the_pin_is_asked_again(staffed: Kiosk) -> None:
    person = enter(staffed)
    for _ in range(4):
        staffed.clock.pass_time(seconds=80)
        person.go("/help")

    assert person.go("/staff").title == "工作人员密码是多少？"


def test_what_a_citizen_had_begun_is_gone_when_staff_come_in(staffed: Kiosk) -> None:
    citizen = staffed.citizen()
    citizen.fill("MZ-01", name="欧阳春兰")
    citizen.go("/staff").send("/staff", pin=PIN)

    assert "欧阳春兰" not in citizen.go("/check").page + citizen.go("/fill").page


def test_wrong_tries_wait_longer_and_longer_and_neither_restart_nor_clock_helps(kiosk: Kiosk) -> None:
    site, clock = kiosk.site, kiosk.clock
    set_pin(site, PIN)
    for _ in range(3):
        with pytest.raises(Problem) as refused:
            check_pin(site, "000001")
        assert refused.value.kind is WRONG_PIN
    with pytest.raises(Problem) as refused:
        check_pin(site, PIN)
    assert refused.value.kind is PIN_WAIT and refused.value.facts["seconds"] == 31

    clock.at = clock.at.replace(year=2036)      # the clock jumps: nothing changes
    clock.pass_time(seconds=29)
    site.boot = b"new!"                          # the program starts again: the wait begins anew
    for _ in range(2):
        clock.pass_time(seconds=2)
        with pytest.raises(Problem) as refused:
            check_pin(site, PIN)
        assert refused.value.kind is PIN_WAIT
    clock.pass_time(seconds=31)
    check_pin(site, PIN)
    check_pin(site, PIN)
    assert [wait_seconds(count) for count in (0, 2, 3, 4, 10, 99)] == [0, 0, 30, 60, 3600, 3600]


def test_a_try_counts_before_it_is_looked_at(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_pin(kiosk.site, PIN)

    def pulled(*_: object) -> bool:
        raise RuntimeError

    monkeypatch.setattr("edge.desk.staff.is_secret", pulled)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            check_pin(kiosk.site, "000001")

    with pytest.raises(Problem) as refused:
        check_pin(kiosk.site, "000001")
    assert refused.value.kind is PIN_WAIT


@pytest.mark.parametrize("pin", ["", "12345", "123456", "654321", "111111", "abcdef", "1234567890123", "１２３９８７"])
def test_a_pin_that_is_easy_to_guess_is_refused(kiosk: Kiosk, pin: str) -> None:
    with pytest.raises(Problem) as refused:
        set_pin(kiosk.site, pin)

    assert refused.value.kind is WEAK_PIN


def test_the_pin_stands_nowhere_in_clear(kiosk: Kiosk) -> None:
    set_pin(kiosk.site, PIN)
    raw = b"".join(path.read_bytes() for path in kiosk.site.store.path.parent.iterdir() if path.is_file())

    assert PIN.encode() not in raw and b"argon2id" in raw


def test_without_a_pin_nobody_comes_in(kiosk: Kiosk) -> None:
    with pytest.raises(Problem) as refused:
        check_pin(kiosk.site, "000000")

    assert refused.value.kind is NO_PIN
    assert "还没有设密码" in kiosk.citizen().go("/staff").page


def test_a_stick_is_written_and_may_be_pulled_out_when_the_page_says_so(staffed: Kiosk) -> None:
    person = enter(staffed).go("/staff/stick/out")
    assert "KINGSTON" in person.page

    after(person.send("/staff/stick/out", stick="KINGSTON"))

    assert person.title == "存好了，可以拔了"
    assert "存了 3 份，1 个文件" in person.page and "yizhan_柳河镇便民服务中心-2号机_7.ferry" in person.page


def test_a_full_stick_is_said_so_and_nothing_is_called_done(staffed: Kiosk) -> None:
    staffed.app.config["COURIER"].full = True
    person = enter(staffed).go("/staff/stick/out")

    after(person.send("/staff/stick/out", stick="KINGSTON"))

    assert person.title == "U 盘存满了" and "可以拔了" not in person.page


def test_no_path_ever_comes_from_a_page(staffed: Kiosk) -> None:
    person = enter(staffed).go("/staff/stick/out")
    for name in ("/etc", "../KINGSTON", "", "other"):
        person.send("/staff/stick/out", stick=name)

    assert staffed.app.config["COURIER"].asked == []


def test_the_reply_is_read_and_said_in_words(staffed: Kiosk, tmp_path: Path) -> None:
    person = enter(staffed).go("/staff/stick/back")
    after(person.send("/staff/stick/back", stick="KINGSTON"))
    assert person.title == "读完了，可以拔了" and "县里多收到 3 份，带回 2 条消息" in person.page

    next((tmp_path / "KINGSTON").iterdir()).unlink()
    person.go("/staff/stick/back")
    after(person.send("/staff/stick/back", stick="KINGSTON"))

    assert "这个 U 盘上没有县里的回复文件" in person.page


def test_mounted_sticks_are_found_and_nothing_else(tmp_path: Path) -> None:
    stick, disk = tmp_path / "media" / "U 盘", tmp_path / "home"
    stick.mkdir(parents=True)
    disk.mkdir()
    escaped = str(stick).replace(" ", "\\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 {disk} ext4 rw 0 0\n/dev/sdb1 {escaped} vfat rw 0 0\ntmpfs {tmp_path}/media/x tmpfs rw 0 0\n"
        f"/dev/sdc1 {tmp_path}/media/gone vfat rw 0 0\nbroken\n", "utf-8")

    found = LinuxSticks(mounts, (f"{tmp_path}/media/",)).plugged()

    assert [(one.name, one.folder) for one in found] == [("U 盘", stick)] and found[0].free_bytes > 0
    assert LinuxSticks(tmp_path / "absent").plugged() == []


def test_two_sticks_of_one_name_are_not_taken_for_each_other(tmp_path: Path) -> None:
    sticks = [tmp_path / place / "USB" for place in ("a", "b")]
    for one in sticks:
        one.mkdir(parents=True)

    assert [(one.name, one.folder) for one in PretendSticks(*sticks).plugged()] == [(str(one), one) for one in sticks]


def test_nothing_that_a_citizen_looked_up_is_shown_to_who_types_the_pin(staffed: Kiosk) -> None:
    person = staffed.citizen()
    person.go("/track").send("/track", code="K7M4 Q2T X9B").go("/search").send("/search", words="王秀英的养老")

    person.go("/staff").send("/staff", pin=PIN)

    assert person.title == "工作人员"
    assert "K7M4" not in person.go("/track").page and "王秀英" not in person.go("/search").page


def test_a_machine_that_the_county_does_not_know_says_so_to_its_staff(staffed: Kiosk) -> None:
    person = enter(staffed)
    assert UNKNOWN_DEVICE.title_zh not in person.page
    note_refused(staffed.site, UNKNOWN_DEVICE)

    page = person.go("/staff").page

    assert UNKNOWN_DEVICE.title_zh in page and UNKNOWN_DEVICE.cure_zh in page


def test_a_reply_to_another_machine_and_a_torn_one_are_said_with_their_cure(
        staffed: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "KINGSTON" / "yizhan_东关_3R.ferry").write_bytes(b"\x10")

    def hear(path: Path) -> Heard:
        if "东关" in path.name:
            raise Problem(FOR_ANOTHER_MACHINE)
        return Heard(1, 0, path.name, torn=True)

    monkeypatch.setattr(staffed.app.config["COURIER"], "hear", hear)
    person = enter(staffed).go("/staff/stick/back")

    after(person.send("/staff/stick/back", stick="KINGSTON"))

    assert "不是回复这台机器的，什么也没变。拿错 U 盘了" in person.page
    assert "文件不完整，读出来的都算数。带回县里再存一次" in person.page
