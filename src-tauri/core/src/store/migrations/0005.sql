-- What a line of the log says besides its words.
ALTER TABLE entry ADD COLUMN late_reason TEXT;
ALTER TABLE entry ADD COLUMN grounds TEXT;
ALTER TABLE entry ADD COLUMN whom TEXT;
ALTER TABLE entry ADD COLUMN channel TEXT;
ALTER TABLE entry ADD COLUMN dialled TEXT;
ALTER TABLE entry ADD COLUMN files TEXT;

-- What the reports on an incident ask for.
ALTER TABLE incident ADD COLUMN owner BLOB;
ALTER TABLE incident ADD COLUMN rated_at INTEGER;
ALTER TABLE incident ADD COLUMN answers TEXT;
ALTER TABLE incident ADD COLUMN units TEXT;
ALTER TABLE incident ADD COLUMN related TEXT;
ALTER TABLE incident ADD COLUMN system_level INTEGER;
ALTER TABLE incident ADD COLUMN tlp TEXT;
ALTER TABLE incident ADD COLUMN confidential INTEGER;
ALTER TABLE incident ADD COLUMN description TEXT;
ALTER TABLE incident ADD COLUMN systems TEXT;
ALTER TABLE incident ADD COLUMN operating_unit TEXT;
ALTER TABLE incident ADD COLUMN owner_body TEXT;
ALTER TABLE incident ADD COLUMN security_provider TEXT;
ALTER TABLE incident ADD COLUMN connection_provider TEXT;
ALTER TABLE incident ADD COLUMN detected_by TEXT;
ALTER TABLE incident ADD COLUMN informed TEXT;
ALTER TABLE incident ADD COLUMN os TEXT;
ALTER TABLE incident ADD COLUMN services TEXT;
ALTER TABLE incident ADD COLUMN measures TEXT;
ALTER TABLE incident ADD COLUMN public_ip TEXT;
ALTER TABLE incident ADD COLUMN domains TEXT;
ALTER TABLE incident ADD COLUMN purpose TEXT;
ALTER TABLE incident ADD COLUMN support TEXT;
ALTER TABLE incident ADD COLUMN cause TEXT;
ALTER TABLE incident ADD COLUMN scope TEXT;
ALTER TABLE incident ADD COLUMN remedy TEXT;
ALTER TABLE incident ADD COLUMN result TEXT;
ALTER TABLE incident ADD COLUMN damage TEXT;

-- Whom to tell of an incident, by when, and whether they were told.
CREATE TABLE notice (
  id BLOB PRIMARY KEY,
  incident BLOB, profile TEXT, rule TEXT, recipient TEXT, made_at INTEGER, due_at INTEGER, told TEXT, sent_at INTEGER,
  channel TEXT, whom TEXT, document TEXT, acknowledged_at INTEGER, waived_at INTEGER, reason TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_incident ON notice (incident);
CREATE INDEX drill_person ON drill (person);

-- What the book goes by.
CREATE TABLE setting (
  id BLOB PRIMARY KEY,
  key TEXT, value TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

-- The watch from hand to hand.
CREATE TABLE handover (
  id BLOB PRIMARY KEY,
  giver BLOB, whom TEXT, "from" INTEGER, "to" INTEGER, text TEXT, note TEXT, head TEXT, state TEXT,
  receiver BLOB, received_at INTEGER, remarks TEXT, removed INTEGER,
  hlc INTEGER NOT NULL, site INTEGER NOT NULL, clocks TEXT
) STRICT, WITHOUT ROWID;

-- When a unit took the place of others.
ALTER TABLE unit ADD COLUMN began_at INTEGER;
