//! An import from the file to the book.

use std::path::Path;
use std::sync::Arc;

use super::fallen;
use super::preview::{self, Foreseen, Lack, Preview};
use crate::book::{Import, Logbook, Mode, Target, Writing};
use crate::clock::Instant;
use crate::directory::person::import::Ways;
use crate::directory::{person, reorganisation, unit};
use crate::duty::coverage::Roster;
use crate::duty::period::Period;
use crate::duty::shift;
use crate::error::{Code, Error, Result};
use crate::id::{PeriodId, UnitId};
use crate::sheet::heading::{Field, List};
use crate::sheet::out::Form;
use crate::sheet::{self, Expected, File, Notice, ReadOptions, Row, Table};
use crate::store::Reader;

/// What columns hold: a heading, and the stable name of a field; `None` leaves the column out.
pub type Columns = Vec<(String, Option<String>)>;

/// What is said of the columns of a list, in the terms of whoever reads it.
///
/// # Errors
/// [`Code::ValueUnknown`] for a field that this list does not have.
pub fn read_columns(list: List, said: &Columns) -> Result<Vec<(String, Option<Field>)>> {
    let read = |(heading, key): &(String, Option<String>)| {
        let Some(key) = key else {
            return Ok((heading.clone(), None));
        };
        let found = list.fields().find(|known| known.key() == key);
        match found {
            Some(_) => Ok((heading.clone(), found)),
            None => {
                let known: Vec<&str> = list.fields().map(Field::key).collect();
                Err(Error::new(Code::ValueUnknown)
                    .with("field", "map")
                    .with("given", key)
                    .with("known", known.join(", ")))
            }
        }
    };
    said.iter().map(read).collect()
}

/// A file that was opened to be brought in, and what was said of it. A clone shares what was read:
/// something is said of it while the other still is what was shown.
#[derive(Debug, Clone)]
pub struct ImportSession {
    file: Arc<File>,
    list: List,
    options: ReadOptions,
    table: Arc<Table>,
    /// Why the file is no such list; then the table is what comes nearest.
    missing: Option<Arc<Error>>,
    mended: Vec<Mended>,
    ways: Ways,
    period: Option<PeriodId>,
    on: Instant,
    /// Whether that day is over.
    is_before: bool,
    reason: Option<String>,
}

/// A cell that somebody wrote otherwise; it stays so when the file is read in another way.
#[derive(Debug, Clone)]
struct Mended {
    sheet: Option<String>,
    number: usize,
    /// Which of the rows of this number: a row of a grid is unfolded into several.
    of_number: usize,
    heading: String,
    /// Which of the columns of this heading.
    nth: usize,
    text: String,
}

/// What an import did.
#[derive(Debug, Clone)]
pub struct ImportDone {
    /// What it did, or would have done.
    pub import: Import,
    /// The same as it is shown of a file that is not written yet.
    pub preview: Preview,
    /// Whether anything was written.
    pub written: bool,
}

impl ImportDone {
    /// Whether there is something to write that was not.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.written && self.import.writes(Mode::SkipRejected)
    }
}

/// An import that may be written: the book was copied before.
#[derive(Debug)]
pub struct Copied<'s> {
    session: &'s ImportSession,
    mode: Mode,
}

impl ImportSession {
    /// Opens a file as a list. One that is no such list is opened too: somebody may say what its
    /// columns hold ([`ImportSession::check`] tells).
    ///
    /// `on` is the day from which units take the place of others, in such a list.
    ///
    /// # Errors
    /// As [`sheet::read`], but for [`Code::SheetColumns`].
    pub fn open(path: &Path, list: List, options: ReadOptions, on: Instant) -> Result<Self> {
        Self::of(File::open(path)?, list, options, on)
    }

    /// Opens a file as the list that it holds; as one of people when it seems to hold none.
    ///
    /// # Errors
    /// As [`ImportSession::open`].
    pub fn open_any(path: &Path, on: Instant) -> Result<Self> {
        let file = File::open(path)?;
        let lists = [
            List::Succession,
            List::Roster,
            List::Units,
            List::People,
            List::Leave,
        ];
        let holds = |list: &List| sheet::find(&file, *list, &ReadOptions::default()).is_ok();
        let list = lists.into_iter().find(holds).unwrap_or(List::People);
        Self::of(file, list, ReadOptions::default(), on)
    }

