"""`yizhan hub erase`: the right to have one's personal information erased."""

from argparse import Namespace
from pathlib import Path

from edge.domain.receipt import read_code
from edge.ground.clock import SystemClock, system_chance
from edge.ground.ids import JSON
from edge.ground.problem import NO_SUCH_RECEIPT, SEVERAL_CASES, Problem
from sync.command.output import OK, say
from sync.hub import erase as erasing
from sync.hub import review
from sync.hub.hub import Hub, open_hub
from sync.hub.tables.cases import Case, Search

ACTOR = "command line"


def erase(args: Namespace) -> int:
    """Erase what a citizen handed in under a receipt code: here, at the machines, and from every restored copy."""
    hub = open_hub(Path(args.dir), SystemClock(), system_chance)
    try:
        case = _case(hub, args.code, args.case)
        gone = erasing.erase(hub, case.id, ACTOR, args.reason)
        say({"case": case.id, "envelopes": gone, "state": "erased"}, as_json=args.json,
            words=f"已删除 {gone} 份，收不回 / erased: {gone}; it cannot be taken back")
    finally:
        hub.store.close()
    return OK


def _case(hub: Hub, typed: str, id: str) -> Case:
    """Return the case of a receipt code.

    Raises:
        Problem: NO_SUCH_RECEIPT; SEVERAL_CASES where papers brought one number twice and `id` names none of them.
    """
    code = read_code(typed)
    found, _ = review.work_list(hub, Search(words=code)) if code else ([], {})
    under = [one for one in found if one.code == code and id in ("", one.id)]
    if not under:
        raise Problem(NO_SUCH_RECEIPT, typed)
    if len(under) > 1:
        cases: list[JSON] = [one.id for one in under]
        raise Problem(SEVERAL_CASES, "、".join(one.id for one in under), {"cases": cases})
    return under[0]
