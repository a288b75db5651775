//! Notices: made by the rules of the profile, sent, acknowledged, waived.

use crate::book::{Writing, Wrote, needed};
use crate::clock::{Instant, MINUTE};
use crate::error::{Code, Error, Result};
use crate::id::NoticeId;
use crate::incident::notice::Notice;
use crate::incident::{Incident, Status};
use crate::log::entry::NewLine;
use crate::log::entry::{Kind, Means};
use crate::messages::vietnamese;
use crate::office::setting::{SNOOZE, Setting};
use crate::office::{Addressee, Asking, Rules, Step, told_for_key};
use crate::text::tidy_some;

/// How somebody was told.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// By which way; the usual one of the rule, when not given.
    pub channel: Option<Means>,
    /// To whom there.
    pub whom: Option<String>,
    /// On which number.
    pub dialled: Option<String>,
    /// The number of the document.
    pub document: Option<String>,
    /// When; now, when not given.
    pub at: Option<Instant>,
}

/// For how many minutes a notice may rest.
pub const SNOOZES: [u32; 4] = [15, 30, 60, 120];

impl Writing<'_> {
    /// Makes the notices that the profiles in force ask for of an incident, and takes back those
    /// that they ask for no more. What was sent or waived stays, and counts for whom it went to and
    /// for the rules for which it was told: what these ask for of the same step and addressee is
    /// asked once, by the rule that is due first, and never of our own unit. What was told of one
    /// closing is no report of the next. `before` are the rules and the incident as they were: what
    /// stood in one notice with others is due as it was there. What is to be sent by a rule that is
    /// in force no more stays so while that rule asks for it, and what is overdue stays due when it
    /// was.
    pub(crate) fn sync_notices(
        &mut self,
        rules: &Rules,
        incident: &Incident,
        before: Option<(&Rules, &Incident)>,
    ) -> Result<()> {
        let known = self.notices_ever(incident.id)?;
        let before_change = before.map(|(_, incident)| incident);
        // What a rule of other words makes due later was overdue all the same.
        let was_overdue = |notice: &Notice, asking: &Asking<'_>| {
            before.is_some_and(|(rules, then)| {
                let due = |of: &Incident| asking.rule.due(of, notice.made_at);
                let is_open = !notice.removed && !notice.is_settled();
                is_open && rules.late(notice) < self.now() && due(then) == due(incident)
            })
        };
        let then = match before {
            Some((rules, incident)) => rules.asked(incident, &known)?,
            None => Vec::new(),
        };
        let answered = |asking: &Asking<'_>| {
            before_change.is_some_and(|then| asking.rule.is_answered_since(then, incident))
        };
        let now = self.now();
        let (mut chosen, mut asked): (Vec<Notice>, Vec<Notice>) = Default::default();
        for step in rules.asked(incident, &known)? {
            if rules.is_ours(&step.addressee) {
                continue;
            }
            let owed = step
                .asking
                .iter()
                .filter(|asking| !rules.is_settled_for(&known, asking, &step.addressee, incident));
            let notices = owed.map(|asking| {
                let id = id_for(asking, &step.addressee, incident, &known);
                let its = known.iter().find(|notice| notice.id == id);
                // What was asked for, taken back and asked for again is due as it was at first, but
                // what an answer asks for from when it was given.
                let made = its.map(|notice| notice.made_at);
                let made = made.filter(|_| !answered(asking));
                let made = made.or_else(|| stood_since(asking, &then, &known));
                let made = made.unwrap_or(now);
                let made = asking.closing(incident).map_or(made, |at| made.max(at));
                let due = asking.rule.due(incident, made);
                let overdue = its.filter(|one| one.made_at == made && was_overdue(one, asking));
                let due = overdue.map_or(due, |one| due.min(one.due_at));
                let notice = to_send(id, incident, asking, (made, due));
                (due, asking.rule.late(made, due), its.is_none(), notice)
            });
            let notices: Vec<_> = notices.collect();
            let first = notices
                .iter()
                .min_by_key(|(due, late, is_new, _)| (*due, *late, *is_new));
            chosen.extend(first.map(|(.., notice)| notice.clone()));
            asked.extend(notices.into_iter().map(|(.., notice)| notice));
        }
        for notice in known.into_iter().filter(|notice| !notice.is_settled()) {
            let is_real = incident.status != Status::FalseAlarm && !incident.removed;
            if is_real && !notice.removed && rules.rule_of(&notice).is_none() {
                continue;
            }
            if chosen.iter().all(|one| one.id != notice.id) {
                // One that stands in another is due as it is asked for now.
                let its = asked.iter().find(|one| one.id == notice.id);
                let mut gone = its.cloned().unwrap_or(notice);
                gone.removed = true;
                self.put(&gone)?;
            }
        }
        for notice in chosen {
            self.put(&notice)?;
        }
        Ok(())
    }

    /// Notes that somebody was told, and writes a line of it.
    ///
    /// # Errors
    /// [`Code::NoticeUnknown`], [`Code::NoticeSettled`], [`Code::TimeAhead`],
    /// [`Code::NoticeEarly`].
    pub fn notice_sent(&mut self, id: NoticeId, sending: &Sending) -> Result<Notice> {
        let notice = self.mark_sent(id, sending)?;
        let (what, whom) = self.notice_told(&notice)?;
        let (what, whom) = (("what", &what), ("whom", &whom));
        let text = match &notice.document {
            Some(document) => {
                let told = [what, whom, ("document", document)];
                vietnamese().with("written_line_told_by", &told)
            }
            None => vietnamese().with("written_line_told", &[what, whom]),
        };
        self.log(&NewLine {
            kind: Kind::Communication,
            incident: Some(notice.incident),
            whom: notice.whom.clone(),
            channel: notice.channel,
            dialled: sending.dialled.as_deref().and_then(tidy_some),
            occurred: sending.at,
            ..text.as_str().into()
        })?;
        Ok(notice)
    }

    /// Notes that somebody was told of whom a line of the log says so already.
    pub(crate) fn mark_sent(&mut self, id: NoticeId, sending: &Sending) -> Result<Notice> {
        let mut notice = self.open_notice(id)?;
        let rules = self.rules()?;
        let rule = rules.rule_of(&notice);
        if let Some(at) = sending.at {
            let placed = |error: Error| error.with("field", "at");
            if at > self.now() {
                return Err(placed(Error::new(Code::TimeAhead).with("given", at)));
            }
            if let Some(incident) = self.incident(notice.incident)? {
                told_after(at, incident.detected_at).map_err(placed)?;
            }
        }
        self.keep_told(&rules, &mut notice)?;
        notice.sent_at = Some(sending.at.unwrap_or(self.now()));
        notice.channel = sending.channel.or(rule.and_then(|rule| rule.channel));
        notice.whom = sending.whom.as_deref().and_then(tidy_some);
        notice.document = sending.document.as_deref().and_then(tidy_some);
        self.put(&notice)?;
        self.wake_notice(id)?;
        Ok(notice)
    }

    /// Notes that whoever was told said so.
    ///
    /// # Errors
    /// [`Code::NoticeUnknown`], [`Code::NoticeUnsent`].
    pub fn notice_acknowledged(&mut self, id: NoticeId) -> Result<Wrote> {
        let mut notice = self.find_notice(id)?;
        if notice.sent_at.is_none() {
            return Err(Error::new(Code::NoticeUnsent));
        }
        notice.acknowledged_at = notice.acknowledged_at.or(Some(self.now()));
        self.put(&notice)
    }

    /// Notes that a notice is not needed, and why.
    ///
    /// # Errors
    /// [`Code::NoticeUnknown`], [`Code::NoticeSettled`], [`Code::Empty`].
    pub fn waive_notice(&mut self, id: NoticeId, reason: &str) -> Result<Wrote> {
        let reason = needed("reason", reason)?;
        let mut notice = self.open_notice(id)?;
        self.keep_told(&self.rules()?, &mut notice)?;
        notice.waived_at = Some(self.now());
        notice.reason = Some(reason.clone());
        let wrote = self.put(&notice)?;
        self.wake_notice(id)?;
        let (what, whom) = self.notice_told(&notice)?;
        self.log(&NewLine {
            kind: Kind::Decision,
            incident: Some(notice.incident),
            grounds: Some(reason),
            ..vietnamese()
                .with("written_line_waived", &[("what", what), ("whom", whom)])
                .as_str()
                .into()
        })?;
        Ok(wrote)
    }

    /// Lets a notice rest for one of [`SNOOZES`]: that it is overdue is not told again until then.
    /// It stays to be sent. Writes a line of it, and gives until when it rests.
    ///
    /// # Errors
    /// [`Code::NoticeUnknown`], [`Code::NoticeSettled`], [`Code::Empty`], [`Code::ValueUnknown`].
    pub fn snooze_notice(&mut self, id: NoticeId, minutes: u32, reason: &str) -> Result<Instant> {
        let reason = needed("reason", reason)?;
        if !SNOOZES.contains(&minutes) {
            return Err(Error::new(Code::ValueUnknown)
                .with("field", "pause")
                .with("given", minutes)
                .with("known", SNOOZES.map(|known| known.to_string()).join(", ")));
        }
        let notice = self.open_notice(id)?;
        let until = self.now().plus(i64::from(minutes) * MINUTE);
        let value = format!("{} {reason}", until.millis());
        self.put(&Setting::new(&snooze_key(id), Some(value)))?;
        let (what, whom) = self.notice_told(&notice)?;
        let told = [("what", what), ("whom", whom), ("at", until.to_string())];
        self.log(&NewLine {
            kind: Kind::Decision,
            incident: Some(notice.incident),
            grounds: Some(reason),
            ..vietnamese()
                .with("written_line_snoozed", &told)
                .as_str()
                .into()
        })?;
        Ok(until)
    }

    /// What is settled rests no more.
    fn wake_notice(&mut self, id: NoticeId) -> Result<()> {
        self.forget(&snooze_key(id))
    }

    /// Takes away what is kept under a key, where there is anything.
    fn forget(&mut self, key: &str) -> Result<()> {
        if self.settings()?.contains_key(key) {
            self.put(&Setting::new(key, None))?;
        }
        Ok(())
    }

    /// Takes back that a notice was sent or waived by mistake, and writes a line of it.
    ///
    /// # Errors
    /// [`Code::NoticeUnknown`], [`Code::Empty`].
    pub fn reopen_notice(&mut self, id: NoticeId, reason: &str) -> Result<Wrote> {
        let reason = needed("reason", reason)?;
        let notice = self.find_notice(id)?.untouched();
        let wrote = self.put(&notice)?;
        self.forget(&told_for_key(id))?;
        if wrote != Wrote::Same {
            let (what, whom) = self.notice_told(&notice)?;
            self.log(&NewLine {
                kind: Kind::Decision,
                incident: Some(notice.incident),
                grounds: Some(reason),
                ..vietnamese()
                    .with("written_line_reopened", &[("what", what), ("whom", whom)])
                    .as_str()
                    .into()
            })?;
            if let Some(incident) = self.incident(notice.incident)? {
                let rules = self.rules()?;
                self.sync_notices(&rules, &incident, Some((&rules, &incident)))?;
            }
        }
        Ok(wrote)
    }

    fn find_notice(&self, id: NoticeId) -> Result<Notice> {
        let notice = self.notice(id)?;
        notice.ok_or_else(|| Error::new(Code::NoticeUnknown).with("given", id))
    }

    fn open_notice(&self, id: NoticeId) -> Result<Notice> {
        let notice = self.find_notice(id)?;
        match notice.sent_at.or(notice.waived_at) {
            Some(at) => Err(Error::new(Code::NoticeSettled).with("at", at)),
            None => Ok(notice),
        }
    }

    /// What is told, and to whom, in words.
    fn notice_told(&self, notice: &Notice) -> Result<(String, String)> {
        let rules = self.rules()?;
        let incident = self.incident(notice.incident)?;
        let ever = self.notices_ever(notice.incident)?;
        let what = match &incident {
            Some(incident) => rules.what(notice, &ever, incident)?.vi,
            None => notice.rule.clone(),
        };
        Ok((what, rules.told(notice, incident.as_ref()).name))
    }

    /// Keeps to whom a notice goes that is to be settled now, and for which other rules.
    fn keep_told(&mut self, rules: &Rules, notice: &mut Notice) -> Result<()> {
        let incident = self.incident(notice.incident)?;
        if let Some(incident) = &incident {
            let ever = self.notices_ever(incident.id)?;
            let others = rules.settled_with(notice, &ever, incident)?;
            if others.is_some() {
                self.put(&Setting::new(&told_for_key(notice.id), others))?;
            }
        }
        let told = rules.told(notice, incident.as_ref());
        let kept = rules.kept(notice, incident.as_ref());
        (notice.told, notice.told_unit) = (Some(kept), told.unit);
        Ok(())
    }
}

