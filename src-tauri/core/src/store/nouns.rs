//! The nouns' tables: their columns, and typed reads.
//!
//! To add a noun: its struct in a file of its own, a [`Kind`], a table in a new migration, its
//! columns in [`columns`], a reader here.

use rusqlite::{Row, ToSql};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;
use uuid::Uuid;

use super::Reader;
use crate::clock::Instant;
use crate::coverage::{Left, Roster};
use crate::drill::{Drill, Outcome};
use crate::duty_sheet::DutySheet;
use crate::entry::Means;
use crate::error::{Code, Result};
use crate::finding::{Acceptance, Flaw};
use crate::handover::{Handover, HandoverState};
use crate::id::{
    AcceptanceId, DrillId, DutySheetId, HandoverId, IncidentId, NoticeId, OperatorId, PeriodId,
    PersonId, ReminderId, ShiftId, SubmissionId, UnitId,
};
use crate::incident::{Facts, Incident, Severity, Status, Type};
use crate::journal::Kind;
use crate::notice::Notice;
use crate::operator::Operator;
use crate::period::{Period, Post};
use crate::person::{Person, Role, UnitNames, find};
use crate::profile::Recipient;
use crate::reminder::Reminder;
use crate::retention::{Needs, Unneeded, unneeded};
use crate::shift::Shift;
use crate::submission::{self, Owed, State, Submission};
use crate::unit::{Group, Unit};

/// How a field stands in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Text,
    Number,
    Flag,
    Reference,
    List,
}

/// A noun's table and its statements.
pub(crate) struct Noun {
    pub(crate) columns: &'static [(&'static str, Column)],
    pub(crate) select: String,
    pub(crate) insert: String,
    pub(crate) update: String,
}

pub(crate) const fn columns(kind: Kind) -> &'static [(&'static str, Column)] {
    use Column::{Flag, List, Number, Reference, Text};
    match kind {
        Kind::Unit => &[
            ("code", Text),
            ("name", Text),
            ("short_name", Text),
            ("group", Text),
            ("parent", Reference),
            ("phone", Text),
            ("email", Text),
            ("address", Text),
            ("note", Text),
            ("aliases", List),
            ("ours", Flag),
            ("ended_at", Number),
            ("began_at", Number),
            ("succeeded_by", Reference),
            ("removed", Flag),
        ],
        Kind::Person => &[
            ("unit", Reference),
            ("full_name", Text),
            ("title", Text),
            ("role", Text),
            ("role_text", Text),
            ("mobiles", List),
            ("landline", Text),
            ("email", Text),
            ("note", Text),
            ("sort_name", Text),
            ("same_as", Reference),
            ("away", List),
            ("removed", Flag),
        ],
        Kind::Period => &[
            ("name", Text),
            ("from", Number),
            ("to", Number),
            ("posts", List),
            ("groups", List),
            ("due_at", Number),
            ("letter", Text),
            ("needs", List),
            ("overlap", Number),
            ("removed", Flag),
        ],
        Kind::Shift => &[
            ("period", Reference),
            ("unit", Reference),
            ("post", Text),
            ("person", Reference),
            ("from", Number),
            ("to", Number),
            ("standing", Flag),
            ("pattern", Text),
            ("reason", Text),
            ("removed", Flag),
        ],
        Kind::Incident => &[
            ("number", Text),
            ("title", Text),
            ("unit", Reference),
            ("type", Text),
            ("severity", Text),
            ("status", Text),
            ("detected_at", Number),
            ("closed_at", Number),
            ("note", Text),
            ("owner", Reference),
            ("rated_at", Number),
            ("answers", List),
            ("units", List),
            ("related", List),
            ("system_level", Number),
            ("tlp", Text),
            ("confidential", Flag),
            ("description", Text),
            ("systems", Text),
            ("purpose", Text),
            ("operating_unit", Text),
            ("owner_body", Text),
            ("security_provider", Text),
            ("connection_provider", Text),
            ("os", Text),
            ("services", Text),
            ("measures", Text),
            ("public_ip", Text),
            ("domains", Text),
            ("detected_by", Text),
            ("informed", Text),
            ("support", Text),
            ("cause", Text),
            ("scope", Text),
            ("remedy", Text),
            ("result", Text),
            ("damage", Text),
            ("removed", Flag),
        ],
        Kind::Submission => &[
            ("period", Reference),
            ("unit", Reference),
            ("state", Text),
            ("document", Text),
            ("received_at", Number),
            ("due_at", Number),
            ("removed", Flag),
        ],
        Kind::Operator => &[("name", Text), ("person", Reference), ("removed", Flag)],
        Kind::Reminder => &[
            ("period", Reference),
            ("unit", Reference),
            ("at", Number),
            ("operator", Reference),
            ("note", Text),
            ("removed", Flag),
        ],
        Kind::Drill => &[
            ("person", Reference),
            ("number", Text),
            ("at", Number),
            ("operator", Reference),
            ("outcome", Text),
            ("minutes", Number),
            ("note", Text),
            ("removed", Flag),
        ],
        Kind::Notice => &[
            ("incident", Reference),
            ("profile", Text),
            ("rule", Text),
            ("recipient", Text),
            ("made_at", Number),
            ("due_at", Number),
            ("told", Text),
            ("sent_at", Number),
            ("channel", Text),
            ("whom", Text),
            ("document", Text),
            ("acknowledged_at", Number),
            ("waived_at", Number),
            ("reason", Text),
            ("removed", Flag),
        ],
        Kind::Setting => &[("key", Text), ("value", Text), ("removed", Flag)],
        Kind::Handover => &[
            ("giver", Reference),
            ("whom", Text),
            ("from", Number),
            ("to", Number),
            ("text", Text),
            ("note", Text),
            ("head", Text),
            ("state", Text),
            ("receiver", Reference),
            ("received_at", Number),
            ("remarks", Text),
            ("removed", Flag),
        ],
        Kind::Acceptance => &[
            ("unit", Reference),
            ("post", Text),
            ("person", Reference),
            ("flaw", Text),
            ("from", Number),
            ("to", Number),
            ("reason", Text),
            ("removed", Flag),
        ],
        Kind::DutySheet => &[
            ("from", Number),
            ("to", Number),
            ("group", Text),
            ("unit", Reference),
            ("without_numbers", Flag),
            ("number", Number),
            ("at", Number),
            ("head", Text),
            ("digest", Text),
            ("removed", Flag),
        ],
    }
}

