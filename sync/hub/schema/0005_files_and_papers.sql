-- What the last file of a device said of it: a file proves no line, so this stands apart from the last exchange.
CREATE TABLE carried (
  device     BLOB PRIMARY KEY REFERENCES devices (device),
  number     INTEGER NOT NULL,          -- of its newest message; an older stick that is found again says nothing new
  read_at    INTEGER NOT NULL,
  written_at INTEGER NOT NULL,          -- by the device's clock
  condition  BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- every file that was read in, and what came of it; names from outside are shown and never used
CREATE TABLE imports (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  actor    TEXT NOT NULL,
  name     TEXT NOT NULL,
  device   BLOB REFERENCES devices (device),
  fresh    INTEGER NOT NULL,
  known    INTEGER NOT NULL,
  aside    INTEGER NOT NULL,            -- of the fresh ones, those of a revoked device
  strange  INTEGER NOT NULL,            -- messages of devices that this hub does not know
  torn     INTEGER NOT NULL CHECK (torn IN (0, 1)),
  replied  INTEGER NOT NULL CHECK (replied IN (0, 1))
) STRICT;

-- forms typed in from paper: the day that stands on the paper, and whether the typing machine had printed the number
CREATE TABLE paper_cases (
  name      BLOB PRIMARY KEY REFERENCES cases (name),
  handed_in TEXT NOT NULL,
  own       INTEGER NOT NULL CHECK (own IN (0, 1))
) STRICT, WITHOUT ROWID;