    fn of(file: File, list: List, options: ReadOptions, on: Instant) -> Result<Self> {
        let (table, missing) = lay_out(&file, list, &options)?;
        Ok(Self {
            file: Arc::new(file),
            list,
            options,
            table: Arc::new(table),
            missing: missing.map(Arc::new),
            mended: Vec::new(),
            ways: Ways::default(),
            period: None,
            on,
            is_before: false,
            reason: None,
        })
    }

    /// What the file lists.
    #[must_use]
    pub fn list(&self) -> List {
        self.list
    }

    /// The list as it was read.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Whether the file is such a list.
    ///
    /// # Errors
    /// [`Code::SheetColumns`].
    pub fn check(&self) -> Result<()> {
        self.missing.as_ref().map_or(Ok(()), |why| Err(why.again()))
    }

    /// Reads one sheet, or all that hold the list, with what is said of the columns. When that
    /// fails it stays as it was.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`], [`Code::SheetUnknown`], [`Code::SheetHeading`],
    /// [`Code::SheetEmpty`].
    pub fn read(&mut self, sheet: Option<String>, columns: &Columns) -> Result<()> {
        let map = read_columns(self.list, columns)?;
        let options = ReadOptions { sheet, map };
        if options == self.options {
            return Ok(());
        }
        let (mut table, missing) = lay_out(&self.file, self.list, &options)?;
        for mended in &self.mended {
            mended.write(&mut table);
        }
        self.options = options;
        self.table = Arc::new(table);
        self.missing = missing.map(Arc::new);
        Ok(())
    }

    /// The sheet that is read, where somebody said so.
    #[must_use]
    pub fn sheet(&self) -> Option<&String> {
        self.options.sheet.as_ref()
    }

    /// What was said of the columns.
    #[must_use]
    pub fn columns(&self) -> Columns {
        let said = self.options.map.iter();
        said.map(|(heading, field)| (heading.clone(), field.map(|field| field.key().to_owned())))
            .collect()
    }

    /// Writes something else into a cell, as if the file had held it: `at` and `column` are places
    /// in the table.
    pub fn mend(&mut self, at: usize, column: usize, text: String) {
        let table = &self.table;
        let (Some(row), Some(of)) = (table.rows.get(at), table.columns.get(column)) else {
            return;
        };
        let alike = |other: &&Row| other.number == row.number && other.sheet == row.sheet;
        let before = table.headings().take(column);
        let mended = Mended {
            sheet: table.sheet(row).map(str::to_owned),
            number: row.number,
            of_number: table.rows[..at].iter().filter(alike).count(),
            heading: of.heading.clone(),
            nth: before.filter(|heading| *heading == of.heading).count(),
            text,
        };
        Arc::make_mut(&mut self.table).mend(at, column, &mended.text);
        self.mended.push(mended);
    }

    /// Whether old numbers become those of today.
    pub fn convert_old_numbers(&mut self, convert: bool) {
        self.ways.convert_old_numbers = convert;
    }

    /// Whether units that nobody knows become new ones, in a list of people.
    pub fn create_units(&mut self, create: bool) {
        self.ways.create_units = create;
    }

    /// Says which units are meant by names that the book does not know.
    pub fn name_units(&mut self, aliases: Vec<(UnitId, String)>) {
        self.ways.aliases = aliases;
    }

    /// The period that shifts are of; without one, that in which their times lie.
    pub fn set_period(&mut self, period: Option<PeriodId>) {
        self.period = period;
    }

    /// The day from which units take the place of others; `today` says whether it is over.
    pub fn begin_on(&mut self, on: Instant, today: Instant) {
        self.is_before = on < today.midnight();
        self.on = on;
    }

    /// Why units are reorganised from a day that is over.
    pub fn give_reason(&mut self, reason: Option<String>) {
        self.reason = reason;
    }

