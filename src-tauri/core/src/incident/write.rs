//! Incidents.

mod new_rules;

pub use new_rules::{Moved, RulesChanged, StillOwed};

use std::collections::BTreeSet;

use crate::book::{Writing, Wrote, needed};
use crate::clock::Instant;
use crate::error::{Code, Error, Result};
use crate::id::{IncidentId, OperatorId, UnitId};
use crate::incident::notice::{Notice, NoticeState, NoticesChanged, no_more, told_after};
use crate::incident::{self, Facts, Incident, Missing, Severity, Status, Tlp, Type};
use crate::log::entry::{Correction, Kind, Line, NewLine};
use crate::messages::vietnamese;
use crate::office::Rules;
use crate::store::Reader;
use crate::text::tidy_some;

/// As many are named of what stands against a quiet watch.
const NAMED: usize = 4;

/// An incident to be opened.
#[derive(Debug, Clone)]
pub struct NewIncident {
    /// What happened, in a few words.
    pub title: String,
    /// To whom.
    pub unit: UnitId,
    /// Of which kind.
    pub kind: Type,
    /// How bad, when somebody has assessed it.
    pub severity: Option<Severity>,
    /// When it was noticed; now, when not given.
    pub detected: Option<Instant>,
}

/// What to change of an incident; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct IncidentChange {
    /// What happened.
    pub title: Option<String>,
    /// To whom.
    pub unit: Option<UnitId>,
    /// Of which kind.
    pub kind: Option<Type>,
    /// How bad.
    pub severity: Option<Severity>,
    /// How far.
    pub status: Option<Status>,
    /// When it was noticed.
    pub detected: Option<Instant>,
    /// Anything else; an empty text takes it away.
    pub note: Option<String>,
    /// Who looks after it; `Some(None)` takes them away.
    pub owner: Option<Option<OperatorId>>,
    /// Answers to the questions about its severity; `None` takes an answer away.
    pub answers: Vec<(String, Option<bool>)>,
    /// Other units that it concerns.
    pub units: Option<Vec<UnitId>>,
    /// Other incidents that belong to it.
    pub related: Option<Vec<IncidentId>>,
    /// The level of the system, 1 to 5; `Some(None)` takes it away.
    pub system_level: Option<Option<u8>>,
    /// Who may be told; `Some(None)` takes it away.
    pub tlp: Option<Option<Tlp>>,
    /// Whether who reported it asks for silence.
    pub confidential: Option<bool>,
    /// What the reports ask for, by the names of [`Facts`]; an empty text takes a fact away.
    pub facts: Vec<(String, String)>,
}

/// What was changed of an incident, before a line is written of it.
struct Changed {
    wrote: Wrote,
    notices: NoticesChanged,
    /// Who is not to be told any more, in words.
    gone: Vec<String>,
}

/// What changing an incident did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentSet {
    /// Whether anything was written.
    pub wrote: Wrote,
    /// What the status that was set is still missing; nothing when none was.
    pub missing: Vec<Missing>,
    /// What became of the notices that are to be sent.
    pub notices: NoticesChanged,
}