/// The identity of the notice by which a rule asks for somebody to be told: the first that was not
/// settled, of this closing, for this addressee.
fn id_for(
    asking: &Asking<'_>,
    addressee: &Addressee,
    incident: &Incident,
    known: &[Notice],
) -> NoticeId {
    let closed = asking
        .closing(incident)
        .map(|at| format!("/{}", at.millis()));
    let whom = addressee.unit.map(|unit| unit.to_string());
    let whom = format!("/{}", whom.unwrap_or_else(|| addressee.name.clone()));
    let mut more = closed.into_iter().chain([whom]);
    let mut again = String::new();
    loop {
        let (profile, rule) = (&asking.profile.key, &asking.rule.key);
        let id = Notice::id_of(incident.id, profile, rule, asking.recipient, &again);
        let is_settled = |notice: &Notice| notice.id == id && notice.is_settled();
        if !known.iter().any(is_settled) {
            return id;
        }
        again.push_str(&more.next().unwrap_or_else(|| "/".to_owned()));
    }
}

/// A notice to be sent, with when it became needed and by when it is due.
fn to_send(
    id: NoticeId,
    incident: &Incident,
    asking: &Asking<'_>,
    (made_at, due_at): (Instant, Instant),
) -> Notice {
    Notice {
        id,
        incident: incident.id,
        profile: asking.profile.key.clone(),
        rule: asking.rule.key.clone(),
        recipient: asking.recipient,
        made_at,
        due_at,
        told: None,
        told_unit: None,
        sent_at: None,
        channel: None,
        whom: None,
        document: None,
        acknowledged_at: None,
        waived_at: None,
        reason: None,
        removed: false,
    }
}

/// Since when what a rule asks for stood in the notice of another, by the steps before.
fn stood_since(asking: &Asking<'_>, before: &[Step<'_>], known: &[Notice]) -> Option<Instant> {
    let is_it = |one: &Asking<'_>| one.key() == asking.key();
    let mut steps = before.iter();
    let step = steps.find(|step| step.asking.iter().any(is_it))?;
    let is_its = |notice: &&Notice| {
        let key = (&*notice.profile, &*notice.rule, notice.recipient);
        let is_open = !notice.removed && !notice.is_settled();
        is_open && step.asking.iter().any(|one| one.key() == key)
    };
    known.iter().filter(is_its).map(|one| one.made_at).min()
}

/// Refuses that somebody was told of an incident before it was noticed: people tell both to the
/// minute.
pub(in crate::incident) fn told_after(told: Instant, detected: Instant) -> Result<()> {
    match told < detected.whole_minute() {
        true => Err(Error::new(Code::NoticeEarly)
            .with("given", told)
            .with("detected", detected)),
        false => Ok(()),
    }
}

/// The key under which it is kept that a notice rests.
fn snooze_key(id: NoticeId) -> String {
    format!("{SNOOZE}{id}")
}
