//! Words that only take known values, such as a group or a severity.

use crate::error::Result;

/// A word that only takes known values.
pub trait Word: Copy + 'static {
    /// Every value, in the order in which people list them.
    const ALL: &'static [Self];

    /// What it is the value of; also the key of its messages.
    const FIELD: &'static str;

    /// The stable name.
    fn key(self) -> &'static str;

    /// The value of this stable name, in any case.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`](crate::Code::ValueUnknown), naming the known ones.
    fn parse(given: &str) -> Result<Self>;
}

/// Makes an enum whose values have stable names, for the journal and for machines.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $field:literal {
        $($(#[$value_doc:meta])* $value:ident = $key:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[derive(specta::Type)]
        pub enum $name {
            $($(#[$value_doc])* #[serde(rename = $key)] $value,)*
        }

        impl $name {
            /// Every value, in the order in which people list them.
            pub const ALL: &[Self] = &[$(Self::$value,)*];

            /// What it is the value of; also the key of its messages.
            pub const FIELD: &str = $field;

            /// The stable name.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$value => $key,)* }
            }

            /// The value of this stable name, in any case.
            ///
            /// # Errors
            /// [`Code::ValueUnknown`](sotruc_base::error::Code::ValueUnknown), naming the known ones.
            pub fn parse(given: &str) -> $crate::error::Result<Self> {
                let wanted = given.trim();
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.key().eq_ignore_ascii_case(wanted))
                    .ok_or_else(|| {
                        let known: Vec<&str> = Self::ALL.iter().map(|value| value.key()).collect();
                        $crate::error::Error::new($crate::error::Code::ValueUnknown)
                            .with("field", $field)
                            .with("given", given)
                            .with("known", known.join(", "))
                    })
            }
        }

        impl $crate::word::Word for $name {
            const ALL: &'static [Self] = Self::ALL;
            const FIELD: &'static str = Self::FIELD;

            fn key(self) -> &'static str {
                Self::key(self)
            }

            fn parse(given: &str) -> $crate::error::Result<Self> {
                Self::parse(given)
            }
        }
    };
}

pub use crate::words;
