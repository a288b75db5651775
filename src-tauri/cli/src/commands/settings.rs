//! What the book goes by.

use serde::Serialize;
use sotruc_core::Result;
use sotruc_core::profile::{Profile, Recipient};
use sotruc_core::setting::{FRESH_DAYS, OWN_PROFILE, PROFILE, RECIPIENT};

use super::{Answer, Desk};
use crate::args::Settings as Words;

#[derive(Serialize)]
struct View {
    key: String,
    value: String,
    /// Whether it is what is usual.
    usual: bool,
}

pub fn run(desk: &mut Desk, words: &Words) -> Result<Answer> {
    match words {
        Words::List => {
            let views = desk.read(|book, _| {
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
            desk.show(&views, &["field_key", "field_value"], |view, _| {
                vec![view.key.clone(), view.value.clone()]
            });
        }
        Words::Set { key, value } => {
            let wrote = desk.write(|write| write.set_setting(key, value))?;
            desk.wrote(wrote);
        }
        Words::Profile { file } => {
            let text = Profile::text_of(file)?;
            let key = desk.write(|write| write.add_profile(&text))?;
            desk.say(&key);
        }
    }
    Ok(Answer::Yes)
}
