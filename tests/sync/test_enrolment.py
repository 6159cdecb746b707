"""Joining the county: a ticket, a key, a certificate; and who is refused."""

from pathlib import Path

import msgspec
import pytest

from edge.desk.site import SiteIdentity, load_identity
from edge.ground.problem import (
    ALREADY_ENROLLED,
    BAD_MESSAGE,
    BAD_TICKET,
    HUB_UNREACHABLE,
    TICKET_USED,
    UNKNOWN_DEVICE,
    WRONG_HUB,
    Problem,
)
from sync.agent.enrol import enrol as join
from sync.agent.enrol import open_store
from sync.hub import enrol
from sync.hub.hub import open_hub
from sync.hub.revoke import revoke
from sync.hub.tables import devices
from sync.protocol.enrolment import Request, proof, read_ticket, transcript
from tests.fakes.county import County
from tests.fakes.time_and_chance import Dice, Watch
from tests.fakes.wire import Wire


def _enrol(county: County, folder: str, ticket: str, wire: Wire | None = None) -> SiteIdentity:
    place = county.folder / folder
    store = open_store(place)
    try:
        return join(place, store, wire or Wire(county.answer), "http://hub", ticket, Watch(county.time), Dice(7))
    finally:
        store.close()


def _refusal(county: County, folder: str, ticket: str, wire: Wire | None = None) -> object:
    with pytest.raises(Problem) as refused:
        _enrol(county, folder, ticket, wire)
    assert load_identity(open_store(county.folder / folder)) is None
    return refused.value.kind


def _request(ticket: str, public: bytes, secret: str = "") -> bytes:
    known = read_ticket(ticket)
    return msgspec.msgpack.encode(Request(
        known.public, public, "", "test", proof(secret or known.secret, transcript(public, "", "test"))))


def _count(county: County) -> int:
    return len(devices.every(county.hub.store.read()))


def test_a_machine_joins_with_its_ticket(county: County) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()

    identity = _enrol(county, "new", ticket)

    assert (identity.site, identity.hub_id) == ("柳河镇", county.hub.id)
    assert identity.root == county.hub.root.public


def test_the_same_ticket_and_the_same_key_get_the_same_answer(county: County) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()
    wire = Wire(county.answer)
    wire.lose_next_reply()
    assert _refusal(county, "new", ticket, wire) is HUB_UNREACHABLE
    known = [row.device for row in devices.every(county.hub.store.read())]

    identity = _enrol(county, "new", ticket)

    assert [identity.device] == known


def test_another_ticket_after_a_lost_answer_is_for_the_same_machine(county: County) -> None:
    wire = Wire(county.answer)
    wire.lose_next_reply()
    assert _refusal(county, "new", enrol.issue(county.hub, "柳河镇", "it").text(), wire) is HUB_UNREACHABLE
    known = [row.device for row in devices.every(county.hub.store.read())]

    assert _refusal(county, "new", enrol.issue(county.hub, "东关社区", "it").text()) is TICKET_USED
    identity = _enrol(county, "new", enrol.issue(county.hub, "柳河镇", "it").text())

    assert [identity.device] == known == [row.device for row in devices.every(county.hub.store.read())]
    assert county.hub.key_set().device_publics().keys() == {identity.device}


def test_a_machine_that_was_struck_off_joins_by_no_other_ticket(county: County) -> None:
    wire = Wire(county.answer)
    wire.lose_next_reply()
    assert _refusal(county, "new", enrol.issue(county.hub, "柳河镇", "it").text(), wire) is HUB_UNREACHABLE
    revoke(county.hub, devices.every(county.hub.store.read())[0].device, "it", "机器丢了")

    assert _refusal(county, "new", enrol.issue(county.hub, "柳河镇", "it").text()) is TICKET_USED


def test_a_used_ticket_is_refused_to_another_key_with_an_alarm(county: County) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()
    _enrol(county, "first", ticket)
    place = county.folder / "second"
    (place / "keys").mkdir(parents=True)
    (place / "keys" / "device.key").write_bytes(b"k" * 32)

    assert _refusal(county, "second", ticket) is TICKET_USED
    assert (county.alarms(), _count(county)) == (["ticket-twice"], 1)


def test_an_enrolled_folder_joins_no_second_county(county: County) -> None:
    _enrol(county, "new", enrol.issue(county.hub, "柳河镇", "it").text())
    with pytest.raises(Problem) as refused:
        _enrol(county, "new", enrol.issue(county.hub, "东关社区", "it").text())

    assert refused.value.kind is ALREADY_ENROLLED


