//! Notices: whom to tell of an incident, by when, and whether they were told.

use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

use super::call::CallOption;
use super::incident::IncidentRow;
use super::names::Names;
use super::unit::UnitRef;
use crate::clock::Instant;
use crate::duty::coverage::Roster;
use crate::error::Result;
use crate::id::{IncidentId, NoticeId, UnitId};
use crate::incident::Incident;
use crate::incident::notice::{Notice, NoticeState, Snooze};
use crate::incident::profile::{Basis, Recipient, Rule, Said};
use crate::log::entry::Means;
use crate::office::Rules;
use crate::store::Reader;

/// A notice.
#[derive(Debug, Clone, Serialize, Type)]
pub struct NoticeRow {
    /// Its identity.
    pub id: NoticeId,
    /// Of what.
    pub incident: IncidentRow,
    /// What is to be sent, in Vietnamese and English.
    pub what: Said,
    /// The text that its deadline stands in, and whether it was seen there or is assumed; `null`
    /// when its rule is no more.
    pub basis: Option<Basis>,
    /// To whom.
    pub recipient: String,
    /// The unit that is, where it is one of the book.
    pub unit: Option<UnitRef>,
    /// Whether nobody is on duty there now.
    pub nobody: bool,
    /// Whom to call there: whoever is called first, who else is on duty, and at last who of these
    /// did not answer just now.
    pub calls: Vec<CallOption>,
    /// All numbers there, the first to call first.
    pub order: Vec<CallOption>,
    /// Since when it is needed.
    pub made_at: Instant,
    /// By when.
    pub due_at: Instant,
    /// After when it counts as overdue: of what is due at once, some minutes later.
    pub overdue_at: Instant,
    /// Whether it is due from the moment it is needed.
    pub at_once: bool,
    /// What became of it.
    pub state: NoticeState,
    /// When it was sent.
    pub sent_at: Option<Instant>,
    /// How, or how it is sent as a rule.
    pub channel: Option<Means>,
    /// To whom there.
    pub whom: Option<String>,
    /// The number of the document.
    pub document: Option<String>,
    /// When whoever was told said so.
    pub acknowledged_at: Option<Instant>,
    /// Why it is not needed.
    pub reason: Option<String>,
    /// That it is not told again for a while; `null` when that is over.
    pub snooze: Option<Snooze>,
}

/// The notices that pass a test, by when they are due.
pub(super) fn rows(
    book: Reader<'_>,
    roster: &Roster,
    names: &Names,
    now: Instant,
    wanted: impl Fn(&Notice) -> bool,
) -> Result<Vec<NoticeRow>> {
    let all = book.notices()?;
    let notices: Vec<Notice> = all.iter().filter(|one| wanted(one)).cloned().collect();
    if notices.is_empty() {
        return Ok(Vec::new());
    }
    let rules = book.rules()?;
    let incidents: HashMap<_, _> = book
        .incidents()?
        .into_iter()
        .map(|incident| (incident.id, incident))
        .collect();
    let on_duty = roster.on_duty(now);
    let calls = roster.calls(&on_duty, now);
    let there = |unit: UnitId| roster.units.iter().find(|known| known.id == unit);
    let mut snoozes = book.snoozes()?;
    snoozes.retain(|_, snooze| snooze.until > now);
    let row = |notice: Notice| {
        let state = rules.state(&notice, now)?;
        let incident = incidents.get(&notice.incident)?;
        let rule = rules.rule_of(&notice);
        let told = rules.told(&notice, Some(incident));
        let there = told.unit.and_then(there);
        let is_there = |unit| on_duty.iter().any(|line| line.answers_at(unit));
        Some(NoticeRow {
            id: notice.id,
            nobody: told.unit.is_some_and(|unit| !is_there(unit)),
            calls: there.map_or_else(Vec::new, |unit| CallOption::all(&calls.few(unit))),
            order: there.map_or_else(Vec::new, |unit| CallOption::all(&calls.order(unit, &[]))),
            unit: told.unit.and_then(|id| names.unit(id)),
            recipient: told.name,
            incident: IncidentRow::of(incident, names),
            channel: notice.channel.or(rule.and_then(|rule| rule.channel)),
            what: what(&notice, &all, &rules, incident),
            basis: rules.basis(&notice, &all, incident).ok().flatten(),
            made_at: notice.made_at,
            due_at: notice.due_at,
            overdue_at: rules.late(&notice),
            at_once: rule.map_or(notice.due_at == notice.made_at, Rule::is_at_once),
            state,
            sent_at: notice.sent_at,
            whom: notice.whom,
            document: notice.document,
            acknowledged_at: notice.acknowledged_at,
            reason: notice.reason,
            snooze: snoozes.remove(&notice.id),
        })
    };
    Ok(notices.into_iter().filter_map(row).collect())
}

/// What a rule asks to be told to our own unit: nobody is to be told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OwnNotice {
    /// What is asked for, in Vietnamese and English.
    pub what: Said,
    /// The text that it stands in.
    pub basis: Basis,
    /// What our own unit is called.
    pub recipient: String,
}

