//! Incidents, and whom to tell of them.

use rusqlite::Row;
use std::collections::HashMap;

use super::{id, list, maybe_id, maybe_moment, moment, one};
use crate::error::Result;
use crate::id::{IncidentId, NoticeId};
use crate::incident::notice::Notice;
use crate::incident::profile::Recipient;
use crate::incident::{Facts, Incident, Severity, Status, Type};
use crate::journal::Kind;
use crate::log::entry::Means;
use crate::store::Reader;

const INCIDENT: &str = "SELECT id, number, title, unit, type, severity, status, detected_at, closed_at, note, \
     owner, rated_at, answers, units, related, system_level, tlp, confidential, \
     description, systems, purpose, operating_unit, owner_body, security_provider, \
     connection_provider, os, services, measures, public_ip, domains, detected_by, informed, \
     support, cause, scope, remedy, result, damage \
     FROM incident WHERE removed IS NULL AND number IS NOT NULL AND unit IS NOT NULL";

fn incident(row: &Row<'_>) -> rusqlite::Result<Incident> {
    Ok(Incident {
        id: id::<IncidentId>(row, 0)?,
        number: row.get(1)?,
        title: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
        unit: id(row, 3)?,
        kind: one(row, Kind::Incident, 4)?.unwrap_or(Type::OtherAttack),
        severity: one::<Severity>(row, Kind::Incident, 5)?,
        status: one(row, Kind::Incident, 6)?.unwrap_or(Status::New),
        detected_at: maybe_moment(row, 7)?.unwrap_or_default(),
        closed_at: maybe_moment(row, 8)?,
        note: row.get(9)?,
        owner: maybe_id(row, 10)?,
        rated_at: maybe_moment(row, 11)?,
        answers: list(row, Kind::Incident, 12)?,
        units: list(row, Kind::Incident, 13)?,
        related: list(row, Kind::Incident, 14)?,
        system_level: row.get(15)?,
        tlp: one(row, Kind::Incident, 16)?,
        confidential: row.get::<_, Option<bool>>(17)?.unwrap_or_default(),
        facts: facts(row, 18)?,
        removed: false,
    })
}

/// The texts of an incident, in the order of [`Facts::NAMES`] from a column on.
fn facts(row: &Row<'_>, first: usize) -> rusqlite::Result<Facts> {
    let mut facts = Facts::default();
    for (at, name) in Facts::NAMES.iter().enumerate() {
        if let Some(fact) = facts.get_mut(name) {
            *fact = row.get(first + at)?;
        }
    }
    Ok(facts)
}

const NOTICE: &str = "SELECT id, incident, profile, rule, recipient, made_at, due_at, sent_at, channel, whom, \
     document, acknowledged_at, waived_at, reason, removed, told, told_unit FROM notice \
     WHERE incident IS NOT NULL AND profile IS NOT NULL AND rule IS NOT NULL \
     AND recipient IS NOT NULL AND due_at IS NOT NULL";

/// What one desk sent stands, though another took back what asked for it.
const STANDS: &str = "(removed IS NULL OR sent_at IS NOT NULL OR waived_at IS NOT NULL)";

fn notice(row: &Row<'_>) -> rusqlite::Result<Notice> {
    Ok(Notice {
        id: id::<NoticeId>(row, 0)?,
        incident: id(row, 1)?,
        profile: row.get(2)?,
        rule: row.get(3)?,
        recipient: one(row, Kind::Notice, 4)?.unwrap_or(Recipient::Coordinator),
        made_at: maybe_moment(row, 5)?.unwrap_or_default(),
        due_at: moment(row, 6)?,
        sent_at: maybe_moment(row, 7)?,
        channel: one::<Means>(row, Kind::Notice, 8)?,
        whom: row.get(9)?,
        document: row.get(10)?,
        acknowledged_at: maybe_moment(row, 11)?,
        waived_at: maybe_moment(row, 12)?,
        reason: row.get(13)?,
        removed: row.get::<_, Option<bool>>(14)?.unwrap_or_default(),
        told: row.get(15)?,
        told_unit: maybe_id(row, 16)?,
    })
}

impl Reader<'_> {
    /// The incidents, in the order in which they were opened.
    ///
    /// # Errors
    /// Those of the store.
    pub fn incidents(self) -> Result<Vec<Incident>> {
        self.all(&format!("{INCIDENT} ORDER BY id"), &[], incident)
    }

    /// One incident.
    ///
    /// # Errors
    /// Those of the store.
    pub fn incident(self, id: IncidentId) -> Result<Option<Incident>> {
        Ok(self
            .all(&format!("{INCIDENT} AND id = ?1"), &[&id.0], incident)?
            .pop())
    }

    /// The numbers of all incidents, of those that were taken back too: the log names them.
    ///
    /// # Errors
    /// Those of the store.
    pub fn incident_numbers(self) -> Result<HashMap<IncidentId, String>> {
        let numbers = self.all(
            "SELECT id, number FROM incident WHERE number IS NOT NULL",
            &[],
            |row| Ok((id(row, 0)?, row.get(1)?)),
        )?;
        Ok(numbers.into_iter().collect())
    }

    /// How many incidents a site opened in a year, the removed ones counted: numbers are never
    /// given twice. `prefix` is what stands before the count, `DLK/2016-`.
    pub(crate) fn last_incident_number(self, prefix: &str) -> Result<u32> {
        let numbers = self.all(
            "SELECT number FROM incident WHERE substr(number, 1, length(?1)) = ?1",
            &[&prefix],
            |row| row.get::<_, String>(0),
        )?;
        let count = |number: &String| number[prefix.len()..].parse::<u32>().ok();
        Ok(numbers.iter().filter_map(count).max().unwrap_or(0))
    }

    /// Every notice there ever was of an incident, of those that nobody asks for any more too.
    pub(crate) fn notices_ever(self, incident: IncidentId) -> Result<Vec<Notice>> {
        self.all(
            &format!("{NOTICE} AND incident = ?1 ORDER BY due_at, id"),
            &[&incident.0],
            notice,
        )
    }

    /// The notices, by when they are due.
    ///
    /// # Errors
    /// Those of the store.
    pub fn notices(self) -> Result<Vec<Notice>> {
        let sql = format!("{NOTICE} AND {STANDS} ORDER BY due_at, id");
        self.all(&sql, &[], notice)
    }

    /// One notice.
    ///
    /// # Errors
    /// Those of the store.
    pub fn notice(self, id: NoticeId) -> Result<Option<Notice>> {
        let sql = format!("{NOTICE} AND {STANDS} AND id = ?1");
        Ok(self.all(&sql, &[&id.0], notice)?.pop())
    }
}
