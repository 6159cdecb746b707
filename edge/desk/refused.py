"""Refused: somebody on the line says that the county does not know this machine.

Whoever said so may not be the hub, and nothing follows from it but words for the staff: forms are taken as before.
"""

import msgspec

from edge.desk.site import Site
from edge.ground.problem import KINDS, Kind
from edge.records import facts

KEY = "refused"


class Refused(msgspec.Struct, frozen=True):
    """The code of a refusal, and since when it is given, by this machine's clock."""

    code: str
    since: int


def note_refused(site: Site, kind: Kind | None) -> None:
    """Note what an exchange was refused with, None when it was answered; one that is known already writes nothing."""
    before = facts.get(site.store.read(), KEY, Refused)
    if (before.code if before else None) == (kind.code if kind else None):
        return
    with site.store.write() as db:
        if kind is None:
            facts.forget(db, KEY)
        else:
            facts.put(db, KEY, Refused(kind.code, site.now()))


def refused(site: Site) -> Kind | None:
    """Return what the line is refused with, None when it is not."""
    found = facts.get(site.store.read(), KEY, Refused)
    return KINDS.get(found.code) if found else None