/// The table of a kind of noun.
pub(crate) fn noun(kind: Kind) -> &'static Noun {
    static NOUNS: LazyLock<Vec<Noun>> = LazyLock::new(|| {
        Kind::ALL
            .iter()
            .map(|&kind| Noun::new(kind.key(), columns(kind)))
            .collect()
    });
    &NOUNS[kind as usize]
}

impl Noun {
    fn new(table: &str, columns: &'static [(&'static str, Column)]) -> Self {
        let names: Vec<String> = columns
            .iter()
            .map(|(name, _)| format!("\"{name}\""))
            .collect();
        let all = format!("{}, hlc, site, clocks", names.join(", "));
        let marks: Vec<String> = (1..=columns.len() + 4).map(|n| format!("?{n}")).collect();
        let sets: Vec<String> = all
            .split(", ")
            .zip(&marks)
            .map(|(name, mark)| format!("{name} = {mark}"))
            .collect();
        Self {
            columns,
            select: format!("SELECT {all} FROM {table} WHERE id = ?1"),
            insert: format!(
                "INSERT INTO {table} ({all}, id) VALUES ({})",
                marks.join(", ")
            ),
            update: format!(
                "UPDATE {table} SET {} WHERE id = ?{}",
                sets.join(", "),
                columns.len() + 4
            ),
        }
    }
}

fn list<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<T>> {
    let text: Option<String> = row.get(at)?;
    Ok(text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default())
}

fn one<T: serde::de::DeserializeOwned>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(at)?;
    Ok(text.and_then(|text| serde_json::from_value(serde_json::Value::String(text)).ok()))
}

fn id<T: From<Uuid>>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    row.get::<_, Uuid>(at).map(T::from)
}

fn maybe_id<T: From<Uuid>>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<Uuid>>(at)?.map(T::from))
}

fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Instant> {
    row.get(at).map(Instant::from_millis)
}

fn maybe_moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Instant>> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Instant::from_millis))
}

const UNIT: &str = "SELECT id, code, name, short_name, \"group\", parent, phone, email, address, note, ours, \
     aliases, began_at \
     FROM unit WHERE removed IS NULL AND name IS NOT NULL";

