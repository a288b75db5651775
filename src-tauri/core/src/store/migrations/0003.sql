-- What took the place of units, by when units send their contact points, words to those that did not, and calls that tell
-- whether numbers answer.
ALTER TABLE period ADD COLUMN due_at INTEGER;
ALTER TABLE unit ADD COLUMN ended_at INTEGER;
ALTER TABLE unit ADD COLUMN succeeded_by BLOB;
ALTER TABLE submission ADD COLUMN due_at INTEGER;

CREATE TABLE reminder (
  id BLOB PRIMARY KEY,
  period BLOB, unit BLOB, at INTEGER, operator BLOB, note TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE drill (
  id BLOB PRIMARY KEY,
  person BLOB, number TEXT, at INTEGER, operator BLOB, outcome TEXT, minutes INTEGER, note TEXT,
  removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;
