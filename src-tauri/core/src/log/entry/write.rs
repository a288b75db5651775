//! Lines of the log: added, corrected, never changed.

use crate::book::{Writing, needed};
use crate::clock::{Instant, MINUTE};
use crate::error::{Code, Error, Result};
use crate::id::{IncidentId, UnitId};
use crate::journal::{Change, EntryChange, RecordRef};
use crate::log::entry::{Attached, Detail, Kind, LATE, Line, Means, is_late, is_quiet, time_in};
use crate::store::Reader;
use crate::text::{tidy, tidy_some};

/// A line to be written.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// The words.
    pub text: String,
    /// What it tells.
    pub kind: Kind,
    /// When it happened; now, when not given.
    pub occurred: Option<Instant>,
    /// The incident it belongs to.
    pub incident: Option<IncidentId>,
    /// The unit it speaks of.
    pub unit: Option<UnitId>,
    /// Why it is written so late.
    pub late_reason: Option<String>,
    /// Why it was decided so.
    pub grounds: Option<String>,
    /// Who was told.
    pub whom: Option<String>,
    /// How.
    pub channel: Option<Means>,
    /// On which number.
    pub dialled: Option<String>,
    /// Files that belong to it.
    pub files: Vec<Attached>,
}

/// What is right about a line.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    /// The right words.
    pub text: String,
    /// What it tells.
    pub kind: Option<Kind>,
    /// When it happened.
    pub occurred: Option<Instant>,
    /// The incident it belongs to; `Some(None)` takes it away.
    pub incident: Option<Option<IncidentId>>,
    /// The unit it speaks of; `Some(None)` takes it away.
    pub unit: Option<Option<UnitId>>,
}

impl From<&str> for Correction {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }
}

impl From<&str> for NewLine {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            kind: Kind::Note,
            occurred: None,
            incident: None,
            unit: None,
            late_reason: None,
            grounds: None,
            whom: None,
            channel: None,
            dialled: None,
            files: Vec::new(),
        }
    }
}

impl NewLine {
    /// A note as it was typed: of the time with which it begins, when words follow it.
    #[must_use]
    pub fn typed(text: &str, now: Instant) -> Self {
        let begun = time_in(text, now).filter(|begun| !begun.rest.trim().is_empty());
        Self {
            occurred: begun.map(|begun| begun.at),
            ..begun.map_or(text, |begun| begun.rest).into()
        }
    }

    /// What it says beside its words.
    pub(crate) fn told(&self) -> Vec<Detail> {
        let says = |text: &Option<String>| text.as_deref().and_then(tidy_some).is_some();
        [
            (Detail::Grounds, says(&self.grounds)),
            (Detail::Whom, says(&self.whom)),
            (Detail::Channel, self.channel.is_some()),
            (Detail::Dialled, says(&self.dialled)),
        ]
        .into_iter()
        .filter_map(|(detail, said)| said.then_some(detail))
        .collect()
    }

    /// The first that it says and its kind is not asked.
    pub(crate) fn unasked(&self) -> Option<Detail> {
        let mut told = self.told().into_iter();
        told.find(|detail| !self.kind.details().contains(detail))
    }

    /// The line without what its kind is not asked: what was typed while it was of another.
    #[must_use]
    pub fn with_what_is_asked(mut self) -> Self {
        while let Some(detail) = self.unasked() {
            match detail {
                Detail::Grounds => self.grounds = None,
                Detail::Whom => self.whom = None,
                Detail::Channel => self.channel = None,
                Detail::Dialled => self.dialled = None,
            }
        }
        self
    }
}

impl Reader<'_> {
    /// Refuses a line that would not be written: asked before its files are taken in, which then
    /// would lie there for nothing.
    ///
    /// # Errors
    /// [`Code::Empty`], [`Code::TimeAhead`], [`Code::LineDetail`], [`Code::NotQuiet`].
    pub fn check_line(self, new: &NewLine, now: Instant) -> Result<()> {
        self.not_ahead(new.occurred, now)?;
        if let Some(detail) = new.unasked() {
            return Err(Error::new(Code::LineDetail)
                .with("field", detail.key())
                .with("kind", new.kind.key()));
        }
        needed("text", &new.text)?;
        if is_quiet(&new.text) {
            self.check_quiet(now)?;
        }
        Ok(())
    }
}

