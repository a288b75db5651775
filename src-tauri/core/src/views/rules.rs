//! What the book goes by: what is in force, and whether somebody said so.

use serde::Serialize;
use specta::Type;

use crate::clock::{DAY, HOUR, Instant};
use crate::error::Result;
use crate::id::UnitId;
use crate::incident::profile::{Basis, Profile, Recipient, Said};
use crate::office::setting::{
    CALENDAR, FRESH_DAYS, OWN_PROFILE, PROFILE, PROFILES, RECIPIENT, REPORTED, REST_HOURS, SNOOZE,
    STRETCH_HOURS, TOLD_FOR, WEEK_HOURS, profile_keys,
};
use crate::store::Reader;

/// What the book goes by.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RulesPage {
    /// The profiles in force.
    pub in_force: Vec<String>,
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
    /// What is to be sent.
    pub notices: Vec<RuleCard>,
    /// What is to be sent every year.
    pub periodic: Vec<PeriodicCard>,
    /// How much is owed by it: notices that are to be sent, and reports that are due within two
    /// weeks or were due. It stays owed when the profile is in force no more.
    pub owed: usize,
}

/// What is to be sent of an incident.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RuleCard {
    /// What.
    pub what: Said,
    /// To whom.
    pub to: Vec<Recipient>,
    /// Within how many minutes; 0 is at once.
    pub within_minutes: i32,
    /// The text that it stands in.
    pub basis: Basis,
}

/// What is to be sent every year.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PeriodicCard {
    /// What.
    pub what: Said,
    /// To whom.
    pub to: Vec<Recipient>,
    /// Before which days of a year.
    pub days: Vec<String>,
    /// The text that it stands in.
    pub basis: Basis,
}

impl ProfileCard {
    fn of(profile: &Profile, owed: usize) -> Self {
        let (notices, periodic) = (profile.notices.iter(), profile.periodic.iter());
        Self {
            key: profile.key.clone(),
            owed,
            name: profile.name.clone(),
            notices: notices
                .map(|rule| RuleCard {
                    what: rule.name.clone(),
                    to: rule.to.clone(),
                    within_minutes: i32::try_from(rule.within_minutes).unwrap_or(i32::MAX),
                    basis: profile.basis(rule.basis.as_ref()),
                })
                .collect(),
            periodic: periodic
                .map(|report| PeriodicCard {
                    what: report.name.clone(),
                    to: report.to.clone(),
                    days: report.days.clone(),
                    basis: profile.basis(report.basis.as_ref()),
                })
                .collect(),
        }
    }
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
    /// Whether it is our own unit, to which nothing is to be told.
    pub ours: bool,
}

/// What the book goes by.
///
/// # Errors
/// Those of the store.
pub fn page(book: Reader<'_>, now: Instant) -> Result<RulesPage> {
    let (rules, limits) = (book.rules()?, book.limits()?);
    let (notices, reports) = (book.notices()?, book.owed_reports_known(&rules, now)?);
    let owed = |profile: &Profile| {
        let open = notices.iter().filter(|one| one.is_open(now));
        let reports = reports.iter().filter(|one| one.profile == profile.key);
        open.filter(|one| one.profile == profile.key).count() + reports.count()
    };
    let profiles = rules.profiles.iter();
    let hours = |millis: i64| u32::try_from(millis / HOUR).unwrap_or_default();
    let recipients = Recipient::ALL.iter().map(|&recipient| {
        let told = rules.recipient(recipient, None);
        RecipientRow {
            ours: rules.is_ours(&told),
            recipient,
            unit: told.unit,
            name: told.name,
            set: rules.says(recipient),
        }
    });
    Ok(RulesPage {
        in_force: rules.in_force().into_iter().map(str::to_owned).collect(),
        profiles: profiles
            .map(|one| ProfileCard::of(one, owed(one)))
            .collect(),
        recipients: recipients.collect(),
        fresh_days: u32::try_from(book.fresh()? / DAY).unwrap_or_default(),
        stretch_hours: hours(limits.stretch),
        rest_hours: hours(limits.rest),
        week_hours: limits.week.map(hours),
        templates: book.templates()?,
    })
}

/// One setting as it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct RuleRow {
    /// Its key.
    pub key: String,
    /// What is in force; nothing where that is no limit.
    pub value: String,
    /// Whether it is what is usual, and nobody said it.
    pub usual: bool,
    /// The profiles in force, where that is what it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(optional)]
    pub profiles: Option<Vec<String>>,
}

/// Every setting that has something usual, our own unit where it is known, then those settings that were
/// said besides, and when the reports
/// of every year that the profiles in force ask for are due next; profiles and
/// calendars of the office's own are texts of their own, and not among them.
///
/// # Errors
/// Those of the store.
pub fn list(book: Reader<'_>, now: Instant) -> Result<Vec<RuleRow>> {
    let (page, rules) = (page(book, now)?, book.rules()?);
    let due = rules
        .profiles
        .iter()
        .filter(|one| rules.in_force().contains(&one.key.as_str()));
    let due: Vec<RuleRow> = due
        .flat_map(|profile| {
            profile.periodic.iter().filter_map(move |report| {
                let text = profile.basis(report.basis.as_ref()).text.vi;
                Some(RuleRow {
                    key: format!("periodic.{}.{}", profile.key, report.key),
                    value: format!("{} · {} · {text}", report.next(now)?.day(), report.name.vi),
                    usual: true,
                    profiles: None,
                })
            })
        })
        .collect();
    let week = page.week_hours.map(|hours| hours.to_string());
    let mut rows: Vec<RuleRow> = [
        (PROFILES, page.in_force.join(",")),
        (FRESH_DAYS, page.fresh_days.to_string()),
        (STRETCH_HOURS, page.stretch_hours.to_string()),
        (REST_HOURS, page.rest_hours.to_string()),
        (WEEK_HOURS, week.unwrap_or_default()),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .chain(page.recipients.into_iter().map(|row| {
        let key = format!("{RECIPIENT}{}", row.recipient.key());
        (key, row.name)
    }))
    .map(|(key, value)| RuleRow {
        usual: !rules.says_of(&key),
        profiles: match key == PROFILES {
            true => Some(profile_keys(&value).map(str::to_owned).collect()),
            false => None,
        },
        key,
        value,
    })
    .collect();
    // It is chosen among the units, and no setting.
    rows.extend(book.own_name()?.map(|value| RuleRow {
        key: "own_unit".to_owned(),
        value,
        usual: false,
        profiles: None,
    }));
    let said = rules.settings().iter();
    // What was said of one profile alone is among those in force.
    let own = |key: &str| {
        let all = [OWN_PROFILE, CALENDAR, REPORTED, SNOOZE, TOLD_FOR];
        all.iter().any(|prefix| key.starts_with(prefix))
    };
    let said = said.filter(|(key, _)| !own(key) && *key != PROFILE);
    let more: Vec<RuleRow> = said
        .filter(|(key, _)| rows.iter().all(|row| row.key != **key))
        .map(|(key, value)| RuleRow {
            key: key.clone(),
            value: value.clone(),
            usual: false,
            profiles: None,
        })
        .collect();
    rows.extend(more);
    rows.extend(due);
    Ok(rows)
}
