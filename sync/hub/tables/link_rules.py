"""When and how much of blobs may travel over each site's line."""

from dataclasses import dataclass

from edge.ground.database import Connection

PUT = """INSERT INTO link_rules (site, windows, daily_bytes) VALUES (:site, :windows, :daily_bytes)
         ON CONFLICT (site) DO UPDATE SET windows = excluded.windows, daily_bytes = excluded.daily_bytes"""
FOR_SITE = """SELECT site, windows, daily_bytes FROM link_rules WHERE site IN (:site, '') ORDER BY site DESC LIMIT 1"""
EVERY = "SELECT site, windows, daily_bytes FROM link_rules ORDER BY site"


@dataclass(frozen=True)
class Rules:
    """`windows` as people write them; `site` is empty for every site without rules of its own."""

    site: str = ""
    windows: str = ""
    daily_bytes: int = 0


def put(db: Connection, rules: Rules) -> None:
    """Set the rules of a site."""
    db.execute(PUT, {"site": rules.site, "windows": rules.windows, "daily_bytes": rules.daily_bytes})


def for_site(db: Connection, site: str) -> Rules:
    """Return the rules that hold for a site."""
    row = db.execute(FOR_SITE, {"site": site}).fetchone()
    return Rules(*row) if row else Rules()


def every(db: Connection) -> list[Rules]:
    """Return all rules, those for every site first."""
    return [Rules(*row) for row in db.execute(EVERY)]