    /// Finds out what the file would do: nothing is written and no lock is held. `roster` is that of
    /// the book, where it is at hand; `watch` is told how many nouns are done, of how many, and
    /// says whether to go on.
    ///
    /// # Errors
    /// [`Code::Cancelled`], [`Code::PeriodUnknown`], and those of the store.
    pub fn preview(
        &self,
        book: Reader<'_>,
        roster: Option<&Roster>,
        watch: &dyn Fn(usize, usize) -> bool,
    ) -> Result<Foreseen> {
        let table = &self.table;
        let import = match (self.missing.is_some(), self.list) {
            (true, _) => Import::default(),
            (_, List::Units) => unit::import::preview(book, table, watch)?,
            (_, List::People) => person::import::preview(book, table, &self.ways, watch)?,
            (_, List::Succession) => reorganisation::import::preview(book, table, self.on)?,
            (_, List::Leave) => {
                let (mut import, people) = person::import::leave::preview(book, table, watch)?;
                let mut note = |known| fallen::note(known, &people, table, &mut import);
                match roster {
                    Some(known) => note(known),
                    None => note(&book.roster()?),
                }
                import
            }
            (_, List::Roster) => {
                let period = self.period_in(book)?;
                let preview = |known| shift::import::preview(known, table, period.as_ref(), watch);
                match roster {
                    Some(known) => preview(known)?,
                    None => preview(&book.roster()?)?,
                }
            }
        };
        let preview = self.shown(&import);
        Ok(Foreseen::of(preview, import, Arc::clone(table)))
    }

    /// What is shown of the file when it does this.
    fn shown(&self, import: &Import) -> Preview {
        let table = &self.table;
        let old = |warning: &&sheet::Warning| warning.notice == Notice::OldNumber;
        Preview {
            list: self.list,
            file: table.file.clone(),
            format: table.format,
            encoding: table.encoding,
            legacy: table.legacy,
            sheets: table.sheets.iter().flatten().cloned().collect(),
            left_out: table.left_out.clone(),
            all_sheets: self.file.sheets().map(str::to_owned).collect(),
            sheet: self.options.sheet.clone(),
            convert_old_numbers: self.ways.convert_old_numbers,
            old_numbers: import.warnings.iter().filter(old).count(),
            layout: self.columns(),
            units: self.ways.aliases.clone(),
            on: self.on,
            asks_reason: self.is_before,
            reason: self.reason.clone(),
            mended: self.mended.len(),
            missing: self.missing.as_deref().map(Lack::from),
            heading_row: table.heading_row,
            columns: preview::columns(table),
            rows: table.rows.len(),
            counts: import.counts(),
            confirms: !import.has_news() && !import.listed.is_empty(),
        }
    }

    fn period_in(&self, book: Reader<'_>) -> Result<Option<Period>> {
        let Some(id) = self.period else {
            return Ok(None);
        };
        let known = book.periods()?.into_iter().find(|period| period.id == id);
        match known {
            Some(period) => Ok(Some(period)),
            None => Err(Error::new(Code::PeriodUnknown).with("given", id)),
        }
    }

    /// In which form a file takes the rows that are turned away; asked before anything is brought in.
    ///
    /// # Errors
    /// [`Code::ValueUnknown`] for an ending that is none of a table, [`Code::FileExists`].
    pub fn rejected_form(book: &Logbook, path: &Path) -> Result<Form> {
        book.may_write_over(path)?;
        Form::of(path)
    }

    /// Writes the rows that an import turns away into a file, the reason beside each: to be mended and
    /// brought in again. `heading` is that of the reasons, `told` says what a cell should hold.
    ///
    /// # Errors
    /// Those of [`ImportSession::rejected_form`], and [`Code::File`].
    pub fn save_rejected(
        &self,
        book: &Logbook,
        import: &Import,
        heading: &str,
        told: impl Fn(Expected) -> String,
        path: &Path,
    ) -> Result<()> {
        let form = Self::rejected_form(book, path)?;
        let why = |row: &sheet::Rejected| match row.column.is_empty() {
            true => told(row.expected),
            false => format!("{}: {}", row.column, told(row.expected)),
        };
        book.hand_out(Target::File(path), |out| {
            sheet::write_rejected(&self.table, &import.rejected, heading, why, out, form)
        })
    }

