"""Why a person did it to one case: the audit keeps it when the case is long erased, so it must not name the citizen."""

from collections.abc import Iterator

from edge.domain.envelope import Faulty
from edge.domain.reason import holds_a_name
from edge.ground.problem import NOT_FOUND, REASON_NAMES, Problem
from edge.ground.sealing import CannotOpen
from sync.hub.hub import Hub
from sync.hub.open import read_body
from sync.hub.reason import LEAST_WORDS, MOST_WORDS, stated
from sync.hub.tables import cases, envelopes
from sync.hub.tables.cases import Case


def stated_of(hub: Hub, case_id: str, reason: str, least: int = LEAST_WORDS, most: int = MOST_WORDS) -> str:
    """Return a reason about one case that does not name its applicant, as far as the case can be opened.

    Raises:
        Problem: NOT_FOUND, and those of `stated`.
    """
    why, case = stated(reason, least, most), cases.by_id(hub.store.read(), case_id)
    if case is None:
        raise Problem(NOT_FOUND)
    if any(holds_a_name(why, name) for name in _names(hub, case)):
        raise Problem(REASON_NAMES)
    return why


def _names(hub: Hub, case: Case) -> Iterator[str]:
    """Yield the applicant's name, and what it was put right to."""
    db, item = hub.store.read(), hub.item(case.item, case.version)
    for envelope in (case.name, *(name for name, _, _ in cases.followed(db, case.name))):
        kept = envelopes.get(db, envelope)
        if item is None or kept is None or kept.payload is None:
            continue
        try:
            name = read_body(hub, kept)[1].get(item.applicant.name)
        except (CannotOpen, Faulty):
            continue
        if isinstance(name, str):
            yield name
