//! What the book goes by, in the settings.

use serde::Serialize;
use sotruc_core::clock::{DAY, HOUR};
use sotruc_core::id::UnitId;
use sotruc_core::incident::notice::NoticesChanged;
use sotruc_core::incident::profile::{Profile, Recipient, Said};
use sotruc_core::{Error, write_beside};
use specta::Type;
use tauri::AppHandle;

use super::Shared;
use crate::dialogs;
use crate::ipc_error::{Answer, Refusal};

/// What the book goes by.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RulesPage {
    /// The profile in force.
    pub profile: String,
    /// The profiles there are.
    pub profiles: Vec<ProfileCard>,
    /// Who is meant by the recipients.
    pub recipients: Vec<RecipientRow>,
    /// For how many days an answered call counts.
    pub fresh_days: u32,
    /// How many hours people work at a stretch at most.
    pub stretch_hours: u32,
    /// How many they rest at least between two shifts.
    pub rest_hours: u32,
    /// How many they work in a week at most; `null` for no limit.
    pub week_hours: Option<u32>,
    /// Lines that recur.
    pub templates: Vec<String>,
}

/// A profile.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProfileCard {
    /// Its stable name.
    pub key: String,
    /// What people call it.
    pub name: Said,
    /// What is to be sent, to whom, within how many minutes; 0 is at once.
    pub notices: Vec<(Said, Vec<Recipient>, i32)>,
}

/// Who is meant by a recipient.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RecipientRow {
    /// The recipient.
    pub recipient: Recipient,
    /// The unit that is meant, when it is one of the directory.
    pub unit: Option<UnitId>,
    /// What it is called here.
    pub name: String,
    /// Whether that was said, and is not what is usual.
    pub set: bool,
}

impl From<&Profile> for ProfileCard {
    fn from(profile: &Profile) -> Self {
        let notices = profile.notices.iter();
        Self {
            key: profile.key.clone(),
            name: profile.name.clone(),
            notices: notices
                .map(|rule| {
                    let minutes = i32::try_from(rule.within_minutes).unwrap_or(i32::MAX);
                    (rule.name.clone(), rule.to.clone(), minutes)
                })
                .collect(),
        }
    }
}

/// What the book goes by.
#[tauri::command]
#[specta::specta]
pub async fn rules(app_state: Shared<'_>) -> Answer<RulesPage> {
    app_state
        .read(|book, _| {
            let (rules, limits) = (book.rules()?, book.limits()?);
            let hours = |millis: i64| u32::try_from(millis / HOUR).unwrap_or_default();
            let recipients = Recipient::ALL.iter().map(|&recipient| {
                let told = rules.recipient(recipient, None);
                RecipientRow {
                    recipient,
                    unit: told.unit,
                    name: told.name,
                    set: rules.says(recipient),
                }
            });
            Ok(RulesPage {
                profile: rules.profile().key.clone(),
                profiles: rules.profiles.iter().map(ProfileCard::from).collect(),
                recipients: recipients.collect(),
                fresh_days: u32::try_from(book.fresh()? / DAY).unwrap_or_default(),
                stretch_hours: hours(limits.stretch),
                rest_hours: hours(limits.rest),
                week_hours: limits.week.map(hours),
                templates: book.templates()?,
            })
        })
        .await
}

/// Sets what the book goes by, and gives what became of the notices that are to be sent; an empty
/// value takes it back to what is usual.
#[tauri::command]
#[specta::specta]
pub async fn set_rule(app_state: Shared<'_>, key: String, value: String) -> Answer<NoticesChanged> {
    app_state
        .write(move |write| Ok(write.set_setting(&key, &value)?.1))
        .await
}

/// Sets the lines that recur, as one change; empty ones do not count.
#[tauri::command]
#[specta::specta]
pub async fn set_templates(app_state: Shared<'_>, lines: Vec<String>) -> Answer<()> {
    app_state
        .write(move |write| write.set_templates(&lines))
        .await
}

/// Takes a profile of the office's own from a file that is chosen now, and gives its key and what
/// became of the notices that are to be sent; `null` when none was.
#[tauri::command]
#[specta::specta]
pub async fn choose_profile(
    app: AppHandle,
    app_state: Shared<'_>,
) -> Answer<Option<(String, NoticesChanged)>> {
    app_state
        .wait_for(move |app_state| {
            let Some(path) = dialogs::file_to_open(&app, "JSON", &["json"]) else {
                return Ok(None);
            };
            let text = sotruc_core::office::setting::profile_text(&path)?;
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let brought = open.write(&app_state.operator()?, |write| write.add_profile(&text))?;
            Ok(Some(brought))
        })
        .await
}

/// Writes a profile into a file that is chosen now, to be changed there; gives its path, `null`
/// when none was chosen.
#[tauri::command]
#[specta::specta]
pub async fn save_profile(
    app: AppHandle,
    app_state: Shared<'_>,
    key: String,
) -> Answer<Option<String>> {
    app_state
        .wait_for(move |app_state| {
            let open = app_state.book().ok_or_else(Refusal::no_book)?;
            let profiles = open.read(|book, _| Ok(book.rules()?.profiles))?;
            let Some(profile) = profiles.into_iter().find(|known| known.key == key) else {
                return Ok(None);
            };
            let Some(path) = dialogs::file_to_write(&app, &format!("{key}.json"), "JSON", "json")?
            else {
                return Ok(None);
            };
            let text = serde_json::to_string_pretty(&profile).unwrap_or_default();
            write_beside(&path, |out| {
                out.write_all(text.as_bytes())
                    .map_err(|cause| Error::file(&path, cause))
            })?;
            Ok(Some(path.display().to_string()))
        })
        .await
}
