"""Exchanges that end in the middle, again and again (T22): what they leave behind on both sides."""

from edge.ground.database import Store
from tests.fakes.county import County

FORMS = 40
PAGE_BYTES = 4096
BYTES_A_NUMBER = 128   # of a message, at the hub: its number and the hash of its END
MOST_GROWTH = 1.01


def pages(store: Store) -> int:
    """Return how many pages the file takes once the WAL is in it."""
    store._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found: int = store._writer.execute("PRAGMA page_count").fetchone()["page_count"]
    assert store.path.stat().st_size == found * PAGE_BYTES
    return found


def rows(store: Store) -> dict[str, int]:
    """Return how many rows each table has."""
    db = store.read()
    names = [row["name"] for row in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
    return {name: db.execute(f"SELECT count(*) AS n FROM {name}").fetchone()["n"] for name in names}


def abort(county: County, times: int) -> list[str]:
    """Let so many exchanges of a machine break off, half of them before and half of them after the hub has answered;
    return what they left behind that they should not.
    """
    kiosk = county.kiosk("柳河镇")
    for _ in range(FORMS):
        kiosk.lodge()
    site, hub = kiosk.site.store, county.hub.store
    kiosk.link.lose_next_reply()
    answered = [kiosk.sync(most=1)]   # the hub has them now, and the machine does not know
    before, rows_before, pages_hub, rows_hub = pages(site), rows(site), pages(hub), rows(hub)
    for n in range(times):
        if n % 2:
            kiosk.link.lose_next_request()
        else:
            kiosk.link.lose_next_reply()
        answered.append(kiosk.sync(most=1))
    grown = {name: n - rows_hub[name] for name, n in rows(hub).items() if n != rows_hub[name]}
    left = (pages(site), rows(site) == rows_before, pages(hub) - pages_hub, rows(hub)["envelopes"])
    county.pass_time(hours=2)
    return [text for text, is_so in (
        (f"{times} exchanges: one was answered", any(answered)),
        (f"I18 the machine's file grew from {before} to {left[0]} pages", left[0] > before * MOST_GROWTH),
        ("I18 the machine has other rows than before", not left[1]),
        (f"I18 the hub's file grew by {left[2]} pages", left[2] * PAGE_BYTES > times * BYTES_A_NUMBER),
        (f"I18 the hub has more rows: {grown}", not set(grown) <= {"messages", "envelopes", "lane_names"}
         or grown["messages"] != times // 2 or left[3] > FORMS),
        (f"I2 {len(county.hub_cases())} cases of {len(county.told)} forms",
         sorted(county.hub_cases()) != sorted(county.told))) if is_so]
