//! Search.

use sotruc_core::Result;
use sotruc_core::search::Found;

use super::{Answer, Terminal};

pub fn run(terminal: &mut Terminal, words: &[String]) -> Result<Answer> {
    let hits = terminal.read(|book, now| book.search(&words.join(" "), now))?;
    terminal.show(
        &hits,
        &["field_found", "field_title_of", "field_detail"],
        |hit, say| {
            vec![
                say.value(Found::FIELD, hit.kind.key()),
                hit.title.clone(),
                hit.detail.clone(),
            ]
        },
    );
    Ok(Answer::Yes)
}
