-- Deletion: an envelope goes when it stands in every backup of the hub that may be restored, and a week has passed.
-- What the citizen reads stays, so a submission outlives its envelope.

CREATE TABLE submissions_on (
  id            TEXT PRIMARY KEY,
  name          BLOB NOT NULL UNIQUE CHECK (length(name) = 32),
  latest        BLOB NOT NULL,                   -- the last envelope about it: itself or its last amendment
  track         BLOB NOT NULL CHECK (length(track) = 32),
  record        BLOB NOT NULL,
  answered      INTEGER NOT NULL DEFAULT 0,      -- step of the return that the last amendment answers
  lodged_at     INTEGER NOT NULL,
  held_at       INTEGER,                         -- when the hub's receipt first covered `latest`; kept through a rewind
  first_held_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO submissions_on (id, name, latest, track, record, answered, lodged_at, held_at, first_held_at)
  SELECT id, name, latest, track, record, answered, lodged_at, held_at, first_held_at FROM submissions;
DROP TABLE submissions;
ALTER TABLE submissions_on RENAME TO submissions;
CREATE INDEX submissions_by_track ON submissions (track);
CREATE INDEX submissions_by_latest ON submissions (latest);

-- when the hub first said that the lane is safe up to a place, by the hub's own signed time
CREATE TABLE safe_marks (
  position INTEGER PRIMARY KEY CHECK (position > 0),
  hub_time INTEGER NOT NULL
) STRICT;

-- up to which place each incarnation's envelopes were deleted here, and the chain value there; kept for ever
CREATE TABLE deleted (
  incarnation BLOB PRIMARY KEY CHECK (length(incarnation) = 8),
  n           INTEGER NOT NULL,
  chain       BLOB NOT NULL CHECK (length(chain) = 32),
  fell_to     INTEGER,                           -- what the hub said it held when it held less than that
  fell_at     INTEGER
) STRICT, WITHOUT ROWID;
