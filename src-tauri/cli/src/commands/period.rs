//! Periods.

use serde::Serialize;
use sotruc_core::clock::Instant;
use sotruc_core::period::{self, Post};
use sotruc_core::unit::Group;
use sotruc_core::{NewPeriod, Result};

use super::{Answer, Desk};
use crate::args::Period as Words;

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
}

pub fn run(desk: &mut Desk, words: &Words) -> Result<Answer> {
    match words {
        Words::List => {
            let periods = desk.read(|book, _| book.periods())?;
            let views: Vec<View> = periods
                .into_iter()
                .map(|period| View {
                    due_at: period.due(),
                    id: period.id.to_string(),
                    name: period.name,
                    from: period.from,
                    to: period.to,
                    posts: period.posts.into_iter().map(Post::key).collect(),
                    groups: period
                        .groups
                        .map(|groups| groups.into_iter().map(Group::key).collect()),
                })
                .collect();
            let headings = [
                "field_name",
                "field_from",
                "field_to",
                "field_posts",
                "field_groups",
                "field_due_at",
                "field_id",
            ];
            desk.show(&views, &headings, |period, say| {
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
        } => {
            let posts = posts.iter().map(|post| desk.say.word::<Post>(post));
            let groups: Vec<Group> = groups
                .iter()
                .map(|group| desk.say.word::<Group>(group))
                .collect::<Result<_>>()?;
            let new = NewPeriod {
                name: name.clone(),
                from: Instant::parse_start(from)?,
                to: Instant::parse_end(to)?,
                posts: posts.collect::<Result<_>>()?,
                groups: Some(groups).filter(|groups| !groups.is_empty()),
                due_at: due.as_deref().map(Instant::parse_due).transpose()?,
                letter: None,
                needs: Vec::new(),
                overlap: None,
            };
            let period = desk.write(|write| write.add_period(new))?;
            desk.say(&period.id.to_string());
        }
        Words::Remove { period } => {
            let wrote = desk.write(|write| {
                let mut period = period::find(&write.periods()?, period)?.clone();
                period.removed = true;
                write.set_period(&period)
            })?;
            desk.wrote(wrote);
        }
    }
    Ok(Answer::Yes)
}
