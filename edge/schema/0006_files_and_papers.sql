-- Files written for a stick, numbered for ever, and which questions stand in them: so a reply is known as one.
CREATE TABLE files (
  number      INTEGER PRIMARY KEY,
  begun_at    INTEGER NOT NULL,
  name        TEXT NOT NULL DEFAULT '',   -- empty while it was not written whole
  envelopes   INTEGER NOT NULL DEFAULT 0,
  answered_at INTEGER
) STRICT;

CREATE TABLE file_questions (
  end_hash BLOB PRIMARY KEY CHECK (length(end_hash) = 32),
  file     INTEGER NOT NULL REFERENCES files (number)
) STRICT, WITHOUT ROWID;

-- Numbers printed on paper forms, each only as a mark: who reads this disk learns no receipt code.
CREATE TABLE papers (
  mark        BLOB PRIMARY KEY CHECK (length(mark) = 32),
  item        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  reserved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was typed in from paper, of this machine or another one; the same number may come twice, and both are kept.
CREATE TABLE typed_papers (
  name     BLOB PRIMARY KEY,              -- outlives its envelope, which goes once it is safe
  mark     BLOB NOT NULL CHECK (length(mark) = 32),
  typed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX typed_papers_by_mark ON typed_papers (mark);
