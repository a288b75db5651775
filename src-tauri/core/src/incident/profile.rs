//! A profile: which questions tell how bad an incident is, and who is to be told of it by when.
//!
//! Profiles are data: those in `assets/profiles/`, and an office's own in its book.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

use crate::clock::{Instant, MINUTE};
use crate::error::{Code, Error, Result};
use crate::incident::{Incident, Severity, Status};
use crate::log::entry::Means;
pub use crate::messages::Said;
use crate::text::one_line;
use crate::word::words;

words! {
    /// Who is to be told, by what they are to the province.
    Recipient, "recipient" {
        /// Who coordinates the response: as a rule our own unit.
        Coordinator = "coordinator",
        /// The police on duty.
        Police = "police",
        /// The body that owns the system.
        Owner = "owner",
        /// The national coordinator.
        National = "national",
        /// The unit in charge of response.
        Response = "response",
        /// The specialised body of the Ministry of Public Security.
        Security = "security",
        /// The body that protects personal data.
        DataProtection = "data_protection",
    }
}

words! {
    /// What makes a rule ask for a notice.
    Trigger, "trigger" {
        /// Any incident.
        Any = "any",
        /// A serious one.
        Serious = "serious",
        /// One of its questions was answered with yes.
        Answer = "answer",
        /// It was closed.
        Closed = "closed",
    }
}

words! {
    /// From when the time of a notice runs.
    Base, "base" {
        /// From when the rule asked for it.
        Trigger = "trigger",
        /// From when the incident was noticed.
        Detected = "detected",
        /// From when it was closed.
        Closed = "closed",
    }
}

/// A question about an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its stable name.
    pub key: String,
    /// As it is asked.
    pub text: Said,
}

/// The text that a deadline stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The text and its article.
    pub text: Said,
    /// Whether the deadline was seen there; else it is assumed.
    pub seen: bool,
}

impl Basis {
    /// The message that says whether a deadline was seen in its text.
    #[must_use]
    pub const fn key(seen: bool) -> &'static str {
        match seen {
            true => "written_deadline_seen",
            false => "written_deadline_assumed",
        }
    }
}

/// How many minutes after it is asked for a notice that is due at once counts as overdue, where its
/// rule does not say so.
pub const USUAL_GRACE: i64 = 10;

/// When an answer makes an incident of a severity: one of the alternatives holds; an alternative
/// holds when of each of its sets a question was answered with yes.
type Alternatives = Vec<Vec<Vec<String>>>;

/// A rule that asks for notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its stable name.
    pub key: String,
    /// What is to be sent.
    pub name: Said,
    /// What makes it ask.
    pub trigger: Trigger,
    /// The questions, one of which must be answered with yes, where that is the trigger.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Who is to be told.
    pub to: Vec<Recipient>,
    /// From when the time runs.
    pub from: Base,
    /// How many minutes there are; 0 is at once.
    pub within_minutes: i64,
    /// How many minutes after that it counts as overdue: [`USUAL_GRACE`] for what is due at once,
    /// none for anything else, when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_minutes: Option<i64>,
    /// The usual way.
    #[serde(default)]
    pub channel: Option<Means>,
    /// Which step it is, where other profiles ask for the same one under another key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The text that it stands in; without one the deadline is assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

/// A report that is due on days of every year, whatever happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Periodic {
    /// Its stable name.
    pub key: String,
    /// What is to be sent.
    pub name: Said,
    /// Who is to be told.
    pub to: Vec<Recipient>,
    /// The days and months before which it is due: `20/6`.
    pub days: Vec<String>,
    /// The text that it stands in; without one the days are assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

impl Periodic {
    /// The next moment before which it is due.
    #[must_use]
    pub fn next(&self, now: Instant) -> Option<Instant> {
        let in_year = |year: i32| {
            let days = self.days.iter();
            days.filter_map(move |day| Instant::parse_start(&format!("{day}/{year}")).ok())
        };
        let year = now.year();
        let mut days: Vec<Instant> = in_year(year).chain(in_year(year + 1)).collect();
        days.sort_unstable();
        days.into_iter().find(|day| *day > now)
    }
}

/// A profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its stable name.
    pub key: String,
    /// What people call it.
    pub name: Said,
    /// The questions about severity, in the order in which they are asked.
    pub questions: Vec<Question>,
    /// What makes an incident serious.
    pub serious: Alternatives,
    /// What makes it high, when it is not serious.
    #[serde(default)]
    pub high: Alternatives,
    /// What makes it medium, when it is neither.
    #[serde(default)]
    pub medium: Alternatives,
    /// Who is to be told.
    pub notices: Vec<Rule>,
    /// What is to be sent every year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periodic: Vec<Periodic>,
    /// The day from which new books are to go by it: `16/03/2017`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The day from which they are not any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

const TEXTS: &[&str] = &[
    include_str!("../../../../assets/profiles/election.json"),
    include_str!("../../../../assets/profiles/2017.json"),
    include_str!("../../../../assets/profiles/2026.json"),
];

