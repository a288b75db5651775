-- Since when lists count for a period, and the lists of people that came.
ALTER TABLE period ADD COLUMN asked_at INTEGER;

CREATE TABLE arrival (
  id BLOB PRIMARY KEY,
  at INTEGER, units TEXT, news TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;
