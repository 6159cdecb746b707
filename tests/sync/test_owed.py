"""What a machine still owes is never deleted, whatever a receipt says of it."""

from edge.records import envelopes, withheld
from tests.fakes.county import County


def test_an_envelope_whose_content_is_owed_is_not_deleted(county: County) -> None:
    kiosk = county.kiosk("柳河镇")
    names = [county.told[kiosk.lodge()].name for _ in range(4)]
    county.pass_time(minutes=10)
    county.back_up()
    county.pass_time(minutes=10)
    with kiosk.site.store.write() as db:
        withheld.note(db, names[2], kiosk.site.now())

    gone = kiosk.forget_safe()
    left = [name for name in names if envelopes.get(kiosk.site.store.read(), name) is not None]
    with kiosk.site.store.write() as db:
        withheld.settle(db, names[2])

    assert (gone, left, kiosk.forget_safe()) == (2, names[2:], 2)
