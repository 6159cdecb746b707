"""Pace: how much to send at once, how long to wait, how often to look. Pure. Source: docs/protocol.md 9, 11."""

from dataclasses import dataclass, replace
from datetime import timedelta

from edge.ground.sealing import digest

START_BYTES = 16 * 1024
LEAST_BYTES = 1024
LARGEST_BYTES = 1024 * 1024
AIM_SECONDS, LEAST_AIM_SECONDS = 20.0, 0.5
MOST_GROWTH, LEAST_GROWTH, LAST_GROWTH = 16.0, 1.5, 1.5
TELLING_BYTES = 4 * 1024
LONG_ALIVE_SECONDS, MESSAGES_PER_LIFE = 80.0, 3
TRUST_AGAIN = 1.1           # how fast a line that was cut is trusted with longer messages again
ROUNDS_BELOW_CEILING = 32   # then a size that was refused (413) is tried once more
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)
UNNAMED_WAIT = timedelta(seconds=30)     # of a bare 429, 503 or 507 that names no time
LONGEST_HUB_WAIT = timedelta(hours=6)    # what the hub's signed word may ask for at most
WATCHED_IDLE = timedelta(seconds=10)     # how old the county's word may grow while someone stands at the machine
QUIET_IDLE = timedelta(seconds=60)       # the same while nobody does; the hub may ask for more
SHORTEST_PROBE, LONGEST_PROBE = timedelta(seconds=0.1), timedelta(seconds=3)
QUIET_PROBE = timedelta(seconds=60)
PROBES_PER_OUTAGE = 40      # a line is found again within a fortieth of the time that it was away
LEAST_OUTAGE, LONGEST_SPREAD = timedelta(minutes=1), timedelta(minutes=5)
TRIES_AT_ONE = 3
MOST_TOLD = 20
TOO_LARGE, UPDATE = 413, 426
BUSY = frozenset({429, 503, 507})
FAULTY = 400
FAILURES_OF_AN_OLD_VERSION = 10   # as good as many failures: waits of up to half an hour


