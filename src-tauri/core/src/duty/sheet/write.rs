//! Duty sheets: printed, noted by edition, printed again.

use std::path::Path;

use crate::book::{Logbook, Target, Writing};
use crate::clock::{Hlc, Instant, check_span};
use crate::duty::coverage::Roster;
use crate::duty::sheet::DutySheet;
use crate::error::{Code, Error, Result};
use crate::id::DutySheetId;
use crate::journal::{Change, Head, Kind};
use crate::office::setting::PLACE;
use crate::privacy::disclosure::{Disclosure, Extract};
use crate::report::duty_sheet::{Edition, SheetHead, SheetOptions, differences, duty_sheet, rows};
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
        options: &SheetOptions,
        edition: Option<u32>,
        now: Instant,
    ) -> Result<Printed> {
        check_span(options.from, options.to)?;
        let mut printed = self.duty_sheets()?;
        printed.retain(|sheet| {
            (sheet.from, sheet.to) == (options.from, options.to)
                && (sheet.group, sheet.unit) == (options.group, options.unit)
                && sheet.without_numbers == options.without_numbers
        });
        printed.sort_by_key(|sheet| (sheet.number, sheet.at, sheet.id));
        let newest = match edition {
            Some(number) => {
                let unknown = || Error::new(Code::EditionUnknown).with("given", number.to_string());
                let place = printed.iter().rposition(|sheet| sheet.number == number);
                printed.truncate(place.ok_or_else(unknown)? + 1);
                true
            }
            None => match printed.last() {
                Some(last) => self.stands(last, roster, options, now)?,
                None => false,
            },
        };
        let known = newest.then(|| printed.pop()).flatten();
        let before = printed.pop();
        match &known {
            // As it was, whatever was written since.
            Some(known) => {
                let then = self.known_before(self.noted_at(known)?)?;
                let roster = then.reader().roster()?;
                self.page(
                    then.reader(),
                    &roster,
                    options,
                    Some(known),
                    before.as_ref(),
                    now,
                )
            }
            None => self.page(self, roster, options, None, before.as_ref(), now),
        }
    }

    /// Whether nothing in an edition changed since.
    fn stands(
        self,
        last: &DutySheet,
        roster: &Roster,
        options: &SheetOptions,
        now: Instant,
    ) -> Result<bool> {
        let noted = self.noted_at(last)?;
        if self.is_as_before(noted)? {
            return Ok(true);
        }
        let then = self.known_before(noted)?;
        let before = rows(&then.reader().roster()?, options, last.at);
        Ok(before == rows(roster, options, now))
    }

    /// The page by what `book` says: the book as it is, or as it was.
    fn page(
        self,
        book: Reader<'_>,
        roster: &Roster,
        options: &SheetOptions,
        known: Option<&DutySheet>,
        before: Option<&DutySheet>,
        now: Instant,
    ) -> Result<Printed> {
        let at = known.map_or(now, |known| known.at);
        let here = rows(roster, options, at);
        let changed = match before {
            Some(before) => {
                let then = self.known_before(self.noted_at(before)?)?;
                differences(&rows(&then.reader().roster()?, options, before.at), &here)
            }
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
        let next = before.map_or(1, |before| before.number + 1);
        let edition = Edition {
            number: known.map_or(next, |known| known.number),
            at,
            head,
            changed,
        };
        let mut periods = roster.periods.iter();
        let period = periods.find(|period| period.from < options.to && options.from < period.to);
        let top = SheetHead {
            place: book.settings()?.remove(PLACE),
            letter: period.and_then(|period| period.letter.clone()),
            practice: self.is_practice()?,
            ..SheetHead::of(roster, options)
        };
        Ok(Printed {
            html: duty_sheet(options, &top, &here, &edition),
            number: edition.number,
            at: edition.at,
            head: edition.head,
            known: known.is_some(),
            changes: edition.changed.len(),
        })
    }

    /// When an edition was noted, by the logical clock.
    fn noted_at(self, sheet: &DutySheet) -> Result<Hlc> {
        let sites = store::Sites::load(self.conn)?;
        let fields = store::state(self.conn, &sites, Kind::DutySheet, sheet.id.0)?;
        let stamps = fields.into_iter().flatten().filter_map(|field| field.stamp);
        Ok(stamps.map(|stamp| stamp.hlc).min().unwrap_or(Hlc(u64::MAX)))
    }
}

impl Logbook {
    /// Prints a duty sheet as a page into a file or a stream, and notes which edition it is: one that
    /// cannot be noted is not written. `then` asks for it as of a moment, by what was known.
    ///
    /// # Errors
    /// Those of [`Writing::print_duty_sheet`], [`Code::FileExists`], [`Code::File`].
    pub fn print_duty_sheet(
        &mut self,
        (operator, now): (&str, Instant),
        options: &SheetOptions,
        edition: Option<u32>,
        then: Option<(Instant, Option<Instant>)>,
        to: Target<'_>,
    ) -> Result<Printed> {
        if let Target::File(path) = &to {
            self.may_write_over(path)?;
        }
        let file = to.file();
        to.write(|out| {
            let name = file.clone();
            let page = self.transact(operator, now, |write| {
                write.print_duty_sheet(options, edition, then, ("html", file))
            })?;
            let written = out.write_all(page.html.as_bytes());
            written.map_err(|cause| Error::file(Path::new(&name.unwrap_or_default()), cause))?;
            Ok(page)
        })
    }
}

impl Writing<'_> {
    /// Notes that a duty sheet was printed, and in which form it left the book; gives it. What is
    /// asked as of a moment, by what was known, is no edition of its own.
    ///
    /// # Errors
    /// As [`Reader::duty_sheet`].
    pub fn print_duty_sheet(
        &mut self,
        options: &SheetOptions,
        edition: Option<u32>,
        then: Option<(Instant, Option<Instant>)>,
        (form, file): (&str, Option<String>),
    ) -> Result<Printed> {
        let print = |book: Reader<'_>, at| book.duty_sheet(&book.roster()?, options, edition, at);
        let printed = match then {
            Some((at, known)) => self.as_of(at, known, |book| print(book, at))?,
            None => print(**self, self.now())?,
        };
        if !printed.known && then.is_none() {
            let id: DutySheetId = self.new_id()?;
            self.put(&DutySheet {
                id,
                from: options.from,
                to: options.to,
                group: options.group,
                unit: options.unit,
                without_numbers: options.without_numbers,
                number: printed.number,
                at: printed.at,
                head: printed.head.clone(),
                removed: false,
            })?;
        }
        self.append(Change::Disclosure(Disclosure {
            file,
            without_numbers: options.without_numbers,
            unit: options.unit,
            ..Disclosure::of(Extract::Roster, form)
        }))?;
        Ok(printed)
    }
}
