"""`yizhan hub …`: the county's side on this machine."""

import sys
import threading
from argparse import Namespace
from pathlib import Path

from msgspec import structs

from edge.domain.catalogue import CatalogueFault, Fault, load_catalogue, load_county, load_items, shipped_catalogue
from edge.domain.county import County
from edge.domain.form import Item
from edge.domain.text import Text
from edge.ground.clock import SystemClock, system_chance
from edge.ground.ids import JSON
from edge.ground.problem import ALREADY_A_HUB, CATALOGUE_FAULTY, FOLDER_OF_OTHERS, Problem
from sync.command.hub_process import HubProcess
from sync.command.output import OK, say
from sync.command.serving import on_signals, read_address
from sync.hub import enrol, publish, registry, sessions
from sync.hub.accounts import add_account
from sync.hub.hub import DATABASE, Hub, open_hub
from sync.hub.tables import cases, envelopes

ACTOR = "command line"
SITE_DATABASE = "yizhan.db"


def _open(args: Namespace) -> Hub:
    return open_hub(Path(args.dir), SystemClock(), system_chance)


def init(args: Namespace) -> int:
    """Make a hub in a new folder: keys, the county's data, the items, a first account for county IT."""
    folder = Path(args.dir)
    if (folder / DATABASE).exists():
        raise Problem(ALREADY_A_HUB, str(folder))
    if (folder / SITE_DATABASE).exists():
        raise Problem(FOLDER_OF_OTHERS, str(folder))
    try:
        catalogue = load_catalogue(Path(args.catalogue)) if args.catalogue else shipped_catalogue()
    except CatalogueFault as fault:
        raise _refused(fault.faults) from fault
    hub = open_hub(folder, SystemClock(), system_chance, create=True)
    county = catalogue.county
    if args.county not in ("", county.name.zh):
        county = structs.replace(county, name=Text(args.county, args.county))
    publish.publish_county(hub, county, ACTOR)
    items = [] if args.empty else list(catalogue.items.values())
    published = publish.publish_items(hub, items, ACTOR)
    account, secret = add_account(hub, ACTOR, "it", "县信息中心", "it")
    say({"hub": hub.id, "county": county.name.zh, "published": list(published),
         "login": {"role": "it", "name": account.name, "secret": secret}}, as_json=args.json,
        words=f"县平台建好了 / hub ready: {hub.id}\n第一个账号 / first account: {account.name}  {secret}")
    hub.store.close()
    return OK


def run(args: Namespace) -> int:
    """Serve ferry, hub API and console, and open what arrives, until told to stop."""
    stop = threading.Event()
    on_signals(stop.set)
    process = HubProcess(Path(args.dir), read_address(args.listen), SystemClock(), system_chance)
    process.start()
    url = process.server.address.url
    say({"ready": True, "console": url, "hub_api": url}, as_json=args.json, words=f"{url}/")
    stop.wait()
    process.stop()
    return OK


def ticket(args: Namespace) -> int:
    """Print a ticket for one device of a site: single use, 72 hours."""
    hub = _open(args)
    known = [one.name for one in registry.sites(hub)]
    new, like = args.site not in known, registry.alike(args.site, known)
    made = enrol.issue(hub, args.site, ACTOR)
    if new and not args.json:
        near = f"；已经有“{like}”，是同一个地方就用它的名字 / there is {like} already" if like else ""
        print(f"新建了站点 / new site: {args.site}{near}", file=sys.stderr)
    say({"ticket": made.text(), "site": args.site, "new_site": new, "like": like if new else "",
         "hours": enrol.TICKET_SECONDS // 3600}, as_json=args.json, words=made.text())
    hub.store.close()
    return OK


def token(args: Namespace) -> int:
    """Print a new bearer token for the hub API; only its hash is kept."""
    hub = _open(args)
    _, secret = sessions.make_token(hub, ACTOR, args.name)
    say({"token": secret}, as_json=args.json, words=secret)
    hub.store.close()
    return OK


def account(args: Namespace) -> int:
    """Make an account for the console and print its first secret, which must be changed at the first log-in."""
    hub = _open(args)
    made, secret = add_account(hub, ACTOR, args.name, args.display or args.name, args.role, args.department)
    say({"role": made.role, "name": made.name, "secret": secret}, as_json=args.json, words=f"{made.name}  {secret}")
    hub.store.close()
    return OK


def status(args: Namespace) -> int:
    """Print how the hub stands."""
    hub = _open(args)
    db, machines = hub.store.read(), registry.machines(hub)
    devices: list[JSON] = [
        {"device": one.device, "site": one.site, "label": one.label, "state": one.state, "held": one.held,
         "last_exchange": one.last_exchange.isoformat() if one.last_exchange else None, "queue": one.waiting}
        for one in machines]
    counts: dict[str, JSON] = dict(cases.counts(db, cases.Search()))
    stored: dict[str, JSON] = dict(envelopes.counts(db))
    # a machine is called by its place and name
    whose = {one.device: f"{one.site} {one.label}" for one in machines}
    alarms: list[JSON] = [f"{one.cause}: {whose.get(one.subject, one.subject[:12])}"
                          for one in registry.open_alarms(hub)]
    say({"hub": hub.id, "devices": devices, "cases": counts, "envelopes": stored, "alarms": len(alarms),
         "open_alarms": alarms}, as_json=args.json)
    hub.store.close()
    return OK


def catalogue_check(args: Namespace) -> int:
    """Check item files; name every fault by file, field and cure."""
    _, _, faults = _read(args.files, shipped_catalogue().county)
    if faults:
        raise _refused(faults)
    say({"files": len(args.files), "faults": 0}, as_json=args.json, words="没有错 / no faults")
    return OK


def catalogue_publish(args: Namespace) -> int:
    """Check item files (and `county.yaml`) and publish them to all devices."""
    hub = _open(args)
    try:
        items, county, faults = _read(args.files, hub.county())
        if faults:
            raise _refused(faults)
        with hub.store.write():   # where one is refused, none of them goes out
            published = publish.publish_county(hub, county, ACTOR) if county else []
            published += publish.publish_items(hub, items, ACTOR)
    finally:
        hub.store.close()
    say({"published": list(published)}, as_json=args.json,
        words="\n".join(published) or "没有新的版本 / nothing new")
    return OK


def _read(files: list[str], present: County) -> tuple[list[Item], County | None, list[Fault]]:
    """Return the items, the county's data where they are among the files, and what is wrong."""
    paths = [Path(file) for file in files]
    counties = [path for path in paths if path.name == "county.yaml"]
    try:
        county = load_county(counties[0].parent) if counties else None
        return load_items([path for path in paths if path not in counties], county or present), county, []
    except CatalogueFault as fault:
        return [], None, list(fault.faults)


def _refused(faults: list[Fault]) -> Problem:
    rows: list[JSON] = [{"file": one.file, "field": one.field, "cure": one.cure} for one in faults]
    words = "\n".join(f"{one.file}: {one.field}: {one.cure}" for one in faults)
    return Problem(CATALOGUE_FAULTY, words, {"faults": rows})
