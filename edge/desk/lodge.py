"""Lodge: take a citizen's form.

One transaction: envelope, signature, photos, place in the lane, the citizen's own record, audit line, print job, the
answer to a repeat. Only what this returned may be shown: before the commit nobody is told anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from edge.desk.attach import Attached, Photo, attach, fingerprints
from edge.desk.enclose import header_of, signed
from edge.desk.paper import PAPER, Numbered, look
from edge.desk.practice import refuse_practice
from edge.desk.site import Site
from edge.domain import envelope, receipt
from edge.domain.answers import Checked, check
from edge.domain.catalogue import Catalogue
from edge.domain.form import Item
from edge.domain.identity import mask_name
from edge.domain.packing import pack_answers
from edge.domain.submission import RECORD_INFO, Body, Paper, Record, State, public_id, to_payload
from edge.ground import ids
from edge.ground.clock import local_day, moment
from edge.ground.ids import JSON
from edge.ground.problem import ANSWERS_FAULTY, DISK_FAULT, KEY_REUSED, NOT_ELIGIBLE, TOO_LARGE, Problem
from edge.ground.sealing import CannotOpen, TrackKey, digest, key_from, lock, seal, unlock
from edge.records import audit, blobs, envelopes, jobs, lane, papers, repeats, submissions

PRINT = "print-receipt"
PHONE = "phone"
# a bank machine's own software has its own printer; who handed in on paper has torn off the stub; who came by phone
# keeps a picture
PRINT_THEMSELVES = frozenset({"api", PAPER, PHONE})


@dataclass(frozen=True)
class Lodged:
    """What the citizen may now be told. `at` by this machine's clock."""

    id: str
    receipt: str
    state: State
    at: datetime
    item: str
    qr: str
    reply_by: date
    print_job: str = ""


class Slip(msgspec.Struct, frozen=True):
    """What is printed; kept in the job under the key of this boot only."""

    receipt: str
    item: str
    item_version: int
    masked_name: str
    at: int
    qr: str
    reply_by: date
    owed: tuple[str, ...] = ()
    warning: int = 0


class Repeat(msgspec.Struct, frozen=True):
    """What a repeated Idempotency-Key is answered with."""

    content: bytes
    id: str
    receipt: str
    at: int
    item: str
    qr: str
    reply_by: date


def lodge(site: Site, item: Item, given: Mapping[str, JSON], *, channel: str,
          idempotency_key: str | None = None, helper: str = "", photos: Sequence[Photo] = (),
          paper: Numbered | None = None) -> Lodged:
    """Take a form, with photos of its materials, and return the receipt; the same `idempotency_key` with the same
    content returns the first receipt again. A form typed in from `paper` keeps the number that is printed on it.

    Raises:
        Problem: ANSWERS_FAULTY with `errors` (field, message, message_en each), NOT_ELIGIBLE, KEY_REUSED, TOO_LARGE,
            PHOTOS_TOO_LARGE, DISK_FULL, DISK_FAULT, DISK_SLOW, DISK_FORGETS, DATA_DAMAGED; nothing was taken.
    """
    shown = [fingerprints(photos)] if photos else []
    content = digest(msgspec.json.encode([item.code, given, *shown, *([paper] if paper else [])], order="sorted"))
    if idempotency_key and (earlier := _earlier(site, idempotency_key, content)):
        return earlier
    site.require()
    catalogue = site.catalogue()
    checked = checked_answers(item, given, catalogue, site.today())
    attached = attach(item, photos, site.chance)
    draft = _Draft.make(site, item, checked, attached, channel=channel, helper=helper, paper=paper)
    return draft.commit(site, idempotency_key, content, catalogue)


def checked_answers(item: Item, given: Mapping[str, JSON], catalogue: Catalogue, today: date) -> Checked:
    """Return the canonical answers.

    Raises:
        Problem: ANSWERS_FAULTY naming every faulty field, or NOT_ELIGIBLE.
    """
    checked = check(item, dict(given), catalogue.county, today)
    if checked.errors:
        raise Problem(ANSWERS_FAULTY, facts={"errors": [
            {"field": field, "message": text.zh, "message_en": text.en} for field, text in checked.errors.items()]})
    if checked.stops:
        raise Problem(NOT_ELIGIBLE, checked.stops[0].zh, facts={"reasons": [
            {"message": text.zh, "message_en": text.en} for text in checked.stops]})
    return checked


