//! Changes taken back, and done again.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::{ChangePart, Logbook, OwnChange, Result, Standing, Undone};

use super::{Answer, Terminal};
use crate::show::moment;

pub fn undo(terminal: &mut Terminal, id: Option<u64>) -> Result<Answer> {
    let undone = terminal.write(|write| match id {
        Some(id) => write.undo_change(id),
        None => write.undo(),
    })?;
    tell(terminal, "out_undone", undone)
}

pub fn redo(terminal: &mut Terminal, id: Option<u64>) -> Result<Answer> {
    let done = terminal.write(|write| write.redo(id))?;
    tell(terminal, "out_redone", done)
}

fn tell(terminal: &mut Terminal, key: &str, undone: Undone) -> Result<Answer> {
    let counts: Vec<String> = undone
        .nouns
        .iter()
        .map(|(kind, count)| format!("{count} {}", terminal.say.value("count", kind.key())))
        .collect();
    let what = match undone.name {
        Some(name) => format!("{} “{name}”", counts.join(", ")),
        None => counts.join(", "),
    };
    terminal.say_with(key, &[("when", undone.made.to_string()), ("what", what)]);
    Ok(Answer::Yes)
}

#[derive(Serialize)]
struct ChangeView {
    id: u64,
    #[serde(serialize_with = "moment")]
    made: Instant,
    parts: Vec<ChangePart>,
    names: Vec<String>,
    more: usize,
    standing: Standing,
}

impl From<OwnChange> for ChangeView {
    fn from(change: OwnChange) -> Self {
        Self {
            id: change.id,
            made: change.made,
            parts: change.parts,
            names: change.names,
            more: change.more,
            standing: change.standing,
        }
    }
}

pub fn list(terminal: &mut Terminal, limit: usize) -> Result<Answer> {
    let operator = terminal.operator();
    let book = Logbook::open(&terminal.store(), &Terminal::installation())?;
    let changes = book.own_changes(&operator, limit)?;
    let views: Vec<ChangeView> = changes.into_iter().map(ChangeView::from).collect();
    let headings = [
        "field_id",
        "field_made",
        "field_change",
        "field_names",
        "field_standing",
    ];
    terminal.show(&views, &headings, |change, say| {
        let parts = change.parts.iter().map(|part| {
            let did = say.value("did", part.did.key());
            format!(
                "{did} {} {}",
                part.count,
                say.value("count", part.kind.key())
            )
        });
        vec![
            change.id.to_string(),
            change.made.to_string(),
            parts.collect::<Vec<_>>().join(", "),
            change.names.join(", "),
            say.value("standing", change.standing.key()),
        ]
    });
    Ok(Answer::Yes)
}
