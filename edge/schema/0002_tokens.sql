-- Bearer tokens for a machine's own software. Only hashes stand here: a copied disk opens no interface.

CREATE TABLE tokens (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40)
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_name ON tokens (name);
