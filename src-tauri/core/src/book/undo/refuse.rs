//! What stands against taking a change back.

use rusqlite::types::Value;
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use super::walk::Commit;
use crate::book::Writing;
use crate::clock::Instant;
use crate::duty::shift::Shift;
use crate::error::{Code, Error, Result};
use crate::journal::{Kind, Record, Set};
use crate::store;

impl Writing<'_> {
    /// Refuses when a field has another value since, or when more was written about a noun that
    /// this very change made.
    pub(super) fn check_untouched(
        &self,
        record: &Record,
        set: &Set,
        commit: &Commit,
    ) -> Result<()> {
        let fields = store::state(self.conn, &self.sites, set.kind, set.id)?.unwrap_or_default();
        let made_here = self.made_by(record, set)?;
        for (field, (name, column)) in fields.iter().zip(store::columns(set.kind)) {
            // What an undo put back is as it was.
            let as_it_was = match set.fields.get(*name) {
                Some(value) => field.value == column.store(value),
                None => !made_here || field.value == Value::Null,
            };
            if let Some(stamp) = field.stamp.filter(|stamp| *stamp > record.stamp())
                && !as_it_was
            {
                let writer = self.record_with(set, stamp)?;
                // A later record of the same transaction is undone before this one.
                if writer.as_ref().is_some_and(|writer| {
                    writer.site == record.site && (commit.first..=commit.last).contains(&writer.seq)
                }) {
                    continue;
                }
                let who = match &writer {
                    Some(writer) => self
                        .operators()?
                        .into_iter()
                        .find(|known| known.id == writer.operator),
                    None => None,
                };
                return Err(Error::new(Code::UndoOverwritten)
                    .with("what", set.kind.key())
                    .with("who", who.map(|operator| operator.name).unwrap_or_default())
                    .with(
                        "when",
                        writer
                            .map(|writer| writer.wall.to_string())
                            .unwrap_or_default(),
                    ));
            }
        }
        Ok(())
    }

    /// Refuses to change who was on duty since a shift was written. What was written of a time that
    /// was over then may be taken back: it was on nobody's watch.
    pub(super) fn check_past(&self, back: &Set, made: Instant) -> Result<()> {
        let fields = store::state(self.conn, &self.sites, back.kind, back.id)?.unwrap_or_default();
        let mut stands: Map<String, Json> = fields
            .iter()
            .zip(store::columns(back.kind))
            .map(|(field, (name, column))| ((*name).to_owned(), column.load(&field.value)))
            .filter(|(_, value)| !value.is_null())
            .collect();
        stands.insert("id".to_owned(), back.id.to_string().into());
        stands.entry("removed").or_insert(Json::Bool(false));
        let mut stood = stands.clone();
        stood.extend(back.fields.clone());
        stood.retain(|_, value| !value.is_null());
        stood.entry("removed").or_insert(Json::Bool(false));
        let since = |fields: Map<String, Json>| {
            let shift: Option<Shift> = serde_json::from_value(fields.into()).ok();
            // Who is on call by a shift is so without it, too.
            let shift = shift.filter(|shift| !shift.standing)?;
            let (unit, post, person, from, to) = shift.past(self.now().whole_minute())?;
            let from = from.max(made);
            (from < to).then_some((unit, post, person, from, to))
        };
        let (now, then) = (since(stands), since(stood));
        if now == then {
            return Ok(());
        }
        let span = now.or(then);
        let (from, to) = span.map_or((made, made), |(.., from, to)| (from, to));
        Err(Error::new(Code::UndoPast).with("from", from).with("to", to))
    }

    /// Refuses to take back an incident of which the log speaks.
    pub(super) fn check_unspoken(&self, record: &Record, set: &Set) -> Result<()> {
        if set.kind == Kind::Incident
            && self.made_by(record, set)?
            && let Some(entry) = self.entries(Some(set.id.into()))?.first()
        {
            return Err(Error::new(Code::UndoSpokenOf)
                .with("what", set.kind.key())
                .with("line", entry.line()));
        }
        Ok(())
    }

    /// Refuses when something would go that something that stays stands on: a unit or somebody with
    /// an incident, people, shifts; a period with shifts. What is `touched` too goes back with it.
    pub(super) fn check_unused(
        &self,
        gone: &HashMap<Uuid, Kind>,
        touched: &HashSet<Uuid>,
    ) -> Result<()> {
        let carries = |kind: &Kind| matches!(kind, Kind::Unit | Kind::Person | Kind::Period);
        if !gone.values().any(carries) {
            return Ok(());
        }
        let goes = |on: Uuid, own: Uuid| gone.contains_key(&on) && !touched.contains(&own);
        let refused = |kind, on: Uuid, by: String| {
            let given = self.reader.name_of(&self.sites, kind, on)?;
            Err(Error::new(Code::UndoInUse)
                .with("given", given.unwrap_or_default())
                .with("by", by))
        };
        for incident in self.incidents()? {
            if goes(incident.unit.0, incident.id.0) {
                return refused(Kind::Unit, incident.unit.0, incident.number);
            }
        }
        for person in self.people()? {
            if goes(person.unit.0, person.id.0) {
                return refused(Kind::Unit, person.unit.0, person.full_name);
            }
        }
        for shift in self.shifts()? {
            let on = [
                (Kind::Person, Some(shift.person.0)),
                (Kind::Unit, Some(shift.unit.0)),
                (Kind::Period, shift.period.map(|period| period.0)),
            ];
            for (kind, on) in on {
                if let Some(on) = on.filter(|on| goes(*on, shift.id.0)) {
                    return refused(kind, on, format!("{} – {}", shift.from, shift.to));
                }
            }
        }
        Ok(())
    }
}
