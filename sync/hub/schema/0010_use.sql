-- How forms were used, the newest total of each day that a machine told: counts, no person.

CREATE TABLE use_days (
  device      BLOB NOT NULL,
  incarnation BLOB NOT NULL,
  day         TEXT NOT NULL,
  item        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  revision    INTEGER NOT NULL,
  counts      BLOB NOT NULL,
  PRIMARY KEY (item, day, device, incarnation, version)
) STRICT, WITHOUT ROWID;
