-- What must outlive a restore, and what may be deleted at the edge because of it.

-- lines that are never taken back: erased, revoked, ticket, backup, retired. The same lines lie in a file beside this
-- database and in every folder with backups; what stands in any of them counts.
CREATE TABLE book (
  kind      TEXT NOT NULL,
  subject   BLOB NOT NULL,
  at        INTEGER NOT NULL,
  content   BLOB NOT NULL,                                   -- as it was signed
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;

-- every backup that was ever listed
CREATE TABLE backups (
  id       BLOB PRIMARY KEY CHECK (length(id) = 16),
  number   INTEGER NOT NULL,
  made_at  INTEGER NOT NULL,
  manifest BLOB NOT NULL,                                    -- signed line; empty when none was found: nothing is safe then
  state    TEXT NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'retired'))
) STRICT, WITHOUT ROWID;

-- how far each lane stands in a backup with all that its envelopes name, read from the copy itself
CREATE TABLE backup_heads (
  backup      BLOB NOT NULL REFERENCES backups (id),
  device      BLOB NOT NULL,
  incarnation BLOB NOT NULL,
  n           INTEGER NOT NULL,
  chain       BLOB NOT NULL,
  PRIMARY KEY (device, incarnation, backup)
) STRICT, WITHOUT ROWID;

-- in which folders a backup lies
CREATE TABLE backup_places (
  backup BLOB NOT NULL REFERENCES backups (id),
  folder TEXT NOT NULL,
  PRIMARY KEY (backup, folder)
) STRICT, WITHOUT ROWID;

-- what each device said of its own lane, in a message that it signed; the last of each day
CREATE TABLE statements (
  device      BLOB NOT NULL,
  incarnation BLOB NOT NULL,
  day         TEXT NOT NULL,
  number      INTEGER NOT NULL,      -- of the message
  end_hash    BLOB NOT NULL,
  heard_at    INTEGER NOT NULL,
  n           INTEGER NOT NULL,
  chain       BLOB NOT NULL,
  deleted     INTEGER NOT NULL,
  PRIMARY KEY (device, incarnation, day)
) STRICT, WITHOUT ROWID;
