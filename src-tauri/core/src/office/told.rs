//! What became of notices by the rules: to whom each goes, for which rules it is told, whether that
//! is late.

use std::collections::HashMap;

use super::read::{Addressee, Asking, Rules, Step, usual_name};
use crate::clock::Instant;
use crate::directory::unit::Register;
use crate::error::Result;
use crate::id::{NoticeId, UnitId};
use crate::incident::Incident;
use crate::incident::notice::{Notice, NoticeState};
use crate::incident::profile::{Basis, Profile, Rule, Said};
use crate::messages::{Language, Messages, vietnamese};
use crate::office::setting::TOLD_FOR;

impl Rules {
    /// After when a notice counts as overdue.
    #[must_use]
    pub fn late(&self, notice: &Notice) -> Instant {
        let rule = self.rule_of(notice);
        rule.map_or(notice.due_at, |rule| {
            rule.late(notice.made_at, notice.due_at)
        })
    }

    /// What became of a notice at a moment; `None` before it was needed.
    #[must_use]
    pub fn state(&self, notice: &Notice, at: Instant) -> Option<NoticeState> {
        notice.state(at, self.late(notice))
    }

    /// The text that a notice stands in; of several that ask for it the others are named, too, and
    /// whether it was seen is said of the one whose deadline counts. One that is still to be sent
    /// says so when it is of a rule that is in force no more. Among `ever` are the notices of the
    /// incident.
    ///
    /// # Errors
    /// As [`Rules::profiles_in_force`].
    pub fn basis(
        &self,
        notice: &Notice,
        ever: &[Notice],
        incident: &Incident,
    ) -> Result<Option<Basis>> {
        let basis = self.basis_by_rule(notice, ever, incident)?;
        if notice.is_settled() || !self.is_former(notice) {
            return Ok(basis);
        }
        Ok(Some(basis.map_or_else(
            || Basis {
                text: by_former_rules(None),
                seen: true,
            },
            |basis| Basis {
                text: by_former_rules(Some(&basis.text)),
                ..basis
            },
        )))
    }

    /// Whether a notice is of a rule by which nobody would be asked to be told any more: its
    /// profile is not in force, or has changed.
    #[must_use]
    pub fn is_former(&self, notice: &Notice) -> bool {
        let is_in_force = self.in_force().contains(&notice.profile.as_str());
        let rule = self.rule_of(notice).filter(|_| is_in_force);
        rule.is_none_or(|rule| !rule.to.contains(&notice.recipient))
    }

