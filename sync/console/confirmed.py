"""A confirmed act: the page says what it means, a reason, a tick where it is for good, and only then it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from edge.ground.kinds.kind import Kind
from edge.ground.problem import REASON_MISSING, REASON_NAMES, Problem
from sync.console import guard
from sync.console.frame import render
from sync.console.problem_page import sentences_of
from sync.console.say import say as _


@dataclass(frozen=True)
class Act:
    """One act as its page asks for it.

    `way` are the pages above as (words, address), the nearest last: 不改了 goes there. `bold` and `meaning` say what
    will be, `after` what stays and what goes. What is `final` needs a tick, so that no slip of the hand does it.
    """

    title: str
    button: str
    way: tuple[tuple[str, str], ...]
    bold: str
    meaning: str = ""
    after: tuple[str, ...] = ()
    sub: str = ""
    hint: str = ""
    grave: bool = True
    final: bool = False


def ask(act: Act, fault: str = "", status: int = 200, unticked: str = "") -> Response:
    """Return the page that says what `act` means and asks for the reason; what was typed there stays."""
    return render("confirmed.html", status, act=act, back=act.way[-1][1], fault=fault, unticked=unticked,
                  reason=request.form.get("reason", ""), hint=act.hint or _("写一句，记在审计里。"))


def carry_out(act: Act, do: Callable[[str, str], Response], *refusals: Kind) -> Response:
    """Return what `do` answers; it is given who acts and the reason typed.

    Without the tick nothing is tried. Where the reason is missing or names somebody, or `do` refuses with one of
    `refusals`, the page asks again and says so; every other refusal goes to its own page.
    """
    refusals = (REASON_NAMES, *refusals)
    if act.final and request.form.get("sure", "") != "yes":
        return ask(act, status=422, unticked=_("要勾上“我知道收不回”。"))
    try:
        return do(guard.account().actor, request.form.get("reason", ""))
    except Problem as problem:
        if problem.kind not in (REASON_MISSING, *refusals):
            raise
        return ask(act, sentences_of(problem), problem.kind.status)
