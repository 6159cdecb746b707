"""When and how much of photos may travel over a line: `yizhan hub pace` for sites, `yizhan edge pace` for a machine."""

from argparse import Namespace
from pathlib import Path

from edge.domain.day_windows import read_windows, write_windows
from edge.ground.clock import SystemClock, system_chance
from edge.ground.ids import JSON
from edge.records import audit
from sync.agent import link_rules
from sync.agent.link_rules import Rules
from sync.command.output import OK, say
from sync.command.site_process import open_site

ACTOR = "command line"
MEGABYTE = 1_000_000


def of_sites(args: Namespace) -> int:
    """Set a site's rules where some are given, and print all of them."""
    # here, so that a site's command need not load the hub
    from sync.hub import pacing
    from sync.hub.hub import open_hub
    from sync.hub.tables import link_rules as hub_rules

    hub = open_hub(Path(args.dir), SystemClock(), system_chance)
    try:
        if _given(args):
            windows = write_windows(read_windows(args.windows or ""))
            pacing.set_rules(hub, hub_rules.Rules(args.site, windows, (args.daily_mb or 0) * MEGABYTE), ACTOR)
        rules: list[JSON] = [{"site": one.site or "*", "windows": one.windows, "daily_bytes": one.daily_bytes}
                             for one in pacing.all_rules(hub)]
    finally:
        hub.store.close()
    say({"rules": rules}, as_json=args.json)
    return OK


def of_machine(args: Namespace) -> int:
    """Set this machine's own rules where some are given, and print them beside the county's; both must allow."""
    site = open_site(Path(args.dir), SystemClock(), system_chance)
    try:
        if _given(args):
            rules = Rules(read_windows(args.windows or ""), (args.daily_mb or 0) * MEGABYTE)
            with site.store.write() as db:
                link_rules.keep_own(db, rules)
                audit.note(db, site.now(), ACTOR, "link-rules", "own", {
                    "windows": write_windows(rules.windows), "daily_bytes": rules.daily_bytes})
        county, own = link_rules.both(site.store.read())
    finally:
        site.store.close()
    say({"county": _facts(county), "own": _facts(own)}, as_json=args.json)
    return OK


def _given(args: Namespace) -> bool:
    return args.windows is not None or args.daily_mb is not None


def _facts(rules: Rules) -> dict[str, JSON]:
    return {"windows": write_windows(rules.windows), "daily_bytes": rules.daily_bytes}