impl Reader<'_> {
    /// Whether somebody must still be told of an incident.
    ///
    /// # Errors
    /// Those of the store.
    pub fn owes_notice(self, incident: IncidentId, now: Instant) -> Result<bool> {
        let notices = self.notices()?;
        Ok(notices
            .iter()
            .any(|notice| notice.incident == incident && notice.is_open(now)))
    }

    /// Since when the answers propose that an open incident is serious, though nobody has decided so
    /// or otherwise since; `None` where they do not.
    ///
    /// # Errors
    /// Those of the store.
    pub fn undecided_since(self, rules: &Rules, incident: &Incident) -> Result<Option<Instant>> {
        let is_serious =
            |of: &Incident| -> Result<bool> { Ok(rules.propose(of)? == Some(Severity::Serious)) };
        let is_decided = incident.severity == Some(Severity::Serious);
        if is_decided || !incident.status.is_open() || !is_serious(incident)? {
            return Ok(None);
        }
        let mut then = incident.clone();
        (then.answers, then.system_level) = (Vec::new(), None);
        let mut since = None;
        for change in self.history(incident.id.0)? {
            match &*change.field {
                "answers" => {
                    then.answers = serde_json::from_value(change.value).unwrap_or_default()
                }
                "system_level" => {
                    then.system_level = serde_json::from_value(change.value).unwrap_or_default();
                }
                _ => continue,
            }
            let first = since.unwrap_or(change.recorded_at);
            since = is_serious(&then)?.then_some(first);
        }
        let decided = incident.severity.and(incident.rated_at);
        Ok(since.filter(|since| decided.is_none_or(|decided| decided < *since)))
    }

    /// Refuses to say that nothing happened while an incident is open or a notice overdue.
    ///
    /// # Errors
    /// [`Code::NotQuiet`], which names them; those of the store.
    pub fn check_quiet(self, now: Instant) -> Result<()> {
        let (incidents, rules) = (self.incidents()?, self.rules()?);
        let mut open: Vec<String> = incidents
            .iter()
            .filter(|incident| incident.status.is_open())
            .map(|incident| format!("{} {}", incident.number, incident.title))
            .collect();
        for notice in self.notices()? {
            if rules.state(&notice, now) == Some(NoticeState::Overdue) {
                let of = incidents.iter().find(|known| known.id == notice.incident);
                let number = of.map_or("", |incident| incident.number.as_str());
                let told = rules.told(&notice, of).name;
                open.push(format!("{number} → {told}"));
            }
        }
        if open.is_empty() {
            return Ok(());
        }
        let more = open.len().saturating_sub(NAMED);
        open.truncate(NAMED);
        let more = if more > 0 {
            format!("; +{more}")
        } else {
            String::new()
        };
        Err(Error::new(Code::NotQuiet).with("open", open.join("; ") + &more))
    }
}

