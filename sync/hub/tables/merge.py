"""Take over into a restored hub what a newer copy of it holds and it does not: rows, never a row's change.

The copy was brought to this version's tables before. What was opened there is opened again here, once for ever by its
name; what a person decided there is adopted.
"""

from edge.domain.lane import Position
from edge.ground.database import Connection, Row
from sync.hub.tables import down, lanes
from sync.hub.tables.rows import number_of

MISSING = (
    ("SELECT id, name, created_at FROM sites",
     "INSERT INTO sites (id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
    ("SELECT public, site, secret, issued_at, ends_at, tries, device_key, answer FROM tickets",
     """INSERT INTO tickets (public, site, secret, issued_at, ends_at, tries, device_key, answer)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (public) DO UPDATE SET tries = max(tries, excluded.tries), device_key = excluded.device_key,
          answer = excluded.answer WHERE tickets.answer IS NULL"""),
    ("""SELECT d.device, s.name, d.label, d.public, d.state, d.enrolled_at, d.last_exchange, d.device_time, d.condition
        FROM devices d JOIN sites s ON s.id = d.site""",
     """INSERT INTO devices (device, site, label, public, state, enrolled_at, last_exchange, device_time, condition)
        VALUES (?, (SELECT id FROM sites WHERE name = ?), ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""),
    ("SELECT device, number, end_hash FROM messages",
     "INSERT INTO messages (device, number, end_hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
    ("SELECT device, incarnation, position, name, seen_at FROM forks",
     "INSERT INTO forks (device, incarnation, position, name, seen_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"),
    ("""SELECT name, device, kind, ref, header, payload, payload_hash,
               CASE state WHEN 'opened' THEN 'held' ELSE state END, received_at FROM envelopes""",
     """INSERT INTO envelopes (name, device, kind, ref, header, payload, payload_hash, state, received_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET payload = excluded.payload
        WHERE envelopes.payload IS NULL AND excluded.payload IS NOT NULL"""),
    ("SELECT name, list, left FROM blobs WHERE left = 0",
     """INSERT INTO blobs (name, list, left) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET list = excluded.list, left = 0 WHERE blobs.left <> 0"""),
    ("SELECT c.blob, c.number, c.content FROM blob_chunks c JOIN blobs b ON b.name = c.blob WHERE b.left = 0",
     "INSERT INTO blob_chunks (blob, number, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
    ("SELECT name, NULL, -1 FROM blobs",
     "INSERT INTO blobs (name, list, left) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
    ("""SELECT envelope, blob, device, manifest, named_at,
               CASE state WHEN 'complete' THEN 'waiting' ELSE state END FROM parts""",
     """INSERT INTO parts (envelope, blob, device, manifest, named_at, state) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING"""),
    ("SELECT envelope, blob, device, said_at, why FROM lost_parts",
     "INSERT INTO lost_parts (envelope, blob, device, said_at, why) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"),
    ("SELECT subject, step, word, at, actor, reason, asks, result FROM verdicts",
     """INSERT INTO verdicts (subject, step, word, at, actor, reason, asks, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING"""),
    ("SELECT track, device FROM listeners",
     "INSERT INTO listeners (track, device) VALUES (?, ?) ON CONFLICT DO NOTHING"),
    ("SELECT kind, code, version, content, published_at, actor FROM published",
     """INSERT INTO published (kind, code, version, content, published_at, actor) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING"""),
    ("SELECT name, content FROM public_blobs",
     "INSERT INTO public_blobs (name, content) VALUES (?, ?) ON CONFLICT DO NOTHING"),
    ("""SELECT id, name, display, role, department, secret, must_change, state, made_at, changed_at, last_in_at
        FROM accounts""",
     """INSERT INTO accounts (id, name, display, role, department, secret, must_change, state, made_at, changed_at,
          last_in_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET secret = excluded.secret, must_change = excluded.must_change,
          state = excluded.state, changed_at = excluded.changed_at WHERE excluded.changed_at > accounts.changed_at"""),
    ("SELECT id, token_hash, name, made_by, made_at, used_at, revoked_at FROM tokens",
     """INSERT INTO tokens (id, token_hash, name, made_by, made_at, used_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at WHERE tokens.revoked_at IS NULL"""),
    ("SELECT device, incarnation, day, number, end_hash, heard_at, n, chain, deleted FROM statements",
     """INSERT INTO statements (device, incarnation, day, number, end_hash, heard_at, n, chain, deleted)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""),
    ("SELECT device, number, read_at, written_at, condition FROM carried",
     """INSERT INTO carried (device, number, read_at, written_at, condition) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (device) DO UPDATE SET number = excluded.number, read_at = excluded.read_at,
          written_at = excluded.written_at, condition = excluded.condition WHERE excluded.number > carried.number"""),
    ("SELECT at, actor, name, device, fresh, known, aside, strange, torn, replied FROM imports ORDER BY id",
     """INSERT INTO imports (at, actor, name, device, fresh, known, aside, strange, torn, replied)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT EXISTS (
          SELECT 1 FROM imports WHERE at = ?1 AND actor = ?2 AND name = ?3 AND device IS ?4 AND fresh = ?5)"""),
    ("SELECT device, machine, number, boot, seen_at FROM starts",
     "INSERT INTO starts (device, machine, number, boot, seen_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"),
    ("SELECT device, day, incarnations, bytes FROM shares",
     """INSERT INTO shares (device, day, incarnations, bytes) VALUES (?, ?, ?, ?)
        ON CONFLICT (device, day) DO UPDATE SET incarnations = max(incarnations, excluded.incarnations),
          bytes = max(bytes, excluded.bytes)"""),
    ("SELECT device, incarnation, day, item, version, revision, counts FROM use_days",
     """INSERT INTO use_days (device, incarnation, day, item, version, revision, counts) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (item, day, device, incarnation, version) DO UPDATE SET revision = excluded.revision,
          counts = excluded.counts WHERE excluded.revision > use_days.revision"""),
    ("SELECT cause, subject, detail, first_at, last_at, times, closed FROM alarms ORDER BY id",
     """INSERT INTO alarms (cause, subject, detail, first_at, last_at, times, closed) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (cause, subject) DO UPDATE SET detail = excluded.detail, last_at = excluded.last_at,
          times = excluded.times, closed = excluded.closed WHERE excluded.last_at >= alarms.last_at"""),
)
OTHERWISE = {
    "lanes": "made longer where they go on from ours",
    "lane_names": "with their lane",
    "down_lanes": "said again, under a new incarnation",
    "down_envelopes": "said again, under a new incarnation",
    "down_names": "said again, under a new incarnation",
    "cases": "opened again from their envelopes",
    "follow_ups": "opened again from their envelopes",
    "paper_cases": "opened again from their envelopes",
    "book": "united from every copy of the black book",
    "backups": "by the lines of the black book",
    "backup_heads": "by the lines of the black book",
    "backup_places": "by the lines of the black book",
    "facts": "what persons set, as the newest copy says it",
    "link_rules": "what persons set, as the newest copy says it",
    "audit": "stays in the database that was replaced, which is kept: two chains cannot become one",
    "sessions": "everybody logs in again",
    "login_tries": "begin anew",
}
"""Why no row of these tables is taken over by itself."""
RULES = "SELECT site, windows, daily_bytes FROM link_rules"
NO_RULES = "DELETE FROM link_rules"
PUT_RULE = "INSERT INTO link_rules (site, windows, daily_bytes) VALUES (?, ?, ?)"
SET = "SELECT key, value FROM facts WHERE key IN ('backup_settings', 'recovery_public')"
PUT_SET = "INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
WHOLE = """UPDATE parts SET state = 'complete' WHERE state <> 'complete'
           AND blob IN (SELECT name FROM blobs WHERE left = 0)"""
LOST = """UPDATE parts SET state = 'lost' WHERE state = 'waiting' AND EXISTS (SELECT 1 FROM lost_parts said
          WHERE said.envelope = parts.envelope AND said.blob = parts.blob AND said.device = parts.device)"""
REVOKED = "SELECT device FROM devices WHERE state = 'revoked'"
REVOKE = "UPDATE devices SET state = 'revoked' WHERE device = ?"
LANES = "SELECT device, incarnation FROM lanes"
DOWN = """SELECT n.device, n.name, e.envelope, e.signature FROM down_names n JOIN down_envelopes e USING (name)
          ORDER BY n.device, n.position"""
SAID = "SELECT 1 FROM down_names WHERE device = :device AND name = :name"
SUBJECTS = "SELECT DISTINCT subject FROM verdicts"
COUNT = "SELECT count(*) AS n FROM envelopes"
LOG_OUT = "DELETE FROM sessions"


def take_missing(db: Connection, newer: Connection) -> int:
    """Take over what is missing; return how many envelopes came."""
    before = number_of(db, COUNT)
    for wanted, put in MISSING:
        db.executemany(put, (tuple(row) for row in newer.execute(wanted)))
    # what came after it was called lost is here; what was called lost since is waited for no more
    db.execute(WHOLE)
    db.execute(LOST)
    for row in newer.execute(REVOKED):
        db.execute(REVOKE, (row["device"],))
    for row in newer.execute(LANES).fetchall():
        _lengthen(db, newer, row["device"], row["incarnation"])
    for row in newer.execute(DOWN):
        _say(db, newer, row)
    return number_of(db, COUNT) - before


def take_settings(db: Connection, newest: Connection) -> None:
    """Take over what persons set, where the newest copy is read: windows of lines, the plan of backups, the recovery
    code.
    """
    db.execute(NO_RULES)
    db.executemany(PUT_RULE, (tuple(row) for row in newest.execute(RULES)))
    db.executemany(PUT_SET, (tuple(row) for row in newest.execute(SET)))


def _say(db: Connection, newer: Connection, row: Row) -> None:
    device = row["device"]
    there = down.head(newer, device)
    if down.head(db, device) is None and there is not None:
        down.create(db, device, there.incarnation)
    if db.execute(SAID, {"device": device, "name": row["name"]}).fetchone() is None:
        down.put(db, device, row["name"], row["envelope"], row["signature"])


def _lengthen(db: Connection, newer: Connection, device: bytes, incarnation: bytes) -> None:
    """Let a lane go as far as in the newer copy, where it goes on from ours."""
    lanes.create(db, device, incarnation)
    mine, there = lanes.head(db, device, incarnation), lanes.head(newer, device, incarnation)
    at = lanes.named(newer, device, incarnation, mine.n)
    if mine.n >= there.n or (mine.n and (at is None or at[1] != mine.chain)):
        return
    for position, name, chain in lanes.names(newer, device, incarnation):
        if position > mine.n:
            lanes.grow(db, device, Position(incarnation, position, chain), name)


def subjects(db: Connection) -> list[bytes]:
    """Return every case about which something was said."""
    return [row["subject"] for row in db.execute(SUBJECTS)]


def log_out(db: Connection) -> None:
    """Forget every logged-in browser: who was disabled since must not be let in by an old session."""
    db.execute(LOG_OUT)