impl NewLine {
    /// Refuses a line that is late and does not say why, for a face in which nobody is asked.
    ///
    /// # Errors
    /// [`Code::LineLate`].
    pub fn check_late(&self, now: Instant) -> Result<()> {
        let occurred = self.occurred.unwrap_or(now);
        let says = self.late_reason.as_deref().and_then(tidy_some).is_some();
        match is_late(occurred, now) && !says {
            true => Err(Error::new(Code::LineLate)
                .with("at", occurred)
                .with("minutes", LATE / MINUTE)),
            false => Ok(()),
        }
    }
}

impl Writing<'_> {
    /// Writes a line and gives its name. Why it is late is written of one that is.
    ///
    /// # Errors
    /// [`Code::Empty`], [`Code::TimeAhead`], [`Code::LineDetail`], [`Code::NotQuiet`].
    pub fn log(&mut self, new: &NewLine) -> Result<Line> {
        self.check_line(new, self.now())?;
        let occurred_at = new.occurred.unwrap_or(self.now());
        let late = is_late(occurred_at, self.now());
        self.line_in_full(EntryChange {
            number: 0,
            occurred_at,
            kind: new.kind,
            text: new.text.clone(),
            incident: new.incident,
            unit: new.unit,
            late_reason: new
                .late_reason
                .as_deref()
                .and_then(tidy_some)
                .filter(|_| late),
            grounds: new.grounds.as_deref().and_then(tidy_some),
            whom: new.whom.as_deref().and_then(tidy_some),
            channel: new.channel,
            dialled: new.dialled.as_deref().and_then(tidy_some),
            files: new.files.clone(),
            corrects: None,
            reason: None,
        })
    }

    /// Strikes a line through by writing another that says what is right, and why. What is not
    /// given is taken from the old line, but for what a line of its kind does not say.
    ///
    /// # Errors
    /// [`Code::LineUnknown`], [`Code::LineCorrected`], [`Code::Empty`], [`Code::TimeAhead`],
    /// [`Code::NotQuiet`].
    pub fn correct(&mut self, line: &Line, right: &Correction, reason: &str) -> Result<Line> {
        let reason = needed("reason", reason)?;
        let old = self.line(line)?;
        if let Some(by) = &old.corrected_by {
            return Err(Error::new(Code::LineCorrected)
                .with("line", old.line())
                .with("by", by));
        }
        let line = NewLine {
            kind: right.kind.unwrap_or(old.kind),
            occurred: right.occurred,
            grounds: old.grounds,
            whom: old.whom,
            channel: old.channel,
            dialled: old.dialled,
            ..right.text.as_str().into()
        };
        let line = line.with_what_is_asked();
        self.check_line(&line, self.now())?;
        self.line_in_full(EntryChange {
            number: 0,
            occurred_at: right.occurred.unwrap_or(old.occurred_at),
            kind: line.kind,
            text: line.text,
            incident: right.incident.unwrap_or(old.incident),
            unit: right.unit.unwrap_or(old.unit),
            late_reason: None,
            grounds: line.grounds,
            whom: line.whom,
            channel: line.channel,
            dialled: line.dialled,
            files: old.files,
            corrects: Some(RecordRef {
                site: old.site.to_string(),
                seq: old.seq,
            }),
            reason: Some(reason),
        })
    }

    fn line_in_full(&mut self, mut entry: EntryChange) -> Result<Line> {
        // Two files of one line are called apart.
        for at in 1..entry.files.len() {
            let mut n = 1;
            let name = entry.files[at].name.clone();
            while entry.files[..at]
                .iter()
                .any(|file| file.name == entry.files[at].name)
            {
                n += 1;
                let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
                let dot = if ending.is_empty() { "" } else { "." };
                entry.files[at].name = format!("{stem} ({n}){dot}{ending}");
            }
        }
        entry.text = tidy(&entry.text);
        if entry.text.is_empty() {
            return Err(Error::new(Code::Empty).with("field", "text"));
        }
        self.begin()?;
        entry.number = self.last_line_number(self.author().number)? + 1;
        let number = entry.number;
        self.append(Change::Entry(entry))?;
        Ok(Line {
            site: self.author().code.clone(),
            number,
        })
    }
}
