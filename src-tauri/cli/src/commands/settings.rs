//! What the book goes by.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::incident::notice::NoticesChanged;
use sotruc_core::views::rules::{self, RuleRow};

use super::{Answer, Terminal};
use crate::args::Settings as Words;

#[derive(Serialize)]
struct View {
    key: String,
    value: String,
    /// Whether it is what is usual.
    usual: bool,
    /// The profiles in force, where that is what it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    profiles: Option<Vec<String>>,
}

impl From<RuleRow> for View {
    fn from(row: RuleRow) -> Self {
        Self {
            key: row.key,
            value: row.value,
            usual: row.usual,
            profiles: row.profiles,
        }
    }
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List => {
            let rows = terminal.read(rules::list)?;
            let views: Vec<View> = rows.into_iter().map(View::from).collect();
            terminal.show(&views, &["field_key", "field_value"], |view, say| {
                let value = match view.value.as_str() {
                    "" => say.text("ui_no_limit"),
                    value => value,
                };
                vec![view.key.clone(), value.to_owned()]
            });
        }
        Words::Set { key, value } => {
            let (wrote, notices) = terminal.write(|write| write.set_setting(key, value))?;
            terminal.wrote(wrote);
            tell(terminal, notices);
        }
        Words::Profile { file } => {
            let text = sotruc_core::office::setting::profile_text(file)?;
            let (key, notices) = terminal.write(|write| write.add_profile(&text))?;
            terminal.say(&key);
            tell(terminal, notices);
        }
    }
    Ok(Answer::Yes)
}

fn tell(terminal: &Terminal, notices: NoticesChanged) {
    if notices.gone > 0 {
        terminal.note("out_notices_gone", &[("count", notices.gone.to_string())]);
    }
    if notices.come > 0 {
        terminal.note("out_notices_come", &[("count", notices.come.to_string())]);
    }
}