/// What the rules in force ask to be told to our own unit of an incident.
///
/// # Errors
/// Those of the store.
pub fn of_ourselves(rules: &Rules, incident: &Incident) -> Result<Vec<OwnNotice>> {
    let ours = rules.asked(incident, &[])?.into_iter();
    let ours = ours.filter(|group| rules.is_ours(&group.addressee));
    Ok(ours
        .map(|group| {
            let first = group.asking[0];
            OwnNotice {
                what: first.rule.name.clone(),
                basis: group.basis(first),
                recipient: group.addressee.name,
            }
        })
        .collect())
}

/// What is to be sent, or was: as the rules say for which it is told.
fn what(notice: &Notice, all: &[Notice], rules: &Rules, incident: &Incident) -> Said {
    let gone = || Said {
        vi: notice.rule.clone(),
        en: notice.rule.clone(),
    };
    rules.what(notice, all, incident).unwrap_or_else(|_| gone())
}

/// A notice as it stood at a moment: what came of it later is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NoticeThen {
    /// Its identity.
    pub id: NoticeId,
    /// The number of the incident.
    pub incident: String,
    /// The profile that asks for it.
    pub profile: String,
    /// The rule of that profile.
    pub rule: String,
    /// What is to be sent, in Vietnamese and English.
    pub what: Said,
    /// The text that its deadline stands in, and whether it was seen there or is assumed; `null`
    /// when its rule is no more.
    pub basis: Option<Basis>,
    /// Who is to be told, by what they are.
    pub role: Recipient,
    /// What they are called.
    pub recipient: String,
    /// By when.
    pub due_at: Instant,
    /// What became of it.
    pub state: NoticeState,
    /// When it was sent.
    pub sent_at: Option<Instant>,
    /// How it was sent.
    pub channel: Option<Means>,
    /// To whom there.
    pub whom: Option<String>,
    /// The number of the document.
    pub document: Option<String>,
    /// When whoever was told said so.
    pub acknowledged_at: Option<Instant>,
    /// When it was found not to be needed.
    pub waived_at: Option<Instant>,
    /// Why it is not needed.
    pub reason: Option<String>,
    /// That it is not told again for a while; `null` when that is over.
    pub snooze: Option<Snooze>,
}

/// Which notices are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Those of this incident.
    pub incident: Option<IncidentId>,
    /// Those that are still to be sent.
    pub open: bool,
}

/// The notices that should have been sent by now and were not, by when they were due.
///
/// # Errors
/// Those of the store.
pub fn overdue(book: Reader<'_>, now: Instant) -> Result<Vec<NoticeThen>> {
    let open = Asked {
        open: true,
        ..Asked::default()
    };
    let mut notices = at(book, open, now)?;
    notices.retain(|notice| notice.state == NoticeState::Overdue);
    Ok(notices)
}

/// How many notices are to be sent at a moment.
///
/// # Errors
/// Those of the store.
pub fn waiting(book: Reader<'_>, now: Instant) -> Result<usize> {
    let notices = book.notices()?;
    let open = notices.iter().filter(|notice| notice.is_open(now));
    Ok(open.count())
}

/// Notices as they stood at a moment, by when they are due.
///
/// # Errors
/// Those of the store.
pub fn at(book: Reader<'_>, asked: Asked, at: Instant) -> Result<Vec<NoticeThen>> {
    let (incidents, rules) = (book.incidents()?, book.rules()?);
    let notices = book.notices()?;
    let all = notices.clone();
    let incidents: HashMap<_, _> = incidents.iter().map(|known| (known.id, known)).collect();
    let by = |then: Option<Instant>| then.filter(|then| *then <= at);
    let mut snoozes = book.snoozes()?;
    snoozes.retain(|_, snooze| snooze.until > at);
    let row = |notice: Notice| {
        let state = rules.state(&notice, at)?;
        let is_asked = asked.incident.is_none_or(|only| notice.incident == only);
        if !is_asked || asked.open && state.is_settled() {
            return None;
        }
        let incident = incidents.get(&notice.incident)?;
        let (sent_at, waived_at) = (by(notice.sent_at), by(notice.waived_at));
        Some(NoticeThen {
            snooze: snoozes.remove(&notice.id).filter(|_| !state.is_settled()),
            id: notice.id,
            incident: incident.number.clone(),
            what: what(&notice, &all, &rules, incident),
            basis: rules.basis(&notice, &all, incident).ok().flatten(),
            role: notice.recipient,
            recipient: rules.told(&notice, Some(incident)).name,
            due_at: notice.due_at,
            state,
            sent_at,
            channel: notice.channel.filter(|_| sent_at.is_some()),
            acknowledged_at: by(notice.acknowledged_at),
            waived_at,
            profile: notice.profile,
            rule: notice.rule,
            whom: notice.whom.filter(|_| sent_at.is_some()),
            document: notice.document.filter(|_| sent_at.is_some()),
            reason: notice.reason.filter(|_| waived_at.is_some()),
        })
    };
    Ok(notices.into_iter().filter_map(row).collect())
}
