"""`yizhan hub backup`, `restore`, `recovery-code`, `revoke`, `release`: what county IT does so that nothing is lost."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from edge.ground.clock import SystemClock, moment, system_chance
from edge.ground.ids import JSON
from edge.ground.problem import BACKUP_RETIRED, NO_SUCH_DEVICE, Problem
from sync.command.output import OK, refuse, say
from sync.hub import aside, backup_plan
from sync.hub.backup import Made, back_up
from sync.hub.hub import Hub, open_hub
from sync.hub.key_bundle import has_recovery_code, new_recovery_code
from sync.hub.restore import restore as restore_hub
from sync.hub.revoke import revoke as revoke_device
from sync.hub.standing_still import release as release_outside

ACTOR = "command line"


def _open(args: Namespace) -> Hub:
    return open_hub(Path(args.dir), SystemClock(), system_chance)


class _Progress:
    """One line for each tenth on the terminal, or JSON lines for a program."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json, self._last = as_json, ("", -1)

    def __call__(self, step: str, percent: int) -> None:
        tenth = percent // 10
        if (step, tenth) == self._last:
            return
        self._last = (step, tenth)
        words = {"copy": "复制 / copying", "check": "检查 / checking", "done": "好了 / done"}.get(step, step)
        line = json.dumps({"step": step, "percent": percent}) if self._as_json else f"{words} {percent} %"
        print(line, file=sys.stderr, flush=True)


def backup(args: Namespace) -> int:
    """Make a backup in each folder, look through it there, and list it; progress goes to stderr."""
    hub = _open(args)
    try:
        targets = [Path(one) for one in args.to] or backup_plan.settings(hub).folders()
        made = back_up(hub, targets, ACTOR, _Progress(as_json=args.json))
        say(_told(made), as_json=args.json, words=_backup_words(hub, made))
    finally:
        hub.store.close()
    return OK


def _told(made: Made) -> dict[str, JSON]:
    failed: dict[str, JSON] = dict(made.failed)
    return {**made.manifest.in_short(), "places": list(made.places), "failed": failed, "retired": list(made.retired)}


def _backup_words(hub: Hub, made: Made) -> str:
    one = made.manifest
    lines = [f"第 {one.number} 份备份好了，查过了 / backup {one.number} made and checked: {one.file}",
             f"  {one.cases} 件事，{one.envelopes} 份材料，{one.size} 字节 / cases, envelopes, bytes"]
    lines += [f"  {place}" for place in made.places]
    lines += [f"没放成 / not put: {place}: {why}" for place, why in made.failed.items()]
    if made.retired:
        lines.append(f"退役了 / retired: {', '.join(map(str, made.retired))}")
    if not has_recovery_code(hub):
        cure = f"yizhan hub recovery-code --dir {hub.folder}"
        lines.append("注意：这份备份里没有县平台的钥匙。服务器一坏，封着的材料谁也打不开。"
                     f"现在运行 {cure}，印两份锁好，再备份一次。")
        lines.append("WARNING: the hub's keys are NOT in this backup. If the server breaks, nobody can open the sealed "
                     f"forms. Run {cure} now, lock the code away in two places, and make the backup again.")
    return "\n".join(lines)


def restore(args: Namespace) -> int:
    """Put a backup in the place of the hub of a folder; what may be missing is named."""
    folder, code = Path(args.dir), ""
    if args.code:
        typed = sys.stdin.read() if args.code == "-" else Path(args.code).read_text("utf-8")
        code = typed.strip().partition("\n")[0]   # what `recovery-code` printed may lie there as it was, with its words
    try:
        done = restore_hub(
            folder, Path(args.source), SystemClock(), system_chance, ACTOR, accept_loss=args.accept_loss, code=code,
            others=tuple(Path(one) for one in args.also))
    except Problem as problem:
        if problem.kind is BACKUP_RETIRED and not args.json:
            print(_missing_words(problem.facts["missing"]), file=sys.stderr)
        return refuse(problem, as_json=args.json)
    read_in: dict[str, JSON] = dict(done.read_in)
    missing: list[JSON] = [gap.as_json() for gap in done.gaps]
    words = [f"恢复好了：第 {done.manifest.number} 份，{moment(done.manifest.made_at):%Y-%m-%d %H:%M} UTC / restored"]
    words += [f"读进来 / read in: {name}: {count}" for name, count in done.read_in.items()]
    words += [f"读不了 / cannot be read: {name}" for name in done.unreadable]
    words.append(_missing_words(missing))
    words.append("对外接口先停着：看过后在后台“备份”页放行，或者 yizhan hub release / "
                 "What reaches outside stands still until you release it")
    say({**done.manifest.in_short(), "listed": done.listed, "read_in": read_in, "unreadable": list(done.unreadable),
         "book_lines": done.book, "missing": missing}, as_json=args.json, words="\n".join(words))
    return OK


def _missing_words(missing: JSON) -> str:
    gaps = [one for one in missing if isinstance(one, dict)] if isinstance(missing, list) else []
    if not gaps:
        return "没有已知的缺口 / no gap is known"
    lines = [f"  {one['device']} {one['lane']}: {one['first']}–{one['last']}" for one in gaps]
    return "\n".join(["县里没有、机器上可能也没有的位置 / places that may be missing:", *lines])


def recovery_code(args: Namespace) -> int:
    """Print a new recovery code, with which every later backup carries the keys; it is kept nowhere."""
    hub = _open(args)
    code = new_recovery_code(hub, ACTOR)
    say({"code": code}, as_json=args.json, words=f"{code}\n印两份，分开锁好；以后的备份都用它封钥匙。这里不留底。\n"
        "Print it twice and lock it away in two places; later backups seal the keys with it. It is kept nowhere.")
    hub.store.close()
    return OK


def revoke(args: Namespace) -> int:
    """Strike a device off for good."""
    hub = _open(args)
    try:
        fresh = revoke_device(hub, _device(args.device), ACTOR, args.reason)
    finally:
        hub.store.close()
    say({"device": args.device, "revoked": True, "before": not fresh}, as_json=args.json,
        words="吊销了；它交来的先放一边，等人决定 / revoked; what it sent is set aside until a person decides")
    return OK


def set_aside(args: Namespace) -> int:
    """List what revoked devices sent; release or refuse what one of them sent."""
    hub = _open(args)
    try:
        if args.release or args.refuse:
            verb = aside.release if args.release else aside.refuse
            count = verb(hub, _device(args.release or args.refuse), ACTOR, args.reason)
            say({"envelopes": count}, as_json=args.json)
        else:
            rows: list[JSON] = [{"device": one.device, "site": one.site, "label": one.label, "envelopes": one.envelopes}
                                for one in aside.waiting(hub)]
            say({"set_aside": rows}, as_json=args.json)
    finally:
        hub.store.close()
    return OK


def release(args: Namespace) -> int:
    """Let what reaches outside go on after a restore."""
    hub = _open(args)
    try:
        done = release_outside(hub, ACTOR, args.reason)
    finally:
        hub.store.close()
    say({"released": done}, as_json=args.json,
        words="放行了 / released" if done else "本来就没有停 / nothing stood still")
    return OK


def _device(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as fault:
        raise Problem(NO_SUCH_DEVICE, text) from fault
