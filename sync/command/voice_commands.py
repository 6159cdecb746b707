"""`yizhan edge voice`: which sentences of the pages have a recording, and what the others are called."""

from argparse import Namespace
from pathlib import Path

from edge.ground.clock import SystemClock, system_chance
from edge.kiosk.spoken_texts import spoken
from edge.kiosk.voice import folders, recordings
from sync.command.output import OK, REFUSED, say
from sync.command.site_folder import open_site


def voice(args: Namespace) -> int:
    """List the sentences that have no recording, each with the name that its file must bear; 1 when there are any.

    `check` looks at the site's own catalogue; `list` gives every sentence, as `install/voice/render.py` reads them.
    """
    folder = Path(args.dir)
    site = open_site(folder, SystemClock(), system_chance)
    try:
        wanted = spoken(site.catalogue())
    finally:
        site.store.close()
    found = recordings(folders(folder))
    missing = wanted if args.act == "list" else {n: s for n, s in wanted.items() if n not in found}
    rows = "\n".join(f"{name}\t{sentence}" for name, sentence in missing.items())
    if args.act == "list":
        say({"sentences": {**wanted}}, as_json=args.json, words=rows)
        return OK
    count = f"没有录音的有 {len(missing)} 句，共 {len(wanted)} 句 / {len(missing)} of {len(wanted)} have no recording"
    say({"sentences": len(wanted), "missing": {**missing}}, as_json=args.json,
        words=f"{rows}\n{count}" if rows else count)
    return REFUSED if missing else OK
