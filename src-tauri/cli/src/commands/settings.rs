//! What the book goes by.

use serde::Serialize;
use sotruc_core::id::NoticeId;
use sotruc_core::incident::profile::Recipient;
use sotruc_core::office::setting::{FRESH_DAYS, OWN_PROFILE, PROFILE, RECIPIENT};
use sotruc_core::{Result, Writing};
use std::collections::HashSet;

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
            let (wrote, gone) =
                terminal.write(|write| gone(write, |write| write.set_setting(key, value)))?;
            terminal.wrote(wrote);
            tell_gone(terminal, gone);
        }
        Words::Profile { file } => {
            let text = sotruc_core::office::setting::profile_text(file)?;
            let (key, gone) =
                terminal.write(|write| gone(write, |write| write.add_profile(&text)))?;
            terminal.say(&key);
            tell_gone(terminal, gone);
        }
    }
    Ok(Answer::Yes)
}

/// Changes what the book goes by; and how many notices that were owed are not any more.
fn gone<T>(
    write: &mut Writing<'_>,
    change: impl FnOnce(&mut Writing<'_>) -> Result<T>,
) -> Result<(T, usize)> {
    let now = write.now();
    let owed = |write: &Writing<'_>| -> Result<HashSet<NoticeId>> {
        let notices = write.notices()?.into_iter();
        let open = notices.filter(|notice| notice.is_open(now));
        Ok(open.map(|notice| notice.id).collect())
    };
    let before = owed(write)?;
    let done = change(write)?;
    let after = owed(write)?;
    Ok((done, before.difference(&after).count()))
}

fn tell_gone(terminal: &Terminal, gone: usize) {
    if gone > 0 {
        terminal.note("out_notices_gone", &[("count", gone.to_string())]);
    }
}
