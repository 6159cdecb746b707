-- What is too large for an envelope, chunk by chunk as it came. Chunks stay sealed: the key stands inside the form's
-- seal.

CREATE TABLE blobs (
  name     BLOB PRIMARY KEY CHECK (length(name) = 32),
  list     BLOB,                              -- item 0, once it came: the hashes of the chunks
  left     INTEGER NOT NULL DEFAULT -1        -- chunks that are still missing; -1 while not even their number is known
) STRICT, WITHOUT ROWID;

-- a table with row ids: rows of 32 KiB in the tree of an index would make every search read them
CREATE TABLE blob_chunks (
  id      INTEGER PRIMARY KEY,
  blob    BLOB NOT NULL REFERENCES blobs (name),
  number  INTEGER NOT NULL CHECK (number > 0),
  content BLOB NOT NULL,
  UNIQUE (blob, number)
) STRICT;

-- which blobs an envelope names: its manifest, and what stands in there
CREATE TABLE parts (
  envelope BLOB NOT NULL REFERENCES envelopes (name),
  blob     BLOB NOT NULL REFERENCES blobs (name),
  device   BLOB NOT NULL REFERENCES devices (device),
  manifest INTEGER NOT NULL CHECK (manifest IN (0, 1)),
  named_at INTEGER NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('waiting', 'complete', 'lost')),
  PRIMARY KEY (envelope, blob)
) STRICT, WITHOUT ROWID;
CREATE INDEX parts_by_blob ON parts (blob);
CREATE INDEX parts_waiting ON parts (device, named_at) WHERE state = 'waiting';

-- what a machine says that it cannot deliver any more; it may be said before the envelope is here
CREATE TABLE lost_parts (
  envelope BLOB NOT NULL,
  blob     BLOB NOT NULL,
  device   BLOB NOT NULL REFERENCES devices (device),
  said_at  INTEGER NOT NULL,
  why      TEXT NOT NULL,
  PRIMARY KEY (envelope, blob, device)
) STRICT, WITHOUT ROWID;
