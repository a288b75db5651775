//! Periods.

use serde::Serialize;
use sotruc_core::clock::{Instant, MINUTE};
use sotruc_core::directory::unit::{Group, Register, Unit};
use sotruc_core::duty::period::{Need, Post, find};
use sotruc_core::views::period::{self, PeriodCard};
use sotruc_core::{Code, Error, NewPeriod, PeriodChange, Result};

use super::{Answer, Terminal, or_nothing};
use crate::args::{Overlap, Period as Words, PeriodMore};
use crate::say::Say;

#[derive(Serialize)]
struct View {
    id: String,
    name: String,
    #[serde(serialize_with = "crate::show::moment")]
    from: Instant,
    #[serde(serialize_with = "crate::show::moment")]
    to: Instant,
    posts: Vec<&'static str>,
    groups: Option<Vec<&'static str>>,
    #[serde(serialize_with = "crate::show::moment")]
    due_at: Instant,
    letter: Option<String>,
    needs: Vec<NeedView>,
    overlap: i64,
    #[serde(serialize_with = "crate::show::moment")]
    asked_at: Instant,
}

/// An exception, with its ends as every other time is written.
#[derive(Serialize)]
struct NeedView {
    #[serde(flatten)]
    need: Need,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    begins_at: Option<Instant>,
    #[serde(serialize_with = "crate::show::maybe_moment")]
    ends_at: Option<Instant>,
}

impl From<Need> for NeedView {
    fn from(need: Need) -> Self {
        Self {
            begins_at: need.from,
            ends_at: need.to,
            need,
        }
    }
}

impl From<PeriodCard> for View {
    fn from(period: PeriodCard) -> Self {
        let groups = period.groups;
        Self {
            id: period.id.to_string(),
            name: period.name,
            from: period.from,
            to: period.to,
            posts: period.posts.into_iter().map(Post::key).collect(),
            groups: groups.map(|groups| groups.into_iter().map(Group::key).collect()),
            due_at: period.due,
            letter: period.letter,
            needs: period.needs.into_iter().map(NeedView::from).collect(),
            overlap: period.wanted_overlap / MINUTE,
            asked_at: period.asked,
        }
    }
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List => {
            let (periods, units) =
                terminal.read(|book, _| Ok((period::list(book)?, book.units()?)))?;
            let views: Vec<View> = periods.into_iter().map(View::from).collect();
            let headings = [
                "field_name",
                "field_from",
                "field_to",
                "field_posts",
                "field_groups",
                "field_asked_at",
                "field_due_at",
                "field_id",
            ];
            terminal.show(&views, &headings, |period, say| {
                let posts: Vec<String> = period
                    .posts
                    .iter()
                    .map(|post| say.value(Post::FIELD, post))
                    .collect();
                let groups = period.groups.as_ref().map(|groups| {
                    groups
                        .iter()
                        .map(|group| say.value(Group::FIELD, group))
                        .collect::<Vec<_>>()
                        .join("; ")
                });
                vec![
                    period.name.clone(),
                    period.from.to_string(),
                    period.to.to_string(),
                    posts.join(", "),
                    groups.unwrap_or_else(|| say.text("out_all_groups").to_owned()),
                    period.asked_at.to_string(),
                    period.due_at.to_string(),
                    period.id.clone(),
                ]
            });
            if !terminal.json {
                show_needs(terminal, &views, &units);
            }
        }
        Words::Add {
            name,
            from,
            to,
            posts,
            groups,
            due,
            more,
        } => {
            let posts = posts.iter().map(|post| terminal.say.word::<Post>(post));
            let groups: Vec<Group> = groups
                .iter()
                .map(|group| terminal.say.word::<Group>(group))
                .collect::<Result<_>>()?;
            let new = NewPeriod {
                name: name.clone(),
                from: Instant::parse_start(from)?,
                to: Instant::parse_end(to)?,
                posts: posts.collect::<Result<_>>()?,
                groups: Some(groups).filter(|groups| !groups.is_empty()),
                due_at: due.as_deref().map(Instant::parse_due).transpose()?,
                letter: more.letter.clone(),
                needs: Vec::new(),
                overlap: more.overlap.and_then(|Overlap(overlap)| overlap),
                asked_at: asked(more)?.flatten(),
            };
            let period = terminal.write(|write| {
                let needs = needs(&more.need, &write.units()?, &terminal.say)?;
                write.add_period(NewPeriod { needs, ..new })
            })?;
            terminal.say(&period.id.to_string());
        }
        Words::Set {
            period,
            name,
            from,
            to,
            posts,
            groups,
            due,
            more,
        } => {
            let posts = posts.iter().map(|post| terminal.say.word::<Post>(post));
            let posts: Vec<Post> = posts.collect::<Result<_>>()?;
            // None named are all; no day named is the first moment.
            let groups = groups.as_ref().map(|groups| {
                let named = groups.iter().filter(|group| !group.trim().is_empty());
                named
                    .map(|group| terminal.say.word::<Group>(group))
                    .collect::<Result<Vec<_>>>()
            });
            let due = due.as_deref().map(or_nothing);
            let due = due.map(|due| due.as_deref().map(Instant::parse_due).transpose());
            let change = PeriodChange {
                name: name.clone(),
                groups: groups
                    .transpose()?
                    .map(|groups| Some(groups).filter(|groups| !groups.is_empty())),
                due_at: due.transpose()?,
                from: from.as_deref().map(Instant::parse_start).transpose()?,
                to: to.as_deref().map(Instant::parse_end).transpose()?,
                posts: Some(posts).filter(|posts| !posts.is_empty()),
                letter: more.letter.clone(),
                overlap: more.overlap.map(|Overlap(overlap)| overlap),
                asked_at: asked(more)?,
                needs: None,
            };
            let wrote = terminal.write(|write| {
                let period = find(&write.periods()?, period)?.id;
                // An empty one takes all away.
                let needs = match more.need.is_empty() {
                    true => None,
                    false => Some(needs(&more.need, &write.units()?, &terminal.say)?),
                };
                write.change_period(period, PeriodChange { needs, ..change })
            })?;
            terminal.wrote(wrote);
        }
        Words::Remove { period } => {
            let wrote = terminal.write(|write| {
                let period = find(&write.periods()?, period)?.id;
                write.remove_period(period)
            })?;
            terminal.wrote(wrote);
        }
    }
    Ok(Answer::Yes)
}

