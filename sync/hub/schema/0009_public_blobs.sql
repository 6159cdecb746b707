-- Published things that are too large for an envelope, as they travel: every machine may ask for their chunks.

CREATE TABLE public_blobs (
  name    BLOB PRIMARY KEY CHECK (length(name) = 32),
  content BLOB NOT NULL
) STRICT;