/// The profiles that come with the program; the first is the usual one.
#[must_use]
pub fn shipped() -> &'static [Profile] {
    static SHIPPED: LazyLock<Vec<Profile>> = LazyLock::new(|| {
        TEXTS
            .iter()
            .map(|text| Profile::read(text).expect("a test reads every profile that ships"))
            .collect()
    });
    &SHIPPED
}

/// The keys of the profiles that a book goes by that is made now.
#[must_use]
pub fn proposed(now: Instant) -> Vec<&'static str> {
    let fits = |profile: &&Profile| {
        let day = |text: &Option<String>| {
            let text = text.as_deref()?;
            Instant::parse_start(text).ok()
        };
        day(&profile.since).is_none_or(|since| since <= now)
            && day(&profile.until).is_none_or(|until| now < until)
    };
    let fitting = shipped().iter().filter(fits);
    fitting.map(|profile| profile.key.as_str()).collect()
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// [`Code::ProfileInvalid`].
    pub fn read(text: &str) -> Result<Self> {
        let invalid = |why: String| Error::new(Code::ProfileInvalid).with("why", why);
        let profile: Self = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|cause| invalid(cause.to_string()))?;
        let is_known = |key: &String| profile.questions.iter().any(|known| known.key == *key);
        let levels = [&profile.serious, &profile.high, &profile.medium];
        let asked = levels.into_iter().flatten().flatten().flatten();
        let asked = asked.chain(profile.notices.iter().flat_map(|rule| &rule.answers));
        let plain = |key: &str| {
            !key.is_empty()
                && key
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        };
        if let Some(unknown) = asked.into_iter().find(|key| !is_known(key)) {
            return Err(invalid(format!("no question {unknown:?}")));
        }
        if !plain(&profile.key) {
            return Err(invalid(format!("key {:?}", profile.key)));
        }
        let questions = profile.questions.iter().map(|known| known.key.as_str());
        let rules = profile.notices.iter().map(|rule| rule.key.as_str());
        let periodic = profile.periodic.iter().map(|report| report.key.as_str());
        let keys = [
            Vec::from_iter(questions),
            Vec::from_iter(rules),
            Vec::from_iter(periodic),
        ];
        for mut keys in keys {
            if let Some(key) = keys.iter().find(|key| !plain(key)) {
                return Err(invalid(format!("key {key:?}")));
            }
            keys.sort_unstable();
            if let Some(twice) = keys.windows(2).find(|two| two[0] == two[1]) {
                return Err(invalid(format!("key {:?} twice", twice[0])));
            }
        }
        let mut texts = vec![&profile.name];
        texts.extend(profile.questions.iter().map(|question| &question.text));
        texts.extend(profile.notices.iter().map(|rule| &rule.name));
        texts.extend(profile.periodic.iter().map(|report| &report.name));
        let bases = profile
            .notices
            .iter()
            .filter_map(|rule| rule.basis.as_ref());
        let bases = bases.chain(profile.periodic.iter().filter_map(|one| one.basis.as_ref()));
        texts.extend(bases.map(|basis| &basis.text));
        let is_line = |text: &str| !text.is_empty() && one_line(text) == text;
        if let Some(text) = texts
            .iter()
            .find(|text| !is_line(&text.vi) || !is_line(&text.en))
        {
            return Err(invalid(format!("text {:?}", text.vi)));
        }
        let levels = [&profile.serious, &profile.high, &profile.medium];
        let is_empty = |all: &Vec<Vec<String>>| all.is_empty() || all.iter().any(Vec::is_empty);
        if levels.into_iter().flatten().any(is_empty) {
            return Err(invalid("an empty set of questions".to_owned()));
        }
        let odd = |rule: &&Rule| {
            rule.to.is_empty() || (rule.from == Base::Closed) != (rule.trigger == Trigger::Closed)
        };
        if let Some(rule) = profile.notices.iter().find(odd) {
            return Err(invalid(format!("to or from of {:?}", rule.key)));
        }
        let bounds = 0..=366 * 24 * 60;
        for rule in &profile.notices {
            if !bounds.contains(&rule.within_minutes) {
                return Err(invalid(format!("within_minutes of {:?}", rule.key)));
            }
            if rule
                .grace_minutes
                .is_some_and(|grace| !bounds.contains(&grace))
            {
                return Err(invalid(format!("grace_minutes of {:?}", rule.key)));
            }
        }
        let is_day = |text: &String| Instant::parse_start(text).is_ok();
        let in_year = |day: &String| is_day(&format!("{day}/2001"));
        let sound = |report: &Periodic| {
            !report.to.is_empty() && !report.days.is_empty() && report.days.iter().all(in_year)
        };
        if let Some(report) = profile.periodic.iter().find(|report| !sound(report)) {
            return Err(invalid(format!("to or days of {:?}", report.key)));
        }
        let ends = [&profile.since, &profile.until].into_iter().flatten();
        if let Some(day) = ends.into_iter().find(|day| !is_day(day)) {
            return Err(invalid(format!("day {day:?}")));
        }
        Ok(profile)
    }

    /// What a rule of it stands in; one that does not say so is assumed.
    #[must_use]
    pub fn basis(&self, said: Option<&Basis>) -> Basis {
        said.cloned().unwrap_or_else(|| Basis {
            text: self.name.clone(),
            seen: false,
        })
    }

    /// The severity that the answers propose; `None` while nothing was answered that tells.
    #[must_use]
    pub fn propose(&self, incident: &Incident) -> Option<Severity> {
        // A level that is known answers by itself.
        let level = incident.system_level.is_some_and(|level| level >= 4);
        let yes = |key: &String| incident.answer(key) == Some(true) || level && key == "level";
        let holds = |alternatives: &Alternatives| {
            alternatives
                .iter()
                .any(|all| all.iter().all(|any| any.iter().any(yes)))
        };
        let answered = |question: &Question| incident.answer(&question.key).is_some();
        if holds(&self.serious) {
            Some(Severity::Serious)
        } else if holds(&self.high) {
            Some(Severity::High)
        } else if holds(&self.medium) {
            Some(Severity::Medium)
        } else {
            // Only when everything was answered is nothing left that could be worse.
            self.questions.iter().all(answered).then_some(Severity::Low)
        }
    }
}