fn unit(row: &Row<'_>) -> rusqlite::Result<Unit> {
    Ok(Unit {
        id: id(row, 0)?,
        code: row.get(1)?,
        name: row.get(2)?,
        short_name: row.get(3)?,
        group: one(row, 4)?.unwrap_or(Group::Other),
        parent: maybe_id::<UnitId>(row, 5)?,
        phone: row.get(6)?,
        email: row.get(7)?,
        address: row.get(8)?,
        note: row.get(9)?,
        ours: row.get::<_, Option<bool>>(10)?.unwrap_or_default(),
        aliases: list(row, 11)?,
        ended_at: None,
        began_at: maybe_moment(row, 12)?,
        succeeded_by: None,
        removed: false,
    })
}

const PERSON: &str = "SELECT id, unit, full_name, title, role, role_text, mobiles, landline, email, note, \
     sort_name, away \
     FROM person WHERE removed IS NULL AND full_name IS NOT NULL AND unit IS NOT NULL";

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: id(row, 0)?,
        unit: id(row, 1)?,
        full_name: row.get(2)?,
        title: row.get(3)?,
        role: one::<Role>(row, 4)?,
        role_text: row.get(5)?,
        mobiles: list(row, 6)?,
        landline: one(row, 7)?,
        email: row.get(8)?,
        note: row.get(9)?,
        sort_name: row.get(10)?,
        away: list(row, 11)?,
        same_as: None,
        removed: false,
    })
}

const PERIOD: &str = "SELECT id, name, \"from\", \"to\", posts, groups, due_at, letter, needs, overlap FROM period \
     WHERE removed IS NULL AND name IS NOT NULL AND \"from\" IS NOT NULL AND \"to\" IS NOT NULL";

fn period(row: &Row<'_>) -> rusqlite::Result<Period> {
    let groups: Vec<Group> = list(row, 5)?;
    Ok(Period {
        id: id::<PeriodId>(row, 0)?,
        name: row.get(1)?,
        from: moment(row, 2)?,
        to: moment(row, 3)?,
        posts: list::<Post>(row, 4)?,
        groups: Some(groups).filter(|groups| !groups.is_empty()),
        due_at: maybe_moment(row, 6)?,
        letter: row.get(7)?,
        needs: list(row, 8)?,
        overlap: row.get(9)?,
        removed: false,
    })
}

const SHIFT: &str = "SELECT id, period, unit, post, person, \"from\", \"to\", standing, pattern, reason FROM shift \
     WHERE removed IS NULL AND unit IS NOT NULL AND person IS NOT NULL \
     AND \"from\" IS NOT NULL AND \"to\" IS NOT NULL";

fn shift(row: &Row<'_>) -> rusqlite::Result<Shift> {
    Ok(Shift {
        id: id::<ShiftId>(row, 0)?,
        period: maybe_id(row, 1)?,
        unit: id(row, 2)?,
        post: one(row, 3)?.unwrap_or(Post::Main),
        person: id(row, 4)?,
        from: moment(row, 5)?,
        to: moment(row, 6)?,
        standing: row.get::<_, Option<bool>>(7)?.unwrap_or_default(),
        pattern: row.get::<_, Option<Box<str>>>(8)?,
        reason: row.get::<_, Option<Box<str>>>(9)?,
        removed: false,
    })
}

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
        kind: one(row, 4)?.unwrap_or(Type::OtherAttack),
        severity: one::<Severity>(row, 5)?,
        status: one(row, 6)?.unwrap_or(Status::New),
        detected_at: maybe_moment(row, 7)?.unwrap_or_default(),
        closed_at: maybe_moment(row, 8)?,
        note: row.get(9)?,
        owner: maybe_id(row, 10)?,
        rated_at: maybe_moment(row, 11)?,
        answers: list(row, 12)?,
        units: list(row, 13)?,
        related: list(row, 14)?,
        system_level: row.get(15)?,
        tlp: one(row, 16)?,
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
     document, acknowledged_at, waived_at, reason, removed, told FROM notice \
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
        recipient: one(row, 4)?.unwrap_or(Recipient::Coordinator),
        made_at: maybe_moment(row, 5)?.unwrap_or_default(),
        due_at: moment(row, 6)?,
        sent_at: maybe_moment(row, 7)?,
        channel: one::<Means>(row, 8)?,
        whom: row.get(9)?,
        document: row.get(10)?,
        acknowledged_at: maybe_moment(row, 11)?,
        waived_at: maybe_moment(row, 12)?,
        reason: row.get(13)?,
        removed: row.get::<_, Option<bool>>(14)?.unwrap_or_default(),
        told: row.get(15)?,
    })
}