def test_someone_in_the_middle_with_keys_of_his_own_is_refused(county: County, tmp_path: Path) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()
    his = open_hub(tmp_path / "his", Watch(county.time), Dice(9), create=True)
    known = read_ticket(ticket)
    his_ticket = enrol.issue(his, "柳河镇", "it")
    with his.store.write() as db:   # even if he knew the ticket's secret
        db.execute("UPDATE tickets SET public = ?, secret = ? WHERE public = ?",
                   (known.public, known.secret, his_ticket.public))

    assert _refusal(county, "new", ticket, Wire(lambda path, message: enrol.enrol(his, message))) is WRONG_HUB
    his.store.close()


def test_someone_in_the_middle_who_changes_the_key_is_refused(county: County) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()

    def change(path: str, message: bytes) -> bytes:
        request = msgspec.msgpack.decode(message, type=Request)
        return county.answer(path, msgspec.msgpack.encode(msgspec.structs.replace(request, public=b"m" * 32)))

    assert _refusal(county, "new", ticket, Wire(change)) is BAD_TICKET
    assert _count(county) == 0


@pytest.mark.parametrize("place", range(0, 500, 23))
def test_an_answer_changed_on_the_way_is_refused(county: County, place: int) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()
    wire = Wire(county.answer)
    wire.change_next_reply(lambda answer: answer[:place] + bytes([answer[place] ^ 4]) + answer[place + 1:])

    assert _refusal(county, "new", ticket, wire) is WRONG_HUB


def test_a_page_of_a_captive_portal_is_refused(county: County) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()
    wire = Wire(county.answer)
    wire.answer_next_with(b"<html>log in</html>")

    assert _refusal(county, "new", ticket, wire) is WRONG_HUB


def test_after_five_wrong_tries_the_ticket_is_dead(county: County) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()
    kinds = []
    for _ in range(6):
        with pytest.raises(Problem) as refused:
            enrol.enrol(county.hub, _request(ticket, b"k" * 32, "a wrong secret"))
        kinds.append(refused.value.kind)

    assert kinds == [BAD_TICKET] * 5 + [TICKET_USED]
    assert _refusal(county, "new", ticket) is TICKET_USED


def test_a_ticket_is_dead_after_three_days(county: County) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()
    county.pass_time(hours=72, minutes=10)

    assert _refusal(county, "new", ticket) is TICKET_USED


def test_a_wrong_letter_is_seen_before_anything_is_sent(county: County) -> None:
    ticket = enrol.issue(county.hub, "柳河镇", "it").text()
    wrong = ("A" if ticket[0] != "A" else "B") + ticket[1:]
    wire = Wire(county.answer)
    wire.pull_plug_before_sending()

    assert _refusal(county, "new", wrong, wire) is BAD_TICKET


def test_an_unknown_ticket_is_refused(county: County) -> None:
    public = read_ticket(enrol.issue(county.hub, "柳河镇", "it").text())
    unknown = msgspec.structs.replace(
        msgspec.msgpack.decode(_request(public.text(), b"k" * 32), type=Request), ticket="ZZZZZZ")
    with pytest.raises(Problem) as refused:
        enrol.enrol(county.hub, msgspec.msgpack.encode(unknown))

    assert refused.value.kind is BAD_TICKET


def test_what_is_no_request_is_refused(county: County) -> None:
    with pytest.raises(Problem) as refused:
        enrol.enrol(county.hub, b"\xc1")
    assert refused.value.kind is BAD_MESSAGE
    with pytest.raises(Problem) as refused:
        enrol.enrol(county.hub, _request(enrol.issue(county.hub, "柳河镇", "it").text(), b"too short a key"))

    assert refused.value.kind is BAD_MESSAGE


def test_an_unknown_device_is_refused_and_keeps_its_forms(county: County) -> None:
    empty = county.copy_hub()
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    county.restore_hub(empty)   # from before this machine was enrolled
    with pytest.raises(Problem) as refused:
        county.answer("/ferry/v1/sync", kiosk.ask())

    assert refused.value.kind is UNKNOWN_DEVICE
    assert (kiosk.head(), kiosk.acked(), county.states()) == (1, 0, {})


def test_a_machine_that_joins_is_named_in_the_key_set_of_the_others(county: County) -> None:
    kiosk, other = county.kiosk("柳河镇"), county.kiosk("东关社区")

    county.pass_time(minutes=10)

    assert {kiosk.device, other.device} == kiosk.site.key_set().device_publics().keys()
