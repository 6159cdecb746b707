"""A hub with sites, devices, cases and accounts, as a county looks on a Tuesday afternoon. All of it is invented."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edge.desk.attach import Photo, attach
from edge.domain import envelope
from edge.domain.blob import Blob
from edge.domain.catalogue import shipped_catalogue
from edge.domain.envelope import Kind, sealing_info
from edge.domain.packing import pack_answers
from edge.domain.receipt import new_code
from edge.domain.submission import Body, to_payload
from edge.domain.use import DayUse
from edge.ground.clock import seconds
from edge.ground.ids import JSON
from edge.ground.keys import SigningKey
from edge.ground.sealing import TrackKey, seal
from sync.console import create_console
from sync.hub import accounts, gather, publish, registry
from sync.hub.hub import Hub, open_hub
from sync.hub.open import open_waiting
from sync.hub.tables import alarms, cases, devices, envelopes, use
from sync.protocol.cargo import Chunk
from sync.protocol.messages import Condition
from tests.console.office import HandClock, chance_of
from tests.fakes.photos import page, written

SECRET = "correct horse 7"
PAGES = [written(page(900, 600, seed=n, seal=n > 1)) for n in (1, 2, 3)]
NOW = datetime(2026, 11, 24, 6, 20, tzinfo=UTC)
"""Tuesday, 14:20 in China."""
PEOPLE = (("reviewer", "经办 07", ""), ("it", "技术 01", ""), ("auditor", "审计 01", ""))


@dataclass
class Sample:
    """One county: its hub, its clock and what was put into it."""

    hub: Hub
    clock: HandClock
    app: Flask
    devices: dict[str, bytes] = field(default_factory=dict)
    brought: Sequence[Blob] = ()   # those of the last form, whether they have come or not

    def device(
        self, site: str, label: str, minutes_ago: float | None, queue: int = 0, taken: int = 0, incarnations: int = 1
    ) -> bytes:
        """Enrol a device that was last heard of so many minutes ago, with what its HELLO said."""
        row = registry.add_site(self.hub, site, "test")
        device = self.hub.chance(16)
        at = seconds(self.clock.now())
        with self.hub.store.write() as db:
            devices.add(db, device, row.id, label, SigningKey(self.hub.chance(32)).public, at - 86400 * 40)
            if minutes_ago is not None:
                heard = at - int(minutes_ago * 60)
                said = Condition(
                    software="0.1.0", queue=queue, taken=taken, incarnations=incarnations, free_bytes=61_000_000_000
                )
                devices.heard(db, device, heard, heard, msgspec.msgpack.encode(said))
        self.devices[f"{site} {label}"] = device
        return device

    def lodge(
        self,
        device: bytes,
        item: str,
        lodged: datetime,
        minutes_on_the_road: float = 6,
        ref: bytes = b"",
        step: int = 0,
        photos: Sequence[tuple[str, bytes]] = (),
        arrived: int = 99,
        **answers: JSON,
    ) -> str:
        """Bring a form to the hub as a device would have sealed it; return the case's id ("" for an amendment).

        `photos` are (material, JPEG), of which the list and the first `arrived` have come too.
        """
        form = self.hub.catalogue().items[item]
        code = new_code(self.hub.chance)
        before = cases.by_name(self.hub.store.read(), ref) if ref else None
        given = answers if before else {**form.example, **answers}
        track = before.track if before else TrackKey.derive(code, "0025").public
        packed = pack_answers(form, given)
        attached = attach(form, [Photo(*one, "image/jpeg") for one in photos], self.hub.chance)
        body = Body(item, form.version, before.code if before else code, track, packed, answers_step=step,
                    attachments=attached.attachments)
        name = self._arrive(device, form.department, body, lodged, minutes_on_the_road, ref, attached.manifest)
        self.brought = attached.blobs
        self.bring(attached.blobs[:1 + arrived])
        found = cases.by_name(self.hub.store.read(), name)
        return found.id if found else ""

    def _arrive(
        self, device: bytes, department: str, body: Body, lodged: datetime, minutes: float, ref: bytes,
        manifest: bytes = b"",
    ) -> bytes:
        """Seal a body, keep it as admitted, open it; return the envelope's name."""
        key = self.hub.key_set().department_key(department)
        assert key is not None
        header = envelope.Header(
            version=1,
            kind=Kind.AMENDMENT if ref else Kind.SUBMISSION,
            suite=envelope.SUITE_1,
            key_id=key.key_id,
            ref=ref,
            nonce=self.hub.chance(12),
            device_time=seconds(lodged),
            monotonic=1,
            boot=b"boot",
            manifest=manifest,
        )
        raw = msgspec.msgpack.encode(header)
        box = seal(key.public, sealing_info(device, raw), to_payload(msgspec.msgpack.encode(body)))
        made = envelope.make(header, box)
        with self.hub.store.write() as db:
            received = seconds(lodged) + int(minutes * 60)
            envelopes.add(db, device, made.name(device), made, header, "held", received)
            gather.name_manifest(db, made.name(device), device, header, received)
        open_waiting(self.hub)
        return made.name(device)

    def bring(self, blobs: Iterable[Blob]) -> None:
        """Let chunks arrive."""
        found = [Chunk(blob.name, number, content) for blob in blobs for number, content in enumerate(blob.items)]
        with self.hub.store.write() as db:
            gather.take(db, found, seconds(self.clock.now()))

    def case_ids(self, item: str = "") -> list[str]:
        """Return the ids of all cases (of one item), in the order of the log."""
        return [one.id for one in cases.after(self.hub.store.read(), 0, 1000) if item in ("", one.item)]

    def browser(self, name: str = "") -> FlaskClient:
        """Return a browser, logged in under this name."""
        client = self.app.test_client()
        if name:
            answer = post(client, "/login", name=name, secret=SECRET)
            assert answer.status_code == 303, answer.get_data(as_text=True)
        return client


