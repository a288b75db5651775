//! The watch goes from hand to hand.

use crate::book::{Writing, needed};
use crate::directory::person::same_name;
use crate::error::{Code, Error, Result};
use crate::id::HandoverId;
use crate::journal::Head;
use crate::log::entry::Kind;
use crate::log::entry::NewLine;
use crate::log::handover::{Handover, HandoverState, HandoverSummary};
use crate::messages::vietnamese;
use crate::text::tidy_some;

/// A handover that was written.
#[derive(Debug, Clone)]
pub struct HandoverWritten {
    /// The handover.
    pub handover: Handover,
    /// What its text was made of.
    pub watch: HandoverSummary,
}

/// A handover that was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverReceived {
    /// The handover.
    pub handover: Handover,
    /// Who took over, as the book writes them: they may have been typed without accents.
    pub receiver: String,
}

impl Writing<'_> {
    /// Writes the handover of the watch to somebody, from what happened in it. Who is none of the
    /// operators is named whole.
    ///
    /// # Errors
    /// [`Code::HandoverSelf`] when it is whoever writes, [`Code::HandoverWhom`] when it is no whole
    /// name, [`Code::Empty`].
    pub fn write_handover(&mut self, whom: &str, note: Option<&str>) -> Result<HandoverWritten> {
        let whom = needed("receiver", whom)?;
        self.begin()?;
        if same_name(&whom, self.operator) {
            return Err(Error::new(Code::HandoverSelf).with("given", &whom));
        }
        if self.operator_named(&whom)?.is_none() && whom.split_whitespace().count() < 2 {
            return Err(Error::new(Code::HandoverWhom).with("given", &whom));
        }
        let (now, giver) = (self.now(), self.author().operator);
        let watch = super::summary(self.reader, now)?;
        let handover = Handover {
            id: self.new_id()?,
            giver,
            text: watch.text(self.operator, &whom),
            whom: whom.clone(),
            from: watch.from,
            to: now,
            note: note.and_then(tidy_some),
            head: Head::of(&self.author().prev).to_string(),
            state: HandoverState::Waiting,
            receiver: None,
            received_at: None,
            remarks: None,
            removed: false,
        };
        self.put(&handover)?;
        self.log(&NewLine {
            kind: Kind::Handover,
            whom: Some(whom.clone()),
            ..vietnamese()
                .with("written_line_handed_over", &[("whom", &whom)])
                .as_str()
                .into()
        })?;
        Ok(HandoverWritten { handover, watch })
    }

    /// Takes back a handover that nobody has taken over; the log tells of it, and keeps its line.
    ///
    /// # Errors
    /// [`Code::HandoverUnknown`], [`Code::HandoverReceived`].
    pub fn withdraw_handover(&mut self, id: HandoverId) -> Result<Handover> {
        let mut handover = self.waiting_handover(id)?;
        handover.removed = true;
        self.put(&handover)?;
        self.log(&NewLine {
            kind: Kind::Handover,
            ..vietnamese()
                .with(
                    "written_line_handover_withdrawn",
                    &[("whom", &handover.whom)],
                )
                .as_str()
                .into()
        })?;
        Ok(handover)
    }

    fn waiting_handover(&self, id: HandoverId) -> Result<Handover> {
        let found = self.handovers()?.into_iter().find(|known| known.id == id);
        let handover = found.ok_or_else(|| Error::new(Code::HandoverUnknown).with("given", id))?;
        match handover.received_at {
            Some(at) => Err(Error::new(Code::HandoverReceived).with("at", at)),
            None => Ok(handover),
        }
    }

    /// Confirms that the watch was taken over: whoever writes is who takes it.
    ///
    /// # Errors
    /// [`Code::HandoverUnknown`], [`Code::HandoverReceived`], [`Code::HandoverSelf`].
    pub fn receive_handover(
        &mut self,
        id: HandoverId,
        remarks: Option<&str>,
    ) -> Result<HandoverReceived> {
        let mut handover = self.waiting_handover(id)?;
        self.begin()?;
        let operators = self.operators()?;
        let giver = operators.iter().find(|known| known.id == handover.giver);
        let is_giver = giver.is_some_and(|giver| same_name(&giver.name, self.operator));
        if self.author().operator == handover.giver || is_giver {
            return Err(Error::new(Code::HandoverSelf).with("given", self.operator));
        }
        handover.remarks = remarks.and_then(tidy_some);
        handover.state = match handover.remarks {
            Some(_) => HandoverState::Remarked,
            None => HandoverState::Received,
        };
        handover.receiver = Some(self.author().operator);
        handover.received_at = Some(self.now());
        self.put(&handover)?;
        let from = giver.map_or("?", |giver| &giver.name);
        let text = match &handover.remarks {
            Some(remarks) => vietnamese().with(
                "written_line_taken_over_with",
                &[("giver", from), ("remarks", remarks)],
            ),
            None => vietnamese().with("written_line_taken_over", &[("giver", from)]),
        };
        self.log(&NewLine {
            kind: Kind::Handover,
            ..text.as_str().into()
        })?;
        let mut known = operators.iter();
        let receiver = known.find(|known| Some(known.id) == handover.receiver);
        let receiver = receiver
            .map_or(self.operator, |known| &known.name)
            .to_owned();
        Ok(HandoverReceived { handover, receiver })
    }
}
