-- A site's one file. Nothing personal stands in clear in any row: envelopes are sealed to a department,
-- records and verdicts to the citizen's track key, answers to a repeated key under that key itself.

-- single values: identity, certificate, hub, positions
CREATE TABLE facts (
  key   TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- every envelope this device ever made, word for word
CREATE TABLE envelopes (
  name         BLOB PRIMARY KEY CHECK (length(name) = 32),
  header       BLOB NOT NULL,
  payload      BLOB,
  payload_hash BLOB NOT NULL CHECK (length(payload_hash) = 32),
  signature    BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT, WITHOUT ROWID;

-- the lane of the present incarnation: names and running hash
CREATE TABLE lane (
  position INTEGER PRIMARY KEY CHECK (position > 0),
  name     BLOB NOT NULL UNIQUE REFERENCES envelopes (name),
  chain    BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

-- each incarnation there was, and why it began
CREATE TABLE incarnations (
  number      INTEGER PRIMARY KEY,
  incarnation BLOB NOT NULL UNIQUE CHECK (length(incarnation) = 8),
  why         TEXT NOT NULL,
  began_at    INTEGER NOT NULL
) STRICT;

-- what was taken here: times and counts are readable, the rest is sealed to the track key
CREATE TABLE submissions (
  id        TEXT PRIMARY KEY,
  name      BLOB NOT NULL UNIQUE REFERENCES envelopes (name),
  latest    BLOB NOT NULL REFERENCES envelopes (name),   -- the last envelope about it: itself or its last amendment
  track     BLOB NOT NULL CHECK (length(track) = 32),
  record    BLOB NOT NULL,
  answered  INTEGER NOT NULL DEFAULT 0,                   -- step of the return that the last amendment answers
  lodged_at INTEGER NOT NULL,
  held_at   INTEGER                                       -- when the hub's receipt first covered `latest`; kept through a rewind
) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_by_track ON submissions (track);
CREATE INDEX submissions_by_latest ON submissions (latest);

-- the answer to a repeated Idempotency-Key, locked with a key made from that very value
CREATE TABLE repeats (
  key_hash BLOB PRIMARY KEY CHECK (length(key_hash) = 32),
  box      BLOB NOT NULL,
  kept_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- work to be done after the commit: leased, never removed while undone
CREATE TABLE jobs (
  id          TEXT PRIMARY KEY,
  kind        TEXT NOT NULL,
  body        BLOB NOT NULL,
  state       TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'done', 'given_up')),
  due_at      INTEGER NOT NULL,
  leased_till INTEGER NOT NULL DEFAULT 0,
  attempts    INTEGER NOT NULL DEFAULT 0,
  problem     TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'due';

-- who did what; each line holds the hash of the one before
CREATE TABLE audit (
  number  INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  act     TEXT NOT NULL,
  subject TEXT NOT NULL,
  facts   TEXT NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- what came down from the hub, with its signature: owed as an echo, held when unknown
CREATE TABLE news (
  name      BLOB PRIMARY KEY CHECK (length(name) = 32),
  kind      TEXT NOT NULL,
  envelope  BLOB NOT NULL,
  signature BLOB NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('applied', 'held')),
  came_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- the hub's word for each case: the highest step wins
CREATE TABLE statuses (
  subject BLOB PRIMARY KEY CHECK (length(subject) = 32),   -- name of the submission's envelope
  step    INTEGER NOT NULL,
  word    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  track   BLOB NOT NULL,
  sealed  BLOB NOT NULL,
  news    BLOB NOT NULL REFERENCES news (name),
  came_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX statuses_by_track ON statuses (track);

-- published items and the county's data, every version for ever
CREATE TABLE published (
  kind       TEXT NOT NULL CHECK (kind IN ('item', 'county', 'key_set')),
  code       TEXT NOT NULL,
  version    INTEGER NOT NULL,
  content    BLOB NOT NULL,
  came_at    INTEGER NOT NULL,
  PRIMARY KEY (kind, code, version)
) STRICT, WITHOUT ROWID;
