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
    needs: Vec<Need>,
    overlap: i64,
    #[serde(serialize_with = "crate::show::moment")]
    asked_at: Instant,
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
            needs: period.needs,
            overlap: period.wanted_overlap / MINUTE,
            asked_at: period.asked,
        }
    }
}

pub fn run(terminal: &mut Terminal, words: &Words) -> Result<Answer> {
    match words {
        Words::List => {
            let periods = terminal.read(|book, _| period::list(book))?;
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
