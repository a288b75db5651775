//! The watch as it is handed over: what is open, what is due, who is missing, who comes.

use std::collections::HashMap;
use std::fmt::Write;

use crate::clock::{DAY, HOUR, Instant};
use crate::directory::{drill, unit};
use crate::duty::coverage::Gap;
use crate::duty::period::Post;
use crate::error::Result;
use crate::id::{IncidentId, UnitId};
use crate::incident::Incident;
use crate::incident::notice::{Notice, NoticeState};
use crate::incident::periodic::OwedReport;
use crate::incident::profile::Basis;
use crate::log::entry::Line;
use crate::messages::vietnamese;
use crate::store::Reader;

/// How far ahead a handover looks, in milliseconds.
pub const AHEAD: i64 = 12 * HOUR;

/// So many of a kind are told one by one; more are told together.
const ONE_BY_ONE: usize = 8;
/// So many units are named where they are told together.
const NAMED: usize = 5;

/// A notice of which whoever comes must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryNotice {
    /// The notice.
    pub notice: Notice,
    /// The number of its incident.
    pub incident: String,
    /// What is to be sent.
    pub what: String,
    /// To whom.
    pub whom: String,
    /// The text that its deadline stands in; `None` when its rule is no more.
    pub basis: Option<Basis>,
}

/// A report of the year of which whoever comes must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryReport {
    /// What is to be sent, and by when.
    pub owed: OwedReport,
    /// To whom.
    pub whom: String,
}

/// What whoever comes must know.
#[derive(Debug, Clone)]
pub struct HandoverSummary {
    /// When the watch began: with the last handover that was received; where none ever was, a day
    /// ago, or when the book began.
    pub from: Instant,
    /// When it ends.
    pub to: Instant,
    /// What the site is called.
    pub site: String,
    /// Open incidents, the worst first.
    pub incidents: Vec<Incident>,
    /// Those of them that were answered for as serious ones while nobody has decided, and since when.
    pub undecided: HashMap<IncidentId, Instant>,
    /// Incidents that were closed, or found to be none, in this watch.
    pub closed: Vec<Incident>,
    /// Notices that should have been sent.
    pub overdue: Vec<SummaryNotice>,
    /// Notices that are still to be sent, by when they are due.
    pub coming: Vec<SummaryNotice>,
    /// Reports of the year that are due within two weeks or were due, by when.
    pub reports: Vec<SummaryReport>,
    /// Notices that were sent, or found not to be needed, in this watch.
    pub settled: Vec<SummaryNotice>,
    /// Posts with nobody on them within twelve hours.
    pub holes: Vec<Gap>,
    /// Whether anybody is asked for within them.
    pub asked: bool,
    /// Units of which no contact can be counted on, or nobody who is on duty within twelve hours, and
    /// since when.
    pub lost: Vec<(UnitId, Instant)>,
    /// Who of our own unit comes on duty within twelve hours: when, and who.
    pub comes: Vec<(Instant, String)>,
    /// The first and the last line of the watch, and how many there are.
    pub lines: Option<(Line, Line, usize)>,
    units: HashMap<UnitId, String>,
}

