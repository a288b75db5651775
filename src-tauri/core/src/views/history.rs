//! What was written about a noun.

use serde::Serialize;
use specta::Type;

use super::names::Names;
use crate::clock::Instant;
use crate::id::{IncidentId, OperatorId, UnitId};
use crate::store::FieldChange;
use crate::text::Phone;

/// A value that a field took.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ChangeRow {
    /// When.
    pub recorded_at: Instant,
    /// By whom.
    pub author: String,
    /// The field, by its stable name.
    pub field: String,
    /// The value as people read it, where it is not the stable name of a known value.
    pub value: Option<String>,
    /// The line of the journal: site and record.
    pub record: String,
    /// The value as it is stored.
    #[serde(skip)]
    pub stored: serde_json::Value,
    /// The code of the site that wrote it.
    #[serde(skip)]
    pub site: String,
    /// The number of its record there.
    #[serde(skip)]
    pub seq: u64,
}

impl Names {
    /// What was written about a noun, newest first.
    #[must_use]
    pub fn history(&self, changes: Vec<FieldChange>) -> Vec<ChangeRow> {
        changes
            .into_iter()
            .rev()
            .map(|change| ChangeRow {
                value: self.shown(&change.field, &change.value),
                recorded_at: change.recorded_at,
                author: change.author,
                field: change.field,
                record: format!("{}:{}", change.site, change.seq),
                stored: change.value,
                site: change.site,
                seq: change.seq,
            })
            .collect()
    }

    /// A value as people read it. The stable names of known values stay: the page has words.
    #[must_use]
    pub fn shown(&self, field: &str, value: &serde_json::Value) -> Option<String> {
        use serde_json::Value as Json;
        match value {
            Json::Null => None,
            Json::String(id) if matches!(field, "unit" | "parent" | "succeeded_by") => {
                Some(match id.parse().map(UnitId) {
                    Ok(id) => self
                        .unit(id)
                        .map_or_else(|| "?".to_owned(), |unit| unit.name),
                    // What is not written yet is told by its name.
                    Err(_) => id.clone(),
                })
            }
            Json::String(id) if field == "owner" => Some(id.parse().map_or_else(
                |_| id.clone(),
                |id| self.operator(OperatorId(id)).to_owned(),
            )),
            Json::String(text) => Some(match field {
                "landline" => phone(text),
                _ => text.clone(),
            }),
            Json::Array(spans) if field == "away" => {
                let at = |at: &Json| at.as_i64().map(Instant::from_millis);
                let span = |span: &Json| Some(span_text(at(&span[0])?, at(&span[1])?));
                Some(spans.iter().filter_map(span).collect::<Vec<_>>().join("; "))
            }
            Json::Array(items) => {
                let items = items.iter().filter_map(Json::as_str);
                let named = items.map(|text| match (field, text.parse()) {
                    ("mobiles", _) => phone(text),
                    ("units", Ok(id)) => self
                        .unit(UnitId(id))
                        .map_or_else(|| "?".to_owned(), |unit| unit.name),
                    ("related", Ok(id)) => {
                        let number = self.incidents.get(&IncidentId(id));
                        number.cloned().unwrap_or_else(|| "?".to_owned())
                    }
                    _ => text.to_owned(),
                });
                Some(named.collect::<Vec<_>>().join("; "))
            }
            Json::Number(millis) if field.ends_with("_at") => millis
                .as_i64()
                .map(|at| Instant::from_millis(at).to_string()),
            other => Some(other.to_string()),
        }
    }
}

/// Whole days as days, the last of them included; other spans with their hours.
fn span_text(from: Instant, to: Instant) -> String {
    if from.midnight() != from || to.midnight() != to {
        return format!("{from} – {to}");
    }
    let (first, last) = (from.day(), to.plus(-1).day());
    if first == last {
        first
    } else {
        format!("{first} – {last}")
    }
}

fn phone(digits: &str) -> String {
    Phone::read(digits).map_or_else(|_| digits.to_owned(), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leave_is_told_in_days() {
        let at = |text: &str| Instant::parse(text).expect("a time");
        let told = |from: &str, to: &str| span_text(at(from), at(to));
        assert_eq!(
            told("01/12/2026 00:00", "05/12/2026 00:00"),
            "01/12/2026 – 04/12/2026"
        );
        assert_eq!(told("01/12/2026 00:00", "02/12/2026 00:00"), "01/12/2026");
        assert_eq!(
            told("01/12/2026 08:00", "02/12/2026 00:00"),
            "01/12/2026 08:00 – 02/12/2026 00:00"
        );
    }
}
