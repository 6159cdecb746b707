"""The courier: what a stick carries to the county, and what it brings back. Source: docs/protocol.md 14.

A file holds everything behind the last believed receipt, whatever was exported before: a stick may be lost. Nothing is
noted as delivered by writing it; only a signed receipt does that.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from edge.desk.courier import Exported, Heard, Tell
from edge.desk.site import Site, SiteIdentity
from edge.domain.envelope import Faulty
from edge.ground.once import NameRefused, Taken, in_words, open_foreign, write_once
from edge.ground.problem import FOR_ANOTHER_MACHINE, FOR_THE_OTHER_SIDE, NO_FERRY_FILE, STICK_GONE, Problem
from edge.records import audit, files, lane
from sync.agent import asked, cargo, push
from sync.agent.round import settle
from sync.protocol.exchange import read_ack, read_reply
from sync.protocol.ferry_file import LARGEST_FILE, SUFFIX, Piece, is_question, loose, pieces
from sync.protocol.messages import Frame, SignedAck

MESSAGE_BYTES = 256 * 1024
LARGEST_WRITTEN = 16 * 1024 * 1024
LONGEST_NAME = 40
FORBIDDEN = '<>:"/\\|?*_'
NO_QUESTION = b""


@dataclass
class _Load:
    """How far an export has come."""

    site: Site
    head: int
    tell: Tell
    begin: int
    after: int = 0
    envelopes: int = 0
    names: list[str] = field(default_factory=list)
    size: int = 0
    limits: cargo.Limits = field(default_factory=cargo.Limits)   # which chunks of photos earlier messages carry
    chunks_wait: bool = False

    @property
    def more(self) -> bool:
        return self.after < self.head or self.chunks_wait


def export(site: Site, folder: Path, tell: Tell = lambda done, total: None) -> Exported:
    """Write everything behind the last receipt into new files in `folder`; when this returns, the stick may go.

    Hold the session: nobody else may ask the county meanwhile.

    Raises:
        Problem: STICK_GONE, STICK_FULL, STICK_READ_ONLY, STICK_SPOILT; what was told stays where it is.
    """
    if not folder.is_dir():
        raise Problem(STICK_GONE, str(folder))
    with site.store.write() as db:
        asked.begin_file(db)
        begin = lane.acked(db)[0]
        load = _Load(site, lane.head(db).n, tell, begin, begin)
    while not load.names or load.more:
        _write_file(load, folder)
    with site.store.write() as db:
        audit.note(db, site.now(), "courier", "export", load.names[-1], {"envelopes": load.envelopes})
    return Exported(tuple(load.names), load.envelopes, load.size)


def _write_file(load: _Load, folder: Path) -> None:
    """Write one file under the next free number. A number that was given is never given again."""
    before, plain = load.after, False
    while True:
        with load.site.store.write() as db:
            number = files.begin(db, load.site.now())
        name = file_name(load.site.identity, number, plain=plain)
        try:
            size = write_once(folder / name, _messages(load, number))
        except Taken:
            continue   # another machine of this site, or an older life of this one, wrote it
        except NameRefused:
            if plain:
                raise Problem(STICK_GONE, name) from None
            plain = True
            continue
        with load.site.store.write() as db:
            files.mark_written(db, number, name, load.after - before)
        load.names.append(name)
        load.envelopes += load.after - before
        load.size += size
        return


def _messages(load: _Load, number: int) -> Iterator[bytes]:
    """Yield messages until all is carried or the file is full; at least one, as a reply needs a question."""
    size = 0
    while not size or (load.more and size < LARGEST_WRITTEN):
        with load.site.store.write() as db:
            message = push.ask(load.site, MESSAGE_BYTES, on_file=True, after=load.after, limits=load.limits)
            load.chunks_wait = message.chunks > 0 and cargo.left(db) > len(load.limits.aboard)
            files.put_question(db, number, message.end_hash)
        load.after = message.carried
        size += len(message.raw)
        load.tell(load.after - load.begin, max(load.head, load.after) - load.begin)
        yield message.raw


def file_name(identity: SiteIdentity, number: int, *, plain: bool = False) -> str:
    """Return the name of a file: the site's own words, or (`plain`) the device's, for sticks that take ASCII only."""
    words = identity.device.hex()[:8] if plain else _safe(f"{identity.site}-{identity.label}".strip("-"))
    return f"yizhan_{words or identity.device.hex()[:8]}_{number}{SUFFIX}"


def _safe(words: str) -> str:
    """Return the words without what FAT32 forbids in a name."""
    kept = "".join("-" if letter in FORBIDDEN or not letter.isprintable() else letter for letter in words
                   if not letter.isspace())
    return kept[:LONGEST_NAME].strip(".-")


def hear(site: Site, path: Path) -> Heard:
    """Take over what a reply file brings. Any order, twice, torn: what stands in it counts, the rest is stepped over.

    Hold the session.

    Raises:
        Problem: STICK_GONE, NO_FERRY_FILE, FILE_TOO_LARGE, FOR_THE_OTHER_SIDE; FOR_ANOTHER_MACHINE, then nothing in it
            was taken over.
    """
    db, hub = site.store.read(), site.key_set().hub
    before, came, torn, again, answers, own = lane.acked(db)[0], 0, False, False, "", False
    with open_foreign(path, LARGEST_FILE) as file:
        try:
            for piece in pieces(file.read):
                if is_question(piece):
                    raise Problem(FOR_THE_OTHER_SIDE, path.name)
                named = _names_us(site, piece.raw, hub)
                if named is False:
                    raise Problem(FOR_ANOTHER_MACHINE, path.name)
                own = own or named is True
                found = _take(site, piece, own, hub)
                came, torn = came + found.came, torn or found.torn
                again = found.again and (again or not answers)   # new as soon as one answer in it is
                answers = found.answers or answers
        except Faulty as fault:
            raise Problem(NO_FERRY_FILE, path.name) from fault
        except OSError as fault:
            raise in_words(fault) from fault
    held = lane.acked(site.store.read())[0] - before
    with site.store.write() as db:
        audit.note(db, site.now(), "courier", "import", answers, {"held": held, "came": came, "torn": torn})
    return Heard(held, came, answers, torn, again)


def replies(folder: Path) -> list[Path]:
    """Return the files in a folder that begin as the county's replies do."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            with open_foreign(path, LARGEST_FILE) as file:
                if file.read(1) == bytes((Frame.WELCOME,)):
                    found.append(path)
        except (Problem, OSError):
            continue   # no file of ours
    return found