/// The watch that ends at a moment.
///
/// # Errors
/// Those of the store.
pub fn summary(book: Reader<'_>, now: Instant) -> Result<HandoverSummary> {
    let roster = book.roster()?;
    let soon = now.plus(AHEAD);
    let before = book
        .handovers()?
        .into_iter()
        .rev()
        .find(|known| known.received_at.is_some_and(|at| at <= now))
        .map(|handover| handover.to);
    let from = match before {
        Some(before) => before,
        None => {
            let began = book.began()?.unwrap_or(now);
            began.max(now.plus(-DAY)).min(now)
        }
    };
    let mut written = book.entries_since(from)?;
    written.retain(|entry| from <= entry.recorded_at && entry.recorded_at <= now);
    let lines = match (written.first(), written.last()) {
        (Some(first), Some(last)) => Some((first.line(), last.line(), written.len())),
        _ => None,
    };
    let all = book.incidents()?;
    let mut incidents: Vec<Incident> = all
        .iter()
        .filter(|incident| incident.status.is_open())
        .cloned()
        .collect();
    incidents.sort_by_key(|incident| (std::cmp::Reverse(incident.severity), incident.detected_at));
    let in_watch = |at: Option<Instant>| at.is_some_and(|at| from <= at && at <= now);
    let mut closed: Vec<Incident> = all
        .iter()
        .filter(|incident| !incident.status.is_open() && in_watch(incident.closed_at))
        .cloned()
        .collect();
    closed.sort_by_key(|incident| incident.closed_at);
    let rules = book.rules()?;
    let mut undecided = HashMap::new();
    for incident in &incidents {
        if let Some(since) = book.undecided_since(&rules, incident)? {
            undecided.insert(incident.id, since);
        }
    }
    let (mut overdue, mut coming, mut settled) = (Vec::new(), Vec::new(), Vec::new());
    let notices = book.notices()?;
    for notice in &notices {
        let to = match rules.state(notice, now) {
            Some(NoticeState::Overdue) => &mut overdue,
            Some(NoticeState::Due) => &mut coming,
            Some(NoticeState::Sent | NoticeState::Acknowledged) if in_watch(notice.sent_at) => {
                &mut settled
            }
            Some(NoticeState::Waived) if in_watch(notice.waived_at) => &mut settled,
            _ => continue,
        };
        let incident = all.iter().find(|known| known.id == notice.incident);
        to.push(SummaryNotice {
            incident: incident.map_or(String::new(), |incident| incident.number.clone()),
            what: match incident {
                Some(incident) => rules.what(notice, &notices, incident)?.vi,
                None => notice.rule.clone(),
            },
            whom: rules.told(notice, incident).name,
            basis: match incident {
                Some(incident) => rules.basis(notice, &notices, incident)?,
                None => None,
            },
            notice: notice.clone(),
        });
    }
    let reports = book.owed_reports(now)?.into_iter();
    let reports = reports.map(|owed| SummaryReport {
        whom: rules.names_of(&owed.report.to).join("; "),
        owed,
    });
    let ours = unit::own(&roster.units).map(|unit| unit.id);
    let people: HashMap<_, _> = roster
        .people
        .iter()
        .map(|person| (person.id, person.full_name.as_str()))
        .collect();
    let comes = roster
        .changes(now.plus(-1), soon)
        .into_iter()
        .filter(|change| Some(change.unit) == ours)
        .filter_map(|change| Some((change.at, (*people.get(&change.person)?).to_owned())))
        .collect();
    let mut lost = drill::unreachable(&roster.people, &roster.drills, roster.fresh, now);
    let asked = roster.asks_anybody(None, (now, soon));
    let ahead = roster.gaps(Some((now, soon)), None, now);
    let (holes, silent): (Vec<Gap>, Vec<Gap>) = ahead.into_iter().partition(Gap::is_empty);
    // Who is on duty, or comes, may not be reached though others of the unit are.
    let here = roster.holes_at(now).into_iter();
    for gap in here.filter(|gap| !gap.is_empty()).chain(silent) {
        lost.entry(gap.unit).or_insert(gap.from);
    }
    let mut lost: Vec<(UnitId, Instant)> = lost.into_iter().collect();
    let place = |id: &UnitId| roster.units.iter().position(|unit| unit.id == *id);
    lost.sort_by_key(|(unit, _)| place(unit));
    let sites = book.sites()?;
    Ok(HandoverSummary {
        from,
        to: now,
        site: sites
            .first()
            .map_or(String::new(), |site| site.name.clone()),
        incidents,
        undecided,
        closed,
        overdue,
        coming,
        reports: reports.collect(),
        settled,
        asked,
        holes,
        lost,
        comes,
        lines,
        units: roster
            .all_units()
            .cloned()
            .map(|unit| (unit.id, unit.name))
            .collect(),
    })
}

