-- How forms were used, as counts for a day: no person, no answer, no visit. `told` is the revision that the hub holds.

CREATE TABLE use_days (
  incarnation BLOB NOT NULL,
  day         TEXT NOT NULL,
  item        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  revision    INTEGER NOT NULL,
  told        INTEGER NOT NULL DEFAULT 0,
  counts      BLOB NOT NULL,
  PRIMARY KEY (incarnation, day, item, version)
) STRICT, WITHOUT ROWID;
