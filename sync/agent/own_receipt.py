"""The kept receipt is compared with what the hub signed, before anything is claimed or deleted by it."""

from dataclasses import replace

from edge.desk.site import Site
from edge.domain.envelope import Faulty
from edge.records import audit, facts, lane
from sync.protocol.exchange import read_ack
from sync.protocol.messages import SignedAck


def check_receipt(site: Site) -> bool:
    """Return whether the kept receipt is what the hub signed; a false one is dropped: the hub says it again.

    Raises:
        Problem: the disk takes no writes.
    """
    kept = lane.receipt(site.store.read())
    if kept is None:
        return True
    try:
        said = read_ack(SignedAck(kept.signed, kept.signature), site.key_set().hub)
    except (Faulty, LookupError):
        said = None
    if said is not None and (said.device, said.incarnation, said.n, said.chain) == (
            site.identity.device, kept.incarnation, kept.n, kept.chain) and kept.safe <= said.n:
        if kept.safe > said.safe:
            # an earlier word may have said more; this one is signed, and less is deleted by it
            with site.store.write() as db:
                lane.keep_receipt(db, replace(kept, safe=said.safe))
        return True
    with site.store.write() as db:
        facts.forget(db, "receipt")
        audit.note(db, site.now(), "agent", "receipt-dropped", "", {"n": kept.n})
    return False