/// A watch in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchCounts {
    /// Posts with nobody on them within twelve hours.
    pub holes: usize,
    /// Units of which no contact can be counted on.
    pub unreachable: usize,
    /// Lines that were written.
    pub lines: usize,
}

impl HandoverSummary {
    /// The watch in numbers.
    #[must_use]
    pub fn counts(&self) -> WatchCounts {
        WatchCounts {
            holes: self.holes.len(),
            unreachable: self.lost.len(),
            lines: self.lines.as_ref().map_or(0, |(_, _, count)| *count),
        }
    }

    /// The watch in words, as it is kept and printed.
    #[must_use]
    pub fn text(&self, giver: &str, receiver: &str) -> String {
        let say = vietnamese();
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let mut text = say.with(
            "written_handover_head",
            &[
                ("site", self.site.as_str()),
                ("from", &from),
                ("to", &to),
                ("giver", giver),
                ("receiver", receiver),
            ],
        );
        text.push('\n');
        let due = |at: Instant, basis: Option<&Basis>| {
            let due = say.with("written_handover_due", &[("at", at.to_string())]);
            let basis = basis.map(|basis| {
                let how = say.text(Basis::key(basis.seen));
                format!(" · {} ({how})", basis.text.vi)
            });
            due + &basis.unwrap_or_default()
        };
        let owed = |one: &SummaryNotice| {
            let due = due(one.notice.due_at, one.basis.as_ref());
            format!("{} · {} · {} · {due}", one.incident, one.what, one.whom)
        };
        let report = |one: &SummaryReport| {
            let due = due(one.owed.due_at, Some(&one.owed.basis));
            format!("{} · {} · {due}", one.owed.report.name.vi, one.whom)
        };
        let (late, soon): (Vec<_>, Vec<_>) = self
            .reports
            .iter()
            .partition(|one| one.owed.due_at <= self.to);
        let incidents = self.incidents.iter().map(|incident| {
            let told = format!(
                "{} · {} · {} · {}: {}",
                incident.number,
                incident.severity.map_or_else(
                    || say.text("written_not_assessed"),
                    |severity| say.word(severity)
                ),
                say.word(incident.status),
                self.unit(incident.unit),
                incident.title
            );
            let since = self.undecided.get(&incident.id);
            let undecided =
                since.map(|at| say.with("written_undecided", &[("at", at.to_string())]));
            undecided.map_or_else(|| told.clone(), |undecided| format!("{told} · {undecided}"))
        });
        section(&mut text, "written_handover_open", incidents);
        let closed = self.closed.iter().map(|incident| {
            let at = incident.closed_at.unwrap_or(self.to).to_string();
            let became = [("status", say.word(incident.status)), ("at", &at)];
            format!(
                "{} · {} · {}: {}",
                incident.number,
                say.with("written_handover_closed_at", &became),
                self.unit(incident.unit),
                incident.title
            )
        });
        section(&mut text, "written_handover_closed", closed);
        section(
            &mut text,
            "written_handover_overdue",
            self.overdue
                .iter()
                .map(owed)
                .chain(late.into_iter().map(report)),
        );
        section(
            &mut text,
            "written_handover_coming",
            self.coming
                .iter()
                .map(owed)
                .chain(soon.into_iter().map(report)),
        );
        let settled = self.settled.iter().map(|one| {
            let became = match (one.notice.sent_at, &one.notice.reason) {
                (Some(at), _) => say.with("written_handover_sent", &[("at", at.to_string())]),
                (None, Some(reason)) => {
                    say.with("written_handover_waived_for", &[("reason", reason)])
                }
                (None, None) => say.text("written_handover_waived").to_owned(),
            };
            format!("{} · {} · {} · {became}", one.incident, one.what, one.whom)
        });
        section(&mut text, "written_handover_settled", settled);
        match self.asked {
            true => counted(
                &mut text,
                "written_handover_holes",
                self.holes.len(),
                self.hole_lines(),
            ),
            false => {
                let part = [("part", say.text("written_handover_holes"))];
                let told = say.with("written_handover_not_asked", &part);
                let _ = write!(text, "\n{told}\n");
            }
        }
        counted(
            &mut text,
            "written_handover_lost",
            self.lost.len(),
            self.lost_lines(),
        );
        let comes = self.comes.iter().map(|(at, name)| format!("{at} · {name}"));
        section(&mut text, "written_handover_comes", comes);
        if let Some((first, last, count)) = &self.lines {
            let (first, last) = (first.to_string(), last.to_string());
            let values = [
                ("first", first),
                ("last", last),
                ("count", count.to_string()),
            ];
            let _ = write!(text, "\n{}\n", say.with("written_handover_lines", &values));
        }
        text
    }
}

