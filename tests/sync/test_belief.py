"""Whose word is believed, about what."""

import msgspec

from edge.domain.lane import Position
from edge.records import lane
from sync.agent.push import believe
from sync.protocol.messages import Ack, SignedAck, ack_to_sign
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk


def _receipt(county: County, kiosk: Kiosk, end: Position, *, device: bytes, hub: str, safe: int = 0) -> SignedAck:
    content = msgspec.msgpack.encode(Ack(hub, device, end.incarnation, end.n, end.chain, safe, b"", county.hub.now()))
    return SignedAck(content, county.hub.key.sign(ack_to_sign(content)))


def _head(kiosk: Kiosk) -> Position:
    return lane.head(kiosk.site.store.read())


def _believe(county: County, kiosk: Kiosk, signed: SignedAck) -> None:
    believe(kiosk.site, [signed], b"no question of mine", county.hub.key.public)


def test_good_news_is_believed_without_a_question(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()

    _believe(county, kiosk, _receipt(county, kiosk, _head(kiosk), device=kiosk.device, hub=county.hub.id))

    assert kiosk.acked() == 1


def test_a_receipt_names_the_machine_that_it_is_for(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()

    _believe(county, kiosk, _receipt(county, kiosk, _head(kiosk), device=b"x" * 16, hub=county.hub.id))
    _believe(county, kiosk, _receipt(county, kiosk, _head(kiosk), device=kiosk.device, hub="another"))

    assert kiosk.acked() == 0


def test_a_receipt_of_another_lane_says_nothing_about_mine(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    other = Position(b"another!", 1, _head(kiosk).chain)

    _believe(county, kiosk, _receipt(county, kiosk, other, device=kiosk.device, hub=county.hub.id))

    assert (kiosk.acked(), kiosk.incarnations()) == (0, 1)


def test_a_receipt_beyond_the_head_is_bad_news_and_stale_without_a_question(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    kiosk.lodge()
    beyond = Position(_head(kiosk).incarnation, 5, b"c" * 32)

    _believe(county, kiosk, _receipt(county, kiosk, beyond, device=kiosk.device, hub=county.hub.id))

    assert (kiosk.acked(), kiosk.incarnations()) == (0, 1)


def test_never_is_more_safe_than_held(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    receipt = kiosk.lodge()
    signed = _receipt(county, kiosk, _head(kiosk), device=kiosk.device, hub=county.hub.id, safe=99)

    _believe(county, kiosk, signed)
    kiosk.lodge()

    assert kiosk.track(receipt) == "safe"
    assert lane.acked(kiosk.site.store.read()) == (1, 1)
