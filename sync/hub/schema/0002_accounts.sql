-- Who may use the console and the hub's interface. Secrets and tokens stand here only as hashes.

CREATE TABLE accounts (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE CHECK (name = lower(name) AND length(name) BETWEEN 2 AND 32),   -- typed at the log-in
  display     TEXT NOT NULL CHECK (length(display) BETWEEN 1 AND 40),                              -- stands in pages and in the audit
  role        TEXT NOT NULL CHECK (role IN ('reviewer', 'it', 'auditor')),
  department  TEXT NOT NULL DEFAULT '',                                                            -- '' is all departments
  secret      TEXT NOT NULL CHECK (secret LIKE '$argon2id$%'),
  must_change INTEGER NOT NULL DEFAULT 1 CHECK (must_change IN (0, 1)),
  state       TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
  made_at     INTEGER NOT NULL,
  changed_at  INTEGER NOT NULL,
  last_in_at  INTEGER
) STRICT, WITHOUT ROWID;

-- failed log-ins, by the hash of what was typed as a name: unknown names are counted like known ones
CREATE TABLE login_tries (
  name_hash    BLOB PRIMARY KEY CHECK (length(name_hash) = 32),
  tries        INTEGER NOT NULL CHECK (tries > 0),
  last_at      INTEGER NOT NULL,
  locked_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- one row for each browser that is logged in
CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  account    TEXT NOT NULL REFERENCES accounts (id),
  began_at   INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account);

-- bearer tokens for other programs; a revoked one stays, so that the audit can name it
CREATE TABLE tokens (
  id         TEXT PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  made_by    TEXT NOT NULL,
  made_at    INTEGER NOT NULL,
  used_at    INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
