-- When photos may travel over a site's line, and how much of them a day; '' stands for every site without rules of its
-- own. Forms are never bound by it.
CREATE TABLE link_rules (
  site        TEXT PRIMARY KEY,              -- name of the site
  windows     TEXT NOT NULL,                 -- 22:00-06:00,12:00-13:30; empty: at any time
  daily_bytes INTEGER NOT NULL CHECK (daily_bytes >= 0)   -- 0: any
) STRICT, WITHOUT ROWID;
