//! The book at another moment: what it said then, and how things stood then as it says now.

use serde_json::{Map, Value};
use std::collections::HashMap;
use uuid::Uuid;

use super::{FieldChange, Projection, Reader, Sites, row_key};
use crate::clock::{Hlc, Instant};
use crate::coverage::Roster;
use crate::error::Result;
use crate::id::PersonId;
use crate::journal::{Change, Record};
use crate::person::Person;

impl Reader<'_> {
    /// What the book said at a moment of who is on duty when: of all that was recorded up to it.
    ///
    /// # Errors
    /// Those of the store.
    pub fn roster_known_at(self, at: Instant) -> Result<Roster> {
        self.known_at(at)?.reader().roster()
    }

    /// The tables as they were at a moment, without the log.
    ///
    /// # Errors
    /// Those of the store.
    pub fn known_at(self, at: Instant) -> Result<Projection> {
        self.of_records(|record| record.wall <= at)
    }

    /// The tables as they were before a moment of the logical clock, without the log.
    pub(crate) fn known_before(self, hlc: Hlc) -> Result<Projection> {
        self.of_records(|record| record.hlc < hlc)
    }

    fn of_records(self, is_known: impl Fn(&Record) -> bool) -> Result<Projection> {
        let sites = Sites::load(self.conn)?;
        let numbered: Vec<_> = sites.iter().collect();
        let ids: Vec<_> = numbered.iter().map(|(_, id)| *id).collect();
        let mut then = Projection::new(&ids)?;
        for (number, _) in numbered {
            let (first, last) = (row_key(number, 0), row_key(number + 1, 0) - 1);
            self.records_between(&sites, first, last, |stored| {
                let record = stored.record;
                let Some(body) = record.body().filter(|_| is_known(&record)) else {
                    return Ok(());
                };
                match body.change {
                    Change::Entry(_) | Change::Disclosure(_) => Ok(()),
                    change => then.fold(row_key(number, record.seq), record.stamp(), &change),
                }
            })?;
        }
        Ok(then)
    }

    /// The roster with the people as they stood at a moment: with the numbers and roles they had,
    /// those on the list who are off it since. What somebody had first they had before, too.
    ///
    /// # Errors
    /// Those of the store.
    pub fn roster_at(self, at: Instant) -> Result<Roster> {
        let mut roster = self.roster()?;
        let changed = self.people_changed_after(at)?;
        if changed.is_empty() {
            return Ok(roster);
        }
        for card in self.all_cards()? {
            if !changed.contains(&card.id.0) {
                continue;
            }
            let then = self.person_at(&card, at)?;
            let place = roster.people.iter().position(|person| person.id == card.id);
            match (then, place) {
                (Some(then), Some(place)) if !then.removed => roster.people[place] = then,
                (Some(then), None) if !then.removed => {
                    roster.left.remove(&then.id);
                    roster.people.push(then);
                }
                (Some(_), Some(place)) => {
                    roster.people.remove(place);
                }
                _ => {}
            }
        }
        roster.people.sort_by_key(|person| person.id);
        Ok(roster)
    }

    fn person_at(self, card: &Person, at: Instant) -> Result<Option<Person>> {
        let mut first: Map<String, Value> = Map::new();
        let mut then: Map<String, Value> = Map::new();
        for change in self.history(card.id.0)? {
            if change.recorded_at <= at {
                then.insert(change.field, change.value);
            } else if !first.contains_key(&change.field) && change.field != "removed" {
                first.insert(change.field, change.value);
            }
        }
        let Ok(Value::Object(mut fields)) =
            serde_json::to_value(Person::new(card.id, card.unit, card.full_name.clone()))
        else {
            return Ok(None);
        };
        for (field, value) in first.into_iter().chain(then) {
            // A field that is empty again has no value of its own.
            match (value, field.as_str()) {
                (Value::Null, "removed") => fields.insert(field, Value::Bool(false)),
                (Value::Null, "mobiles" | "away") => fields.insert(field, Value::Array(Vec::new())),
                (value, _) => fields.insert(field, value),
            };
        }
        Ok(serde_json::from_value(fields.into()).ok())
    }

    /// The people of whom something was written after a moment, and not for the first time.
    fn people_changed_after(self, at: Instant) -> Result<std::collections::HashSet<Uuid>> {
        let mut query = self.conn.prepare_cached(
            "SELECT noun FROM history JOIN record ON record.id = history.record \
             WHERE noun IN (SELECT id FROM person) \
             GROUP BY noun HAVING count(*) > 1 AND max(wall) > ?1",
        )?;
        let rows = query.query_map([at.millis()], |row| row.get::<_, Uuid>(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What was put right of somebody's shifts once they were over or had begun: `shift` fields, whose
    /// values say what stood before, what stands since, and why.
    ///
    /// # Errors
    /// Those of the store.
    pub fn corrected_shifts_of(self, person: PersonId) -> Result<Vec<FieldChange>> {
        let mut query = self
            .conn
            .prepare_cached("SELECT id FROM shift WHERE reason IS NOT NULL")?;
        let rows = query.query_map([], |row| row.get::<_, Uuid>(0))?;
        let ids: Vec<Uuid> = rows.collect::<rusqlite::Result<_>>()?;
        let mut found = Vec::new();
        for id in ids {
            let mut stands: Map<String, Value> = Map::new();
            let history = self.history(id)?;
            for changes in history.chunk_by(|a, b| (&a.site, a.seq) == (&b.site, b.seq)) {
                let before = stands.clone();
                stands.extend(
                    changes
                        .iter()
                        .map(|change| (change.field.clone(), change.value.clone())),
                );
                let is_theirs = |fields: &Map<String, Value>| {
                    fields.get("person").and_then(Value::as_str) == Some(&person.to_string())
                };
                let why = changes.iter().find(|change| change.field == "reason");
                let Some(why) = why.filter(|_| is_theirs(&before) || is_theirs(&stands)) else {
                    continue;
                };
                let stood = match before.is_empty() {
                    true => Value::Null,
                    false => before.into(),
                };
                found.push(FieldChange {
                    field: "shift".to_owned(),
                    value: serde_json::json!({
                        "before": stood,
                        "after": stands.clone(),
                        "reason": why.value,
                    }),
                    ..why.clone()
                });
            }
        }
        Ok(found)
    }

    /// When the book was begun.
    ///
    /// # Errors
    /// Those of the store.
    pub fn begun_at(self) -> Result<Option<Instant>> {
        let mut query = self.conn.prepare_cached("SELECT min(wall) FROM record")?;
        let first: Option<i64> = query.query_row([], |row| row.get(0))?;
        Ok(first.map(Instant::from_millis))
    }

    /// When the newest record was written.
    ///
    /// # Errors
    /// Those of the store.
    pub fn last_wall(self) -> Result<Option<Instant>> {
        let sites = self.named_sites()?;
        Ok(self.newest(&sites.sites)?.map(|record| record.wall))
    }

    /// Since when people are off the list, as their fields say.
    pub(crate) fn off_the_list(self, people: &[Person]) -> Result<HashMap<Uuid, Instant>> {
        let sites = Sites::load(self.conn)?;
        let columns = super::columns(crate::journal::Kind::Person);
        let place = columns.iter().position(|(name, _)| *name == "removed");
        let mut since = HashMap::new();
        for person in people {
            let fields =
                super::state(self.conn, &sites, crate::journal::Kind::Person, person.id.0)?;
            let stamp = place.and_then(|place| fields?.get(place)?.stamp);
            if let Some(stamp) = stamp {
                let millis = i64::try_from(stamp.hlc.millis()).unwrap_or(i64::MAX);
                since.insert(person.id.0, Instant::from_millis(millis));
            }
        }
        Ok(since)
    }
}
