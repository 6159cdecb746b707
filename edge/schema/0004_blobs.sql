-- What is too large for an envelope. Chunks are sealed under a key of their own that stands inside the envelope's seal:
-- this machine cannot read them back. Item 0 is the list of the chunks' hashes.

CREATE TABLE blobs (
  number  INTEGER PRIMARY KEY,
  name    BLOB NOT NULL UNIQUE CHECK (length(name) = 32),
  items   INTEGER NOT NULL CHECK (items >= 0),
  bytes   INTEGER NOT NULL,
  missing BLOB NOT NULL,          -- ranges of items that the hub does not hold, as far as it said
  state   TEXT NOT NULL DEFAULT 'sealed' CHECK (state IN ('sealed', 'offered', 'partial', 'complete', 'lost'))
) STRICT;
CREATE INDEX blobs_to_send ON blobs (bytes, number) WHERE state IN ('sealed', 'offered', 'partial');

-- a table with row ids: rows of 32 KiB in the tree of an index would make every search read them
CREATE TABLE blob_items (
  id      INTEGER PRIMARY KEY,
  blob    BLOB NOT NULL REFERENCES blobs (name),
  number  INTEGER NOT NULL CHECK (number >= 0),
  content BLOB NOT NULL,
  UNIQUE (blob, number)
) STRICT;

-- which blobs an envelope names: its manifest and what stands in there
CREATE TABLE attached (
  envelope BLOB NOT NULL REFERENCES envelopes (name),
  blob     BLOB NOT NULL REFERENCES blobs (name),
  PRIMARY KEY (envelope, blob)
) STRICT, WITHOUT ROWID;
CREATE INDEX attached_by_blob ON attached (blob);
