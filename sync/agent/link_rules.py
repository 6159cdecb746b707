"""When and how much of blobs may travel over this line: the county's rules and the machine's own. Never of envelopes.

Source: docs/protocol.md 9. A clock that stands or errs delays photos by a day and a half at most.
"""

from dataclasses import dataclass

import msgspec

from edge.desk.site import LineNews, Site
from edge.domain.day_windows import Windows, is_open
from edge.domain.likely import likely_now
from edge.ground.clock import CHINA, moment
from edge.ground.database import Connection
from edge.records import facts
from sync.protocol.messages import Next

OF_THE_HUB, OWN, SPENT, SHUT = "hub_link_rules", "own_link_rules", "blob_bytes_of_day", "blobs_shut_since"
LONGEST_SHUT_SECONDS = 36 * 3600


class Rules(msgspec.Struct, frozen=True):
    """Windows of the day and bytes a day (0: any)."""

    windows: Windows = ()
    daily_bytes: int = 0


class Spent(msgspec.Struct, frozen=True):
    """What chunks have taken of a day, counted from the first day of all calendars."""

    day: int = 0
    size: int = 0


@dataclass
class Door:
    """Whether blobs may travel now. `shut_at`: since when they may not, by the running time."""

    shut_at: float | None = None

    def allowance(self, site: Site) -> int | None:
        """Return how many bytes of chunks the next message may hold; None for any number."""
        db = site.store.read()
        rules = [facts.get(db, key, Rules) or Rules() for key in (OF_THE_HUB, OWN)]
        if not any(one.windows or one.daily_bytes for one in rules):
            return None
        day, minute = _time_of_day(site, db)
        if not all(is_open(one.windows, minute) for one in rules):
            return None if self._shut_too_long(site) else 0
        self._open(site)
        budgets = [one.daily_bytes for one in rules if one.daily_bytes]
        spent = facts.get(db, SPENT, Spent) or Spent()
        return max(0, min(budgets) - (spent.size if spent.day == day else 0)) if budgets else None

    def _shut_too_long(self, site: Site) -> bool:
        running, now = site.clock.monotonic(), site.now()
        if self.shut_at is None:
            self.shut_at = running
        since = facts.get(site.store.read(), SHUT, int)
        if since is None or since > now:
            with site.store.write() as db:
                facts.put(db, SHUT, now)
            since = now
        # either clock: one may stand, and the machine may be off whenever its window is open
        return max(running - self.shut_at, now - since) > LONGEST_SHUT_SECONDS

    def _open(self, site: Site) -> None:
        self.shut_at = None
        if facts.get(site.store.read(), SHUT, int) is not None:
            with site.store.write() as db:
                facts.forget(db, SHUT)


def spend(site: Site, size: int) -> None:
    """Count bytes of chunks that leave now; whether they arrive, the line costs the same."""
    with site.store.write() as db:
        day, _ = _time_of_day(site, db)
        spent = facts.get(db, SPENT, Spent) or Spent()
        facts.put(db, SPENT, Spent(day, size + (spent.size if spent.day == day else 0)))


def heed(db: Connection, follow: Next) -> None:
    """Keep the county's rules as a signed NEXT told them, in the caller's transaction."""
    told = Rules(follow.windows, max(0, follow.daily_bytes))
    if (facts.get(db, OF_THE_HUB, Rules) or Rules()) != told:
        facts.put(db, OF_THE_HUB, told)


def keep_own(db: Connection, rules: Rules) -> None:
    """Keep the rules that somebody set on this machine; both must allow what travels."""
    facts.put(db, OWN, rules)


def both(db: Connection) -> tuple[Rules, Rules]:
    """Return the county's rules and the machine's own."""
    return facts.get(db, OF_THE_HUB, Rules) or Rules(), facts.get(db, OWN, Rules) or Rules()


def _time_of_day(site: Site, db: Connection) -> tuple[int, int]:
    news = facts.get(db, "line", LineNews)
    then = (news.own_time, news.hub_time) if news else (0, 0)
    there = moment(likely_now(site.now(), *then)).astimezone(CHINA)
    return there.toordinal(), there.hour * 60 + there.minute
