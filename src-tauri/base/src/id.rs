//! Identities as types, so that the compiler refuses a person where a unit is meant.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::{Builder, Uuid};

use crate::clock::{Hlc, Instant};

/// A UUIDv7 that sorts as the clock of its making.
///
/// `random` fills what the clock leaves free.
pub fn uuid_at(hlc: Hlc, random: [u8; 8]) -> Uuid {
    let [count_high, count_low] = hlc.count().to_be_bytes();
    let count = u16::from_be_bytes([count_high, count_low]);
    let mut free = [0; 10];
    free[0] = (count >> 12) as u8;
    free[1] = (count >> 4) as u8;
    free[2] = ((count & 0xf) as u8) << 2 | random[0] & 3;
    free[3..].copy_from_slice(&random[1..]);
    Builder::from_unix_timestamp_millis(hlc.millis(), &free).into_uuid()
}

/// An id that follows from what it stands for, the same at every site.
pub fn uuid_of(context: &str, parts: &[Uuid]) -> Uuid {
    let mut hasher = blake3::Hasher::new_derive_key(context);
    for part in parts {
        hasher.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// [`uuid_of`] a text.
pub fn uuid_of_text(context: &str, text: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::derive_key(context, text.as_bytes())[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[derive(specta::Type)]
        pub struct $name(#[specta(type = String)] pub Uuid);

        impl $name {
            /// When it was made, as the clock said; of an id that follows from something, the first
            /// moment there is.
            #[must_use]
            pub fn made_at(self) -> Instant {
                let bytes = self.0.as_bytes();
                let millis = bytes[..6].iter().fold(0, |sum, byte| sum << 8 | i64::from(*byte));
                Instant::from_millis(match self.0.get_version_num() {
                    7 => millis,
                    _ => i64::MIN,
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

ids! {
    /// A unit.
    UnitId,
    /// A person.
    PersonId,
    /// A period.
    PeriodId,
    /// A shift.
    ShiftId,
    /// An incident.
    IncidentId,
    /// What a unit owes for a period.
    SubmissionId,
    /// Somebody who writes in the book.
    OperatorId,
    /// A word to a unit that owes.
    ReminderId,
    /// A call that tells whether a number answers.
    DrillId,
    /// Somebody to be told of an incident.
    NoticeId,
    /// What the book goes by.
    SettingId,
    /// A watch that changed hands.
    HandoverId,
    /// A finding that was accepted.
    AcceptanceId,
    /// A duty sheet that was printed.
    DutySheetId,
    /// A list of people that came.
    ArrivalId,
}

/// Hashes ids, of which the last bytes are random already.
pub type IdHash = std::hash::BuildHasherDefault<IdHasher>;

/// See [`IdHash`].
#[derive(Debug, Default, Clone, Copy)]
pub struct IdHasher(u64);

impl std::hash::Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word))
                .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A site: the first 16 bytes of a hash of its public key, so that nobody can put another key
/// under a site's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(pub [u8; 16]);

impl SiteId {
    /// The id that belongs to a public key.
    #[must_use]
    pub fn of_key(public_key: &[u8; 32]) -> Self {
        let hash = blake3::derive_key("so-truc site id", public_key);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        Self(id)
    }
}

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for SiteId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        unhex(text).map(Self).ok_or(())
    }
}

/// Bytes as lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hexadecimal back to exactly `N` bytes.
#[must_use]
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks(2)) {
        let digit = |c: u8| (c as char).to_digit(16);
        *byte = (digit(pair[0])? << 4 | digit(pair[1])?) as u8;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;

    #[test]
    fn ids_sort_as_their_clocks() {
        let mut hlc = Hlc::after(None, Instant::from_millis(1_463_900_000_000));
        let mut last = uuid_at(hlc, [0xff; 8]);
        for _ in 0..70_000 {
            hlc = Hlc::after(Some(hlc), Instant::from_millis(1_463_900_000_000));
            let id = uuid_at(hlc, [0; 8]);
            assert!(id > last, "{id} must sort after {last}");
            assert_eq!(id.get_version_num(), 7);
            last = id;
        }
    }
}