impl Writing<'_> {
    /// Opens an incident and gives it the site's next number of the year.
    ///
    /// # Errors
    /// [`crate::Code::Empty`], [`Code::TimeAhead`].
    pub fn open_incident(&mut self, new: NewIncident) -> Result<Incident> {
        let title = needed("subject", &new.title)?;
        self.not_ahead(new.detected)?;
        let site = self.site_code()?;
        let year = self.now().year();
        let last = self.last_incident_number(&format!("{site}/{year}-"))?;
        let incident = Incident {
            id: self.new_id()?,
            number: incident::number(&site, year, last + 1),
            title,
            unit: new.unit,
            kind: new.kind,
            severity: new.severity,
            status: Status::New,
            detected_at: new.detected.unwrap_or(self.now()),
            closed_at: None,
            note: None,
            owner: None,
            rated_at: new.severity.map(|_| self.now()),
            answers: Vec::new(),
            units: Vec::new(),
            related: Vec::new(),
            system_level: None,
            tlp: None,
            confidential: false,
            facts: Facts::default(),
            removed: false,
        };
        self.put(&incident)?;
        self.sync_notices(&self.rules()?, &incident, None)?;
        Ok(incident)
    }

    /// Opens an incident of what a line tells: noticed when the line says it happened, unless it is
    /// given otherwise. The line is corrected by one that belongs to the incident.
    ///
    /// # Errors
    /// Those of [`Writing::open_incident`] and of [`Writing::correct`].
    pub fn open_incident_of(&mut self, line: &Line, new: NewIncident) -> Result<Incident> {
        let old = self.line(line)?;
        let incident = self.open_incident(NewIncident {
            detected: new.detected.or(Some(old.occurred_at)),
            ..new
        })?;
        let right = Correction {
            incident: Some(Some(incident.id)),
            unit: Some(old.unit.or(Some(incident.unit))),
            ..old.text.as_str().into()
        };
        let number = [("number", incident.number.as_str())];
        let reason = vietnamese().with("written_line_opened", &number);
        self.correct(line, &right, &reason)?;
        Ok(incident)
    }

    /// Changes an incident. Closing it, or calling it a false alarm, notes when; whoever takes it
    /// in hand looks after it, unless somebody does. Who is to be told follows. Another severity is
    /// a decision: it becomes a line of the log. So does a change by which somebody is not to be
    /// told any more, with who and by when it was.
    ///
    /// # Errors
    /// [`Code::Empty`], [`Code::TimeAhead`], [`Code::NoticeEarly`] when somebody was told before it
    /// would have been noticed, [`Code::ValueUnknown`] for a level or a fact that is none.
    pub fn set_incident(
        &mut self,
        incident: &Incident,
        change: IncidentChange,
    ) -> Result<IncidentSet> {
        let status = change.status;
        // What setting the status itself makes due is not missing yet.
        let owing = self.owes_notice(incident.id, self.now())?;
        let decided = change.severity;
        let decided = decided.filter(|severity| incident.severity != Some(*severity));
        let changed = self.change_incident(incident, change, false)?;
        self.log_change(incident, decided, None, &changed)?;
        let missing = match (status, self.incident(incident.id)?) {
            (Some(status), Some(set)) => set.missing(status, owing),
            _ => Vec::new(),
        };
        Ok(IncidentSet {
            wrote: changed.wrote,
            missing,
            notices: changed.notices,
        })
    }

    /// `rated` is whether a severity that is given was decided anew, though it be the same.
    fn change_incident(
        &mut self,
        incident: &Incident,
        change: IncidentChange,
        rated: bool,
    ) -> Result<Changed> {
        let mut set = incident.clone();
        if let Some(title) = change.title {
            set.title = needed("subject", &title)?;
        }
        set.unit = change.unit.unwrap_or(set.unit);
        set.kind = change.kind.unwrap_or(set.kind);
        if let Some(severity) = change.severity {
            if rated || set.severity != Some(severity) {
                set.rated_at = Some(self.now());
            }
            set.severity = Some(severity);
        }
        self.not_ahead(change.detected)?;
        if let Some(detected) = change.detected {
            let notices = self.notices_ever(set.id)?;
            let told = notices.iter().filter(|notice| !notice.removed);
            if let Some(first) = told.filter_map(|notice| notice.sent_at).min() {
                told_after(first, detected).map_err(|error| error.with("field", "detected_at"))?;
            }
            set.detected_at = detected;
        }
        if let Some(note) = change.note {
            set.note = tidy_some(&note);
        }
        for (question, answer) in &change.answers {
            set.set_answer(question, *answer);
        }
        for (name, text) in &change.facts {
            let unknown = || {
                Error::new(Code::ValueUnknown)
                    .with("field", "field")
                    .with("given", name)
                    .with("known", Facts::NAMES.join(", "))
            };
            *set.facts.get_mut(name).ok_or_else(unknown)? = tidy_some(text);
        }
        set.units = change.units.unwrap_or(set.units);
        set.related = change.related.unwrap_or(set.related);
        set.related.retain(|id| *id != set.id);
        set.tlp = change.tlp.unwrap_or(set.tlp);
        set.confidential = change.confidential.unwrap_or(set.confidential);
        set.system_level = change.system_level.unwrap_or(set.system_level);
        if let Some(level) = set.system_level.filter(|level| !(1..=5).contains(level)) {
            return Err(Error::new(Code::ValueUnknown)
                .with("field", "system_level")
                .with("given", level)
                .with("known", "1, 2, 3, 4, 5"));
        }
        if let Some(status) = change.status {
            set.status = status;
            set.closed_at = match status.is_open() {
                true => None,
                false if incident.status == status => set.closed_at.or(Some(self.now())),
                false => Some(self.now()),
            };
            if status == Status::InHand && set.owner.is_none() {
                self.begin()?;
                set.owner = Some(self.author().operator);
            }
        }
        set.owner = change.owner.unwrap_or(set.owner);
        let before = self.notices_ever(set.id)?;
        let before: Vec<Notice> = before.into_iter().filter(|one| !one.removed).collect();
        let wrote = self.put(&set)?;
        self.relate_back(incident, &set)?;
        let rules = self.rules()?;
        if wrote != Wrote::Same {
            self.sync_notices(&rules, &set, Some((&rules, incident)))?;
        }
        let (mut after, now) = (self.notices_ever(set.id)?, self.now());
        after.retain(|notice| !notice.removed);
        let late = |notice: &Notice| rules.late(notice);
        let before = rules.without_merged(&before, &after, &set)?;
        let gone = no_more(&before, &after, now).into_iter();
        Ok(Changed {
            wrote,
            notices: NoticesChanged::between(&before, &after, late, now),
            gone: gone.map(|one| rules.owed(one, incident, now)).collect(),
        })
    }

    /// What one incident has to do with has to do with it.
    fn relate_back(&mut self, before: &Incident, after: &Incident) -> Result<()> {
        let others = before.related.iter().chain(&after.related);
        for id in others.copied().collect::<BTreeSet<_>>() {
            let is_related = after.related.contains(&id);
            let Some(mut other) = self.incident(id)? else {
                continue;
            };
            if other.related.contains(&after.id) != is_related {
                other.related.retain(|id| *id != after.id);
                other.related.extend(is_related.then_some(after.id));
                self.put(&other)?;
            }
        }
        Ok(())
    }

    /// Answers the questions about how bad an incident is, and notes what was decided of it, as a
    /// line of the log.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`] for a question that the profile does not ask.
    pub fn rate_incident(
        &mut self,
        incident: &Incident,
        answers: Vec<(String, Option<bool>)>,
        decided: Option<Severity>,
        reason: Option<&str>,
    ) -> Result<IncidentSet> {
        let rules = self.rules()?;
        let questions = rules.questions()?;
        for (key, _) in &answers {
            if !questions.iter().any(|question| question.key == *key) {
                let known: Vec<&str> = questions.iter().map(|known| known.key.as_str()).collect();
                return Err(Error::new(Code::ValueUnknown)
                    .with("field", "question")
                    .with("given", key)
                    .with("known", known.join(", ")));
            }
        }
        let changed = self.change_incident(
            incident,
            IncidentChange {
                answers,
                severity: decided,
                ..IncidentChange::default()
            },
            true,
        )?;
        self.log_change(incident, decided, reason, &changed)?;
        Ok(IncidentSet {
            wrote: changed.wrote,
            missing: Vec::new(),
            notices: changed.notices,
        })
    }

    /// Writes a line of a severity that was decided, and of who is not to be told any more.
    fn log_change(
        &mut self,
        incident: &Incident,
        decided: Option<Severity>,
        reason: Option<&str>,
        changed: &Changed,
    ) -> Result<()> {
        let say = vietnamese();
        let status = self.incident(incident.id)?.map(|set| set.status);
        let head = match (decided, status.filter(|set| *set != incident.status)) {
            (Some(severity), _) => {
                let said = [("severity", say.word(severity))];
                say.with("written_line_rated", &said)
            }
            (None, _) if changed.gone.is_empty() => return Ok(()),
            (None, Some(status)) => {
                let said = [("status", say.word(status))];
                say.with("written_line_status", &said)
            }
            (None, None) => say.text("written_line_incident_changed").to_owned(),
        };
        let gone = [("notices", changed.gone.join("; "))];
        let text = match changed.gone.is_empty() {
            true => head,
            false => format!("{head}. {}", say.with("written_not_to_tell", &gone)),
        };
        self.log(&NewLine {
            kind: Kind::Decision,
            incident: Some(incident.id),
            unit: Some(incident.unit),
            grounds: reason.and_then(tidy_some),
            ..text.as_str().into()
        })?;
        Ok(())
    }

    /// The incident that `given` names.
    ///
    /// # Errors
    /// [`crate::Code::IncidentUnknown`], [`crate::Code::IncidentAmbiguous`].
    pub fn find_incident(&self, given: &str) -> Result<Incident> {
        incident::find(&self.incidents()?, given).cloned()
    }
}
