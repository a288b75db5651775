-- A record whose body was dropped keeps the hash of it.
ALTER TABLE record ADD COLUMN body_hash ANY;

-- The person that somebody is too, once two cards were found to be of one.
ALTER TABLE person ADD COLUMN same_as BLOB;

-- What was dropped on request: the acts, the nouns that are no more, the records that say no more what they said.
CREATE TABLE redaction (
  record INTEGER PRIMARY KEY,
  person BLOB NOT NULL,
  reason TEXT NOT NULL,
  records INTEGER NOT NULL
) STRICT;

CREATE TABLE tombstone (
  noun BLOB PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dropped (
  record INTEGER PRIMARY KEY
) STRICT;

-- Records that still speak of a noun that is no more: written elsewhere before that was known there.
CREATE TABLE stray (
  record INTEGER PRIMARY KEY,
  noun BLOB NOT NULL
) STRICT;

-- Personal data that left the book.
CREATE TABLE disclosure (
  record INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  form TEXT NOT NULL,
  file TEXT,
  without_numbers INTEGER NOT NULL,
  unit BLOB,
  person BLOB
) STRICT;

-- Whether free pages and older copies of this file may still hold what was dropped.
CREATE TABLE residue (
  redaction INTEGER PRIMARY KEY
) STRICT;