    /// Brings the file in: finds out what it would do, copies the book when it would do anything,
    /// and writes. An import that would write nothing is only read.
    ///
    /// # Errors
    /// [`Code::SheetColumns`], those of [`ImportSession::copy_before`] and [`Copied::write`], and
    /// those of [`Logbook::transact`].
    pub fn take(
        &self,
        book: &mut Logbook,
        operator: &str,
        now: Instant,
        mode: Mode,
        watch: impl Fn(usize, usize) -> bool + 'static,
    ) -> Result<ImportDone> {
        self.check()?;
        let foreseen = book.read(|book| self.preview(book, None, &watch))?;
        match self.copy_before(&foreseen.import, book, now, mode)? {
            Some(copied) => book.transact(operator, now, |write| copied.write(write, watch)),
            None => Ok(ImportDone {
                import: foreseen.import,
                preview: foreseen.preview,
                written: false,
            }),
        }
    }

    /// Copies the book, as is done before every import that writes anything; the newest copy serves
    /// when it holds all that the book does. `None` when the import that was foreseen writes nothing
    /// in this mode.
    ///
    /// A mistaken import is undone from its copy when undo no longer reaches it; so without a copy
    /// nothing is brought in.
    ///
    /// # Errors
    /// [`Code::ImportUncopied`], [`Code::BookDamaged`].
    pub fn copy_before(
        &self,
        foreseen: &Import,
        book: &Logbook,
        now: Instant,
        mode: Mode,
    ) -> Result<Option<Copied<'_>>> {
        let sent_again = || book.read(|book| book.is_sent_again(&foreseen.listed, now));
        let writes = foreseen.writes(mode) || mode.writes(&foreseen.rejected) && sent_again()?;
        if !writes {
            return Ok(None);
        }
        book.writable()?;
        book.keep_backup(now).map_err(|cause| {
            Error::new(Code::ImportUncopied)
                .with("folder", book.backup_folder().display())
                .because(cause)
        })?;
        Ok(Some(Copied {
            session: self,
            mode,
        }))
    }
}

impl Copied<'_> {
    /// Writes the file as one change. It is planned again: the book may have changed since it was
    /// looked at. `watch` is told how many nouns are written, of how many, and says whether to go
    /// on.
    ///
    /// # Errors
    /// [`Code::Cancelled`], [`Code::PeriodUnknown`], and those of the store.
    pub fn write(
        &self,
        write: &mut Writing<'_>,
        watch: impl Fn(usize, usize) -> bool + 'static,
    ) -> Result<ImportDone> {
        write.on_progress(watch);
        let (session, mode) = (self.session, self.mode);
        let table = &session.table;
        let import = match session.list {
            List::Units => write.import_units(table, mode)?,
            List::People => write.import_people(table, &session.ways, mode)?,
            List::Succession => {
                write.succeed(table, session.on, session.reason.as_deref(), mode)?
            }
            List::Leave => {
                let before = write.reader.roster()?;
                let (mut import, people) = write.import_leave(table, mode)?;
                fallen::note(&before, &people, table, &mut import);
                import
            }
            List::Roster => {
                let period = session.period_in(write.reader)?;
                write.import_roster(table, period.as_ref(), mode)?
            }
        };
        Ok(ImportDone {
            written: import.writes(mode),
            preview: session.shown(&import),
            import,
        })
    }
}

impl Mended {
    /// Writes it where its cell stands now; nowhere when the table has no such cell.
    fn write(&self, table: &mut Table) {
        let is_it =
            |row: &Row| row.number == self.number && table.sheet(row) == self.sheet.as_deref();
        let rows = table.rows.iter().enumerate();
        let mut alike = rows.filter(|(_, row)| is_it(row)).map(|(at, _)| at);
        let row = alike.nth(self.of_number);
        let same = |(at, heading): (usize, &str)| (heading == self.heading).then_some(at);
        let headings = table.headings().enumerate();
        let column = headings.filter_map(same).nth(self.nth);
        if let (Some(row), Some(column)) = (row, column) {
            table.mend(row, column, &self.text);
        }
    }
}

/// The list in a file; what comes nearest, and why it is none, when somebody can still say what
/// the columns hold.
fn lay_out(file: &File, list: List, options: &ReadOptions) -> Result<(Table, Option<Error>)> {
    match sheet::find(file, list, options) {
        Ok(table) => Ok((table, None)),
        Err(error) if error.code == Code::SheetColumns => {
            Ok((sheet::nearest(file, list, options), Some(error)))
        }
        Err(error) => Err(error),
    }
}
