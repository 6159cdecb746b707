"""How a state looks: its tint, its icon and its word. Never a colour alone."""

from dataclasses import dataclass

from sync.console.say import say as _
from sync.hub.tables.accounts import Account


@dataclass(frozen=True)
class Look:
    """A chip."""

    tint: str
    icon: str
    words: str


def case_look(state: str) -> Look:
    """Return the chip of a case's state, in the words that the citizen reads too."""
    looks = {
        "held": Look("held", "box", _("已送达")),
        "needs_correction": Look("returned", "undo", _("已退补")),
        "accepted": Look("accepted", "yes", _("已受理")),
        "done": Look("accepted", "proof", _("已办结")),
        "rejected": Look("saved", "no", _("不予受理")),
        "erased": Look("saved", "erase", _("已删除")),
    }
    return looks.get(state, Look("saved", "box", state))


def account_look(account: Account) -> Look:
    """Return the chip of an account."""
    if account.state == "disabled":
        return Look("saved", "no", _("停用"))
    return Look("soon", "clock", _("要先换密码")) if account.must_change else Look("accepted", "yes", _("在用"))


def check_look(outcome: str) -> Look:
    """Return the chip of an automatic check: `pass`, `fail` or `note`."""
    return {
        "pass": Look("accepted", "yes", _("通过")),
        "fail": Look("returned", "wrong", _("不通过")),
    }.get(outcome, Look("soon", "help", _("请看一眼")))


def line_look(state: str) -> Look:
    """Return the chip of a device's line: `up`, `sending`, `down` or `never`."""
    return {
        "up": Look("accepted", "line-up", _("通")),
        "sending": Look("held", "line-sending", _("正在送")),
        "down": Look("saved", "line-down", _("断")),
    }.get(state, Look("saved", "line-down", _("还没通过话")))
