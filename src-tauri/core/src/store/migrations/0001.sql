-- The journal. `record.id` is site number << 40 | seq; numbers of sites and authors are local to
-- the file. `hash`, `body` and `seal` take what they are given, so that the check sees any change.
CREATE TABLE site (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE author (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  hlc INTEGER NOT NULL,
  operator INTEGER NOT NULL,
  wall INTEGER NOT NULL,
  hash ANY NOT NULL,
  body ANY,
  seal ANY
) STRICT;

-- Everything below follows from the journal. No keys between nouns: a reference may arrive before
-- its target. `hlc` and `site` stamp every field that has a value; `clocks` names the exceptions.
CREATE TABLE birth (
  site INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  public_key TEXT NOT NULL,
  unit TEXT,
  practice INTEGER NOT NULL,
  grew_from TEXT
) STRICT;

CREATE TABLE history (
  noun BLOB NOT NULL,
  record INTEGER NOT NULL,
  PRIMARY KEY (noun, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
  id BLOB PRIMARY KEY,
  code TEXT, name TEXT, short_name TEXT, "group" TEXT, parent BLOB, phone TEXT, email TEXT,
  address TEXT, note TEXT, ours INTEGER, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id BLOB PRIMARY KEY,
  unit BLOB, full_name TEXT, title TEXT, role TEXT, role_text TEXT, mobiles TEXT, landline TEXT,
  email TEXT, note TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE period (
  id BLOB PRIMARY KEY,
  name TEXT, "from" INTEGER, "to" INTEGER, posts TEXT, groups TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
  id BLOB PRIMARY KEY,
  period BLOB, unit BLOB, post TEXT, person BLOB, "from" INTEGER, "to" INTEGER, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id BLOB PRIMARY KEY,
  number TEXT, title TEXT, unit BLOB, type TEXT, severity TEXT, status TEXT, detected_at INTEGER,
  closed_at INTEGER, note TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE submission (
  id BLOB PRIMARY KEY,
  period BLOB, unit BLOB, state TEXT, document TEXT, received_at INTEGER, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE operator (
  id BLOB PRIMARY KEY,
  name TEXT, person BLOB, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  record INTEGER PRIMARY KEY,
  number INTEGER NOT NULL,
  occurred_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  incident BLOB,
  unit BLOB,
  corrects INTEGER,
  reason TEXT
) STRICT;

CREATE INDEX entry_incident ON entry (incident) WHERE incident IS NOT NULL;
CREATE INDEX entry_corrects ON entry (corrects) WHERE corrects IS NOT NULL;

-- The search index of the lines, filled after the fact; `indexed` says how far, site by site.
CREATE VIRTUAL TABLE entry_words USING fts5 (
  words, content='', columnsize=0, detail=none, prefix='1 2 3 4 5 6',
  tokenize='unicode61 remove_diacritics 0'
);

CREATE TABLE indexed (
  site INTEGER PRIMARY KEY,
  record INTEGER NOT NULL
) STRICT;