def form_token(client: FlaskClient, page: str) -> str:
    """Return the token that the forms of a page carry."""
    shown = client.get(page).get_data(as_text=True)
    return shown.partition('name="csrf" value="')[2].partition('"')[0]


def post(client: FlaskClient, path: str, page: str = "", **values: object) -> TestResponse:
    """Post a form with the token of `page`: of the log-in for the log-in, else of the page of one's password."""
    shown = page or ("/login" if path == "/login" else "/me")
    return client.post(path, data={"csrf": form_token(client, shown), **values})


def make_sample(folder: Path, *, filled: bool = True) -> Sample:
    """Return a new county in a folder; without cases and devices unless `filled`."""
    sample = open_sample(folder, create=True)
    hub, shipped = sample.hub, shipped_catalogue()
    publish.publish_county(hub, shipped.county, "test")
    publish.publish_items(hub, shipped.items.values(), "test")
    for name, display, department in PEOPLE:
        accounts.add_account(hub, "test", name, display, name, department, SECRET, must_change=False)
    if filled:
        fill(sample)
    return sample


def open_sample(folder: Path, *, create: bool = False) -> Sample:
    """Return the county whose data lie in a folder."""
    clock = HandClock(NOW)
    hub = open_hub(folder, clock, chance_of(7 if create else 8), create=create)
    sample = Sample(hub, clock, create_console(hub))
    sample.devices = {f"{one.site} {one.label}": bytes.fromhex(one.device) for one in registry.machines(hub)}
    return sample


USED = {
    ".begun": 40, ".lodged": 31, ".practised": 6, ".event": 22, ".search": 11, "name.shown": 40, "name.answered": 39,
    "name.left": 1, "name.30": 39, "bank_card.shown": 38, "bank_card.answered": 31, "bank_card.wrong": 12,
    "bank_card.left": 7, "bank_card.helped": 4, "bank_card.120": 20, "bank_card.slower": 11, "@check.shown": 31,
}  # fmt: skip


def fill(sample: Sample) -> None:
    """Put sites, devices, cases and alarms into it."""
    first = sample.device("柳河镇便民服务中心", "2 号机", 310, queue=12, taken=240)
    with sample.hub.store.write() as db:
        version, today = sample.hub.catalogue().items["MZ-01"].version, NOW.date().isoformat()
        use.put(db, first, DayUse(bytes(8), today, "MZ-01", version, 1, USED))
    bank = sample.device("农商行城西支行", "1 号机", 1, taken=96)
    stone = sample.device("石桥镇便民服务中心", "1 号机", 2, queue=3, taken=71, incarnations=2)
    sample.device("北山镇便民服务中心", "1 号机", 60 * 54, queue=41, taken=130)
    sample.device("24 小时厅", "3 号机", 1, taken=412)
    sample.device("西岭镇便民服务中心", "1 号机", None)
    day = NOW.replace
    taken = [("id", PAGES[0]), ("hukou", PAGES[1]), ("hukou", PAGES[2])]
    sample.lodge(first, "MZ-01", day(day=17, hour=7, minute=2), 60 * 76, photos=taken, material_hukou="brought")
    sample.lodge(stone, "CL-03", day(day=17, hour=8, minute=40), 120)
    sample.lodge(bank, "RS-01", day(day=18, hour=1, minute=11), 60 * 24)
    sample.lodge(bank, "CL-02", day(day=18, hour=1, minute=48))
    sample.lodge(first, "MZ-01", day(day=19, hour=0, minute=55), 60 * 73)
    sample.lodge(
        first,
        "MZ-01",
        datetime(1970, 3, 1, tzinfo=UTC),
        (NOW - datetime(1970, 3, 1, tzinfo=UTC)).total_seconds() / 60 - 50,
    )
    sample.lodge(bank, "SS-04", day(day=20, hour=6, minute=33), 12, photos=taken[:1] * 3, arrived=1)
    sample.lodge(stone, "GA-02", day(day=23, hour=14, minute=41), 1)
    sample.lodge(bank, "MZ-01", day(day=24, hour=2, minute=5), 2)
    with sample.hub.store.write() as db:
        alarms.sound(db, "two-machines", stone.hex(), "message number 7 came twice", seconds(NOW) - 3600)
