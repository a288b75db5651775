//! What stands in a roster, unit by unit: shifts, standing contacts, holes.

use std::collections::HashMap;

use super::super::options::Span;
use crate::clock::Instant;
use crate::directory::person::Person;
use crate::directory::unit::Unit;
use crate::duty::coverage::{Contacts, Gap, LaidOut, Roster};
use crate::duty::period::Post;
use crate::duty::shift::Shift;
use crate::id::{PersonId, ShiftId, UnitId};
use crate::sheet::duty::DutyForm;

/// A line of a roster.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Line<'a> {
    /// The post.
    pub post: Post,
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    /// Who stands on it.
    pub person: Option<&'a Person>,
    /// How it is held.
    pub form: DutyForm,
    /// The shift, where it is one.
    pub shift: Option<ShiftId>,
    /// Whether whoever it names has leave in some of it: that stands there as a hole too.
    pub away: bool,
}

/// The lines of a roster within a span: shifts that reach into it are whole, standing contacts
/// and holes are cut to it.
pub(in crate::report) struct Lines<'a> {
    roster: &'a Roster,
    from: Instant,
    to: Instant,
    people: HashMap<PersonId, &'a Person>,
    of_unit: HashMap<UnitId, Contacts<'a>>,
    shifts: HashMap<UnitId, Vec<&'a Shift>>,
    gaps: HashMap<UnitId, Vec<Gap>>,
    laid_out: LaidOut<'a>,
}

impl<'a> Lines<'a> {
    /// The lines of a roster, as is known `now`.
    pub(in crate::report) fn new(roster: &'a Roster, span: Span, now: Instant) -> Self {
        let from = span.0.unwrap_or(Instant::from_millis(i64::MIN));
        let to = span.1.unwrap_or(Instant::from_millis(i64::MAX));
        let mut shifts: HashMap<_, Vec<_>> = HashMap::new();
        for shift in &roster.shifts {
            shifts.entry(shift.unit).or_default().push(shift);
        }
        let mut gaps: HashMap<_, Vec<_>> = HashMap::new();
        // Where somebody stands whom calls do not reach is no hole.
        let holes = roster.gaps(Some((from, to)), None, now).into_iter();
        for gap in holes.filter(Gap::is_empty) {
            gaps.entry(gap.unit).or_default().push(gap);
        }
        let laid_out = roster.laid_out();
        Self {
            roster,
            from,
            to,
            people: roster.people.iter().map(|one| (one.id, one)).collect(),
            of_unit: laid_out.contacts(),
            shifts,
            gaps,
            laid_out,
        }
    }

    /// Those of a unit, by post and time.
    pub(in crate::report) fn of(&self, unit: &Unit) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for shift in self.shifts.get(&unit.id).into_iter().flatten() {
            // Whoever is off the list leaves a hole, which stands below.
            let Some((_, to)) = self.laid_out.held(shift) else {
                continue;
            };
            let left = self.roster.left.get(&shift.person);
            let known = self.people.get(&shift.person).copied();
            let person = known.or(left.map(|left| &left.card));
            let span = (shift.from, shift.to);
            let away = self.laid_out.leave().within(shift.person, span).next();
            let away = away.is_some();
            let form = match person {
                Some(_) if shift.standing => DutyForm::Standing,
                Some(_) if away => DutyForm::Away,
                Some(_) => DutyForm::Shift,
                None => DutyForm::Redacted,
            };
            lines.push(Line {
                post: shift.post,
                from: shift.from,
                to,
                person,
                form,
                shift: Some(shift.id),
                away,
            });
        }
        lines.retain(|line| line.from < self.to && self.from < line.to);
        for gap in self.gaps.get(&unit.id).into_iter().flatten() {
            lines.push(Line {
                post: gap.post,
                from: gap.from,
                to: gap.to,
                person: None,
                form: DutyForm::Empty,
                shift: None,
                away: false,
            });
        }
        let nobody = Contacts::default();
        let people = self.of_unit.get(&unit.id).unwrap_or(&nobody);
        let Some(row) = self.laid_out.row(unit.id) else {
            return lines;
        };
        for period in self.roster.periods.iter().filter(|it| it.asks(unit)) {
            for post in period.all_posts() {
                let demands = period
                    .demands_among(&self.roster.periods, unit, post)
                    .into_iter();
                let spans =
                    demands.map(|demand| (demand.from.max(self.from), demand.to.min(self.to)));
                let spans = spans.filter(|(from, to)| from < to);
                let parts = spans
                    .flat_map(|span| self.laid_out.standing_parts(row, post, span))
                    .flat_map(|span| self.laid_out.leave().standing_within(people, post, span));
                lines.extend(parts.filter_map(|(person, (from, to))| {
                    Some(Line {
                        post,
                        from,
                        to,
                        person: Some(person?),
                        form: DutyForm::Standing,
                        shift: None,
                        away: false,
                    })
                }));
            }
        }
        lines.sort_by_key(|line| (line.post, line.from, line.to));
        lines
    }
}
