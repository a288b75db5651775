//! Notices that are not told again for a while.

use std::collections::HashMap;

use super::Snooze;
use crate::clock::Instant;
use crate::error::Result;
use crate::id::NoticeId;
use crate::office::setting::SNOOZE;
use crate::store::Reader;

impl Reader<'_> {
    /// What is not told again for a while, and why; it may be over.
    ///
    /// # Errors
    /// Those of the store.
    pub fn snoozes(self) -> Result<HashMap<NoticeId, Snooze>> {
        let settings = self.settings()?.into_iter();
        let read = |(key, value): (String, String)| {
            let id = key.strip_prefix(SNOOZE)?.parse().map(NoticeId).ok()?;
            let (until, reason) = value.split_once(' ')?;
            let snooze = Snooze {
                until: until.parse().map(Instant::from_millis).ok()?,
                reason: reason.to_owned(),
            };
            Some((id, snooze))
        };
        Ok(settings.filter_map(read).collect())
    }
}
