-- What a device was started on: the number of its start, what marks that start alone, and the hash of its machine.
-- The same number with another mark is a disk that was put back, or one that forgets at each start.
CREATE TABLE starts (
  device  BLOB NOT NULL REFERENCES devices (device),
  machine BLOB NOT NULL,
  number  INTEGER NOT NULL,
  boot    BLOB NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (device, machine, number, boot)
) STRICT, WITHOUT ROWID;

-- how much one device has brought on one day: past its share it is told to come later, and nothing is dropped
CREATE TABLE shares (
  device       BLOB NOT NULL REFERENCES devices (device),
  day          INTEGER NOT NULL,
  incarnations INTEGER NOT NULL DEFAULT 0,
  bytes        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (device, day)
) STRICT, WITHOUT ROWID;
