//! Who writes in the book.

use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

use super::person::PersonRef;
use crate::error::Result;
use crate::id::OperatorId;
use crate::office::operator::Operator;
use crate::store::Reader;

/// Somebody who writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OperatorRow {
    /// Their identity.
    pub id: OperatorId,
    /// The name under which they write.
    pub name: String,
    /// The person of the directory they are, off the list too.
    pub person: Option<PersonRef>,
    /// Whether that person is still on the list.
    pub listed: bool,
}

/// Who may be chosen to write, in the order in which they first wrote.
///
/// # Errors
/// Those of the store.
pub fn list(book: Reader<'_>) -> Result<Vec<OperatorRow>> {
    let cards = book.all_cards()?;
    let cards: HashMap<_, _> = cards.iter().map(|card| (card.id, card)).collect();
    let row = |operator: Operator| {
        let card = operator.person.and_then(|id| cards.get(&id));
        OperatorRow {
            id: operator.id,
            name: operator.name,
            person: card.map(|card| PersonRef::from(*card)),
            listed: card.is_some_and(|card| !card.removed),
        }
    };
    Ok(book.operators()?.into_iter().map(row).collect())
}