impl HandoverSummary {
    /// Posts with nobody on them, one by one; where many are, a line for each post.
    fn hole_lines(&self) -> Vec<String> {
        let say = vietnamese();
        let mut lines = Vec::new();
        for &post in Post::ALL {
            let here: Vec<&Gap> = self.holes.iter().filter(|gap| gap.post == post).collect();
            let first = here.iter().map(|gap| gap.from).min();
            let last = here.iter().map(|gap| gap.to).max();
            match (first, last) {
                (Some(first), Some(last)) if here.len() > ONE_BY_ONE => {
                    let mut units: Vec<&str> = here.iter().map(|gap| self.unit(gap.unit)).collect();
                    units.dedup();
                    lines.push(format!(
                        "{} · {} · {first} – {last}",
                        say.word(post),
                        several(&units)
                    ));
                }
                _ => lines.extend(here.iter().map(|gap| {
                    let (unit, post) = (self.unit(gap.unit), say.word(post));
                    format!("{unit} · {post} · {} – {}", gap.from, gap.to)
                })),
            }
        }
        lines
    }

    /// Units that cannot be reached, one by one; where many are, in one line.
    fn lost_lines(&self) -> Vec<String> {
        let since = |at: Instant| {
            let at = [("at", at.to_string())];
            vietnamese().with("written_handover_since", &at)
        };
        let first = self.lost.iter().map(|(_, at)| *at).min();
        if let Some(first) = first.filter(|_| self.lost.len() > ONE_BY_ONE) {
            let units: Vec<&str> = self.lost.iter().map(|(id, _)| self.unit(*id)).collect();
            return vec![format!("{} · {}", several(&units), since(first))];
        }
        let lost = self.lost.iter();
        lost.map(|(id, at)| format!("{} · {}", self.unit(*id), since(*at)))
            .collect()
    }

    fn unit(&self, id: UnitId) -> &str {
        self.units.get(&id).map_or("?", String::as_str)
    }
}

/// How many units there are, with the names of the first.
fn several(units: &[&str]) -> String {
    let named = units[..units.len().min(NAMED)].join(", ");
    let values = [
        ("count", units.len().to_string()),
        ("names", named),
        ("more", units.len().saturating_sub(NAMED).to_string()),
    ];
    let key = match units.len() > NAMED {
        true => "written_handover_units_more",
        false => "written_handover_units",
    };
    vietnamese().with(key, &values)
}

/// A part of the text: its heading, by its key, with how many, and a line each.
fn section(text: &mut String, key: &'static str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    counted(text, key, lines.len(), lines);
}

/// [`section`], of so many, which some of the lines may tell together.
fn counted(text: &mut String, key: &'static str, count: usize, lines: Vec<String>) {
    let say = vietnamese();
    let heading = say.text(key);
    match count {
        0 => {
            let none = say.with("written_handover_none", &[("part", heading)]);
            let _ = write!(text, "\n{none}\n");
        }
        count => {
            let _ = write!(text, "\n{heading} ({count})\n");
            for line in lines {
                let _ = writeln!(text, "- {line}");
            }
        }
    }
}
