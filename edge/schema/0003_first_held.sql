-- When the first envelope of a form was held: an amendment that is still under way does not take that back.
ALTER TABLE submissions ADD COLUMN first_held_at INTEGER;
UPDATE submissions SET first_held_at = held_at;
