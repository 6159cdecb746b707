"""`yizhan edge salvage` and `yizhan hub lift`: what is done with a damaged or a dead machine's disk."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from filelock import Timeout

from edge.desk.repair import repair
from edge.desk.salvage import under_way
from edge.domain.envelope import DEVICE_BYTES, Envelope
from edge.domain.mend import bears, mended
from edge.ground.clock import SystemClock, system_chance
from edge.ground.pages import Pages, read_pages
from edge.ground.problem import BUSY, NOT_A_FOLDER, Problem
from edge.records import carve
from sync.command.output import OK, say
from sync.command.site_folder import open_site, process_lock
from sync.command.site_start import damaged
from sync.command.site_start import salvage as salvage_folder
from sync.hub.hub import open_hub
from sync.hub.lift import lift as lift_into
from sync.hub.tables import devices
from sync.protocol.cargo import Chunk

ACTOR = "command line"
SITE_DATABASE = "yizhan.db"


def salvage(args: Namespace) -> int:
    """Read a damaged database out into a new one; where nothing is damaged, look through it and say so."""
    folder = Path(args.dir)
    if not folder.is_dir():
        raise Problem(NOT_A_FOLDER, str(folder))
    try:
        with process_lock(folder):
            return _salvage(folder, args)
    except Timeout as fault:
        raise Problem(BUSY, "yizhan edge run") from fault


def _salvage(folder: Path, args: Namespace) -> int:
    clock = SystemClock()
    if args.force or under_way(folder) or damaged(folder):
        told = salvage_folder(folder, clock, system_chance)
        say({"salvaged": True, "kept": told.kept, "envelopes": told.envelopes, "mended": told.mended,
             "submissions": told.submissions, "lost": len(told.lost_places), "lost_places": list(told.lost_places),
             "pages": list(told.pages)}, as_json=args.json,
            words=f"救回 {told.envelopes} 份（修好 {told.mended} 份），救不回 {len(told.lost_places)} 份；"
                  f"坏的文件在 {told.kept} / "
                  f"saved {told.envelopes}, mended {told.mended}, lost {len(told.lost_places)}; "
                  f"the damaged file is kept in {told.kept}")
        return OK
    site = open_site(folder, clock, system_chance)
    try:
        found = repair(site)
    finally:
        site.store.close()
    say({"salvaged": False, "mended": found.mended, "lost": found.lost}, as_json=args.json,
        words=f"数据库没有坏，修好 {found.mended} 处，坏了 {found.lost} 份 / the database is in order; "
              f"mended {found.mended}, lost {found.lost}")
    return OK


def lift(args: Namespace) -> int:
    """Read the disk of a machine, whole or damaged, without writing to it, and keep what its machine signed."""
    pages = read_pages(_database(Path(args.source)))
    hub = open_hub(Path(args.dir), SystemClock(), system_chance)
    try:
        known = [row.device for row in devices.every(hub.store.read())]
        told = lift_into(hub, _envelopes(pages, known), lambda: _chunks(pages), ACTOR)
    finally:
        hub.store.close()
    say({"new": told.new, "known": told.known, "unsigned": told.unsigned, "set_aside": told.aside,
         "machines": list(told.machines)}, as_json=args.json,
        words=f"新收 {told.new} 份，早就有 {told.known} 份，没有签名 {told.unsigned} 份，等人放行 {told.aside} 份 / "
              f"new {told.new}, known {told.known}, unsigned {told.unsigned}, set aside {told.aside}")
    return OK


def _database(source: Path) -> Path:
    path = source / SITE_DATABASE if source.is_dir() else source
    if not path.is_file():
        raise Problem(NOT_A_FOLDER, str(source))
    return path


def _envelopes(pages: Pages, known: list[bytes]) -> Iterator[tuple[Envelope, bytes]]:
    own = carve.values(pages).get("device", b"")[-DEVICE_BYTES:]
    for _, stored in carve.envelopes(pages):
        if any(bears(stored.envelope, stored.name, device) for device in known):
            yield stored.envelope, stored.signature
        else:
            yield mended(stored.envelope, stored.name, own) or stored.envelope, stored.signature


def _chunks(pages: Pages) -> Iterator[Chunk]:
    for blob, number, content in carve.blob_items(pages):
        yield Chunk(blob, number, content)