/// Shows the exceptions, and by which rule several that meet are taken.
fn show_needs(terminal: &mut Terminal, periods: &[View], units: &[Unit]) {
    let told = |period: &View| {
        let needs = period.needs.iter();
        let told = needs.map(|need| need_told(&need.need, units, &terminal.say));
        told.map(|told| format!("{} · {told}", period.name))
            .collect::<Vec<_>>()
    };
    let needs: Vec<String> = periods.iter().flat_map(told).collect();
    let mut pairs = periods
        .iter()
        .enumerate()
        .flat_map(|(n, one)| periods[..n].iter().map(move |other| (one, other)));
    let meet = pairs.any(|(one, other)| one.from < other.to && other.from < one.to);
    for line in &needs {
        terminal.say(line);
    }
    if meet || needs.len() > 1 {
        terminal.note("out_narrower_decides", &[]);
    }
}

/// An exception in a sentence: when, of whom, what.
fn need_told(need: &Need, units: &[Unit], say: &Say) -> String {
    let when = match (need.from, need.to) {
        (None, None) => say.text("ui_need_whole").to_owned(),
        (Some(from), None) => say.with("ui_need_from", &[("from", from.to_string())]),
        (None, Some(to)) => say.with("ui_need_to", &[("to", to.to_string())]),
        (Some(from), Some(to)) => {
            let ends = [("from", from.to_string()), ("to", to.to_string())];
            say.with("ui_need_span", &ends)
        }
    };
    let unit = need
        .unit
        .and_then(|id| units.iter().find(|unit| unit.id == id));
    let whom = match (unit, need.group) {
        (Some(unit), _) => unit.name.clone(),
        (None, Some(group)) => {
            let group = [("group", say.value(Group::FIELD, group.key()))];
            say.with("ui_need_group", &group)
        }
        (None, None) if need.unit.is_some() => "?".to_owned(),
        (None, None) => say.text("ui_need_all").to_owned(),
    };
    let posts = [
        (Post::Main, "ui_need_main"),
        (Post::Backup, "ui_need_backup"),
        (Post::Leader, "ui_need_leader"),
    ];
    let counts = posts.map(|(post, key)| {
        let count = need.posts.iter().filter(|asked| **asked == post).count();
        (count > 0).then(|| say.with(key, &[("n", count.to_string())]))
    });
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let what = match counts.is_empty() {
        true => say.text("ui_need_nobody").to_owned(),
        false => counts.join(", "),
    };
    say.with(
        "ui_need_told",
        &[("when", when), ("whom", whom), ("what", what)],
    )
}

/// Since when lists count, where that is said; an empty text is what is usual.
fn asked(more: &PeriodMore) -> Result<Option<Option<Instant>>> {
    let said = more.asked.as_deref().map(or_nothing);
    let parsed = said.map(|said| said.as_deref().map(Instant::parse_start).transpose());
    parsed.transpose()
}

/// Exceptions as they are written: of whom, from when to when, which posts.
fn needs(given: &[String], units: &[Unit], say: &Say) -> Result<Vec<Need>> {
    let need = |text: &String| {
        let unclear = || Error::new(Code::NeedInvalid).with("given", text);
        let (whom, posts) = text.split_once('=').ok_or_else(unclear)?;
        let (whom, span) = match whom.split_once('@') {
            Some((whom, span)) => (whom.trim(), Some(span)),
            None => (whom.trim(), None),
        };
        let (from, to) = match span.map(|span| span.split_once("..").unwrap_or((span, span))) {
            Some((from, to)) => (
                Some(Instant::parse_start(from)?),
                Some(Instant::parse_end(to)?),
            ),
            None => (None, None),
        };
        let group = say.word::<Group>(whom).ok();
        let unit = match (whom, group) {
            ("*", _) | (_, Some(_)) => None,
            (name, None) => Some(Register::new(units).find(name)?.id),
        };
        let posts = posts
            .split(',')
            .map(str::trim)
            .filter(|post| !post.is_empty());
        Ok(Need {
            unit,
            group,
            from,
            to,
            posts: posts
                .map(|post| say.word::<Post>(post))
                .collect::<Result<_>>()?,
        })
    };
    let given = given.iter().filter(|text| !text.trim().is_empty());
    given.map(need).collect()
}
