//! Rotas that another calendar makes wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock::Instant;
use crate::duty::calendar::Calendar;
use crate::duty::coverage::Roster;
use crate::duty::pattern::OFFICE;
use crate::id::{PeriodId, UnitId};

/// The days from `now` on that are laid out by office hours and are free by one calendar and worked
/// by the other, `before` and that of the roster; and of which period and units the shifts are.
#[must_use]
pub fn outdated(
    roster: &Roster,
    before: &Calendar,
    now: Instant,
) -> BTreeMap<(Instant, Option<PeriodId>), BTreeSet<UnitId>> {
    let mut days: BTreeMap<_, BTreeSet<UnitId>> = BTreeMap::new();
    for shift in &roster.shifts {
        let is_ahead = now <= shift.from && shift.pattern.as_deref() == Some(OFFICE);
        let day = shift.from.midnight();
        if is_ahead && before.is_free(day) != roster.calendar.is_free(day) {
            let units = days.entry((day, roster.period_of(shift))).or_default();
            units.insert(shift.unit);
        }
    }
    days
}
