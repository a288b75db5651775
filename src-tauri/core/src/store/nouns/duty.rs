//! Periods, shifts, and what is said of the roster.

use rusqlite::Row;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use super::{id, list, maybe_id, maybe_moment, moment, one, strange};
use crate::clock::Instant;
use crate::directory::person::Person;
use crate::directory::unit::Group;
use crate::duty::coverage::{Left, Roster};
use crate::duty::finding::{Acceptance, Flaw};
use crate::duty::pattern::key_of;
use crate::duty::period::{Period, Post};
use crate::duty::sheet::DutySheet;
use crate::duty::shift::Shift;
use crate::error::Result;
use crate::id::{AcceptanceId, DutySheetId, PeriodId, PersonId, ShiftId, UnitId};
use crate::journal::Kind;
use crate::store::Reader;

const PERIOD: &str = "SELECT id, name, \"from\", \"to\", posts, groups, due_at, letter, needs, overlap, asked_at FROM period \
     WHERE removed IS NULL AND name IS NOT NULL AND \"from\" IS NOT NULL AND \"to\" IS NOT NULL";

fn period(row: &Row<'_>) -> rusqlite::Result<Period> {
    let groups: Vec<Group> = list(row, Kind::Period, 5)?;
    Ok(Period {
        id: id::<PeriodId>(row, 0)?,
        name: row.get(1)?,
        from: moment(row, 2)?,
        to: moment(row, 3)?,
        posts: list::<Post>(row, Kind::Period, 4)?,
        groups: Some(groups).filter(|groups| !groups.is_empty()),
        due_at: maybe_moment(row, 6)?,
        letter: row.get(7)?,
        needs: list(row, Kind::Period, 8)?,
        overlap: row
            .get::<_, Option<i64>>(9)?
            .map(|minutes| {
                u32::try_from(minutes)
                    .map_err(|_| strange(row, Kind::Period, 9, &minutes.to_string()))
            })
            .transpose()?,
        asked_at: maybe_moment(row, 10)?,
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
        post: one(row, Kind::Shift, 3)?.unwrap_or(Post::Main),
        person: id(row, 4)?,
        from: moment(row, 5)?,
        to: moment(row, 6)?,
        standing: row.get::<_, Option<bool>>(7)?.unwrap_or_default(),
        pattern: row
            .get::<_, Option<Box<str>>>(8)?
            .map(|stored| key_of(&stored).into()),
        reason: row.get::<_, Option<Box<str>>>(9)?,
        removed: false,
    })
}

impl Reader<'_> {
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

    /// The shifts that have time in a span, of one unit when given.
    pub(crate) fn shifts_within(
        self,
        (from, to): (Instant, Instant),
        only: Option<UnitId>,
    ) -> Result<Vec<Shift>> {
        let sql = format!(
            "{SHIFT} AND \"from\" < ?2 AND ?1 < \"to\" AND (?3 IS NULL OR unit = ?3) \
             ORDER BY \"from\", id"
        );
        let only = only.map(|unit| unit.0);
        self.all(&sql, &[&from.millis(), &to.millis(), &only], shift)
    }

    /// One shift.
    pub(crate) fn shift_of(self, id: Uuid) -> Result<Option<Shift>> {
        Ok(self
            .all(&format!("{SHIFT} AND id = ?1"), &[&id], shift)?
            .pop())
    }

    /// Why shifts were changed after the fact, of those off the roster too, by when they begin.
    pub(crate) fn reasons_of_shifts(self) -> Result<Vec<(Instant, String)>> {
        let sql = "SELECT \"from\", reason FROM shift \
             WHERE reason IS NOT NULL AND \"from\" IS NOT NULL ORDER BY \"from\", id";
        self.all(sql, &[], |row| Ok((moment(row, 0)?, row.get(1)?)))
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
                post: one(row, Kind::Acceptance, 2)?.unwrap_or(Post::Main),
                person: maybe_id(row, 3)?,
                flaw: one(row, Kind::Acceptance, 4)?.unwrap_or(Flaw::Gap),
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
        let sql = "SELECT id, \"from\", \"to\", \"group\", unit, without_numbers, number, at, head \
             FROM duty_sheet WHERE removed IS NULL AND \"from\" IS NOT NULL AND \"to\" IS NOT NULL \
             AND number IS NOT NULL AND at IS NOT NULL ORDER BY at, id";
        self.all(sql, &[], |row| {
            Ok(DutySheet {
                id: id::<DutySheetId>(row, 0)?,
                from: moment(row, 1)?,
                to: moment(row, 2)?,
                group: one(row, Kind::DutySheet, 3)?,
                unit: maybe_id(row, 4)?,
                without_numbers: row.get::<_, Option<bool>>(5)?.unwrap_or_default(),
                number: row.get(6)?,
                at: moment(row, 7)?,
                head: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
                removed: false,
            })
        })
    }

    /// Everything from which follows who is on duty.
    ///
    /// # Errors
    /// Those of the store.
    pub fn roster(self) -> Result<Roster> {
        let (shifts, former) = (self.shifts()?, self.former_units()?);
        let periods = self.periods()?;
        Ok(Roster {
            handed_over: self.handed_over(&shifts, &former, &periods)?,
            left: self.left(&shifts)?,
            limits: self.limits()?,
            calendar: self.calendar()?,
            units: self.units()?,
            former,
            people: self.people()?,
            stays: self.stays()?,
            periods,
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
}
