//! Duty sheets: printed, noted by edition, printed again.

use super::Writing;
use crate::clock::{Hlc, Instant};
use crate::coverage::Roster;
use crate::disclosure::{Disclosure, Extract};
use crate::duty_sheet::DutySheet;
use crate::error::{Code, Error, Result};
use crate::id::{DutySheetId, hex};
use crate::journal::{Change, Head, Kind};
use crate::report::duty_sheet::{
    Edition, SheetHead, SheetRow, SheetWish, differences, duty_sheet, rows,
};
use crate::setting::PLACE;
use crate::store::{self, Reader};

/// A duty sheet as a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The page: HTML, in itself whole.
    pub html: String,
    /// Which edition of the sheet it is, from 1 on.
    pub number: u32,
    /// When it was first printed; now, when it was not.
    pub at: Instant,
    /// The head of the chain then.
    pub head: String,
    /// Whether this very sheet was printed before.
    pub known: bool,
    /// How many rows came or went since the edition before.
    pub changes: usize,
    /// The hash of its rows.
    digest: String,
}

impl Reader<'_> {
    /// A duty sheet as it stands: the newest edition when nothing in it changed since, else the
    /// one that comes next; or the edition of this number, as it was.
    ///
    /// # Errors
    /// [`Code::SpanBackwards`], [`Code::EditionUnknown`].
    pub fn duty_sheet(
        self,
        roster: &Roster,
        wish: &SheetWish,
        edition: Option<u32>,
        now: Instant,
    ) -> Result<Printed> {
        crate::period::check_span(wish.from, wish.to)?;
        let mut printed = self.duty_sheets()?;
        printed.retain(|sheet| {
            (sheet.from, sheet.to) == (wish.from, wish.to)
                && (sheet.group, sheet.unit) == (wish.group, wish.unit)
                && sheet.without_numbers == wish.without_numbers
        });
        printed.sort_by_key(|sheet| (sheet.number, sheet.at, sheet.id));
        if let Some(number) = edition {
            let place = printed.iter().rposition(|sheet| sheet.number == number);
            let place = place.ok_or_else(|| {
                Error::new(Code::EditionUnknown).with("given", number.to_string())
            })?;
            let (then, before) = (&printed[place], place.checked_sub(1).map(|at| &printed[at]));
            let roster = self.roster_of(then)?;
            return self.page(
                &roster,
                wish,
                (rows(&roster, wish, then.at), Some(then)),
                before,
                now,
            );
        }
        let here = rows(roster, wish, now);
        let digest = digest(&here);
        match printed.split_last() {
            Some((last, before)) if last.digest == digest => {
                self.page(roster, wish, (here, Some(last)), before.last(), now)
            }
            _ => self.page(roster, wish, (here, None), printed.last(), now),
        }
    }

    fn page(
        self,
        roster: &Roster,
        wish: &SheetWish,
        (here, known): (Vec<SheetRow>, Option<&DutySheet>),
        before: Option<&DutySheet>,
        now: Instant,
    ) -> Result<Printed> {
        let changed = match before {
            Some(before) => differences(&rows(&self.roster_of(before)?, wish, before.at), &here),
            None => Vec::new(),
        };
        let head = match known {
            Some(known) => known.head.clone(),
            None => {
                let sites = self.named_sites()?;
                let newest = self.newest(&sites.sites)?;
                newest.map_or_else(String::new, |record| Head::of(&record.hash).to_string())
            }
        };
        let edition = Edition {
            number: known.map_or_else(
                || before.map_or(1, |before| before.number + 1),
                |known| known.number,
            ),
            at: known.map_or(now, |known| known.at),
            head,
            changed,
        };
        let letter = |roster: &Roster| {
            let mut periods = roster.periods.iter();
            periods
                .find(|period| period.from < wish.to && wish.from < period.to)
                .and_then(|period| period.letter.clone())
        };
        let top = SheetHead {
            place: self.settings()?.remove(PLACE),
            letter: letter(roster),
            practice: self.is_practice()?,
            ..SheetHead::of(roster, wish)
        };
        Ok(Printed {
            html: duty_sheet(wish, &top, &here, &edition),
            number: edition.number,
            at: edition.at,
            head: edition.head,
            known: known.is_some(),
            changes: edition.changed.len(),
            digest: digest(&here),
        })
    }

    /// The roster of which an edition was printed.
    fn roster_of(self, sheet: &DutySheet) -> Result<Roster> {
        let sites = store::Sites::load(self.conn)?;
        let fields = store::state(self.conn, &sites, Kind::DutySheet, sheet.id.0)?;
        let stamps = fields.into_iter().flatten().filter_map(|field| field.stamp);
        let noted = stamps.map(|stamp| stamp.hlc).min();
        let before = noted.map_or(Hlc(u64::MAX), |noted| noted);
        self.known_before(before)?.reader().roster()
    }
}

impl Writing<'_> {
    /// Notes that a duty sheet was printed, and in which form it left the book; gives it.
    ///
    /// # Errors
    /// As [`Reader::duty_sheet`].
    pub fn print_duty_sheet(
        &mut self,
        wish: &SheetWish,
        edition: Option<u32>,
        form: &str,
        file: Option<String>,
    ) -> Result<Printed> {
        let roster = self.roster()?;
        let printed = Reader::duty_sheet(**self, &roster, wish, edition, self.now())?;
        if !printed.known {
            let id: DutySheetId = self.new_id()?;
            self.put(&DutySheet {
                id,
                from: wish.from,
                to: wish.to,
                group: wish.group,
                unit: wish.unit,
                without_numbers: wish.without_numbers,
                number: printed.number,
                at: printed.at,
                head: printed.head.clone(),
                digest: printed.digest.clone(),
                removed: false,
            })?;
        }
        self.append(Change::Disclosure(Disclosure {
            file,
            without_numbers: wish.without_numbers,
            unit: wish.unit,
            ..Disclosure::of(Extract::Roster, form)
        }))?;
        Ok(printed)
    }
}

fn digest(rows: &[SheetRow]) -> String {
    let text = serde_json::to_vec(rows).unwrap_or_default();
    hex(&blake3::derive_key("so-truc duty sheet", &text)[..16])
}
