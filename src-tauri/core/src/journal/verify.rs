//! Whether a site's journal is as it was written: hashes, gaps, seals.

use super::{Change, Hash, Record, SiteOpening, seal_holds};
use crate::id::SiteId;
use crate::word::words;

words! {
    /// What is wrong with a record.
    Fault, "fault" {
        /// Records are gone before the next one.
        Missing = "missing",
        /// A record or its hash was changed.
        Altered = "altered",
        /// The last record has no seal.
        Unsealed = "unsealed",
        /// A seal was changed, taken out or made with another key.
        SealBroken = "seal_broken",
        /// The site's first record does not carry its key.
        KeyMismatch = "key_mismatch",
        /// A record's body cannot be understood.
        Unreadable = "unreadable",
        /// The numbers of the log's lines have a gap.
        NumberGap = "number_gap",
        /// The tables are not what the journal says.
        TablesDiffer = "tables_differ",
        /// The book does not contain the head it was compared with.
        HeadMissing = "head_missing",
        /// The book lacks what this site grew from.
        ParentMissing = "parent_missing",
        /// The file is damaged below the journal.
        Corrupt = "corrupt",
        /// A file that a line names is not beside the book.
        FileMissing = "file_missing",
        /// A file that a line names is not what it was.
        FileAltered = "file_altered",
        /// This computer has seen later records than the book has.
        RolledBack = "rolled_back",
    }
}

/// Walks one site's records from the first to the last.
pub(crate) struct Chain {
    site: SiteId,
    next: u64,
    /// Hashes that may stand before the next record; none when that record cannot be checked.
    before: Vec<Hash>,
    key: Option<[u8; 32]>,
    sealed: u64,
    /// Whether every seal is checked, or only the last.
    every_seal: bool,
    last: Option<Record>,
}

impl Chain {
    /// The whole journal of a site.
    pub(crate) fn whole(site: SiteId, every_seal: bool) -> Self {
        Self {
            site,
            next: 1,
            before: vec![Hash::NONE],
            key: None,
            sealed: 0,
            every_seal,
            last: None,
        }
    }

    /// The end of a journal: `first` is taken as it stands, what follows is checked.
    pub(crate) fn tail(
        site: SiteId,
        birth: Option<&SiteOpening>,
        first: &Record,
        sealed_before: u64,
    ) -> Self {
        Self {
            site,
            next: first.seq,
            before: Vec::new(),
            key: birth
                .and_then(SiteOpening::key)
                .filter(|key| SiteId::of_key(key) == site),
            sealed: sealed_before,
            every_seal: false,
            last: None,
        }
    }

    /// Checks the next record; `body` is its body when somebody has read it already.
    pub(crate) fn take(
        &mut self,
        record: Record,
        well_formed: bool,
        mut fault: impl FnMut(u64, Fault),
    ) {
        let seq = record.seq;
        if seq != self.next {
            fault(self.next, Fault::Missing);
            self.before.clear();
        }
        let wanted: Vec<Hash> = self
            .before
            .iter()
            .map(|prev| record.hash_after(prev))
            .collect();
        let holds = wanted.is_empty() || wanted.contains(&record.hash);
        self.before = vec![record.hash];
        if !holds || !well_formed {
            fault(seq, Fault::Altered);
            self.before.extend(wanted.first());
        }
        if seq == 1 {
            let birth = match record.body().map(|body| body.change) {
                Some(Change::Site(birth)) => birth.key(),
                _ => None,
            };
            self.key = birth.filter(|key| SiteId::of_key(key) == self.site);
            if self.key.is_none() {
                fault(seq, Fault::KeyMismatch);
            }
        }
        self.next = seq + 1;
        if let Some(last) = self.last.replace(record)
            && last.seal.is_some()
        {
            if self.every_seal {
                self.check_seal(&last, &mut fault);
            }
            self.sealed = last.seq;
        }
    }

    /// Ends the walk: the last record must be sealed.
    pub(crate) fn end(mut self, mut fault: impl FnMut(u64, Fault)) {
        match self.last.take() {
            Some(last) if last.seal.is_some() => self.check_seal(&last, &mut fault),
            Some(last) => fault(last.seq, Fault::Unsealed),
            None => {}
        }
    }

    fn check_seal(&self, record: &Record, fault: &mut impl FnMut(u64, Fault)) {
        let Some(seal) = &record.seal else {
            return;
        };
        let Some(key) = &self.key else {
            return fault(record.seq, Fault::KeyMismatch);
        };
        if !seal_holds(key, self.sealed + 1, record.seq, &record.hash, seal) {
            fault(record.seq, Fault::SealBroken);
        }
    }
}