def seal_body(site: Site, kind: envelope.Kind, item: Item, body: Body, ref: bytes = b"",
              manifest: bytes = b"") -> envelopes.Stored:
    """Return a new signed envelope with `body` sealed to the item's department.

    Args:
        manifest: name of the blob that lists the photos; empty without any.

    Raises:
        Problem: TOO_LARGE when it does not fit; DISK_FAULT when the site has no key of that department;
            ONLY_PRACTICE.
    """
    refuse_practice()
    key = site.key_set().department_key(item.department)
    if key is None:
        raise Problem(DISK_FAULT, f"no key of department {item.department}")
    header = header_of(site, kind, key_id=key.key_id, ref=ref, manifest=manifest)
    info = envelope.sealing_info(site.identity.device, msgspec.msgpack.encode(header))
    try:
        return signed(site, header, seal(key.public, info, to_payload(msgspec.msgpack.encode(body))))
    except envelope.Faulty as fault:
        raise Problem(TOO_LARGE) from fault


@dataclass(frozen=True)
class _Draft:
    item: Item
    stored: envelopes.Stored
    record: Record
    track: bytes
    channel: str
    attached: Attached
    mark: bytes = b""   # of the number on a paper

    @classmethod
    def make(cls, site: Site, item: Item, checked: Checked, attached: Attached, *, channel: str,
             helper: str, paper: Numbered | None) -> "_Draft":
        """Seal everything; costly work (Argon2id) stays outside the transaction."""
        answers = checked.answers
        code = paper.code if paper else receipt.new_code(site.chance)
        known = look(site, code) if paper else None
        id_number, name = str(answers[item.applicant.id_number]), str(answers[item.applicant.name])
        track = TrackKey.derive(code, id_number[-4:]).public
        body = Body(item.code, item.version, code, track, pack_answers(item, answers), channel, helper,
                    attachments=attached.attachments,
                    paper=Paper(paper.handed_in.isoformat(), known.own) if paper and known else None)
        record = Record(code, item.code, item.version, mask_name(name), site.now(), site.identity.site, checked.owed,
                        checked.warning)
        stored = seal_body(site, envelope.Kind.SUBMISSION, item, body, manifest=attached.manifest)
        return cls(item, stored, record, track, channel, attached, known.mark if known else b"")

    def commit(self, site: Site, key: str | None, content: bytes, catalogue: Catalogue) -> Lodged:
        id_, at = public_id(self.stored.name), self.record.lodged_at
        statement = receipt.Statement(site.identity.device, self.stored.name, self.record.code, self.item.code, at)
        reply_by = catalogue.county.working_days().add(local_day(moment(at)), self.item.limits.answer_days)
        slip = Slip(self.record.code, self.item.code, self.item.version, self.record.masked_name, at,
                    receipt.qr_text(site.key, statement), reply_by, self.record.owed, self.record.warning)
        job = ids.new_id(site.clock, site.chance)
        repeat = Repeat(content, id_, slip.receipt, at, slip.item, slip.qr, reply_by)
        sealed_record = seal(self.track, RECORD_INFO, msgspec.msgpack.encode(self.record))
        with site.store.write() as db:
            if key and repeats.get(db, _key_hash(key)):
                return _told_again(site, key, content)   # the same key came twice at once; the first one won
            envelopes.add(db, self.stored)
            blobs.add(db, self.stored.name, self.attached.blobs)
            lane.append(db, self.stored.name)
            submissions.add(db, id_, self.stored.name, self.track, sealed_record, at)
            if self.mark:
                papers.type_in(db, self.stored.name, self.mark, at)
            audit.note(db, at, self.channel, "lodge", self.stored.name.hex())
            if self.channel not in PRINT_THEMSELVES:
                jobs.add(db, job, PRINT, lock(site.boot_key, msgspec.msgpack.encode(slip), site.chance), at)
            if key:
                box = lock(key_from(key.encode(), "repeat"), msgspec.msgpack.encode(repeat), site.chance)
                repeats.add(db, _key_hash(key), box, at)
        # shown only after COMMIT: a paper receipt cannot be rolled back
        site.lodged.set()
        return Lodged(id_, slip.receipt, State.QUEUED, moment(at), slip.item, slip.qr, reply_by, job)


def _key_hash(key: str) -> bytes:
    return digest(b"repeat", key.encode())


def was_lodged(site: Site, key: str) -> bool:
    """Tell if a form was taken under this key: its answer is due again, whatever the machine may take now."""
    return repeats.get(site.store.read(), _key_hash(key)) is not None


def _earlier(site: Site, key: str, content: bytes) -> Lodged | None:
    if not was_lodged(site, key):
        return None
    return _told_again(site, key, content)


def _told_again(site: Site, key: str, content: bytes) -> Lodged:
    box = repeats.get(site.store.read(), _key_hash(key))
    try:
        kept = msgspec.msgpack.decode(unlock(key_from(key.encode(), "repeat"), box or b""), type=Repeat)
    except CannotOpen as fault:
        raise Problem(DISK_FAULT, "the kept answer is damaged") from fault
    if kept.content != content:
        raise Problem(KEY_REUSED)
    return Lodged(kept.id, kept.receipt, State.QUEUED, moment(kept.at), kept.item, kept.qr, kept.reply_by)