const HANDOVER: &str = "SELECT id, giver, whom, \"from\", \"to\", text, note, head, state, receiver, \
     received_at, remarks FROM handover \
     WHERE removed IS NULL AND giver IS NOT NULL AND whom IS NOT NULL AND \"to\" IS NOT NULL";

fn handover(row: &Row<'_>) -> rusqlite::Result<Handover> {
    Ok(Handover {
        id: id::<HandoverId>(row, 0)?,
        giver: id(row, 1)?,
        whom: row.get(2)?,
        from: maybe_moment(row, 3)?.unwrap_or_default(),
        to: moment(row, 4)?,
        text: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        note: row.get(6)?,
        head: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
        state: one(row, 8)?.unwrap_or(HandoverState::Waiting),
        receiver: maybe_id(row, 9)?,
        received_at: maybe_moment(row, 10)?,
        remarks: row.get(11)?,
        removed: false,
    })
}

const SUBMISSION: &str = "SELECT id, period, unit, state, document, received_at, due_at FROM submission \
     WHERE removed IS NULL AND period IS NOT NULL AND unit IS NOT NULL";

fn submission_of(row: &Row<'_>) -> rusqlite::Result<Submission> {
    Ok(Submission {
        id: id::<SubmissionId>(row, 0)?,
        period: id(row, 1)?,
        unit: id(row, 2)?,
        state: one(row, 3)?.unwrap_or(State::Waiting),
        document: row.get(4)?,
        received_at: maybe_moment(row, 5)?,
        due_at: maybe_moment(row, 6)?,
        removed: false,
    })
}

const OPERATOR: &str =
    "SELECT id, name, person FROM operator WHERE removed IS NULL AND name IS NOT NULL";

fn operator(row: &Row<'_>) -> rusqlite::Result<Operator> {
    Ok(Operator {
        id: id::<OperatorId>(row, 0)?,
        name: row.get(1)?,
        person: maybe_id(row, 2)?,
        removed: false,
    })
}

const REMINDER: &str = "SELECT id, period, unit, at, operator, note FROM reminder \
     WHERE removed IS NULL AND period IS NOT NULL AND unit IS NOT NULL AND operator IS NOT NULL";

fn reminder(row: &Row<'_>) -> rusqlite::Result<Reminder> {
    Ok(Reminder {
        id: id::<ReminderId>(row, 0)?,
        period: id(row, 1)?,
        unit: id(row, 2)?,
        at: maybe_moment(row, 3)?.unwrap_or_default(),
        operator: id(row, 4)?,
        note: row.get(5)?,
        removed: false,
    })
}

const DRILL: &str = "SELECT id, person, number, at, operator, outcome, minutes, note FROM drill \
     WHERE removed IS NULL AND person IS NOT NULL AND operator IS NOT NULL";

fn drill(row: &Row<'_>) -> rusqlite::Result<Drill> {
    Ok(Drill {
        id: id::<DrillId>(row, 0)?,
        person: id(row, 1)?,
        number: one(row, 2)?,
        at: maybe_moment(row, 3)?.unwrap_or_default(),
        operator: id(row, 4)?,
        outcome: one(row, 5)?.unwrap_or(Outcome::NoAnswer),
        minutes: row.get(6)?,
        note: row.get(7)?,
        removed: false,
    })
}