    fn basis_by_rule(
        &self,
        notice: &Notice,
        ever: &[Notice],
        incident: &Incident,
    ) -> Result<Option<Basis>> {
        let Some((profile, rule)) = self.asker_of(notice) else {
            return Ok(None);
        };
        let is_it = |asking: &&Asking<'_>| {
            (&asking.profile.key, &asking.rule.key) == (&profile.key, &rule.key)
                && asking.recipient == notice.recipient
        };
        let steps = self.asked(incident, ever)?;
        let found = steps.iter().find_map(|step| {
            let asking = step.asking.iter().find(is_it)?;
            Some(step.basis(*asking))
        });
        Ok(Some(
            found.unwrap_or_else(|| profile.basis(rule.basis.as_ref())),
        ))
    }

    /// The rule that asks for a notice; `None` when its profile is no more.
    #[must_use]
    pub fn rule_of(&self, notice: &Notice) -> Option<&Rule> {
        self.asker_of(notice).map(|(_, rule)| rule)
    }

    /// The rule that asks for a notice, with its profile, though it may be in force no more.
    pub(super) fn asker_of(&self, notice: &Notice) -> Option<(&Profile, &Rule)> {
        let mut profiles = self.profiles.iter();
        let profile = profiles.find(|known| known.key == notice.profile)?;
        let mut rules = profile.notices.iter();
        Some((profile, rules.find(|rule| rule.key == notice.rule)?))
    }

    /// To whom a notice goes; what was settled went to whom it went.
    #[must_use]
    pub fn told(&self, notice: &Notice, incident: Option<&Incident>) -> Addressee {
        let name = match notice.told.as_deref() {
            Some(key) if key == notice.recipient.key() => usual_name(notice.recipient),
            Some(name) => name,
            None => return self.recipient(notice.recipient, incident),
        };
        let is_here = |id: &UnitId| self.units.iter().any(|unit| unit.id == *id);
        // A unit that is no more goes on as the one that took its names.
        let named = || Register::new(&self.units).find(name).ok();
        let unit = notice.told_unit.filter(is_here);
        Addressee {
            unit: unit.or_else(|| named().map(|unit| unit.id)),
            name: name.to_owned(),
        }
    }

    /// What was to be told, to whom and by when, in words; that it was overdue at a moment, where
    /// it was.
    pub(crate) fn owed(&self, notice: &Notice, incident: &Incident, at: Instant) -> String {
        let what = self.name_of(notice).vi;
        let whom = self.told(notice, Some(incident)).name;
        let late = self.late(notice);
        let (key, when) = match late < at {
            true => ("written_was_overdue", late),
            false => ("written_was_due", notice.due_at),
        };
        let when = vietnamese().with(key, &[("at", when.to_string())]);
        format!("{what} – {whom} ({when})")
    }

    /// Whether a notice that was settled counts for a rule: it was told, or found not to be needed,
    /// for that rule, by itself or with others, or for the same words of the same text.
    #[must_use]
    pub fn counts_for(&self, notice: &Notice, asking: &Asking<'_>) -> bool {
        if notice.profile == asking.profile.key {
            return notice.rule == asking.rule.key;
        }
        let mut names = self.told_for(notice);
        names.any(|name| name == asking.name())
            || self.asker_of(notice).is_some_and(|(profile, rule)| {
                rule.step() == asking.rule.step()
                    && profile.basis(rule.basis.as_ref()).text == asking.text()
            })
    }

    /// For which rules of other profiles a notice was settled as well.
    fn told_for(&self, notice: &Notice) -> impl Iterator<Item = &str> {
        let said = self.settings.get(&told_for_key(notice.id));
        said.into_iter().flat_map(|said| said.split(' '))
    }

    /// The other rules for which a notice is told that is to be sent: those of its step for which
    /// none of the notices among `ever` was settled.
    fn with_it<'a>(
        &self,
        steps: &'a [Step<'a>],
        notice: &Notice,
        ever: &[Notice],
        incident: &Incident,
    ) -> Vec<&'a Asking<'a>> {
        let is_its = |asking: &Asking<'_>| {
            let (profile, rule, recipient) = asking.key();
            (profile, rule, recipient) == (&*notice.profile, &*notice.rule, notice.recipient)
        };
        let mut steps = steps.iter();
        let Some(step) = steps.find(|step| step.asking.iter().any(is_its)) else {
            return Vec::new();
        };
        let mut others: Vec<&Asking<'_>> = Vec::new();
        for asking in &step.asking {
            let is_new = others.iter().all(|one| one.name() != asking.name());
            let is_other =
                (&*notice.profile, &*notice.rule) != (&asking.profile.key, &asking.rule.key);
            if is_new && is_other && !self.is_settled_for(ever, asking, &step.addressee, incident) {
                others.push(asking);
            }
        }
        others
    }

    /// Whether somebody was told what a rule asks for, or was found not to be told, by the notices
    /// among `ever` that are of an incident. What was told of one closing is no report of the next.
    #[must_use]
    pub fn is_settled_for(
        &self,
        ever: &[Notice],
        asking: &Asking<'_>,
        whom: &Addressee,
        incident: &Incident,
    ) -> bool {
        let closed = asking.closing(incident);
        let its = ever.iter().filter(|notice| notice.incident == incident.id);
        let mut settled = its.filter(|notice| notice.is_settled());
        settled.any(|notice| {
            closed.is_none_or(|at| notice.made_at >= at)
                && self.counts_for(notice, asking)
                && self.told(notice, Some(incident)).is(whom)
        })
    }

    /// What is kept of the other rules for which a notice is settled that is to be sent; `None`
    /// where there are none.
    pub(crate) fn settled_with(
        &self,
        notice: &Notice,
        ever: &[Notice],
        incident: &Incident,
    ) -> Result<Option<String>> {
        let steps = self.asked(incident, ever)?;
        let others = self.with_it(&steps, notice, ever, incident);
        let names: Vec<String> = others.iter().map(|asking| asking.name()).collect();
        Ok((!names.is_empty()).then(|| names.join(" ")))
    }

    /// What the rule of a notice calls it; the key of a rule that is no more.
    pub(crate) fn name_of(&self, notice: &Notice) -> Said {
        let gone = || Said {
            vi: notice.rule.clone(),
            en: notice.rule.clone(),
        };
        let rule = self.rule_of(notice);
        rule.map_or_else(gone, |rule| rule.name.clone())
    }

    /// The notices of an incident as they were, without those that were taken back only because
    /// another tells the same now; `after` are they as they are.
    pub(crate) fn without_merged(
        &self,
        before: &[Notice],
        after: &[Notice],
        incident: &Incident,
    ) -> Result<Vec<Notice>> {
        let steps = self.asked(incident, before)?;
        let asks = |step: &Step<'_>, one: &Notice| {
            let key = (&*one.profile, &*one.rule, one.recipient);
            step.asking.iter().any(|asking| asking.key() == key)
        };
        let open: Vec<&Notice> = after
            .iter()
            .filter(|one| !one.removed && !one.is_settled())
            .collect();
        let is_merged = |notice: &Notice| {
            let mut others = open.iter().filter(|one| one.id != notice.id);
            let is_there = after.iter().any(|one| one.id == notice.id && !one.removed);
            let step = steps.iter().find(|step| asks(step, notice));
            !is_there && step.is_some_and(|step| others.any(|one| asks(step, one)))
        };
        let kept = before.iter().filter(|notice| !is_merged(notice));
        Ok(kept.cloned().collect())
    }

    /// What is told by a notice: what its rule calls it, and what those call it for which it is told
    /// as well; the key of a rule that is no more. Among `ever` are the notices of the incident.
    ///
    /// # Errors
    /// As [`Rules::profiles_in_force`].
    pub fn what(&self, notice: &Notice, ever: &[Notice], incident: &Incident) -> Result<Said> {
        let mut names = vec![self.name_of(notice)];
        if notice.is_settled() {
            let rules = self.profiles.iter().flat_map(|profile| {
                let rules = profile.notices.iter();
                rules.map(|rule| (format!("{}.{}", profile.key, rule.key), rule))
            });
            let rules: HashMap<String, &Rule> = rules.collect();
            let others = self.told_for(notice).filter_map(|name| rules.get(name));
            names.extend(others.map(|rule| rule.name.clone()));
        } else {
            let steps = self.asked(incident, ever)?;
            let others = self.with_it(&steps, notice, ever, incident).into_iter();
            names.extend(others.map(|asking| asking.rule.name.clone()));
        }
        Ok(Said::joined(names.iter()))
    }

    /// What is kept of whom a notice goes to: their name, or the key of a recipient that has none
    /// of its own here.
    pub(crate) fn kept(&self, notice: &Notice, incident: Option<&Incident>) -> String {
        let told = self.told(notice, incident);
        match told.unit.is_none() && told.name == usual_name(notice.recipient) {
            true => notice.recipient.key().to_owned(),
            false => told.name,
        }
    }
}

/// That something is owed by rules that are in force no more, after the text that it stands in.
pub(crate) fn by_former_rules(text: Option<&Said>) -> Said {
    let said = |say: &Messages, text: Option<&str>| {
        let former = say.text("written_former_rules");
        text.map_or_else(|| former.to_owned(), |text| format!("{text} ({former})"))
    };
    Said {
        vi: said(vietnamese(), text.map(|text| text.vi.as_str())),
        en: said(
            Messages::of(Language::En),
            text.map(|text| text.en.as_str()),
        ),
    }
}

/// The key under which it is kept for which rules of other profiles a notice was settled.
pub(crate) fn told_for_key(id: NoticeId) -> String {
    format!("{TOLD_FOR}{id}")
}
