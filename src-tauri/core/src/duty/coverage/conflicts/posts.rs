//! What is wrong on a post: two at once, nobody who may be there, somebody who is not.

use super::Look;
use crate::clock::{MINUTE, joined, without};
use crate::directory::person::Person;
use crate::duty::coverage::gaps::{Span, counted};
use crate::duty::finding::{Detail, Finding, Flaw};
use crate::duty::period::{Demand, OVERLAP, Period, Post};
use crate::duty::shift::Shift;

impl<'a> Look<'a> {
    /// Two people on one post, shifts out of their period, people off the list or on leave.
    pub(super) fn at_posts(&mut self) {
        let roster = self.roster;
        for (row, unit) in roster.units.iter().enumerate() {
            for &post in Post::ALL {
                if self.laid_out.shifts(row, post).next().is_none() {
                    continue;
                }
                let asking: Vec<(&Period, Vec<Demand>)> = roster
                    .periods
                    .iter()
                    .map(|period| (period, period.demands_among(&roster.periods, unit, post)))
                    .collect();
                self.at_post(row, post, &asking);
            }
        }
    }

    fn at_post(&mut self, row: usize, post: Post, asking: &[(&'a Period, Vec<Demand>)]) {
        let (roster, laid_out) = (self.roster, self.laid_out);
        let several = asking
            .iter()
            .flat_map(|(_, demands)| demands)
            .any(|demand| demand.people > 1);
        // The two who are there longest of those before, different people.
        let mut top: Option<&Shift> = None;
        let mut second: Option<&Shift> = None;
        for shift in laid_out.shifts(row, post) {
            if !roster.people.is_empty() && laid_out.person(shift.person).is_none() {
                if let Some(left) = roster.left.get(&shift.person)
                    && left.since < shift.to
                    && self.is_wanted(shift)
                {
                    let span = (shift.from.max(left.since), shift.to);
                    self.find(Flaw::Ended, shift, span, Detail::None);
                }
                continue;
            }
            if self.is_wanted(shift) {
                let away: Vec<Span> = laid_out
                    .leave()
                    .within(shift.person, (shift.from, shift.to))
                    .collect();
                for span in away {
                    self.find(Flaw::Away, shift, span, Detail::None);
                }
            }
            let other = match top {
                Some(top) if top.person == shift.person => second,
                other => other,
            };
            if let Some(other) = other
                && shift.from < other.to
                && (self.is_wanted(shift) || self.is_wanted(other))
            {
                self.overlap(row, shift, other, several.then_some(asking));
            }
            match top {
                Some(known) if known.person == shift.person => {
                    if shift.to > known.to {
                        top = Some(shift);
                    }
                }
                Some(known) if shift.to > known.to => (top, second) = (Some(shift), top),
                Some(_) => {
                    if second.is_none_or(|known| shift.to > known.to) {
                        second = Some(shift);
                    }
                }
                None => top = Some(shift),
            }
            self.outside(shift, asking);
        }
    }

    /// A shift that begins while another person is still on the post.
    fn overlap(
        &mut self,
        row: usize,
        shift: &Shift,
        other: &Shift,
        asking: Option<&[(&'a Period, Vec<Demand>)]>,
    ) {
        let span = (shift.from, shift.to.min(other.to));
        let own = self.roster.period_of(shift);
        let own = self
            .roster
            .periods
            .iter()
            .find(|period| Some(period.id) == own);
        let wanted = own.map_or(i64::from(OVERLAP) * MINUTE, Period::wanted_overlap);
        let lasts = span.1.millis() - span.0.millis();
        if lasts <= wanted && shift.to > other.to {
            return;
        }
        let mut spans = vec![span];
        if let Some(asking) = asking {
            // Where several are asked, only more than that are too many.
            let mut cuts = vec![span.0, span.1];
            let demands = || asking.iter().flat_map(|(_, demands)| demands);
            cuts.extend(demands().flat_map(|demand| [demand.from, demand.to]));
            cuts.retain(|cut| span.0 <= *cut && *cut <= span.1);
            cuts.sort_unstable();
            cuts.dedup();
            let crowded = cuts.windows(2).flat_map(|part| {
                let asked = demands()
                    .filter(|demand| demand.from <= part[0] && part[0] < demand.to)
                    .map(|demand| demand.people)
                    .max()
                    .unwrap_or(1)
                    .max(1);
                counted(
                    self.laid_out.shifts(row, shift.post),
                    |shift| self.laid_out.there(shift).collect(),
                    (part[0], part[1]),
                    |count| count > asked,
                )
            });
            spans = joined(crowded.collect());
            // One of several leaves while another comes.
            spans.retain(|(from, to)| to.millis() - from.millis() > wanted);
        }
        // Who has leave is not there, and in nobody's way.
        let leave = self.laid_out.leave();
        let both = [shift, other].map(|one| leave.of(one.person));
        let spans: Vec<Span> = spans
            .into_iter()
            .flat_map(|span| without(span, both[0]))
            .flat_map(|span| without(span, both[1]))
            .collect();
        for span in spans {
            self.find(Flaw::Overlap, shift, span, Detail::Other(other.id));
        }
    }

    fn outside(&mut self, shift: &Shift, asking: &[(&'a Period, Vec<Demand>)]) {
        if !self.is_wanted(shift) {
            return;
        }
        let own = self.roster.period_of(shift);
        let Some(own) = self
            .roster
            .periods
            .iter()
            .find(|period| Some(period.id) == own)
        else {
            // Nobody asked for it, where periods say when somebody is asked for.
            if !self.roster.periods.is_empty() {
                self.find(Flaw::Outside, shift, (shift.from, shift.to), Detail::None);
            }
            return;
        };
        let before = (shift.from, shift.to.min(own.from));
        let after = (shift.from.max(own.to), shift.to);
        for (from, to) in [before, after] {
            let elsewhere = asking
                .iter()
                .any(|(period, _)| period.id != own.id && period.from <= from && to <= period.to);
            if from < to && !elsewhere {
                self.find(Flaw::Outside, shift, (from, to), Detail::None);
            }
        }
    }

    /// Where whoever stands on a post has leave and nobody is there in their place.
    pub(super) fn at_standing(&mut self) {
        let laid_out = self.laid_out;
        let leave = laid_out.leave();
        if leave.is_empty() {
            return;
        }
        let mut found = Vec::new();
        laid_out.standing_posts(self.only, |unit, post, people, span| {
            let parts = leave.standing_within(people, post, span).into_iter();
            let empty = parts.filter(|(person, _)| person.is_none());
            found.extend(
                empty
                    .filter(|(_, (from, _))| people.named(post, *from).is_some())
                    .map(|(_, (from, to))| {
                        let is_away = |one: &&Person| leave.is_away(one.id, from);
                        let own = people.named(post, from).filter(is_away);
                        let then = people.iter().filter(|one| one.is_one(from));
                        let mut away = then.map(|one| one.card).filter(is_away);
                        Finding {
                            flaw: Flaw::Away,
                            unit,
                            post,
                            person: own.or_else(|| away.next()).map(|one| one.id),
                            from,
                            to,
                            shift: None,
                            detail: Detail::None,
                        }
                    }),
            );
        });
        self.findings.append(&mut found);
    }
}