@dataclass(frozen=True)
class Pace:
    """What the line has taught: the batch in bytes, for how long a message should take, what failed in a row."""

    batch_bytes: int = START_BYTES
    failures: int = 0
    aim_seconds: float = AIM_SECONDS
    ceiling_bytes: int = LARGEST_BYTES
    below_ceiling: int = 0          # rounds that were answered since something on the way called a message too large
    refused_place: int = 0          # the one envelope whose message was answered with a bare 400
    refused_times: int = 0
    one_at_a_time: bool = False     # a message of several was answered with 400: which of them is meant?
    least_wait: timedelta = timedelta(0)   # what the other side asked for; wins upward
    told: int = 0                   # how often in a row it was told when to come again
    bytes_per_second: float = 0.0   # at least, as the last telling message went; 0 before there was one

    def succeeded(self, took_seconds: float, sent_bytes: int, largest_bytes: int = LARGEST_BYTES) -> "Pace":
        """Return the pace after a round that was answered.

        A message of some size tells how fast the line is at least: the next one is as large as would take the aim, at
        most sixteenfold, and at least half as large again where a batch was filled. A small message tells nothing.

        Args:
            took_seconds: from the first byte sent to the last received.
            sent_bytes: length of the message.
            largest_bytes: the largest batch that the hub wants.
        """
        batch, aim = self.batch_bytes, self.aim_seconds
        filled, speed = 2 * sent_bytes >= batch, self.bytes_per_second
        if filled or sent_bytes >= TELLING_BYTES:
            speed = sent_bytes / max(took_seconds, 0.001)
        if took_seconds < aim and (filled or sent_bytes >= TELLING_BYTES):
            factor = min(MOST_GROWTH, aim / max(took_seconds, 0.001))
            batch = max(batch, int(sent_bytes * factor), int(batch * LEAST_GROWTH) if filled else 0)
        elif filled and took_seconds > 2 * aim:
            batch //= 2
        if filled:
            aim = min(AIM_SECONDS, aim * TRUST_AGAIN)
        ceiling, below = self.ceiling_bytes, self.below_ceiling + 1
        if below >= ROUNDS_BELOW_CEILING:
            ceiling, below = min(LARGEST_BYTES, 2 * ceiling), 0
        limit = max(LEAST_BYTES, min(ceiling, largest_bytes))
        return Pace(min(limit, batch), 0, aim, ceiling, below, bytes_per_second=speed)

    @property
    def cut_often(self) -> bool:
        """Whether the line did not last for a long message lately."""
        return self.aim_seconds < AIM_SECONDS

    def lasted(self) -> "Pace":
        """Return the pace after the line was whole for as long as a long message takes."""
        return replace(self, aim_seconds=min(AIM_SECONDS, 2 * self.aim_seconds))

    def room(self, left_bytes: int) -> int:
        """Return how many bytes the next message may have: the batch, or half a batch more where all that is left fits
        into that. A last small message would cost a whole round trip.
        """
        if self.one_at_a_time:
            return 1
        more = int(self.batch_bytes * LAST_GROWTH)
        return more if left_bytes <= more and self.batch_bytes >= START_BYTES else self.batch_bytes

    def not_reached(self) -> "Pace":
        """Return the pace after nothing could be sent at all: it tells nothing of how long a message may be."""
        return replace(self, failures=self.failures + 1, least_wait=timedelta(0))

    def failed(self, alive_seconds: float = LONG_ALIVE_SECONDS) -> "Pace":
        """Return the pace after a round that was not answered: half the batch, never so small that nothing is carried.

        Args:
            alive_seconds: how long the line had lasted; on one that is cut every few seconds a message takes a third
                of that, or much would be sent in vain.
        """
        aim = max(LEAST_AIM_SECONDS, min(self.aim_seconds, alive_seconds / MESSAGES_PER_LIFE))
        batch = min(self.batch_bytes // 2, int(self.bytes_per_second * aim) or LARGEST_BYTES)
        return replace(self, batch_bytes=max(LEAST_BYTES, batch), failures=self.failures + 1, aim_seconds=aim,
                       least_wait=timedelta(0))

    def refused(self, status: int, sent_bytes: int, alone: int = 0,
                retry_after: timedelta = timedelta(0)) -> "Pace":
        """Return the pace after a bare code; it sets the pace and nothing else, for it may be anybody's.

        Args:
            sent_bytes: length of the message that was refused.
            alone: place of the only envelope in it, 0 when there were several or none.
            retry_after: what the answer asked for, if anything.
        """
        if status in BUSY:
            # who was told when to come has not failed, and the outage before it is over: doubling on top would leave
            # the last of a crowd outside for long. It ends after some times, for anybody may say so
            told = self.told + 1 if retry_after else 0
            failures = 0 if 0 < told <= MOST_TOLD else self.failures + 1
            return replace(self, failures=failures, told=told,
                           least_wait=min(retry_after or UNNAMED_WAIT, LONGEST_WAIT))
        if status == TOO_LARGE and not alone:
            smaller = max(LEAST_BYTES, min(self.batch_bytes, sent_bytes) // 2)
            # the same again would be refused again: the next message goes at once, and is smaller
            return replace(self, batch_bytes=smaller, ceiling_bytes=smaller, below_ceiling=0, least_wait=timedelta(0),
                           failures=self.failures if smaller < self.batch_bytes else self.failures + 1)
        after = self.failed()
        if status == UPDATE:
            return replace(after, failures=max(after.failures, FAILURES_OF_AN_OLD_VERSION))
        if status != FAULTY:
            return after
        if not alone:
            return replace(after, one_at_a_time=True)
        times = self.refused_times + 1 if alone == self.refused_place else 1
        return replace(after, refused_place=alone, refused_times=times)

    def withheld(self, place: int) -> bool:
        """Return whether the envelope at `place` is to travel as header alone: its message was refused three times.

        Every other time only, so that nothing hangs on who refused it.
        """
        return place == self.refused_place and self.refused_times >= TRIES_AT_ONE and self.refused_times % 2 == 1

    def wait(self, chance: float, device: bytes = b"") -> timedelta:
        """Return how long to wait after the last failure: full jitter, 5 s doubling up to 30 min.

        What the other side asked for wins upward, and each device adds an offset of its own: those who were refused
        together do not come back together.

        Args:
            chance: from 0 up to but not including 1.
        """
        ceiling = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(self.failures - 1, 20)) if self.failures else timedelta(0)
        return max(ceiling * chance, self.least_wait + offset(device, self.least_wait))


def offset(device: bytes, spread: timedelta) -> timedelta:
    """Return the part of `spread` that is this device's own, the same each time; all devices fill it evenly."""
    return spread * (int.from_bytes(digest(b"ferry1 offset", device)[:6], "big") / 2**48)


def after_outage(device: bytes, outage: timedelta, watched: bool) -> timedelta:
    """Return how long a device stays silent once a hub answers again that had been away from its address.

    The whole county finds it in the same seconds. Whoever stands at a machine is not made to wait.
    """
    if watched or outage < LEAST_OUTAGE:
        return timedelta(0)
    return offset(device, min(LONGEST_SPREAD, outage / 4))


def probe_every(away: timedelta, someone_waits: bool) -> timedelta:
    """Return how often to look whether the line is back that has been `away`: often at first while someone waits."""
    if not someone_waits:
        return QUIET_PROBE
    return max(SHORTEST_PROBE, min(LONGEST_PROBE, away / PROBES_PER_OUTAGE))


def idle(watched: bool, hub_asks: timedelta) -> timedelta:
    """Return how long a device with nothing to say stays silent on a good line."""
    return WATCHED_IDLE if watched else max(QUIET_IDLE, min(hub_asks, LONGEST_HUB_WAIT))
