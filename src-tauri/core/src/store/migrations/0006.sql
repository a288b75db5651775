-- What a period asks of whom, and when.
ALTER TABLE period ADD COLUMN letter TEXT;
ALTER TABLE period ADD COLUMN needs TEXT;
ALTER TABLE period ADD COLUMN overlap INTEGER;

-- How a shift came about.
ALTER TABLE shift ADD COLUMN standing INTEGER;
ALTER TABLE shift ADD COLUMN pattern TEXT;
ALTER TABLE shift ADD COLUMN reason TEXT;

-- When people cannot stand a shift.
ALTER TABLE person ADD COLUMN away TEXT;

-- Findings of the roster that somebody accepted.
CREATE TABLE acceptance (
  id BLOB PRIMARY KEY,
  unit BLOB, post TEXT, person BLOB, flaw TEXT, "from" INTEGER, "to" INTEGER, reason TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

-- Duty sheets that were printed.
CREATE TABLE duty_sheet (
  id BLOB PRIMARY KEY,
  "from" INTEGER, "to" INTEGER, "group" TEXT, unit BLOB, without_numbers INTEGER, number INTEGER, at INTEGER,
  head TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;
