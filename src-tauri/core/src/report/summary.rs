//! The summary: what a leader asks for in the morning, in one table of counts.

use std::io::Write;

use super::columns;
use crate::clock::{Instant, MINUTE};
use crate::directory::unit::Group;
use crate::duty::coverage::{Gap, Roster};
use crate::duty::finding::Flaw;
use crate::error::Result;
use crate::incident::{Incident, Severity, Type};
use crate::log::entry::Kind;
use crate::messages::vietnamese;
use crate::sheet::out::{Cell, Form};
use crate::store::Reader;
use crate::submission::Sums;

/// Counts: units and their contacts by group; what came for each period, and the hours with
/// nobody on duty; incidents by type (the rows of Mẫu 05), severity and state; lines by kind.
///
/// # Errors
/// Those of the store, and [`crate::Code::File`].
pub fn summary(book: Reader<'_>, to: impl Write, form: Form, now: Instant) -> Result<()> {
    let say = vietnamese();
    let word = |key: &'static str| say.text(key);
    let headings = columns(["column_part", "column_what", "column_count", "column_note"]);
    let mut sheet = super::table(book, to, form, &headings)?;
    sheet.row(&[
        Cell::Text(word("written_summary").to_owned()),
        Cell::Text(word("written_summary_made").to_owned()),
        Cell::Empty,
        Cell::Time(now),
    ])?;
    let mut row = |part: &str, what: &str, count: usize, note: &str| {
        sheet.row(&[
            Cell::Text(part.to_owned()),
            Cell::Text(what.to_owned()),
            Cell::Count(count as u64),
            Cell::text(Some(note).filter(|note| !note.is_empty())),
        ])
    };
    let roster = book.roster()?;
    let Roster {
        units,
        people,
        periods,
        ..
    } = &roster;
    for &group in Group::ALL {
        let of_group: Vec<_> = units.iter().filter(|unit| unit.group == group).collect();
        if of_group.is_empty() {
            continue;
        }
        let without: Vec<&str> = of_group
            .iter()
            .filter(|unit| !people.iter().any(|person| person.unit == unit.id))
            .map(|unit| unit.name.as_str())
            .collect();
        let name = say.word(group);
        row(word("written_summary_units"), name, of_group.len(), "")?;
        row(
            word("written_summary_without_contact"),
            name,
            without.len(),
            &without.join("; "),
        )?;
    }
    row(
        word("written_summary_directory"),
        word("written_summary_people"),
        people.len(),
        "",
    )?;
    for period in periods {
        let owed = book.owed(period)?;
        let sums = Sums::of(&owed, now);
        let part = say.with("written_summary_period", &[("name", &period.name)]);
        row(&part, word("written_summary_asked"), sums.asked, "")?;
        row(&part, word("written_summary_sent"), sums.sent, "")?;
        row(
            &part,
            word("written_summary_waiting"),
            sums.asked - sums.sent,
            "",
        )?;
        row(&part, word("written_summary_late"), sums.late, "")?;
        let (gaps, silent): (Vec<Gap>, Vec<Gap>) = roster
            .gaps(None, Some(period.id), now)
            .into_iter()
            .partition(Gap::is_empty);
        // In whole hours, with what is over in minutes behind them.
        let hours = |gaps: &[Gap], such: fn(&Gap) -> bool| {
            let lengths = gaps.iter().filter(|gap| such(gap));
            let lengths = lengths.map(|gap| gap.to.millis() - gap.from.millis());
            let minutes = lengths.sum::<i64>() / MINUTE;
            let rest = (minutes % 60 > 0).then(|| {
                let parts = [
                    ("hours", (minutes / 60).to_string()),
                    ("minutes", (minutes % 60).to_string()),
                ];
                say.with("written_summary_length", &parts)
            });
            (minutes as usize / 60, rest.unwrap_or_default())
        };
        let empty: Vec<&str> = units
            .iter()
            .filter(|unit| gaps.iter().any(|gap| gap.unit == unit.id))
            .map(|unit| unit.name.as_str())
            .collect();
        row(
            &part,
            word("written_summary_gaps"),
            gaps.len(),
            &match roster.asks_anybody(Some(period.id), (period.from, period.to)) {
                true => empty.join("; "),
                false => word("written_summary_not_asked").to_owned(),
            },
        )?;
        let empty_hours = hours(&gaps, |_| true);
        row(
            &part,
            word("written_summary_empty_hours"),
            empty_hours.0,
            &empty_hours.1,
        )?;
        // Of these while whoever is named has leave; and what calls do not reach is not empty.
        let is_away = |gap: &Gap| gap.cause == Flaw::Away;
        if gaps.iter().any(is_away) {
            let (count, note) = hours(&gaps, is_away);
            row(&part, word("written_summary_away_hours"), count, &note)?;
        }
        if !silent.is_empty() {
            let (count, note) = hours(&silent, |_| true);
            row(&part, word("written_summary_silent_hours"), count, &note)?;
        }
    }
    let incidents = book.incidents()?;
    row(
        word("written_summary_incidents"),
        word("written_summary_total"),
        incidents.len(),
        "",
    )?;
    let open = incidents
        .iter()
        .filter(|incident| incident.status.is_open());
    row(
        word("written_summary_incidents"),
        word("written_summary_open"),
        open.count(),
        "",
    )?;
    let with = |test: &dyn Fn(&&Incident) -> bool| incidents.iter().filter(test).count();
    for &kind in Type::ALL {
        let note = say.with("written_summary_type", &[("code", kind.key())]);
        row(
            word("written_summary_by_type"),
            say.word(kind),
            with(&|incident| incident.kind == kind),
            &note,
        )?;
    }
    for &severity in Severity::ALL {
        let count = with(&|incident| incident.severity == Some(severity));
        row(
            word("written_summary_by_severity"),
            say.word(severity),
            count,
            "",
        )?;
    }
    row(
        word("written_summary_by_severity"),
        word("written_not_assessed"),
        with(&|incident| incident.severity.is_none()),
        "",
    )?;
    let mut kinds = vec![0; Kind::ALL.len()];
    book.each_entry(None, |entry| {
        kinds[entry.kind as usize] += 1;
        Ok(())
    })?;
    for &kind in Kind::ALL {
        row(
            word("written_summary_log"),
            say.word(kind),
            kinds[kind as usize],
            "",
        )?;
    }
    sheet.end()
}
