-- What comes down in chunks because it is too large for an envelope: published things, in clear. The envelope that names
-- it is held in `news` until all of it is here.

CREATE TABLE arriving (
  blob BLOB PRIMARY KEY CHECK (length(blob) = 32),
  list BLOB                                          -- item 0, once it came: the hashes of the chunks
) STRICT, WITHOUT ROWID;

CREATE TABLE arriving_chunks (
  id      INTEGER PRIMARY KEY,
  blob    BLOB NOT NULL REFERENCES arriving (blob),
  number  INTEGER NOT NULL CHECK (number > 0),
  content BLOB NOT NULL,
  UNIQUE (blob, number)
) STRICT;
