"""The courier at the county: files of devices read in, and the reply that each takes home. Source: docs/protocol.md 14.

Read in any order, twice, torn, beside the network: all of it comes out the same, for what happens once hangs on the
envelope's name, and what is believed of a lane on its chain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from edge.domain.envelope import Envelope, Faulty, to_sign
from edge.ground.keys import verify
from edge.ground.once import Taken as NameTaken
from edge.ground.once import write_once
from edge.ground.problem import BAD_MESSAGE, FOR_THE_OTHER_SIDE, NO_FERRY_FILE, UNKNOWN_DEVICE, Problem
from edge.records import audit
from sync.hub import admit, gather
from sync.hub.admit import Admitted
from sync.hub.hub import Hub
from sync.hub.tables import devices, envelopes, imports
from sync.hub.tables.devices import DeviceRow
from sync.hub.tables.imports import Import
from sync.protocol.ferry_file import SUFFIX, Read, is_question, loose, pieces

LARGEST_REPLY = 16 * 1024 * 1024
REPLIES = "replies"
REPLY_MARK = "R"
LONGEST_NAME = 80
REVOKED = "revoked"


@dataclass
class Tally:
    """What stood in one file: how many envelopes were new, how many the hub had, what could not count and why."""

    fresh: int = 0
    known: int = 0
    aside: int = 0        # of the fresh ones, those of a revoked device: kept, and waiting for a person
    strange: int = 0      # messages of a device that this hub does not know
    torn: bool = False
    device: DeviceRow | None = None
    _admitted: list[Admitted] = field(default_factory=list)


def take(hub: Hub, read: Read) -> tuple[Tally, list[bytes]]:
    """Take over what stands in a file; return what it was, and the messages of its reply (none for a torn one without
    a whole message).

    Raises:
        Problem: NO_FERRY_FILE, FOR_THE_OTHER_SIDE; DISK_FULL or DISK_FAULT, then it can be read in again.
    """
    tally = Tally()
    try:
        for piece in pieces(read):
            if piece.raw and not is_question(piece):
                raise Problem(FOR_THE_OTHER_SIDE)
            if not (piece.whole and _take_whole(hub, tally, piece.raw)):
                tally.torn = True
                _take_torn(hub, tally, piece.raw)
    except Faulty as fault:
        raise Problem(NO_FERRY_FILE) from fault
    hub.arrived.set()
    return tally, list(_replies(hub, tally))


def _take_whole(hub: Hub, tally: Tally, raw: bytes) -> bool:
    """Admit a message as the network would; False when its end does not fit, and it counts as torn."""
    try:
        opened, device, question = admit.understand(hub, raw)
    except Problem as problem:
        if problem.kind is UNKNOWN_DEVICE:
            tally.strange += 1
            return True
        if problem.kind is BAD_MESSAGE:
            return False
        raise
    _count(hub, tally, device, [one for run in question.runs for one in run.envelopes])
    tally._admitted.append(admit.admit(hub, device, question, opened.end_hash))
    return True


def _take_torn(hub: Hub, tally: Tally, raw: bytes) -> None:
    """Keep what carries its device's own signature; places on a lane are claimed by whole messages only."""
    found = loose(raw)
    device = devices.get(hub.store.read(), found.device) if found.device else None
    if device is None:
        tally.strange += found.device is not None
        return
    good = [one for one, signature in found.envelopes
            if verify(device.public, signature, to_sign(one.name(device.device)))]
    _count(hub, tally, device, good)
    with hub.store.write() as db:
        for one in good:
            admit.keep(db, device, one, hub.now())
        gather.take(db, found.chunks, hub.now())


def _count(hub: Hub, tally: Tally, device: DeviceRow, brought: list[Envelope]) -> None:
    db = hub.store.read()
    names = {one.name(device.device) for one in brought}
    fresh = sum(not envelopes.has(db, name) for name in names)
    tally.device = device
    tally.fresh += fresh
    tally.known += len(names) - fresh
    tally.aside += fresh if device.state == REVOKED else 0


def _replies(hub: Hub, tally: Tally) -> Iterator[bytes]:
    """Yield the replies: a receipt to each question, and behind the last one all that waits for the device."""
    if not tally._admitted:
        return
    size = 0
    *before, last = tally._admitted
    for admitted in before:
        raw, _ = admit.answer(hub, replace(admitted, down=None))
        size += len(raw)
        yield raw
    while True:
        raw, onward = admit.answer(hub, last)
        size += len(raw)
        yield raw
        if onward is None or size > LARGEST_REPLY:
            return   # what does not fit comes with the next file
        last = replace(last, lanes=[], down=onward)


def book(hub: Hub, actor: str, name: str, tally: Tally, *, replied: bool) -> int:
    """Write down that a file was read in, and return the number of that line.

    Args:
        name: what the file was called where it came from; it is shown, and never used as a path.
    """
    at, device = hub.now(), tally.device.device if tally.device else None
    shown = "".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME]
    with hub.store.write() as db:
        number = imports.add(db, Import(0, at, actor, shown, device, tally.fresh, tally.known, tally.aside,
                                        tally.strange, tally.torn, replied))
        audit.note(db, at, actor, "import-file", device.hex() if device else "unknown",
                   {"fresh": tally.fresh, "known": tally.known, "torn": tally.torn})
    return number


def write_reply(folder: Path, stem: str, messages: list[bytes]) -> Path:
    """Write a reply under the name of the file that it answers, with an R; an earlier reply is never written over.

    Raises:
        Problem: STICK_FULL, STICK_READ_ONLY, STICK_GONE, STICK_SPOILT.
    """
    turn = 1
    while True:
        path = folder / f"{stem}{REPLY_MARK}{turn if turn > 1 else ''}{SUFFIX}"
        try:
            write_once(path, messages)
        except NameTaken:
            turn += 1
            continue
        return path


def kept_reply(hub: Hub, number: int) -> Path:
    """Return where the hub keeps the reply of an import that came through the console."""
    return hub.folder / REPLIES / f"{number}{SUFFIX}"
