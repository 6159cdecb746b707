-- Forms whose envelope the disk has changed so that it bears its name no more: they cannot be sent and are said to be lost.
CREATE TABLE spoiled (
  name     BLOB PRIMARY KEY CHECK (length(name) = 32),
  place    INTEGER NOT NULL,                  -- where it stood on the lane that was, 0 where that is not known
  held     INTEGER NOT NULL CHECK (held IN (0, 1)),   -- whether a receipt of the hub covered it
  found_at INTEGER NOT NULL,
  track    BLOB,                              -- of the submission, where that row is gone as well
  lodged_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX spoiled_by_track ON spoiled (track) WHERE track IS NOT NULL;

-- a flipped bit in a track key would hide a form from its citizen: rows of before have none and are not compared
ALTER TABLE submissions ADD COLUMN row_check BLOB;

-- an item with a flipped bit would ask another question, or none
ALTER TABLE published ADD COLUMN content_hash BLOB;
