//! What was so before: the tables of an earlier record, and what became of people and shifts.

use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use super::nouns::of_fields;
use super::{FieldChange, Projection, Reader, Sites, row_key, stored_unknown};
use crate::clock::{Hlc, Instant, Stamp};
use crate::directory::person::Person;
use crate::directory::unit::Unit;
use crate::duty::coverage::Stay;
use crate::duty::period::{Period, Post};
use crate::duty::shift::Shift;
use crate::error::Result;
use crate::id::{PersonId, UnitId};
use crate::journal::{Change, Kind};

impl Reader<'_> {
    /// The tables as they were before a moment of the logical clock, without the log.
    pub(crate) fn known_before(self, hlc: Hlc) -> Result<Projection> {
        let sites = Sites::load(self.conn)?;
        let ids: Vec<_> = sites.iter().map(|(_, id)| id).collect();
        let mut then = Projection::new(&ids)?;
        // Lines of the log say nothing of the nouns: most records are such.
        let mut query = self.conn.prepare_cached(
            "SELECT record FROM history UNION SELECT record FROM redaction ORDER BY record",
        )?;
        let keys = query.query_map([], |row| row.get::<_, i64>(0))?;
        for key in keys.collect::<rusqlite::Result<Vec<_>>>()? {
            let Some(record) = self.record(&sites, key)? else {
                continue;
            };
            // Of whom nothing is kept was there all the same.
            let stays = |change: &Change| matches!(change, Change::Redact(_)) || record.hlc < hlc;
            if let Some(body) = record.body().filter(|body| stays(&body.change)) {
                then.fold(key, record.stamp(), &body.change)?;
            }
        }
        for (number, id) in sites.iter() {
            if let Some(birth) = self.birth(number)? {
                let stamp = Stamp {
                    hlc: Hlc(0),
                    site: id,
                };
                then.fold(row_key(number, 1), stamp, &Change::Site(birth))?;
            }
        }
        Ok(then)
    }

    /// Whether a noun was written of since a moment of the logical clock.
    pub(crate) fn is_as_before(self, hlc: Hlc) -> Result<bool> {
        let mut query = self.conn.prepare_cached(
            "SELECT NOT EXISTS (SELECT 1 FROM record WHERE hlc > ?1 \
             AND id IN (SELECT record FROM history UNION SELECT record FROM redaction))",
        )?;
        Ok(query.query_row([hlc.0 as i64], |row| row.get(0))?)
    }

    /// Who was on call on a post of a unit, from when to when, within spans that are over: as the
    /// contacts stood then, where no shifts were laid out.
    pub(crate) fn on_call(
        self,
        unit: UnitId,
        post: Post,
        spans: &[(Instant, Instant)],
    ) -> Result<Vec<(PersonId, Instant, Instant)>> {
        let roster = self.roster()?;
        let laid_out = roster.laid_out();
        let contacts = laid_out.contacts().remove(&unit).unwrap_or_default();
        let Some(row) = laid_out.row(unit) else {
            return Ok(Vec::new());
        };
        let parts = spans.iter();
        let parts = parts.flat_map(|span| laid_out.standing_parts(row, post, *span));
        let stood = parts.flat_map(|part| laid_out.leave().standing_within(&contacts, post, part));
        Ok(stood
            .filter_map(|(person, (from, to))| Some((person?.id, from, to)))
            .collect())
    }

    /// What the cards of people were that were changed in what they are to their unit, or taken off
    /// the list.
    pub(crate) fn stays(self) -> Result<Vec<Stay>> {
        let changed = "SELECT id FROM person WHERE removed IS NOT NULL OR clocks LIKE '%\"role\"%' \
             OR clocks LIKE '%\"unit\"%' OR clocks LIKE '%\"removed\"%'";
        let mut query = self.conn.prepare_cached(changed)?;
        let rows = query.query_map([], |row| row.get::<_, Uuid>(0))?;
        let changed: HashSet<Uuid> = rows.collect::<rusqlite::Result<_>>()?;
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        let mut stays = Vec::new();
        for card in self.all_cards()? {
            if changed.contains(&card.id.0) {
                stays.append(&mut Stay::of(self.versions_of(&card)?));
            }
        }
        Ok(stays)
    }

    /// The shifts that went over with their post from a former unit, as they were before, of the
    /// periods that ran on that day.
    pub(crate) fn handed_over(
        self,
        shifts: &[Shift],
        former: &[Unit],
        periods: &[Period],
    ) -> Result<Vec<Shift>> {
        let ended: HashMap<UnitId, Instant> = former
            .iter()
            .filter_map(|unit| Some((unit.id, unit.ended_at?)))
            .collect();
        let running = periods.iter().filter(|period| {
            let mut days = ended.values();
            days.any(|day| period.from < *day && *day < period.to)
        });
        let running: Vec<&Period> = running.collect();
        if running.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = self.conn.prepare_cached(
            "SELECT id FROM shift WHERE removed IS NULL AND clocks LIKE '%\"unit\"%'",
        )?;
        let rows = query.query_map([], |row| row.get::<_, Uuid>(0))?;
        let moved: HashSet<Uuid> = rows.collect::<rusqlite::Result<_>>()?;
        let meets = |shift: &&Shift| {
            let mut running = running.iter();
            running.any(|period| shift.meets(period.from, period.to))
        };
        let moved = shifts.iter().filter(|shift| moved.contains(&shift.id.0));
        let sites = Sites::load(self.conn)?;
        let mut handed_over = Vec::new();
        for shift in moved.filter(meets) {
            let mut last: Option<UnitId> = None;
            for key in self.record_keys_of(shift.id.0)? {
                let body = self.record(&sites, key)?.and_then(|record| record.body());
                let Some(Change::Set(set)) = body.map(|body| body.change) else {
                    continue;
                };
                let said = set.fields.get("unit").and_then(Value::as_str);
                let Some(unit) = said.and_then(|unit| unit.parse().ok()).map(UnitId) else {
                    continue;
                };
                if let Some(before) = last.replace(unit)
                    && set
                        .since()
                        .is_some_and(|day| ended.get(&before) == Some(&day))
                {
                    handed_over.push(Shift {
                        unit: before,
                        ..shift.clone()
                    });
                }
            }
        }
        Ok(handed_over)
    }

    /// What a card was to its unit, oldest first, and since when; with all else as it is now.
    fn versions_of(self, card: &Person) -> Result<Vec<(Instant, Person)>> {
        let is_stay = |change: &FieldChange| matches!(&*change.field, "unit" | "role" | "removed");
        let mut versions: Vec<(Instant, Person)> = Vec::new();
        let blank = Person {
            role: None,
            removed: false,
            ..card.clone()
        };
        for change in self.history(card.id.0)?.into_iter().filter(is_stay) {
            let strange = || {
                stored_unknown(
                    Kind::Person.key(),
                    card.id.0,
                    "history",
                    change.value.to_string(),
                )
            };
            let first = versions.first().map(|(at, _)| *at);
            let at = change.since.whole_minute();
            let at = first.map_or(at, |first| first.max(at));
            // What is so from an earlier day on is so in all that was said of later ones.
            let place = versions.partition_point(|(known, _)| *known < at);
            if versions.get(place).is_none_or(|(known, _)| *known != at) {
                let before = place
                    .checked_sub(1)
                    .map(|before| versions[before].1.clone());
                versions.insert(place, (at, before.unwrap_or_else(|| blank.clone())));
            }
            for (_, then) in &mut versions[place..] {
                let value = change.value.clone();
                match &*change.field {
                    "unit" => then.unit = serde_json::from_value(value).map_err(|_| strange())?,
                    "role" => then.role = serde_json::from_value(value).map_err(|_| strange())?,
                    _ => then.removed = value == Value::Bool(true),
                }
            }
        }
        versions.dedup_by(|next, known| next.1 == known.1);
        Ok(versions)
    }

    /// What was put right of somebody's shifts once they were over or had begun: `shift` fields, whose
    /// values say what stood before, what stands since, and why.
    ///
    /// # Errors
    /// Those of the store.
    fn corrected_shifts_of(self, person: PersonId) -> Result<Vec<FieldChange>> {
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
                let after = changes.iter();
                stands.extend(after.map(|change| (change.field.clone(), change.value.clone())));
                let wall = changes[0].recorded_at.whole_minute();
                let (was, is) = (shift_of(id, &before)?, shift_of(id, &stands)?);
                let past = |shift: &Option<Shift>| shift.as_ref().and_then(|one| one.past(wall));
                let whose = |shift: &Option<Shift>| shift.as_ref().map(|one| one.person);
                let is_theirs = whose(&was) == Some(person) || whose(&is) == Some(person);
                let reason = is.as_ref().and_then(|shift| shift.reason.clone());
                let Some(reason) = reason.filter(|_| is_theirs && past(&was) != past(&is)) else {
                    continue;
                };
                found.push(FieldChange {
                    field: "shift".to_owned(),
                    value: serde_json::json!({ "before": was, "after": is, "reason": reason }),
                    ..changes[0].clone()
                });
            }
        }
        Ok(found)
    }

    /// What was written about somebody, and what was put right of their shifts, oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn person_history(self, person: PersonId) -> Result<Vec<FieldChange>> {
        let mut changes = self.history(person.0)?;
        changes.append(&mut self.corrected_shifts_of(person)?);
        changes.sort_by_key(|change| change.recorded_at);
        Ok(changes)
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
        let columns = super::columns(Kind::Person);
        let place = columns.iter().position(|(name, _)| *name == "removed");
        let mut since = HashMap::new();
        for person in people {
            let fields = super::state(self.conn, &sites, Kind::Person, person.id.0)?;
            let stamp = place.and_then(|place| fields?.get(place)?.stamp);
            if let Some(stamp) = stamp {
                let millis = i64::try_from(stamp.hlc.millis()).unwrap_or(i64::MAX);
                since.insert(person.id.0, Instant::from_millis(millis));
            }
        }
        Ok(since)
    }
}

/// A shift of which these fields are known so far; `None` while some are not said.
pub(super) fn shift_of(id: Uuid, fields: &Map<String, Value>) -> Result<Option<Shift>> {
    let needed = ["unit", "post", "person", "from", "to"];
    if !needed.iter().all(|field| fields.contains_key(*field)) {
        return Ok(None);
    }
    let mut fields = fields.clone();
    fields.insert("id".to_owned(), id.to_string().into());
    for flag in ["removed", "standing"] {
        let value = fields.entry(flag).or_insert(Value::Bool(false));
        if value.is_null() {
            *value = Value::Bool(false);
        }
    }
    of_fields(Kind::Shift, id, Map::new(), fields).map(Some)
}