impl Reader<'_> {
    fn all<T>(
        self,
        sql: &str,
        given: &[&dyn ToSql],
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut query = self.conn.prepare_cached(sql)?;
        let rows = query.query_map(given, |row| read(row))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The units, as an office lists them.
    ///
    /// # Errors
    /// Those of the store, as for every read.
    pub fn units(self) -> Result<Vec<Unit>> {
        let mut units = self.all(UNIT, &[], unit)?;
        crate::unit::sort(&mut units);
        Ok(units)
    }

    /// What every unit is called, of those that are no more too, and under which unit it is found
    /// today: its own, or that which took its place.
    ///
    /// # Errors
    /// Those of the store.
    pub fn unit_names(self) -> Result<UnitNames> {
        let all = self.all(
            "SELECT id, name, succeeded_by FROM unit WHERE name IS NOT NULL",
            &[],
            |row| {
                Ok((
                    id::<UnitId>(row, 0)?,
                    row.get::<_, String>(1)?,
                    maybe_id(row, 2)?,
                ))
            },
        )?;
        let next: HashMap<UnitId, UnitId> = all
            .iter()
            .filter_map(|(id, _, by)| Some((*id, (*by)?)))
            .collect();
        let today = |mut id: UnitId| {
            // Two desks may each have put one in the other's place.
            for _ in 0..next.len() {
                match next.get(&id) {
                    Some(by) => id = *by,
                    None => break,
                }
            }
            id
        };
        Ok(all
            .into_iter()
            .map(|(id, name, _)| (id, (today(id), name)))
            .collect())
    }

    /// The people, in the order in which they were added.
    ///
    /// # Errors
    /// Those of the store.
    pub fn people(self) -> Result<Vec<Person>> {
        self.all(&format!("{PERSON} ORDER BY id"), &[], person)
    }

    /// Every card there is of anybody, off the list too.
    ///
    /// # Errors
    /// Those of the store.
    pub fn all_cards(self) -> Result<Vec<Person>> {
        let all = "SELECT id, unit, full_name, title, role, role_text, mobiles, landline, email, \
             note, sort_name, away, same_as, removed \
             FROM person WHERE full_name IS NOT NULL AND unit IS NOT NULL ORDER BY id";
        self.all(all, &[], |row| {
            Ok(Person {
                same_as: maybe_id(row, 12)?,
                removed: row.get::<_, Option<bool>>(13)?.unwrap_or_default(),
                ..person(row)?
            })
        })
    }

    /// The person that `given` names, by id or name; off the list too, when nobody on it fits.
    ///
    /// # Errors
    /// [`crate::Code::PersonUnknown`], [`crate::Code::PersonAmbiguous`].
    pub fn find_card(self, given: &str) -> Result<Person> {
        match find(&self.people()?, given) {
            Err(error) if error.code == Code::PersonUnknown => {
                find(&self.all_cards()?, given).cloned()
            }
            found => found.cloned(),
        }
    }

    /// The people whom nothing has needed since `before`, as [`crate::retention::unneeded`].
    ///
    /// # Errors
    /// Those of the store.
    pub fn unneeded(self, before: Instant) -> Result<Vec<Unneeded>> {
        let needs = Needs {
            units: &self.units()?,
            names: &self.unit_names()?,
            periods: &self.periods()?,
            shifts: &self.last_of_people(
                "SELECT person, max(\"to\") FROM shift \
                 WHERE removed IS NULL AND \"to\" IS NOT NULL AND person IS NOT NULL GROUP BY person",
            )?,
            drills: &self.last_of_people(
                "SELECT person, max(at) FROM drill \
                 WHERE removed IS NULL AND at IS NOT NULL AND person IS NOT NULL GROUP BY person",
            )?,
            written: &self.last_written_of_people()?,
        };
        Ok(unneeded(&self.all_cards()?, needs, before))
    }

    fn last_of_people(self, sql: &str) -> Result<HashMap<PersonId, Instant>> {
        let rows = self.all(sql, &[], |row| Ok((id(row, 0)?, moment(row, 1)?)))?;
        Ok(rows.into_iter().collect())
    }

    /// When something was last written of each person.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) fn last_written_of_people(self) -> Result<HashMap<PersonId, Instant>> {
        self.last_of_people(
            "SELECT noun, max(wall) FROM history JOIN record ON record.id = history.record \
             WHERE noun IN (SELECT id FROM person) GROUP BY noun",
        )
    }

    /// The calls to some people, those that were taken back too.
    pub(crate) fn drills_of(self, people: &[PersonId]) -> Result<Vec<DrillId>> {
        let sql = "SELECT id FROM drill WHERE person = ?1 ORDER BY id";
        let mut drills: Vec<DrillId> = Vec::new();
        for person in people {
            drills.append(&mut self.all(sql, &[&person.0], |row| id(row, 0))?);
        }
        Ok(drills)
    }

    /// The periods, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn periods(self) -> Result<Vec<Period>> {
        self.all(&format!("{PERIOD} ORDER BY \"from\", id"), &[], period)
    }

    /// The shifts, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn shifts(self) -> Result<Vec<Shift>> {
        // A country has millions: no room is taken that is not needed.
        let count: u32 = self
            .conn
            .query_row("SELECT count(*) FROM shift", [], |row| row.get(0))?;
        let mut shifts = Vec::with_capacity(count as usize);
        let mut query = self
            .conn
            .prepare_cached(&format!("{SHIFT} ORDER BY \"from\", id"))?;
        for found in query.query_map([], shift)? {
            shifts.push(found?);
        }
        Ok(shifts)
    }

    /// One shift.
    pub(crate) fn shift_of(self, id: Uuid) -> Result<Option<Shift>> {
        Ok(self
            .all(&format!("{SHIFT} AND id = ?1"), &[&id], shift)?
            .pop())
    }

    /// The findings of the roster that somebody accepted.
    ///
    /// # Errors
    /// Those of the store.
    pub fn acceptances(self) -> Result<Vec<Acceptance>> {
        let sql = "SELECT id, unit, post, person, flaw, \"from\", \"to\", reason FROM acceptance \
             WHERE removed IS NULL AND unit IS NOT NULL AND flaw IS NOT NULL \
             AND \"from\" IS NOT NULL AND \"to\" IS NOT NULL ORDER BY \"from\", id";
        self.all(sql, &[], |row| {
            Ok(Acceptance {
                id: id::<AcceptanceId>(row, 0)?,
                unit: id(row, 1)?,
                post: one(row, 2)?.unwrap_or(Post::Main),
                person: maybe_id(row, 3)?,
                flaw: one(row, 4)?.unwrap_or(Flaw::Gap),
                from: moment(row, 5)?,
                to: moment(row, 6)?,
                reason: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
                removed: false,
            })
        })
    }

    /// The duty sheets that were printed, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn duty_sheets(self) -> Result<Vec<DutySheet>> {
        let sql = "SELECT id, \"from\", \"to\", \"group\", unit, without_numbers, number, at, head, digest \
             FROM duty_sheet WHERE removed IS NULL AND \"from\" IS NOT NULL AND \"to\" IS NOT NULL \
             AND number IS NOT NULL AND at IS NOT NULL ORDER BY at, id";
        self.all(sql, &[], |row| {
            Ok(DutySheet {
                id: id::<DutySheetId>(row, 0)?,
                from: moment(row, 1)?,
                to: moment(row, 2)?,
                group: one(row, 3)?,
                unit: maybe_id(row, 4)?,
                without_numbers: row.get::<_, Option<bool>>(5)?.unwrap_or_default(),
                number: row.get(6)?,
                at: moment(row, 7)?,
                head: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
                digest: row.get::<_, Option<String>>(9)?.unwrap_or_default(),
                removed: false,
            })
        })
    }

    /// Everything from which follows who is on duty.
    ///
    /// # Errors
    /// Those of the store.
    pub fn roster(self) -> Result<Roster> {
        let shifts = self.shifts()?;
        Ok(Roster {
            left: self.left(&shifts)?,
            limits: self.limits()?,
            units: self.units()?,
            people: self.people()?,
            periods: self.periods()?,
            shifts,
            drills: self.drills()?,
            fresh: self.fresh()?,
            gone: self
                .gone()?
                .into_iter()
                .map(|(noun, at)| (PersonId(noun), at))
                .collect(),
        })
    }

    /// The people off the list who have shifts, and since when.
    fn left(self, shifts: &[Shift]) -> Result<HashMap<PersonId, Left>> {
        let any = "SELECT 1 FROM person WHERE removed IS NOT NULL LIMIT 1";
        if self.all(any, &[], |_| Ok(()))?.is_empty() {
            return Ok(HashMap::new());
        }
        let on_shift: HashSet<PersonId> = shifts.iter().map(|shift| shift.person).collect();
        let mut cards = self.all_cards()?;
        cards.retain(|card| card.removed && on_shift.contains(&card.id));
        let since = self.off_the_list(&cards)?;
        let left = |card: Person| {
            let since = *since.get(&card.id.0)?;
            Some((card.id, Left { card, since }))
        };
        Ok(cards.into_iter().filter_map(left).collect())
    }

    /// The incidents, in the order in which they were opened.
    ///
    /// # Errors
    /// Those of the store.
    pub fn incidents(self) -> Result<Vec<Incident>> {
        self.all(&format!("{INCIDENT} ORDER BY id"), &[], incident)
    }

    /// What is known of what units owe for a period.
    ///
    /// # Errors
    /// Those of the store.
    pub fn submissions(self, period: PeriodId) -> Result<Vec<Submission>> {
        self.all(
            &format!("{SUBMISSION} AND period = ?1"),
            &[&period.0],
            submission_of,
        )
    }

    /// The words to units that owe for a period, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn reminders(self, period: PeriodId) -> Result<Vec<Reminder>> {
        let sql = format!("{REMINDER} AND period = ?1 ORDER BY at, id");
        self.all(&sql, &[&period.0], reminder)
    }

    /// What each unit owes for a period, in the order of the units.
    ///
    /// # Errors
    /// Those of the store.
    pub fn owed(self, period: &Period) -> Result<Vec<Owed>> {
        let (submissions, reminders) = (self.submissions(period.id)?, self.reminders(period.id)?);
        Ok(submission::owed(
            period,
            &self.units()?,
            &submissions,
            &reminders,
        ))
    }

    /// The calls that tell whether numbers answer, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn drills(self) -> Result<Vec<Drill>> {
        self.all(&format!("{DRILL} ORDER BY at, id"), &[], drill)
    }

    /// The operators, in the order in which they first wrote.
    ///
    /// # Errors
    /// Those of the store.
    pub fn operators(self) -> Result<Vec<Operator>> {
        self.all(&format!("{OPERATOR} ORDER BY id"), &[], operator)
    }

    /// One unit.
    ///
    /// # Errors
    /// Those of the store.
    pub fn unit(self, id: UnitId) -> Result<Option<Unit>> {
        Ok(self
            .all(&format!("{UNIT} AND id = ?1"), &[&id.0], unit)?
            .pop())
    }

    /// One person.
    ///
    /// # Errors
    /// Those of the store.
    pub fn person(self, id: PersonId) -> Result<Option<Person>> {
        Ok(self
            .all(&format!("{PERSON} AND id = ?1"), &[&id.0], person)?
            .pop())
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

    /// The notices as they stood at a moment: what was taken back since, or found to be a mistake,
    /// stood then.
    ///
    /// # Errors
    /// Those of the store.
    pub fn notices_at(self, at: Instant) -> Result<Vec<Notice>> {
        let ever = self.all(&format!("{NOTICE} ORDER BY due_at, id"), &[], notice)?;
        let mut stood = Vec::new();
        for now in ever {
            // Who was told by then was told, even if it was noted later.
            let by = |then: Option<Instant>| then.is_some_and(|then| then <= at);
            let then = match !now.removed && (by(now.sent_at) || by(now.waived_at)) {
                true => Some(now),
                false => self.notice_at(now, at)?,
            };
            stood.extend(then.filter(|then| !then.removed));
        }
        Ok(stood)
    }

    fn notice_at(self, now: Notice, at: Instant) -> Result<Option<Notice>> {
        let said = self.history(now.id.0)?.into_iter();
        let mut said = said.filter(|change| change.recorded_at <= at).peekable();
        if said.peek().is_none() {
            return Ok(None);
        }
        let new = serde_json::to_value(now.untouched());
        let Ok(serde_json::Value::Object(mut fields)) = new else {
            return Ok(None);
        };
        fields.extend(said.map(|change| (change.field, change.value)));
        Ok(serde_json::from_value(fields.into()).ok())
    }

    /// One notice.
    ///
    /// # Errors
    /// Those of the store.
    pub fn notice(self, id: NoticeId) -> Result<Option<Notice>> {
        let sql = format!("{NOTICE} AND {STANDS} AND id = ?1");
        Ok(self.all(&sql, &[&id.0], notice)?.pop())
    }

    /// The handovers, earliest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn handovers(self) -> Result<Vec<Handover>> {
        self.all(&format!("{HANDOVER} ORDER BY \"to\", id"), &[], handover)
    }

    /// What the book goes by, where it is not what is usual: by key.
    ///
    /// # Errors
    /// Those of the store.
    pub fn settings(self) -> Result<BTreeMap<String, String>> {
        let rows = self.all(
            "SELECT key, value FROM setting \
             WHERE removed IS NULL AND key IS NOT NULL AND value IS NOT NULL",
            &[],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(rows.into_iter().collect())
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
}
