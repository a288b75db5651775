//! What the book goes by.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::incident::notice::NoticesChanged;
use sotruc_core::incident::profile::Recipient;
use sotruc_core::office::setting::{FRESH_DAYS, OWN_PROFILE, PROFILE, RECIPIENT};

use super::{Answer, Terminal};
use crate::args::Settings as Words;

#[derive(Serialize)]
struct View {
    key: String,
    value: String,
    /// Whether it is what is usual.
    usual: bool,
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List => {
            let views = terminal.read(|book, _| {
                let (mut set, rules) = (book.settings()?, book.rules()?);
                set.retain(|key, _| !key.starts_with(OWN_PROFILE));
                let days = book.fresh()? / sotruc_core::clock::DAY;
                let mut usual = vec![
                    (PROFILE.to_owned(), rules.profile().key.clone()),
                    (FRESH_DAYS.to_owned(), days.to_string()),
                ];
                for recipient in Recipient::ALL {
                    let key = format!("{RECIPIENT}{}", recipient.key());
                    usual.push((key, rules.recipient(*recipient, None).name));
                }
                let mut views: Vec<View> = usual
                    .into_iter()
                    .map(|(key, value)| View {
                        usual: set.remove(&key).is_none(),
                        key,
                        value,
                    })
                    .collect();
                views.extend(set.into_iter().map(|(key, value)| View {
                    key,
                    value,
                    usual: false,
                }));
                Ok(views)
            })?;
            terminal.show(&views, &["field_key", "field_value"], |view, _| {
                vec![view.key.clone(), view.value.clone()]
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
