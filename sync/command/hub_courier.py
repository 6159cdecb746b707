"""`yizhan hub import`: files of machines, read in at the county."""

from argparse import Namespace
from pathlib import Path

from edge.ground.clock import SystemClock, system_chance
from edge.ground.ids import JSON
from edge.ground.once import open_foreign
from edge.ground.problem import FOR_THE_OTHER_SIDE, Problem
from sync.command.output import OK, REFUSED, say
from sync.command.stick_files import files_of, refused
from sync.hub import courier
from sync.hub.courier import REPLY_MARK, Tally
from sync.hub.hub import Hub, open_hub
from sync.protocol.ferry_file import LARGEST_FILE

ACTOR = "command line"


def take(args: Namespace) -> int:
    """Read files of machines in, and write the reply to each beside it, or where `--reply-to` says."""
    hub = open_hub(Path(args.dir), SystemClock(), system_chance)
    rows: list[dict[str, JSON]] = []
    for given in files_of(args.files):
        path = given.path
        try:
            rows.append(_take(hub, path, Path(args.reply_to) if args.reply_to else path.parent, as_json=args.json))
        except Problem as problem:
            # in a folder the county's own replies lie beside what they answer
            if problem.kind is not FOR_THE_OTHER_SIDE or not given.in_folder:
                rows.append(refused(path, problem, as_json=args.json))
    hub.store.close()
    if args.json:
        say({"files": list[JSON](rows)}, as_json=True)
    return REFUSED if any(row.get("torn") or row.get("unknown_device") or "refused" in row for row in rows) else OK


def _take(hub: Hub, path: Path, folder: Path, *, as_json: bool) -> dict[str, JSON]:
    with open_foreign(path, LARGEST_FILE) as file:
        tally, replies = courier.take(hub, file.read)
    courier.book(hub, ACTOR, path.name, tally, replied=False)
    reply = courier.write_reply(folder, path.stem, replies) if replies else None
    device = f"{tally.device.site_name} {tally.device.label}" if tally.device else ""
    if not as_json:
        print(f"{path.name} {device}: {_in_words(tally, reply)}", flush=True)
    return {"file": path.name, "device": device, "new": tally.fresh, "known": tally.known, "set_aside": tally.aside,
            "unknown_device": tally.strange > 0, "torn": tally.torn, "reply": str(reply) if reply else None}


def _in_words(tally: Tally, reply: Path | None) -> str:
    zh, en = [f"新 {tally.fresh} 份，已有 {tally.known} 份"], [f"{tally.fresh} new, {tally.known} known"]
    if tally.aside:
        zh.append(f"机器已吊销，{tally.aside} 份先放一边")
        en.append(f"revoked machine, {tally.aside} set aside")
    if tally.strange:
        zh.append("县里不认识这台机器")
        en.append("unknown machine")
    if tally.torn:
        zh.append("文件不完整，读出来的都算数。带回那台机器再存一次")
        en.append("torn: what could be read counts. Have the machine write it again")
    zh.append(f"回复文件 {reply.name}" if reply else "没有回复文件")
    en.append(f"reply {reply.name}" if reply else "no reply file")
    if reply and not reply.stem.endswith(REPLY_MARK):
        zh.append("以前的回复也在：带最新的这个，带哪个都行")
        en.append("beside earlier replies: carry this newest one, though any is good")
    return f"{'；'.join(zh)} / {'; '.join(en)}"
