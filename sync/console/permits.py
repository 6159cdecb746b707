"""Who may open which page: one table that the guard, the pages' links and the tests read.

A route that does not stand here is refused for everyone.
"""

from sync.hub.accounts import Role

REVIEWER, IT, AUDITOR = Role.REVIEWER, Role.IT, Role.AUDITOR
EVERYONE = frozenset(Role)
NOBODY_YET = frozenset({"door.show", "door.enter", "door.language", "static"})
"""Open before log-in."""

PERMITS: dict[str, frozenset[Role]] = {
    "door.home": EVERYONE,
    "door.leave": EVERYONE,
    "me.show": EVERYONE,
    "me.change": EVERYONE,
    # cases hold personal data: nobody but those who decide them
    "worklist.show": frozenset({REVIEWER}),
    "worklist.find": frozenset({REVIEWER}),
    "case.show": frozenset({REVIEWER}),
    "case.reveal": frozenset({REVIEWER}),
    "case.preview": frozenset({REVIEWER}),
    "case.decide": frozenset({REVIEWER}),
    "case.send": frozenset({REVIEWER}),
    "case_erase.warn": frozenset({REVIEWER}),
    "case_erase.gone": frozenset({REVIEWER}),
    "photos.picture": frozenset({REVIEWER}),
    "photos.show": frozenset({REVIEWER}),
    "photos.give_up": frozenset({REVIEWER}),
    "sites.show": EVERYONE,
    "sites.device": EVERYONE,
    "sites.close": frozenset({IT}),
    "struck_off.warn": frozenset({IT}),
    "struck_off.strike": frozenset({IT}),
    "struck_off.show": frozenset({IT, AUDITOR}),
    "struck_off.confirm": frozenset({IT}),
    "struck_off.decide": frozenset({IT}),
    "backups.show": frozenset({IT, AUDITOR}),
    "backups.make": frozenset({IT}),
    "backups.change": frozenset({IT}),
    "backups.code": frozenset({IT}),
    "backups.release": frozenset({IT}),
    "proof.show": frozenset({IT, AUDITOR}),
    "proof.print_sheet": frozenset({IT, AUDITOR}),
    "tickets.show": frozenset({IT}),
    "tickets.issue": frozenset({IT}),
    "tickets.file": frozenset({IT}),
    "usb.show": frozenset({IT, AUDITOR}),
    "usb.take": frozenset({IT}),
    "usb.reply": frozenset({IT}),
    "catalogue.show": EVERYONE,
    "catalogue.item": EVERYONE,
    # counts of nobody; a reviewer sees the items of their own department
    "use.show": EVERYONE,
    "catalogue.check": frozenset({IT}),
    "catalogue.publish": frozenset({IT}),
    "audit.show": frozenset({AUDITOR}),
    "accounts.show": frozenset({IT, AUDITOR}),
    "accounts.add": frozenset({IT}),
    "accounts.change": frozenset({IT}),
    "accounts.confirm": frozenset({IT}),
    "tokens.show": frozenset({IT, AUDITOR}),
    "tokens.add": frozenset({IT}),
    "tokens.confirm": frozenset({IT}),
    "tokens.revoke": frozenset({IT}),
}
"""Endpoint → roles."""


def may(role: str, endpoint: str) -> bool:
    """Tell if a role may use a route."""
    return role in PERMITS.get(endpoint, frozenset())
