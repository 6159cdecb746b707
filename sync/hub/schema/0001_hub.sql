-- The hub's one file. Contents stay sealed to their department as they came; a case row holds what the work list needs.

CREATE TABLE facts (
  key   TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sites (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tickets (
  public     TEXT PRIMARY KEY,
  site       TEXT NOT NULL REFERENCES sites (id),
  secret     TEXT NOT NULL,
  issued_at  INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0,
  device_key BLOB,                 -- the key that used it; the same key again gets the same answer
  answer     BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
  device        BLOB PRIMARY KEY CHECK (length(device) = 16),
  site          TEXT NOT NULL REFERENCES sites (id),
  label         TEXT NOT NULL,
  public        BLOB NOT NULL UNIQUE CHECK (length(public) = 32),
  state         TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspect', 'revoked')),
  enrolled_at   INTEGER NOT NULL,
  last_exchange INTEGER,
  device_time   INTEGER,
  condition     BLOB
) STRICT, WITHOUT ROWID;

-- the number of each message with the hash of its END: the same number with another hash means two machines
CREATE TABLE messages (
  device   BLOB NOT NULL REFERENCES devices (device),
  number   INTEGER NOT NULL,
  end_hash BLOB NOT NULL,
  PRIMARY KEY (device, number, end_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE lanes (
  device      BLOB NOT NULL REFERENCES devices (device),
  incarnation BLOB NOT NULL CHECK (length(incarnation) = 8),
  head        INTEGER NOT NULL DEFAULT 0,
  chain       BLOB NOT NULL,
  PRIMARY KEY (device, incarnation)
) STRICT, WITHOUT ROWID;

CREATE TABLE lane_names (
  device      BLOB NOT NULL,
  incarnation BLOB NOT NULL,
  position    INTEGER NOT NULL,
  name        BLOB NOT NULL,
  chain       BLOB NOT NULL,
  PRIMARY KEY (device, incarnation, position)
) STRICT, WITHOUT ROWID;

-- another name at a taken place: recorded, never dropped
CREATE TABLE forks (
  device      BLOB NOT NULL,
  incarnation BLOB NOT NULL,
  position    INTEGER NOT NULL,
  name        BLOB NOT NULL,
  seen_at     INTEGER NOT NULL,
  PRIMARY KEY (device, incarnation, position, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE envelopes (
  name         BLOB PRIMARY KEY CHECK (length(name) = 32),
  device       BLOB NOT NULL REFERENCES devices (device),
  kind         TEXT NOT NULL,
  ref          BLOB NOT NULL,
  header       BLOB NOT NULL,
  payload      BLOB,
  payload_hash BLOB NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('held', 'opened', 'set_aside', 'unopenable', 'unknown_kind')),
  received_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX envelopes_to_open ON envelopes (received_at) WHERE state = 'held';
CREATE INDEX envelopes_by_ref ON envelopes (ref) WHERE length(ref) > 0;

CREATE TABLE cases (
  position    INTEGER PRIMARY KEY,          -- in the log that others read by cursor; given inside the write lock
  id          TEXT NOT NULL UNIQUE,
  name        BLOB NOT NULL UNIQUE REFERENCES envelopes (name),
  device      BLOB NOT NULL REFERENCES devices (device),
  site        TEXT NOT NULL,
  item        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  department  TEXT NOT NULL,
  code        TEXT NOT NULL,
  track       BLOB NOT NULL,
  masked_name TEXT NOT NULL,
  channel     TEXT NOT NULL,
  helper      TEXT NOT NULL,
  state       TEXT NOT NULL,
  step        INTEGER NOT NULL DEFAULT 0,
  lodged_at   INTEGER NOT NULL,             -- by the device's clock: the legal claim
  received_at INTEGER NOT NULL,
  reply_by    TEXT NOT NULL
) STRICT;
CREATE INDEX cases_by_state ON cases (state, reply_by);
CREATE INDEX cases_by_code ON cases (code);
CREATE INDEX cases_by_track ON cases (track);

-- what follows a case: amendments, each taken once
CREATE TABLE follow_ups (
  name         BLOB PRIMARY KEY REFERENCES envelopes (name),
  subject      BLOB NOT NULL,
  answers_step INTEGER NOT NULL,
  opened_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE verdicts (
  subject BLOB NOT NULL,                     -- name of the submission's envelope
  step    INTEGER NOT NULL,
  word    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  reason  TEXT NOT NULL,
  asks    TEXT NOT NULL,
  result  TEXT NOT NULL,
  PRIMARY KEY (subject, step)
) STRICT, WITHOUT ROWID;

-- which devices hear of a case: the one that took it, and those that asked for it
CREATE TABLE listeners (
  track  BLOB NOT NULL,
  device BLOB NOT NULL REFERENCES devices (device),
  PRIMARY KEY (track, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE down_lanes (
  device      BLOB PRIMARY KEY REFERENCES devices (device),
  incarnation BLOB NOT NULL,
  head        INTEGER NOT NULL DEFAULT 0,
  chain       BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE down_envelopes (
  name      BLOB PRIMARY KEY,
  device    BLOB NOT NULL REFERENCES devices (device),
  envelope  BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE down_names (
  device   BLOB NOT NULL,
  position INTEGER NOT NULL,
  name     BLOB NOT NULL REFERENCES down_envelopes (name),
  chain    BLOB NOT NULL,
  PRIMARY KEY (device, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE alarms (
  id       INTEGER PRIMARY KEY,
  cause    TEXT NOT NULL,
  subject  TEXT NOT NULL,
  detail   TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at  INTEGER NOT NULL,
  times    INTEGER NOT NULL DEFAULT 1,
  closed   TEXT NOT NULL DEFAULT '',
  UNIQUE (cause, subject)
) STRICT;

CREATE TABLE published (
  kind         TEXT NOT NULL CHECK (kind IN ('item', 'county', 'key_set')),
  code         TEXT NOT NULL,
  version      INTEGER NOT NULL,
  content      BLOB NOT NULL,
  published_at INTEGER NOT NULL,
  actor        TEXT NOT NULL,
  PRIMARY KEY (kind, code, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  number  INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  act     TEXT NOT NULL,
  subject TEXT NOT NULL,
  facts   TEXT NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
