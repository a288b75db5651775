//! Rotas: tried out, laid out.

use serde::Serialize;
use sotruc_core::clock::{HOUR, Instant};
use sotruc_core::directory::unit::Register;
use sotruc_core::duty::pattern::{PATTERNS, Pattern, PatternFile, minutes, unknown_pattern};
use sotruc_core::duty::period::{self, Period, Post};
use sotruc_core::id::PeriodId;
use sotruc_core::text::text_of;
use sotruc_core::views::rota::{self, RotaPage, ShareRow};
use sotruc_core::{Code, Error, NewRota, Reader, Result, priority};
use std::fs;
use std::path::Path;

use super::super::{Answer, Terminal};
use super::findings::{FindingView, show, together, views};
use crate::args::Generate;
use crate::say::Say;

#[derive(Serialize)]
struct RotaView {
    shifts: usize,
    new: usize,
    kept: usize,
    gone: usize,
    shares: Vec<ShareView>,
    /// The posts that were asked for and are not laid out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<&'static str>,
    findings: Vec<FindingView>,
}

/// What one person would stand in the period; hours are told as numbers of them.
#[derive(Serialize)]
struct ShareView {
    unit: String,
    full_name: String,
    shifts: u64,
    hours: f64,
    nights: u64,
    weekends: u64,
    holidays: u64,
}

impl RotaView {
    fn of(page: RotaPage, say: &Say) -> Self {
        Self {
            shifts: page.shifts,
            new: page.new,
            kept: page.kept,
            gone: page.gone,
            shares: page.shares.into_iter().map(ShareView::from).collect(),
            left_out: page.left_out.iter().map(|post| post.key()).collect(),
            findings: views(page.findings, &page.people, say),
        }
    }
}

impl From<ShareRow> for ShareView {
    fn from(share: ShareRow) -> Self {
        let stood = share.stood;
        Self {
            unit: share.unit,
            full_name: share.full_name,
            shifts: stood.shifts,
            hours: hours(stood.time),
            nights: stood.nights,
            weekends: stood.weekends,
            holidays: stood.holidays,
        }
    }
}

/// A length of time in milliseconds as a number of hours.
pub fn hours(millis: i64) -> f64 {
    millis as f64 / HOUR as f64
}

/// Lays out a rota, or only says what it would be.
pub fn generate(terminal: &mut Terminal, options: &Generate) -> Result<Answer> {
    let file = match PATTERNS.contains(&options.pattern.as_str()) {
        true => None,
        false => Some(read(&options.pattern)?),
    };
    let posts: Vec<Post> = options
        .posts
        .iter()
        .map(|post| terminal.say.word::<Post>(post))
        .collect::<Result<_>>()?;
    let from = options
        .from
        .as_deref()
        .map(Instant::parse_start)
        .transpose()?;
    let asked = |book: Reader<'_>| -> Result<(PeriodId, NewRota)> {
        let periods = book.periods()?;
        let period = period::find(&periods, &options.period)?;
        let mut new = match &file {
            Some(file) => file.asked(book)?,
            None => NewRota::of(shipped(options, period)?),
        };
        if !posts.is_empty() {
            new.posts = posts.clone();
        }
        new.from = from.or(new.from);
        new.limits.rest = options.rest.or(new.limits.rest);
        if !options.units.is_empty() {
            let units = book.units()?;
            let register = Register::new(&units);
            let ids = options
                .units
                .iter()
                .map(|given| Ok(register.find(given)?.id));
            new.units = Some(ids.collect::<Result<_>>()?);
        }
        Ok((period.id, new))
    };
    if options.dry_run {
        priority::give_way();
    }
    let mut book = terminal.open()?;
    let now = match options.dry_run {
        true => terminal.read_time(&book)?,
        false => terminal.write_time(&book)?,
    };
    let (proposal, page) = book.read(|book| {
        let (period, new) = asked(book)?;
        let roster = book.roster()?;
        let proposal = book.propose(&roster, period, &new, now, &|_, _| true)?;
        let page = rota::page(book, &roster, &proposal.rota, now)?;
        Ok((proposal, page))
    })?;
    if !options.dry_run {
        terminal.write_in(&mut book, |write| write.take_proposal(&proposal))?;
        terminal.leave(book);
    }
    let told = together(page.findings.clone(), &page.people, &terminal.say);
    let view = RotaView::of(page, &terminal.say);
    if terminal.json {
        terminal.show_json(&view);
        return Ok(Answer::Yes);
    }
    let key = match options.dry_run {
        true => "out_rota_would",
        false => "out_rota_laid",
    };
    let counts = [
        ("shifts", view.shifts.to_string()),
        ("new", view.new.to_string()),
        ("gone", view.gone.to_string()),
        ("findings", view.findings.len().to_string()),
    ];
    terminal.note(key, &counts);
    for post in &view.left_out {
        let key = match *post == Post::Leader.key() {
            true => "ui_rota_leaders",
            false => "ui_rota_unasked",
        };
        let post = terminal.say.value(Post::FIELD, post);
        terminal.note(key, &[("post", post)]);
    }
    if view.shifts == 0 && view.findings.is_empty() {
        terminal.note("out_rota_nothing", &[]);
    }
    if !view.findings.is_empty() {
        show(terminal, &told);
    }
    if !view.shares.is_empty() {
        show_shares(terminal, &view.shares);
    }
    Ok(Answer::Yes)
}

/// What everybody with shifts in a period stands there; in the one that runs or comes next, when
/// none is named.
pub fn shares(terminal: &mut Terminal, given: Option<&str>) -> Result<()> {
    let rows = terminal.read(|book, now| {
        let roster = book.roster()?;
        let period = match given {
            Some(given) => Some(period::find(&roster.periods, given)?),
            None => period::shown(&roster.periods, now),
        };
        Ok(period.map_or(Vec::new(), |period| rota::shares(&roster, period)))
    })?;
    let views: Vec<ShareView> = rows.into_iter().map(ShareView::from).collect();
    show_shares(terminal, &views);
    Ok(())
}

fn show_shares(terminal: &mut Terminal, shares: &[ShareView]) {
    let headings = [
        "field_unit",
        "field_full_name",
        "ui_share_shifts",
        "ui_share_hours",
        "ui_share_nights",
        "ui_share_weekends",
        "ui_share_holidays",
    ];
    terminal.show(shares, &headings, |share, _| {
        let mut row = vec![share.unit.clone(), share.full_name.clone()];
        row.push(share.shifts.to_string());
        row.push(share.hours.to_string());
        let days = [share.nights, share.weekends, share.holidays];
        row.extend(days.map(|count| count.to_string()));
        row
    });
}

fn shipped(options: &Generate, period: &Period) -> Result<Pattern> {
    let change = match options.change.as_deref() {
        Some(given) => {
            Some(minutes(given).ok_or_else(|| Error::new(Code::TimeInvalid).with("given", given))?)
        }
        None => None,
    };
    Pattern::shipped(&options.pattern, change, period.from)
}

fn read(given: &str) -> Result<PatternFile> {
    let path = Path::new(given);
    if !path.exists() && !given.contains(['.', '/', '\\']) {
        return Err(unknown_pattern(given));
    }
    let bytes = fs::read(path).map_err(|cause| Error::file(path, cause))?;
    let text = text_of(path, &bytes)?;
    PatternFile::parse(&path.display().to_string(), &text)
}
