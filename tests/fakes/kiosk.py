"""One machine of the simulated county: the real site and the real agent in a real folder."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from edge.desk.amend import amend
from edge.desk.attach import Photo
from edge.desk.courier import Heard
from edge.desk.inquire import inquire
from edge.desk.lodge import Lodged, lodge
from edge.desk.revoked import signing_key
from edge.desk.site import Site, load_identity
from edge.desk.track import Tracked, submission_state, track
from edge.ground.clock import Chance, Clock
from edge.ground.keys import SigningKey, load
from edge.ground.problem import Problem
from edge.records import facts, lane, statuses, submissions
from edge.work.housekeeping import forget_safe
from sync.agent import push
from sync.agent.asked import FILE, Asked
from sync.agent.courier import hear
from sync.agent.enrol import KEY_FILE, enrol, open_store
from sync.agent.pace import Pace
from sync.agent.pull import pull
from sync.agent.round import STEPS, Agent, Outcome, Session, Step
from sync.protocol.exchange import read_reply
from sync.protocol.ferry_file import is_question, pieces
from tests.fakes.time_and_chance import Dice, Watch
from tests.fakes.wire import PulledPlug, Wire

if TYPE_CHECKING:
    from tests.fakes.county import County

Answer = Callable[[str, bytes], bytes]
MOST_ROUNDS = 60


@dataclass(frozen=True)
class Told:
    """What a citizen took home, and the name that only the test looks up."""

    receipt: str
    tail: str
    item: str
    name: bytes
    id: str


class Kiosk:
    """One machine. `link` is its line, `watch` its clock."""

    def __init__(self, county: "County", name: str, folder: Path) -> None:
        self.county, self.name, self.folder = county, name, folder
        self.watch = Watch(county.time)
        self.dice = Dice(county.seed * 1000 + sum(name.encode()))
        self.link = Wire(self._answer)
        self.answered: set[bytes] = set()   # questions to which something was believed, by the test's own book
        self.bad_news_allowed = False       # whether the last reply was the first believed one to the last question
        self.site = open_site(folder, self.watch, self.dice)
        self.seed = load(folder / KEY_FILE) if (folder / KEY_FILE).exists() else b""   # kept for a disk that is lifted
        self.agent = Agent(self.site, self.link)

    def _answer(self, path: str, message: bytes) -> bytes:
        return self.county.answer(path, message)

    @property
    def device(self) -> bytes:
        """The device's 16-byte name."""
        return self.site.identity.device

    # --- citizens

    def lodge(self, item: str = "RS-01", key: str | None = None, photos: Sequence[Photo] = ()) -> str:
        """Hand in the item's example; return the receipt code that the citizen took home."""
        return self.take(item, key, photos).receipt

    def take(self, item: str = "RS-01", key: str | None = None, photos: Sequence[Photo] = ()) -> Lodged:
        """Hand in the item's example; return all that the citizen was told."""
        form = self.site.catalogue().item(item)
        given = dict(form.example)
        lodged = lodge(self.site, form, given, channel="kiosk", idempotency_key=key, photos=photos)
        row = submissions.get(self.site.store.read(), lodged.id)
        assert row is not None, "told, and not there"
        tail = str(given[form.applicant.id_number])[-4:]
        self.county.told[lodged.receipt] = Told(lodged.receipt, tail, item, row.name, lodged.id)
        self.county.photos.setdefault(lodged.receipt, [photo.content for photo in photos])
        return lodged

    def track(self, receipt: str) -> str:
        """Return the state that the citizen reads here."""
        return self.read(receipt).state.value

    def read(self, receipt: str) -> Tracked:
        """Return all that the citizen reads here."""
        return track(self.site, receipt, self.county.told[receipt].tail)

    def state(self, receipt: str) -> str:
        """Return the state by id, as a program asks for it."""
        found = submission_state(self.site, self.county.told[receipt].id)
        return found.value if found else "unknown"

    def amend(self, receipt: str, photos: Sequence[Photo] = ()) -> None:
        """Hand in what the county asked for: the example's answers once more."""
        tracked = self.read(receipt)
        form = self.site.catalogue().item(tracked.item)
        asked = {ask.field for ask in tracked.asks}
        given = {key: value for key, value in form.example.items() if not asked or key in asked}
        amend(self.site, tracked, given, photos=photos)

    def inquire(self, receipt: str) -> None:
        """Ask the county about a receipt of another site."""
        inquire(self.site, receipt, self.county.told[receipt].tail)

    # --- the conversation

    def round(self) -> Outcome:
        """Run one round of the agent, as the loop around it does."""
        self.site.lodged.clear()
        try:
            return self.agent.round()
        finally:
            self._look_back()

    def _look_back(self) -> None:
        asked = facts.get(self.site.store.read(), "question", Asked)
        self.bad_news_allowed = asked is not None and asked.end_hash not in self.answered
        if asked is not None and not asked.up_open:
            self.answered.add(asked.end_hash)

    def sync(self, most: int = MOST_ROUNDS) -> Outcome | None:
        """Run rounds until nothing more waits; None when the line failed. A pulled plug ends in a restart."""
        outcome = None
        for _ in range(most):
            try:
                outcome = self.round()
            except Problem:
                return None
            except PulledPlug:
                self.restart()
                return None
            if not outcome.more:
                break
        return outcome

    def ask(self) -> bytes:
        """Write a question down and return it; whether it ever arrives is the test's business."""
        session = Session(self.site, self.link, self.agent.pace)
        STEPS[Step.ASK](session)
        assert session.message is not None
        return session.message.raw

    def ask_with_papers(self) -> bytes:
        """Write down a question that shows the key set."""
        return push.ask(self.site, 2**20, papers=True).raw

    def hear(self, reply: bytes, *, believe: bool = True, follow: bool = True) -> None:
        """Take a reply as the agent's last two steps would; a crash may fall between them."""
        session = Session(self.site, self.link, self.agent.pace, hub=self.site.key_set().hub)
        session.reply = read_reply(reply, session.hub)
        question = session.reply.welcome.question
        asked = facts.get(self.site.store.read(), "question", Asked)
        fresh = asked is not None and asked.end_hash == question and question not in self.answered
        self.bad_news_allowed = fresh
        if believe:
            push.believe(self.site, session.reply.acks, question, session.hub)
            now = facts.get(self.site.store.read(), "question", Asked)
            if now is not None and not now.up_open:
                self.answered.add(now.end_hash)
        if follow:
            pull(self.site, session.reply, session.hub)

    def hear_file(self, path: Path) -> Heard:
        """Read a reply that came on a stick; bad news is right when nothing was believed since its file was written."""
        db = self.site.store.read()
        asked = facts.get(db, FILE, list[Asked]) or []
        with path.open("rb") as file:
            whole = [piece.raw for piece in pieces(file.read) if piece.whole and not is_question(piece)]
        replies = [read_reply(raw, self.site.key_set().hub).welcome.question for raw in whole]
        self.bad_news_allowed = any(one.up_open and one.end_hash in replies for one in asked)
        return hear(self.site, path)

    # --- what stands here

    def acked(self) -> int:
        """Return up to which place the hub's receipt goes."""
        return lane.acked(self.site.store.read())[0]

    def head(self) -> int:
        """Return how many envelopes stand on the lane."""
        return lane.head(self.site.store.read()).n

    def incarnation(self) -> bytes:
        """Return the lane's present incarnation."""
        return lane.incarnation(self.site.store.read())

    def incarnations(self) -> int:
        """Return how many incarnations there were."""
        return lane.incarnations(self.site.store.read())

    def words(self) -> dict[bytes, tuple[int, str]]:
        """Return (step, word) of each case that is known here."""
        db = self.site.store.read()
        subjects = [row["subject"] for row in db.execute("SELECT subject FROM statuses")]
        found = ((subject, statuses.of(db, subject)) for subject in subjects)
        return {subject: (status.step, status.word) for subject, status in found if status}

    # --- accidents

    def restart(self) -> None:
        """End this machine's process, by whatever, and start it again."""
        self.site.store.close()
        self._start()

    def _start(self) -> None:
        self.site = open_site(self.folder, self.watch, self.dice)
        self.agent = Agent(self.site, self.link)

    def image(self) -> Path:
        """Return an image of this machine's folder."""
        self.county.copies += 1
        target = self.county.folder / "copies" / str(self.county.copies)
        shutil.copytree(self.folder, target, ignore=shutil.ignore_patterns("*-shm"))
        return target

    def restore(self, image: Path) -> None:
        """Put an image in the place of this machine's folder."""
        self.site.store.close()
        shutil.rmtree(self.folder)
        shutil.copytree(image, self.folder)
        self.county.copied = True
        self._start()

    def clone(self, name: str) -> "Kiosk":
        """Return a second machine that runs on a copy of this one's folder."""
        folder = self.county.folder / "sites" / name
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*-shm"))
        self.county.copied = True
        twin = self.county.kiosks[name] = Kiosk(self.county, name, folder)
        twin.seed = self.seed
        return twin

    def forget_safe(self, keep_seconds: int = 0) -> int:
        """Delete what every backup of the hub holds, at once or as the house does; return how many envelopes."""
        return forget_safe(self.site, keep_seconds)

    def lift(self) -> None:
        """Let the county read the disk of a machine that was struck off: as if it signed once more."""
        with self.site.store.write() as db:
            facts.forget(db, "revoked")
        self.site.key = SigningKey(self.seed)
        self.agent.pace = Pace()   # a disk that is read is no line that was cut

    def die(self) -> None:
        """This machine and its disk are gone for good."""
        self.site.store.close()
        del self.county.kiosks[self.name]

    def set_clock_wrong(self, **by: float) -> None:
        """Let this machine's clock be wrong."""
        self.watch.wrong_by = timedelta(**by)


def open_site(folder: Path, clock: Clock, chance: Chance) -> Site:
    """Return the site in an enrolled folder, as a fresh process would."""
    store = open_store(folder)
    identity = load_identity(store)
    assert identity is not None, "this folder is not enrolled"
    return Site(store, clock, chance, identity, signing_key(store, folder / KEY_FILE, chance), lambda: 10**9)


def join(folder: Path, ticket: str, answer: Answer, clock: Clock, chance: Chance, *, settle: bool = False) -> None:
    """Enrol a folder; with `settle` it also fetches what the county published."""
    store = open_store(folder)
    link = Wire(answer)
    enrol(folder, store, link, "http://hub", ticket, clock, chance)
    store.close()
    if settle:
        site = open_site(folder, clock, chance)
        while Agent(site, link).round().more:
            pass
        site.store.close()
