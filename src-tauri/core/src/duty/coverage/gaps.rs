//! The hours with nobody.

use std::collections::HashMap;

use crate::clock::{Instant, MINUTE, joined, without};
use crate::directory::drill::{self, Reach};
use crate::duty::coverage::{Contact, Contacts, Gap, LaidOut, Roster};
use crate::duty::finding::Flaw;
use crate::duty::period::{Demand, Period, Post};
use crate::duty::shift::Shift;
use crate::id::{PeriodId, PersonId};

/// Half-open.
pub(crate) type Span = (Instant, Instant);

impl Roster {
    /// When calls told this of people, those too who are off the list since.
    pub(in crate::duty::coverage) fn when_called(
        &self,
        now: Instant,
        such: impl Fn(Reach) -> Option<Instant>,
    ) -> HashMap<PersonId, Vec<Span>> {
        let left = self.left.values().map(|left| &left.card);
        let before = left.chain(self.stays.iter().map(|stay| &stay.card));
        drill::spans(
            before.chain(&self.people),
            &self.drills,
            self.fresh,
            now,
            such,
        )
    }

    /// The spans in which a post has fewer people than its period asks for, within `span` and of
    /// one period when given; by the unit's code, the post's name and time, each of one cause. By
    /// what was known of their numbers at each moment up to `now`, who holds a shift and has leave or cannot be counted on is nobody there, and
    /// where no shifts are laid out a unit of which no contact can be counted on has nobody.
    #[must_use]
    pub fn gaps(&self, span: Option<Span>, only: Option<PeriodId>, now: Instant) -> Vec<Gap> {
        self.gaps_by(&self.laid_out(), span, only, now)
    }

    pub(super) fn gaps_by(
        &self,
        laid_out: &LaidOut<'_>,
        span: Option<Span>,
        only: Option<PeriodId>,
        now: Instant,
    ) -> Vec<Gap> {
        let contacts = laid_out.contacts();
        let nobody = Contacts::default();
        let look = Look {
            laid_out,
            lost: self.when_called(now, Reach::lost),
            unanswered: self.when_called(now, Reach::unanswered),
        };
        let mut posts = Post::ALL.to_vec();
        posts.sort_by_key(|post| post.key());
        let wanted = |period: &&Period| only.is_none_or(|only| period.id == only);
        let periods: Vec<&Period> = self.periods.iter().filter(wanted).collect();
        let mut gaps = Vec::new();
        for row in self.by_code() {
            let unit = self.unit_in(row);
            let people = contacts.get(&unit.id).unwrap_or(&nobody);
            let asking: Vec<&&Period> = periods.iter().filter(|period| period.asks(unit)).collect();
            for &post in &posts {
                let mut holes = Holes::default();
                for period in &asking {
                    let mut demands = period.demands_among(&self.periods, unit, post);
                    for demand in &mut demands {
                        if let Some((from, to)) = span {
                            demand.from = demand.from.max(from);
                            demand.to = demand.to.min(to);
                        }
                        if let Some(began) = unit.began_at {
                            demand.from = demand.from.max(began);
                        }
                        if let Some(ended) = unit.ended_at {
                            demand.to = demand.to.min(ended);
                        }
                    }
                    demands.retain(|demand| demand.from < demand.to);
                    if demands.is_empty() {
                        continue;
                    }
                    for demand in &demands {
                        let span = (demand.from, demand.to);
                        let within = |(from, to): Span| Demand {
                            from,
                            to,
                            ..*demand
                        };
                        let standing = laid_out.standing_parts(row, post, span);
                        for part in without(span, &standing) {
                            look.shifts(row, people, post, within(part), &mut holes);
                        }
                        for part in standing {
                            look.standing(people, post, within(part), &mut holes);
                        }
                    }
                }
                gaps.extend(holes.told().into_iter().map(|((from, to), cause)| Gap {
                    unit: unit.id,
                    post,
                    from,
                    to,
                    cause,
                }));
            }
        }
        gaps
    }
}

/// The spans in which a post is short.
#[derive(Default)]
struct Holes {
    /// Of those who are named for it.
    unnamed: Vec<Span>,
    /// Of those who are named and have no leave.
    away: Vec<Span>,
    /// Of those who have no leave and can be counted on.
    silent: Vec<Span>,
}

impl Holes {
    /// Each with what leaves it so, by time. A roster is kept to the minute: what is shorter is no
    /// time of anybody.
    fn told(self) -> Vec<(Span, Flaw)> {
        let unnamed = joined(self.unnamed);
        let away = joined(self.away);
        let away: Vec<Span> = away
            .into_iter()
            .flat_map(|one| left(one, &unnamed))
            .collect();
        let silent = joined(self.silent);
        let silent = silent.into_iter().flat_map(|one| left(one, &unnamed));
        let silent: Vec<Span> = silent.flat_map(|one| left(one, &away)).collect();
        let with = |flaw: Flaw| move |span: Span| (span, flaw);
        let mut told: Vec<(Span, Flaw)> = unnamed.into_iter().map(with(Flaw::Gap)).collect();
        told.extend(away.into_iter().map(with(Flaw::Away)));
        told.extend(silent.into_iter().map(with(Flaw::Unreachable)));
        told.retain(|((from, to), _)| to.millis() - from.millis() >= MINUTE);
        told.sort_unstable_by_key(|(span, _)| *span);
        told
    }
}

fn left(span: Span, taken: &[Span]) -> Vec<Span> {
    without(span, taken).collect()
}

