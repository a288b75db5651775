//! The spans for which a rota seeks somebody.

use super::fair::Open;
use crate::clock::{Instant, joined};
use crate::duty::calendar::Calendar;
use crate::duty::coverage::LaidOut;
use crate::duty::period::Post;
use crate::duty::stood::Stood;
use crate::id::PersonId;

impl Open {
    fn new(post: Post, span: (Instant, Instant), calendar: &Calendar) -> Self {
        Self {
            post,
            from: span.0,
            to: span.1,
            stood: Stood::of(&[vec![span]], calendar),
        }
    }
}

/// The spans in which a post still misses people, each as often as it misses them.
pub(super) fn missing(
    laid_out: &LaidOut<'_>,
    row: usize,
    post: Post,
    (from, to): (Instant, Instant),
    asked: usize,
    calendar: &Calendar,
) -> Vec<Open> {
    let mut held: Vec<(PersonId, Instant, Instant)> = laid_out
        .shifts(row, post)
        .flat_map(|shift| {
            // Whoever stands there by hand and has leave then is missed.
            let there = laid_out.there(shift);
            let cut = there.map(|(begin, end)| (begin.max(from), end.min(to)));
            let cut = cut.filter(|(begin, end)| begin < end);
            cut.map(|(begin, end)| (shift.person, begin, end))
        })
        .collect();
    held.sort_unstable();
    let mut cuts: Vec<Instant> = held
        .iter()
        .flat_map(|(_, begin, end)| [*begin, *end])
        .collect();
    cuts.extend([from, to]);
    cuts.sort_unstable();
    cuts.dedup();
    let mut missing = Vec::new();
    for level in 0..asked {
        let short = cuts.windows(2).filter(|part| {
            let mut there: Vec<PersonId> = held
                .iter()
                .filter(|(_, begin, end)| *begin <= part[0] && part[0] < *end)
                .map(|(person, ..)| *person)
                .collect();
            there.dedup();
            there.len() + level < asked
        });
        let spans = joined(short.map(|part| (part[0], part[1])).collect());
        missing.extend(
            spans
                .into_iter()
                .map(|(from, to)| Open::new(post, (from, to), calendar)),
        );
    }
    missing
}
