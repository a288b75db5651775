//! Incidents.

use super::{Writing, Wrote, needed};
use crate::clock::Instant;
use crate::error::Result;
use crate::id::UnitId;
use crate::incident::{self, Incident, Severity, Status, Type};
use crate::text::tidy_some;

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
}

impl Writing<'_> {
    /// Opens an incident and gives it the site's next number of the year.
    ///
    /// # Errors
    /// [`crate::Code::Empty`].
    pub fn open_incident(&mut self, new: NewIncident) -> Result<Incident> {
        let title = needed("subject", &new.title)?;
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
            removed: false,
        };
        self.put(&incident)?;
        Ok(incident)
    }

    /// Changes an incident. Closing it, or calling it a false alarm, notes when.
    ///
    /// # Errors
    /// [`crate::Code::Empty`].
    pub fn set_incident(&mut self, incident: &Incident, change: IncidentChange) -> Result<Wrote> {
        let mut set = incident.clone();
        if let Some(title) = change.title {
            set.title = needed("subject", &title)?;
        }
        set.unit = change.unit.unwrap_or(set.unit);
        set.kind = change.kind.unwrap_or(set.kind);
        set.severity = change.severity.or(set.severity);
        set.detected_at = change.detected.unwrap_or(set.detected_at);
        if let Some(note) = change.note {
            set.note = tidy_some(&note);
        }
        if let Some(status) = change.status {
            set.status = status;
            set.closed_at = match status.is_open() {
                true => None,
                false => set.closed_at.or(Some(self.now())),
            };
        }
        self.put(&set)
    }

    /// The incident that `given` names.
    ///
    /// # Errors
    /// [`crate::Code::IncidentUnknown`], [`crate::Code::IncidentAmbiguous`].
    pub fn find_incident(&self, given: &str) -> Result<Incident> {
        incident::find(&self.incidents()?, given).cloned()
    }
}