def _take(site: Site, piece: Piece, own: bool, hub: bytes) -> Heard:
    """Take over one message of a reply file, in one transaction. `own`: this machine's receipt stood in the file."""
    try:
        if not piece.whole:
            raise Faulty("torn")
        reply = read_reply(piece.raw, hub)
        file = files.of_question(site.store.read(), reply.welcome.question)
        if file is None and not own:
            raise Faulty("whose it is stood in the part that is lost")
    except Faulty:
        # protocol 14: of a torn reply only the signed receipts count, and only as good news
        with site.store.write():
            push.believe(site, _sound(loose(piece.raw).acks, hub), NO_QUESTION, hub)
        return Heard(torn=True)
    with site.store.write() as db:
        came = settle(site, reply, hub)
        again = file is not None and not files.mark_answered(db, file.number, site.now())
    return Heard(0, came, file.name if file else "", again=again)


def _names_us(site: Site, raw: bytes, hub: bytes) -> bool | None:
    """Return whether a message's receipts are this machine's, whatever became of its note of the file; None when it
    brings none, as what follows an answer does not.

    Nothing of another machine's may be taken over: a photo that the hub wants of it would be declared lost here.
    """
    found = [read_ack(one, hub).device for one in _sound(loose(raw).acks, hub)]
    return site.identity.device in found if found else None


def _sound(acks: list[SignedAck], hub: bytes) -> list[SignedAck]:
    found = []
    for one in acks:
        try:
            read_ack(one, hub)
        except Faulty:
            continue
        found.append(one)
    return found
