//! Duty that falls into leave.

use std::collections::HashSet;

use crate::directory::person::Person;
use crate::duty::coverage::gaps::Span;
use crate::duty::coverage::{Roster, humans};
use crate::duty::period::Post;
use crate::id::{PersonId, ShiftId, UnitId};

/// Duty of somebody that falls into their leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// Whose post.
    pub unit: UnitId,
    /// The post.
    pub post: Post,
    /// Who has leave.
    pub person: PersonId,
    /// Their shift; `None` where no shifts are laid out and nobody answers while they are away.
    pub shift: Option<ShiftId>,
    /// From when to when they would be there: the whole shift, or the leave.
    pub span: Span,
    /// The leave within it.
    pub away: Span,
}

impl Roster {
    /// What falls into the leave of these people, by when: shifts of theirs, and posts without
    /// shifts for which nobody is left who would answer, as somebody would without that leave.
    #[must_use]
    pub fn missed(&self, people: &HashSet<PersonId>) -> Vec<Missed> {
        let laid_out = self.laid_out();
        let leave = laid_out.leave();
        // Leave on one card is leave on all cards of whoever it is.
        let humans = humans(&self.people);
        let cards = || humans.iter().zip(&self.people);
        let theirs = cards().filter(|(_, card)| people.contains(&card.id));
        let theirs: HashSet<u32> = theirs.map(|(human, _)| *human).collect();
        let theirs = cards().filter(|(human, _)| theirs.contains(human));
        let theirs: HashSet<PersonId> = theirs.map(|(_, card)| card.id).collect();
        let mut missed = Vec::new();
        let shifts = self.shifts.iter();
        for shift in shifts.filter(|shift| theirs.contains(&shift.person)) {
            let span = (shift.from, shift.to);
            missed.extend(leave.within(shift.person, span).map(|away| Missed {
                unit: shift.unit,
                post: shift.post,
                person: shift.person,
                shift: Some(shift.id),
                span,
                away,
            }));
        }
        laid_out.standing_posts(None, |unit, post, people, span| {
            if !people.iter().any(|one| theirs.contains(&one.card.id)) {
                return;
            }
            for (from, to) in leave.parts(people, span, []) {
                let with = |them: bool| {
                    let is_theirs = |one: &Person| them && theirs.contains(&one.id);
                    people.standing(post, from, |one| {
                        !is_theirs(one) && leave.is_away(one.id, from)
                    })
                };
                let Some(person) = with(true).filter(|_| with(false).is_none()) else {
                    continue;
                };
                match missed.last_mut() {
                    Some(Missed {
                        unit: of,
                        post: on,
                        person: who,
                        shift: None,
                        span,
                        away,
                    }) if (*of, *on, *who, span.1) == (unit, post, person.id, from) => {
                        (span.1, away.1) = (to, to);
                    }
                    _ => missed.push(Missed {
                        unit,
                        post,
                        person: person.id,
                        shift: None,
                        span: (from, to),
                        away: (from, to),
                    }),
                }
            }
        });
        missed.sort_by_key(|one| (one.away, one.shift.is_none(), one.post));
        missed
    }
}
