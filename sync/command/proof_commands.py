"""`yizhan hub doctor`: is everything in order here, and is nothing lost on the way?"""

import json
from argparse import Namespace
from pathlib import Path

import msgspec

from edge.ground.clock import SystemClock, moment, system_chance
from edge.ground.ids import JSON
from edge.ground.keys import write_durably
from edge.ground.problem import DISK_FAULT, Problem
from edge.records import audit
from sync.command.output import OK, REFUSED, say
from sync.hub import examine, proof
from sync.hub.hub import Hub, open_hub
from sync.hub.missing import Gap, deleted_at_machines, gaps, highest
from sync.hub.proof import LaneProof, Proof
from sync.hub.tables import book

WORDS = {
    proof.WHOLE: "齐了 / whole", proof.UNDER_WAY: "还在机器上 / still at the device", proof.LOST: "缺了 / LOST",
    proof.UNLIKE: "链不一样 / CHAINS DIFFER", proof.UNSAID: "机器没有说过 / not said by the device"}


def doctor(args: Namespace) -> int:
    """Check database, lanes, cases and audit; with --from or --to prove that nothing was lost in that time."""
    hub = open_hub(Path(args.dir), SystemClock(), system_chance)
    try:
        found = examine.examine(hub)
        found["audit_chain"] = audit.first_broken(hub.store.read()) is None
        sound = all(value is True for value in found.values())
        missing: list[JSON] = [gap.as_json() for gap in _gaps(hub)]
        lines: dict[str, JSON] = dict(book.counts(hub.store.read()))
        told: dict[str, JSON] = {"sound": sound, **found, "missing": missing, "black_book": lines}
        proved = _prove(hub, args) if args.begin or args.end or args.html else None
        checked = f"检查 / checks: {'好 / sound' if sound else found}"
        words = None if proved is None else f"{checked}\n{_text(proved)}"
        if proved is not None:
            told["proof"] = msgspec.to_builtins(proved)
            told["holds"] = proved.holds
            told["signed"] = proof.sign_proof(hub, proved).rpartition(b" ")[2].decode()
        say(told, as_json=args.json, words=words)
    finally:
        hub.store.close()
    if not sound and not args.json:
        raise Problem(DISK_FAULT, ", ".join(key for key, value in found.items() if value is not True))
    return OK if sound and not missing and (proved is None or proved.holds) else REFUSED


def _gaps(hub: Hub) -> list[Gap]:
    db = hub.store.read()
    return gaps(deleted_at_machines(db), highest(db))


def _prove(hub: Hub, args: Namespace) -> Proof:
    proved = proof.prove(hub, *proof.period(hub, args.begin, args.end))
    if args.html:
        from sync.console.proof_file import sheet  # the pages are loaded only when one is asked for

        write_durably(Path(args.html), sheet(hub, proved).encode())
    return proved


def _text(proved: Proof) -> str:
    lines = [f"没有丢一件的证明 / proof that nothing was lost: {proved.begin} – {proved.end}",
             f"县平台 / hub {proved.hub}   {moment(proved.made_at):%Y-%m-%d %H:%M} UTC"]
    lines += [_line(one) for one in proved.lanes]
    lines.append(f"机器说交了 / sent {proved.total('sent')}，县里收着 / held {proved.total('held')}，"
                 f"在路上 / under way {proved.under_way}，缺 / lost {proved.lost}，"
                 f"立了 / cases {proved.total('cases')}")
    if proved.total("again"):
        lines.append(f"{proved.total('again')} 个位置上是前面数过的同样的材料，每一份只算一次 / "
                     f"{proved.total('again')} places hold forms that were counted before; each counts once")
    if proved.perhaps_here:
        lines.append("还在机器上的，有的可能县里已经有了，到了才认得出来 / "
                     "some of what is under way may be held here already, on another lane")
    lines.append("没有丢 / nothing is lost" if proved.holds else "有对不上的，见上面 / SEE THE LINES ABOVE")
    lines.append(f"核对码 / mark {proof.short_mark(proved)}")
    return "\n".join(lines)


def _line(one: LaneProof) -> str:
    missing = f"   {one.missing[0]}–{one.missing[1]}" if one.missing else ""
    again = f" ({one.again} 前面数过 / counted before)" if one.again else ""
    states = json.dumps(one.states, ensure_ascii=False)
    return (f"  {one.site} {one.label} {one.lane[:8]}  {one.first}–{one.last}: sent {one.sent}, "
            f"held {one.held}{again}, safe {one.safe}, cases {one.cases} {states}  {WORDS[one.verdict]}{missing}")
