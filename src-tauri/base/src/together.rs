//! Things of which some belong together, told pair by pair.

/// So many things by their places, each alone at first.
#[derive(Debug, Clone)]
pub struct Together {
    /// Each leads to one before it that it belongs to, the first of them to itself.
    leads: Vec<u32>,
}

impl Together {
    /// So many things, each alone.
    #[must_use]
    pub fn alone(count: usize) -> Self {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            leads: (0..count).collect(),
        }
    }

    /// Says that two belong together, and with them all that belong to either.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.leads[a.max(b) as usize] = a.min(b);
    }

    /// The first of those that one belongs to.
    #[must_use]
    pub fn first(&self, mut at: u32) -> u32 {
        while self.leads[at as usize] != at {
            at = self.leads[at as usize];
        }
        at
    }

    /// The first of those that each belongs to, by place.
    #[must_use]
    pub fn firsts(&self) -> Vec<u32> {
        let count = u32::try_from(self.leads.len()).unwrap_or(u32::MAX);
        (0..count).map(|at| self.first(at)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_one_belongs_to_all() {
        let check = |pairs: &[(u32, u32)], expect: [u32; 5]| {
            let mut together = Together::alone(5);
            for (a, b) in pairs {
                together.join(*a, *b);
            }
            assert_eq!(together.firsts(), expect, "{pairs:?}");
        };
        check(&[], [0, 1, 2, 3, 4]);
        check(&[(3, 1)], [0, 1, 2, 1, 4]);
        check(&[(4, 3), (1, 2), (2, 4)], [0, 1, 1, 1, 1]);
        check(&[(1, 1), (0, 4), (4, 0)], [0, 1, 2, 3, 0]);
    }
}
