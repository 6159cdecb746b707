"""`yizhan hub give-up`: a person says that photos will not come any more."""

from argparse import Namespace
from pathlib import Path

from edge.domain.receipt import read_code
from edge.ground.clock import SystemClock, system_chance
from edge.ground.ids import JSON
from edge.ground.problem import NO_SUCH_RECEIPT, Problem
from sync.command.output import OK, say
from sync.hub import materials, review
from sync.hub.hub import open_hub
from sync.hub.tables.cases import Search

ACTOR = "command line"


def give_up(args: Namespace) -> int:
    """Declare lost what the cases of a receipt still wait for; then they can be decided."""
    hub = open_hub(Path(args.dir), SystemClock(), system_chance)
    try:
        code = read_code(args.receipt)
        found, _ = review.work_list(hub, Search(words=code)) if code else ([], {})
        if not found:
            raise Problem(NO_SUCH_RECEIPT, args.receipt)
        gone = {case.id: materials.give_up(hub, case.id, ACTOR, args.reason) for case in found}
        cases: list[JSON] = [*sorted(gone)]
        say({"lost": sum(gone.values()), "cases": cases}, as_json=args.json,
            words=f"记为丢失 / declared lost: {sum(gone.values())}")
    finally:
        hub.store.close()
    return OK
