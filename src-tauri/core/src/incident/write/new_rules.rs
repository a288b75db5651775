//! What a change of the rules makes of all that is owed.

use serde::Serialize;
use specta::Type;

use crate::book::Writing;
use crate::clock::Instant;
use crate::error::Result;
use crate::incident::Incident;
use crate::incident::notice::{Notice, NoticesChanged, no_more};
use crate::incident::periodic::OwedReport;
use crate::incident::profile::Said;
use crate::log::entry::{Kind, NewLine};
use crate::messages::vietnamese;
use crate::office::Rules;

/// Something that is owed still by rules that are in force no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StillOwed {
    /// What is to be sent, in Vietnamese and English.
    pub what: Said,
    /// To whom.
    pub whom: String,
    /// By when.
    pub due_at: Instant,
}

/// Something that is to be sent at another time than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Moved {
    /// What is to be sent, in Vietnamese and English.
    pub what: Said,
    /// To whom.
    pub whom: String,
    /// By when it was due.
    pub from: Instant,
    /// By when it is due now.
    pub to: Instant,
}

/// What a change of the rules made of all that is to be sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct RulesChanged {
    /// How many notices are not to be sent any more, and how many are that were not.
    pub notices: NoticesChanged,
    /// What stays owed by the rules of before, by when it is due.
    pub kept: Vec<StillOwed>,
    /// What is due at another time.
    pub moved: Vec<Moved>,
}

impl Writing<'_> {
    /// Makes the notices of every open incident by rules that are others than `before`; what is owed
    /// of it is not lost. `reports` were the reports of the year that were owed. Writes a line for
    /// each incident, and one for the reports, of what stays owed by the rules of before, what is
    /// not asked for any more, and what is due at another time.
    pub(crate) fn take_new_rules(
        &mut self,
        before: &Rules,
        reports: &[OwedReport],
    ) -> Result<RulesChanged> {
        let then = self.notices()?;
        self.sync_all_notices(before)?;
        let (rules, now, after) = (self.rules()?, self.now(), self.notices()?);
        let mut changed = RulesChanged::default();
        let mut left = Vec::new();
        for incident in self.incidents()? {
            let of_it = |all: &[Notice]| -> Vec<Notice> {
                let its = all.iter().filter(|one| one.incident == incident.id);
                its.cloned().collect()
            };
            let (then, after) = (of_it(&then), of_it(&after));
            let then = rules.without_merged(&then, &after, &incident)?;
            let gone = no_more(&then, &after, now).into_iter();
            let gone = gone.map(|one| before.owed(one, &incident, now)).collect();
            let open = after.iter().filter(|notice| notice.is_open(now));
            let (mut kept, mut moved) = (Vec::new(), Vec::new());
            for notice in open {
                let Some(old) = then.iter().find(|old| old.id == notice.id) else {
                    continue;
                };
                let (what, whom) = (
                    rules.what(notice, &after, &incident)?,
                    rules.told(notice, Some(&incident)).name,
                );
                if rules.is_former(notice) && !before.is_former(old) {
                    kept.push(before.owed(old, &incident, now));
                    changed.kept.push(StillOwed {
                        what: what.clone(),
                        whom: whom.clone(),
                        due_at: notice.due_at,
                    });
                }
                if old.due_at != notice.due_at {
                    moved.push(Moved {
                        what,
                        whom,
                        from: old.due_at,
                        to: notice.due_at,
                    });
                }
            }
            self.log_new_rules(Some(&incident), kept, gone, &moved)?;
            changed.moved.append(&mut moved);
            left.extend(then);
        }
        changed.notices = NoticesChanged::between(&left, &after, |one| before.late(one), now);
        let mut kept = Vec::new();
        for owed in self.owed_reports(now)? {
            let is_it = |one: &&OwedReport| (&one.key, one.due_at) == (&owed.key, owed.due_at);
            let was = reports.iter().find(is_it);
            if owed.former && was.is_some_and(|was| !was.former) {
                let whom = rules.names_of(&owed.report.to).join("; ");
                let at = [("at", owed.due_at.day())];
                let when = vietnamese().with("written_was_overdue", &at);
                kept.push(format!("{} – {whom} ({when})", owed.report.name.vi));
                changed.kept.push(StillOwed {
                    what: owed.report.name,
                    whom,
                    due_at: owed.due_at,
                });
            }
        }
        self.log_new_rules(None, kept, Vec::new(), &[])?;
        changed.kept.sort_by_key(|one| one.due_at);
        Ok(changed)
    }

    /// [`Writing::sync_notices`] of every open incident: the rules are others than `before`.
    pub(crate) fn sync_all_notices(&mut self, before: &Rules) -> Result<()> {
        let rules = self.rules()?;
        for incident in self.incidents()? {
            if incident.status.is_open() {
                self.sync_notices(&rules, &incident, Some((before, &incident)))?;
            }
        }
        Ok(())
    }

    fn log_new_rules(
        &mut self,
        incident: Option<&Incident>,
        kept: Vec<String>,
        gone: Vec<String>,
        moved: &[Moved],
    ) -> Result<()> {
        let say = vietnamese();
        let moved = moved.iter().map(|one| {
            let times = [("from", one.from.to_string()), ("to", one.to.to_string())];
            let when = say.with("written_due_from_to", &times);
            format!("{} – {} ({when})", one.what.vi, one.whom)
        });
        let parts = [
            ("written_still_owed", kept),
            ("written_not_to_tell", gone),
            ("written_due_moved", moved.collect()),
        ];
        let parts = parts.iter().filter(|(_, those)| !those.is_empty());
        let parts: Vec<String> = parts
            .map(|(key, those)| say.with(key, &[("notices", those.join("; "))]))
            .collect();
        if parts.is_empty() {
            return Ok(());
        }
        let head = say.text("written_line_rules_changed");
        self.log(&NewLine {
            kind: Kind::Decision,
            incident: incident.map(|incident| incident.id),
            unit: incident.map(|incident| incident.unit),
            ..format!("{head}. {}", parts.join(". ")).as_str().into()
        })?;
        Ok(())
    }
}