/// The spans of somebody.
pub(in crate::duty::coverage) fn of(
    spans: &HashMap<PersonId, Vec<Span>>,
    person: PersonId,
) -> &[Span] {
    spans.get(&person).map_or(&[], Vec::as_slice)
}

/// Whether a moment lies in one of some spans.
pub(in crate::duty::coverage) fn holds(spans: &[Span], at: Instant) -> bool {
    spans.iter().any(|(from, to)| *from <= at && at < *to)
}

/// When the spans of contacts begin and end.
pub(in crate::duty::coverage) fn cuts(
    people: &Contacts<'_>,
    spans: &HashMap<PersonId, Vec<Span>>,
) -> Vec<Instant> {
    let spans = people.iter().flat_map(|one| of(spans, one.card.id));
    spans.flat_map(|(from, to)| [*from, *to]).collect()
}

/// What is known of whoever is named for a post.
struct Look<'a> {
    laid_out: &'a LaidOut<'a>,
    /// Whom nobody can count on, and when.
    lost: HashMap<PersonId, Vec<Span>>,
    /// Who was called in vain, and when nobody had answered yet.
    unanswered: HashMap<PersonId, Vec<Span>>,
}

impl Look<'_> {
    /// The holes that the shifts of a post leave.
    fn shifts(
        &self,
        row: usize,
        people: &Contacts<'_>,
        post: Post,
        demand: Demand,
        holes: &mut Holes,
    ) {
        let laid_out = self.laid_out;
        let short =
            |held: &dyn Fn(&Shift) -> Vec<Span>| short(laid_out.shifts(row, post), held, demand);
        holes
            .unnamed
            .extend(short(&|shift| laid_out.held(shift).into_iter().collect()));
        let has_leave = !laid_out.leave().is_empty();
        if has_leave {
            holes
                .away
                .extend(short(&|shift| laid_out.there(shift).collect()));
        }
        if !self.lost.is_empty() {
            holes.silent.extend(short(&|shift| {
                // Who only stands answers as long as anybody of the unit does.
                let silent = match shift.standing {
                    true => self.nobody_answers(people, (shift.from, shift.to)),
                    false => of(&self.unanswered, shift.person).to_vec(),
                };
                let there = laid_out.there(shift);
                there.flat_map(|span| left(span, &silent)).collect()
            }));
        }
    }

    /// The holes of a post for which somebody only stands.
    fn standing(&self, people: &Contacts<'_>, post: Post, demand: Demand, holes: &mut Holes) {
        let (leave, span) = (self.laid_out.leave(), (demand.from, demand.to));
        for (from, to) in leave.parts(people, span, []) {
            if demand.people > usize::from(people.named(post, from).is_some()) {
                holes.unnamed.push((from, to));
            } else if leave.standing(people, post, from).is_none() {
                holes.away.push((from, to));
            }
        }
        holes.silent.append(&mut self.nobody_answers(people, span));
    }

    /// When nobody can count on any of a unit's contacts within a span: those who have no leave.
    fn nobody_answers(&self, people: &Contacts<'_>, span: Span) -> Vec<Span> {
        let leave = self.laid_out.leave();
        let lost = |one: &Contact<'_>| of(&self.lost, one.card.id);
        if people.iter().all(|one| lost(one).is_empty()) {
            return Vec::new();
        }
        let mut parts = leave.parts(people, span, cuts(people, &self.lost));
        parts.retain(|(at, _)| {
            let mut then = people.iter().filter(|one| one.is_one(*at));
            then.all(|one| holds(lost(one), *at) || leave.is_away(one.card.id, *at))
        });
        joined(parts)
    }
}

/// The spans of a demand in which its shifts leave a post short.
fn short<'a>(
    shifts: impl Iterator<Item = &'a Shift>,
    held: &dyn Fn(&Shift) -> Vec<Span>,
    demand: Demand,
) -> Vec<Span> {
    let span = (demand.from, demand.to);
    if demand.people > 1 {
        return counted(shifts, held, span, |count| count < demand.people);
    }
    let shifts = shifts.take_while(|shift| shift.from < demand.to);
    left(span, &joined(shifts.flat_map(held).collect()))
}

/// The spans within one in which the number of different people who hold shifts is such.
pub(in crate::duty::coverage) fn counted<'a>(
    shifts: impl Iterator<Item = &'a Shift>,
    held: impl Fn(&Shift) -> Vec<Span>,
    (from, to): Span,
    such: impl Fn(usize) -> bool,
) -> Vec<Span> {
    let mut by_person: HashMap<PersonId, Vec<Span>> = HashMap::new();
    for shift in shifts {
        let mut held = held(shift);
        held.retain(|(begin, end)| *begin < to && from < *end);
        if !held.is_empty() {
            by_person.entry(shift.person).or_default().append(&mut held);
        }
    }
    let spans = by_person.into_values().flat_map(joined);
    let mut steps: Vec<(Instant, isize)> = spans
        .flat_map(|(begin, end)| [(begin.max(from), 1), (end.min(to), -1)])
        .collect();
    steps.extend([(from, 0), (to, 0)]);
    steps.sort_unstable();
    let mut count = 0_isize;
    let mut found = Vec::new();
    for pair in steps.windows(2) {
        count += pair[0].1;
        if pair[0].0 < pair[1].0 && such(count.unsigned_abs()) {
            found.push((pair[0].0, pair[1].0));
        }
    }
    joined(found)
}
