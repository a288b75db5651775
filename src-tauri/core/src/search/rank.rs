//! The best of many.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Found;

/// What a find is worth. Of equal ones what is listed sooner comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    points: u32,
    /// What it is, its place among those, and by what number it is known.
    listed: Reverse<(Found, u128, u32)>,
}

impl Rank {
    pub(super) fn new(points: u32, kind: Found, place: u128, number: u32) -> Self {
        Self {
            points,
            listed: Reverse((kind, place, number)),
        }
    }

    pub(super) fn kind(&self) -> Found {
        self.listed.0.0
    }

    pub(super) fn number(&self) -> u32 {
        self.listed.0.2
    }
}

/// So many finds at most, the best of those seen.
pub(super) struct TopHits {
    limit: usize,
    /// The least of them on top.
    kept: BinaryHeap<Reverse<Rank>>,
}

impl TopHits {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: BinaryHeap::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    pub(super) fn see(&mut self, worth: Rank) {
        if self.kept.len() < self.limit {
            self.kept.push(Reverse(worth));
        } else if let Some(mut least) = self.kept.peek_mut()
            && worth > least.0
        {
            *least = Reverse(worth);
        }
    }

    /// TopHits first.
    pub(super) fn in_order(self) -> impl Iterator<Item = Rank> {
        self.kept.into_sorted_vec().into_iter().map(|worth| worth.0)
    }
}
