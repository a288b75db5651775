//! What every noun is to the book: a kind with an identity, and fields that are columns.

use serde::Serialize;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::book::import::Altered;
use crate::journal::Kind;
use crate::store;

/// What a put did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrote {
    /// The noun is new.
    New,
    /// Some of its fields changed.
    Changed,
    /// It was so already; nothing was written.
    Same,
}

/// A noun that is set field by field.
pub(crate) trait Noun: Serialize {
    const KIND: Kind;
    fn uuid(&self) -> Uuid;
}

/// A noun that is put as it is given, by whatever verb; others have a door of their own.
pub(crate) trait Direct: Noun {}

macro_rules! nouns {
    (put { $($direct:ty = $its:ident,)* } by_door { $($behind:ty = $kind:ident,)* }) => {
        nouns! { $($direct = $its,)* $($behind = $kind,)* }
        $(impl Direct for $direct {})*
    };
    ($($noun:ty = $kind:ident,)*) => {
        $(impl Noun for $noun {
            const KIND: Kind = Kind::$kind;
            fn uuid(&self) -> Uuid {
                self.id.0
            }
        })*
    };
}

/// Every noun, given to a macro.
macro_rules! all_nouns {
    ($act:ident) => {
        $act! {
            put {
                crate::directory::unit::Unit = Unit,
                crate::directory::person::Person = Person,
                crate::duty::period::Period = Period,
                crate::incident::Incident = Incident,
                crate::submission::Submission = Submission,
                crate::office::operator::Operator = Operator,
                crate::submission::reminder::Reminder = Reminder,
                crate::directory::drill::Drill = Drill,
                crate::incident::notice::Notice = Notice,
                crate::office::setting::Setting = Setting,
                crate::log::handover::Handover = Handover,
                crate::duty::finding::Acceptance = Acceptance,
                crate::duty::sheet::DutySheet = DutySheet,
                crate::submission::arrival::Arrival = Arrival,
            }
            // `duty/shift/write/door.rs` is the door.
            by_door {
                crate::duty::shift::Shift = Shift,
            }
        }
    };
}

all_nouns!(nouns);

/// The fields of a noun, in the order of its columns.
pub(super) fn fields<N: Noun>(noun: &N) -> Vec<Json> {
    let mut given = match serde_json::to_value(noun) {
        Ok(Json::Object(fields)) => fields,
        _ => Map::new(),
    };
    let columns = store::columns(N::KIND).iter();
    columns
        .map(|(name, _)| given.remove(*name).unwrap_or_default())
        .collect()
}

/// What a noun changes of what was read of it, as `Writing::put_telling` would tell.
pub(super) fn changes<N: Noun>(noun: &N, known: &N) -> (Wrote, Vec<Altered>) {
    let both = fields(known).into_iter().zip(fields(noun));
    let columns = store::columns(N::KIND).iter();
    let altered: Vec<Altered> = columns
        .zip(both)
        .filter(|((_, column), (old, new))| column.store(old) != column.store(new))
        .map(|((field, _), (old, new))| Altered { field, old, new })
        .collect();
    match altered.is_empty() {
        true => (Wrote::Same, altered),
        false => (Wrote::Changed, altered),
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::Error as Seen;
    use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
    use std::collections::BTreeSet;

    use super::{Kind, store};
    use crate::incident::Incident;

    /// Notes what fields somebody asks for, and gives none.
    struct Asked<'a>(&'a mut Vec<String>);

    impl<'de> Deserializer<'de> for Asked<'_> {
        type Error = Seen;

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Seen> {
            self.0
                .extend(fields.iter().map(|field| (*field).to_owned()));
            Err(Seen::custom("nothing is there"))
        }

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Seen> {
            Err(Seen::custom("nothing is there"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
            option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
            ignored_any
        }
    }

    /// The fields of every noun, as they are written.
    macro_rules! fields_of_nouns {
        (put { $($direct:ty = $its:ident,)* } by_door { $($behind:ty = $kind:ident,)* }) => {
            [
                $((Kind::$its, fields_of::<$direct>()),)*
                $((Kind::$kind, fields_of::<$behind>()),)*
            ]
        };
    }

    fn fields_of<T: DeserializeOwned>() -> Vec<String> {
        let mut fields = Vec::new();
        let nothing = T::deserialize(Asked(&mut fields));
        assert!(nothing.is_err());
        fields
    }

    /// An incident of which little is known.
    fn incident() -> serde_json::Value {
        let id = uuid::Uuid::nil();
        let known = serde_json::json!({
            "id": id, "number": "", "title": "", "unit": id, "type": "T01", "status": "new",
            "detected_at": 0, "answers": [], "units": [], "related": [], "confidential": false,
            "removed": false,
        });
        let known: Incident = serde_json::from_value(known).expect("its fields");
        serde_json::to_value(known).expect("plain data")
    }

    #[test]
    fn every_field_of_a_noun_has_a_column() {
        let nouns = all_nouns!(fields_of_nouns);
        assert_eq!(nouns.len(), Kind::ALL.len(), "every kind is a noun");
        for (kind, mut fields) in nouns {
            fields.retain(|field| field != "id");
            let mut columns: BTreeSet<String> = store::columns(kind)
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect();
            if kind == Kind::Incident {
                // Its facts stand among its own fields: only one that is there tells their names.
                let serde_json::Value::Object(told) = incident() else {
                    panic!("an incident is an object");
                };
                fields = told.into_iter().map(|(name, _)| name).collect();
                fields.retain(|field| field != "id");
            }
            for field in fields {
                assert!(
                    columns.remove(&field),
                    "{} has no column {field}",
                    kind.key()
                );
            }
            assert_eq!(
                columns,
                BTreeSet::new(),
                "{} has no such fields",
                kind.key()
            );
        }
    }
}