impl Rule {
    /// Which step it is: rules of several profiles that ask for the same step of the same
    /// recipient ask for one notice.
    #[must_use]
    pub fn step(&self) -> &str {
        self.step.as_deref().unwrap_or(&self.key)
    }

    /// Whether it asks for a notice of an incident as it stands.
    #[must_use]
    pub fn asks(&self, incident: &Incident) -> bool {
        let is_real = incident.status != Status::FalseAlarm && !incident.removed;
        is_real
            && match self.trigger {
                Trigger::Any => true,
                Trigger::Serious => incident.severity == Some(Severity::Serious),
                Trigger::Answer => {
                    let mut answers = self.answers.iter();
                    answers.any(|key| incident.answer(key) == Some(true))
                }
                Trigger::Closed => incident.status == Status::Closed,
            }
    }

    /// Whether an answer asks for it that was given by a change of an incident: what is due from
    /// then on is due from the later answer.
    #[must_use]
    pub fn is_answered_since(&self, before: &Incident, after: &Incident) -> bool {
        let yes = |of: &Incident| {
            let mut answers = self.answers.iter();
            answers.any(|key| of.answer(key) == Some(true))
        };
        self.trigger == Trigger::Answer && yes(after) && !yes(before)
    }

    /// By when a notice is due that became needed at `made`.
    #[must_use]
    pub fn due(&self, incident: &Incident, made: Instant) -> Instant {
        let from = match self.from {
            Base::Trigger => made,
            Base::Detected => incident.detected_at,
            Base::Closed => incident.closed_at.unwrap_or(made),
        };
        from.plus(self.within_minutes * MINUTE)
    }

    /// Whether what it asks for is due from the moment it is asked for.
    #[must_use]
    pub const fn is_at_once(&self) -> bool {
        self.within_minutes == 0
    }

    /// After when a notice counts as overdue that became needed at `made` and is due at `due`. What
    /// is due at once cannot be late in the moment in which it is asked for.
    #[must_use]
    pub fn late(&self, made: Instant, due: Instant) -> Instant {
        let (from, usual) = match self.is_at_once() {
            true => (due.max(made), USUAL_GRACE),
            false => (due, 0),
        };
        from.plus(self.grace_minutes.unwrap_or(usual) * MINUTE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_that_ships_is_one() {
        let keys: Vec<&str> = shipped()
            .iter()
            .map(|profile| profile.key.as_str())
            .collect();
        assert_eq!(keys, ["election", "2017", "2026"]);
    }

    #[test]
    fn a_profile_that_cannot_work_is_refused() {
        for text in [
            "",
            "{}",
            &TEXTS[0].replace("\"key\": \"disruption\"", "\"key\": \"other\""),
            &TEXTS[0].replace("\"within_minutes\": 0", "\"within_minutes\": -5"),
            &TEXTS[0].replace("\"grace_minutes\": 10", "\"grace_minutes\": -5"),
            &TEXTS[0].replace("\"trigger\": \"serious\"", "\"trigger\": \"sometimes\""),
        ] {
            let read = Profile::read(text).map_err(|error| error.code);
            assert_eq!(read, Err(Code::ProfileInvalid), "{text}");
        }
    }

    #[test]
    fn what_is_due_at_once_is_overdue_after_its_grace() {
        let at = |minutes: i64| Instant::from_millis(minutes * MINUTE);
        let rule = |within: i64, grace: Option<i64>| Rule {
            within_minutes: within,
            grace_minutes: grace,
            ..shipped()[0].notices[0].clone()
        };
        let cases = [
            (rule(0, None), 5, 5, 5 + USUAL_GRACE),
            (rule(0, Some(0)), 5, 5, 5),
            (rule(0, Some(3)), 5, 5, 8),
            // Noticed an hour before it was written: nobody could tell sooner.
            (rule(0, None), 60, 0, 60 + USUAL_GRACE),
            (rule(60, None), 5, 65, 65),
            (rule(60, Some(15)), 5, 65, 80),
        ];
        for (rule, made, due, late) in cases {
            assert_eq!(rule.late(at(made), at(due)), at(late), "{rule:?}");
        }
    }
}
