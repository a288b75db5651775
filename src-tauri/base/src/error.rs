//! What can go wrong, as codes that a person or a program acts on.
//!
//! An [`Error`] carries a [`Code`] and the values its message needs; the words live in the
//! message catalogue (`assets/messages`), never here.

use std::fmt;
use std::path::Path;

use crate::file_name::NameFault;

/// The result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// One case that somebody acts on. The key is stable: interfaces and scripts branch on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The stable name, also the key of its message.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Code::$name => $key,)* }
            }
        }
    };
}

codes! {
    /// No book at this path. Params: `file`.
    BookMissing = "book_missing",
    /// A book or another file is already there. Params: `file`.
    BookExists = "book_exists",
    /// The file is not a duty book, or its passphrase is missing or wrong. Params: `file`.
    NotABook = "not_a_book",
    /// The book was written by a newer program. Params: `file`, `found`, `known`.
    BookNewer = "book_newer",
    /// The book was written by an older program, and is read once it is upgraded. Params: `file`,
    /// `found`, `known`.
    BookOlder = "book_older",
    /// The book fails its check and is read-only. Params: `site`, `seq`.
    BookDamaged = "book_damaged",
    /// Another program kept the book busy for too long. Params: `file`.
    BookBusy = "book_busy",
    /// The linked SQLite cannot encrypt or is too old. Params: `found`.
    UnfitSqlite = "unfit_sqlite",
    /// An update without a signature beside it. Params: `file`, `signature`.
    UpdateUnsigned = "update_unsigned",
    /// An update that was changed, or signed by somebody else. Params: `file`.
    UpdateForged = "update_forged",
    /// A signed file that is no update of this program. Params: `file`.
    UpdateOther = "update_other",
    /// An update that is older than the program. Params: `file`, `found`, `running`.
    UpdateOlder = "update_older",
    /// An update that the system did not let be installed. Params: `file`, `why`.
    UpdateRefused = "update_refused",
    /// A file could not be read or written. Params: `file`, `why`.
    File = "file",
    /// A file that was to be written is open in another program. Params: `file`, `why`.
    TargetInUse = "target_in_use",
    /// A book lies on a disk of another machine, where it is not safe. Params: `file`.
    BookRemote = "book_remote",
    /// The disk on which the book lies is full.
    DiskFull = "disk_full",
    /// The book, or the folder it lies in, may not be written in.
    BookReadOnly = "book_read_only",
    /// The disk refused to read or write: it is full, was pulled out or fails. Params: `why`.
    DiskFailed = "disk_failed",
    /// The database refused for a reason of its own. Params: `why`.
    Store = "store",
    /// A record of the journal cannot be understood. Params: `site`, `seq`.
    RecordUnreadable = "record_unreadable",
    /// The site's code is not 2 to 8 capital letters or digits. Params: `given`.
    SiteCode = "site_code",
    /// A text that must say something is empty. Params: `field`.
    Empty = "empty",
    /// No unit of this name, code or id. Params: `given`.
    UnitUnknown = "unit_unknown",
    /// Several units fit. Params: `given`, `found`.
    UnitAmbiguous = "unit_ambiguous",
    /// A unit with this code or name exists. Params: `given`.
    UnitExists = "unit_exists",
    /// No person of this name or id. Params: `given`.
    PersonUnknown = "person_unknown",
    /// Several people fit. Params: `given`, `found`.
    PersonAmbiguous = "person_ambiguous",
    /// The unit already has a person of this name. Params: `given`, `unit`.
    PersonExists = "person_exists",
    /// Somebody has leave when they are to be on duty. Params: `given`, `from`, `to`.
    PersonAway = "person_away",
    /// Somebody has the very same shift already. Params: `given`, `from`, `to`.
    ShiftExists = "shift_exists",
    /// A line of what happened so long ago says why it is late. Params: `at`, `minutes`.
    LineLate = "line_late",
    /// A person cannot be made one with themselves. Params: `given`.
    PersonItself = "person_itself",
    /// No period of this name or id. Params: `given`.
    PeriodUnknown = "period_unknown",
    /// No period runs or comes, and none was named. Params: `at`.
    NoPeriodNow = "no_period_now",
    /// A period of this name exists. Params: `given`.
    PeriodExists = "period_exists",
    /// A time span ends before it starts. Params: `from`, `to`.
    SpanBackwards = "span_backwards",
    /// A span has more days than columns are read. Params: `days`, `most`.
    SpanLong = "span_long",
    /// An option does not go with what is exported. Params: `option`, `report`.
    OptionUnfit = "option_unfit",
    /// No shift with this id. Params: `given`.
    ShiftUnknown = "shift_unknown",
    /// No incident of this number. Params: `given`.
    IncidentUnknown = "incident_unknown",
    /// Several incidents fit. Params: `given`, `found`.
    IncidentAmbiguous = "incident_ambiguous",
    /// No log line of this number. Params: `given`.
    LineUnknown = "line_unknown",
    /// A line of this kind says no such thing. Params: `field`, `kind`.
    LineDetail = "line_detail",
    /// The words say that nothing happened, and incidents are open or notices overdue. Params:
    /// `open`.
    NotQuiet = "not_quiet",
    /// The line was corrected before; the newer line is the one to correct. Params: `line`, `by`.
    LineCorrected = "line_corrected",
    /// A value is not one of the known ones. Params: `field`, `given`, `known`.
    ValueUnknown = "value_unknown",
    /// The book holds a value that this program does not know. Params: `noun`, `id`, `field`,
    /// `given`.
    StoredUnknown = "stored_unknown",
    /// A time is not written as one, or does not exist. Params: `given`.
    TimeInvalid = "time_invalid",
    /// A time lies ahead of now. Params: `given`.
    TimeAhead = "time_ahead",
    /// A time lies ahead of now, and with day and month the other way round it does not. Params:
    /// `given`, `meant`.
    TimeSwapped = "time_swapped",
    /// Somebody would have been told of an incident before it was noticed. Params: `given`,
    /// `detected`.
    NoticeEarly = "notice_early",
    /// A telephone number cannot be dialled as written. Params: `given`.
    PhoneInvalid = "phone_invalid",
    /// An e-mail address is not one. Params: `given`.
    EmailInvalid = "email_invalid",
    /// The file is not a text table. Params: `file`.
    SheetNotText = "sheet_not_text",
    /// The file is a web page, whatever it is called. Params: `file`.
    SheetWebPage = "sheet_web_page",
    /// The file has no rows under its headings. Params: `file`.
    SheetEmpty = "sheet_empty",
    /// A quotation mark is opened and never closed. Params: `file`, `row`.
    SheetQuote = "sheet_quote",
    /// Headings that are needed are not in the file. Params: `file`, `row`, `missing`, `found`.
    SheetColumns = "sheet_columns",
    /// Rows were turned away and nothing was written. Params: `count`.
    RowsRejected = "rows_rejected",
    /// The book could not be copied before an import, so nothing was brought in. Params: `folder`,
    /// `why`.
    ImportUncopied = "import_uncopied",
    /// There is nothing of this operator's to undo. Params: `operator`.
    UndoNothing = "undo_nothing",
    /// It is no change of this operator's that could be undone. Params: `given`.
    UndoUnknown = "undo_unknown",
    /// It was undone already.
    UndoUndone = "undo_undone",
    /// There is nothing undone that could be done again. Params: `operator`.
    RedoNothing = "redo_nothing",
    /// The change that was to be done again was not undone, or was done again.
    RedoStands = "redo_stands",
    /// Somebody wrote over what was to be done again. Params: `what`, `who`, `when`.
    RedoOverwritten = "redo_overwritten",
    /// Something stands on what would go. Params: `given`, `by`.
    RedoInUse = "redo_in_use",
    /// A shift was stood without what was to be done again. Params: `from`, `to`.
    RedoPast = "redo_past",
    /// What comes next to undo stands in the log too.
    UndoLogged = "undo_logged",
    /// What comes next to undo erased somebody's data, which stays erased.
    UndoRedacted = "undo_redacted",
    /// Somebody wrote over it since. Params: `what`, `who`, `when`.
    UndoOverwritten = "undo_overwritten",
    /// Lines of the log speak of it. Params: `what`, `line`.
    UndoSpokenOf = "undo_spoken_of",
    /// Somebody or something stands on what would go. Params: `given`, `by`.
    UndoInUse = "undo_in_use",
    /// Somebody was on duty since by what would be undone. Params: `from`, `to`.
    UndoPast = "undo_past",
    /// What is over changes for a reason only. Params: `from`, `to`.
    PastFrozen = "past_frozen",
    /// Units are reorganised from a day that is over for a reason only. Params: `on`.
    PastDay = "past_day",
    /// What is over is not laid out. Params: `from`, `to`.
    RotaPast = "rota_past",
    /// The period is too long to be laid out. Params: `from`, `to`.
    RotaLong = "rota_long",
    /// What a rota was laid out from has changed, or it was laid out too long ago.
    RotaStale = "rota_stale",
    /// The moment does not lie in the shift. Params: `from`, `to`.
    OutsideShift = "outside_shift",
    /// What a period asks besides cannot be understood. Params: `given`.
    NeedInvalid = "need_invalid",
    /// A pattern cannot be understood. Params: `file`, `why`.
    PatternInvalid = "pattern_invalid",
    /// A file that is no calendar of a year. Params: `why`.
    CalendarInvalid = "calendar_invalid",
    /// Something of a calendar's day that cannot be read. Params: `n`, `field`, `given`.
    CalendarUnread = "calendar_day_unread",
    /// A calendar's day of another year. Params: `n`, `date`, `year`.
    CalendarYear = "calendar_day_year",
    /// A day that a calendar has twice. Params: `n`, `date`.
    CalendarTwice = "calendar_day_twice",
    /// A working day that is worked, or a weekend that is given back. Params: `n`, `date`.
    CalendarWeekday = "calendar_day_weekday",
    /// A duty sheet was not printed in this edition. Params: `given`.
    EditionUnknown = "edition_unknown",
    /// There is no such finding of the roster. Params: `given`.
    FindingUnknown = "finding_unknown",
    /// The unit owes nothing for the period, so there is nothing to remind it of. Params: `given`,
    /// `period`.
    NothingOwed = "nothing_owed",
    /// The unit still has people. Params: `given`, `count`.
    UnitHasPeople = "unit_has_people",
    /// A unit is to go, but shifts there are not over.
    UnitHasShifts = "unit_has_shifts",
    /// A file is there that must not be written over. Params: `file`.
    FileExists = "file_exists",
    /// The book's file is damaged. Params: `why`.
    BookCorrupt = "book_corrupt",
    /// The workbook is cut off or not one. Params: `file`.
    SheetBroken = "sheet_broken",
    /// The file is larger than is read. Params: `file`.
    SheetLarge = "sheet_large",
    /// The workbook is locked with a password. Params: `file`.
    SheetLocked = "sheet_locked",
    /// The file has no sheet of this name. Params: `file`, `sheet`, `known`.
    SheetUnknown = "sheet_unknown",
    /// The list has no such heading. Params: `file`, `heading`, `known`.
    SheetHeading = "sheet_heading",
    /// The text is not a head of 26 letters and digits. Params: `given`.
    HeadInvalid = "head_invalid",
    /// A time was given for a change in a book that is not for practice.
    TimeGiven = "time_given",
    /// In a practice book the time given lies before the last one. Params: `given`, `last`.
    TimeBackwards = "time_backwards",
    /// A file is too large to be attached. Params: `file`, `limit` (MB).
    FileLarge = "file_large",
    /// A line has no attached file. Params: `line`.
    FileNone = "file_none",
    /// An attached file is not beside the book. Params: `file`.
    FileMissing = "file_missing",
    /// An attached file is not what it was. Params: `file`.
    FileAltered = "file_altered",
    /// A profile cannot be understood. Params: `why`.
    ProfileInvalid = "profile_invalid",
    /// A profile that comes with the program has this key. Params: `given`.
    ProfileExists = "profile_exists",
    /// The profile that was to go is the one in force.
    ProfileInForce = "profile_in_force",
    /// There is no such notice. Params: `given`.
    NoticeUnknown = "notice_unknown",
    /// The profiles in force ask for no report of this name. Params: `given`, `known`.
    ReportUnknown = "report_unknown",
    /// The first day for which a report is owed lies far ahead. Params: `given`, `first`.
    ReportAhead = "report_ahead",
    /// Another day than the one that is meant is the first for which a report is owed. Params:
    /// `given`, `first`.
    ReportSettled = "report_settled",
    /// The notice was sent or waived already. Params: `at`.
    NoticeSettled = "notice_settled",
    /// The notice was not sent yet.
    NoticeUnsent = "notice_unsent",
    /// There is no such handover. Params: `given`.
    HandoverUnknown = "handover_unknown",
    /// The handover was confirmed already. Params: `at`.
    HandoverReceived = "handover_received",
    /// Nobody hands over to themselves. Params: `given`.
    HandoverSelf = "handover_self",
    /// The watch is handed over to somebody by their whole name. Params: `given`.
    HandoverWhom = "handover_whom",
    /// Another operator writes under this name. Params: `given`.
    OperatorExists = "operator_exists",
    /// Whoever watched the work stopped it; nothing was written.
    Cancelled = "cancelled",
}

/// A failure: its code, the values of its message, and what caused it.
#[derive(Debug)]
pub struct Error {
    /// The case.
    pub code: Code,
    /// Values for the message, by name.
    pub params: Vec<(&'static str, String)>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A failure without further values.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            code,
            params: Vec::new(),
            cause: None,
        }
    }

    /// Adds a value for the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// A failure because of another: why that failed becomes its `why`.
    #[must_use]
    pub fn because(self, other: Self) -> Self {
        let why = other.params.iter().find(|(name, _)| *name == "why");
        let why = why.map_or_else(|| other.to_string(), |(_, why)| why.clone());
        Self {
            cause: other.cause,
            ..self.with("why", why)
        }
    }

    /// This failure once more, without what caused it.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            code: self.code,
            params: self.params.clone(),
            cause: None,
        }
    }

    /// What the system said, when it was about a file.
    #[must_use]
    pub fn io_kind(&self) -> Option<std::io::ErrorKind> {
        Some(self.io_cause()?.kind())
    }

    fn io_cause(&self) -> Option<&std::io::Error> {
        self.cause.as_ref()?.downcast_ref()
    }

    /// The key of the usual words for what the system said about a file: `why_<key>`.
    #[must_use]
    pub fn why_key(&self) -> Option<&'static str> {
        use std::io::ErrorKind;
        let cause = self.io_cause()?;
        let name = cause.get_ref().and_then(|own| own.downcast_ref());
        if let Some(fault) = name.copied().map(NameFault::key) {
            return Some(fault);
        }
        if is_in_use(cause) {
            return Some("in_use");
        }
        Some(match cause.kind() {
            ErrorKind::NotFound => "not_found",
            ErrorKind::IsADirectory => "is_a_directory",
            ErrorKind::NotADirectory => "not_a_directory",
            ErrorKind::PermissionDenied => "denied",
            ErrorKind::ReadOnlyFilesystem => "read_only",
            ErrorKind::StorageFull => "full",
            _ => return None,
        })
    }

    /// The error with the file it is about, where it was not known which that is.
    #[must_use]
    pub fn in_file(mut self, path: &Path) -> Self {
        if self.code == Code::File {
            let unknown = self
                .params
                .iter_mut()
                .find(|(name, value)| *name == "file" && value.is_empty());
            if let Some((_, file)) = unknown {
                *file = path.display().to_string();
            }
        }
        self
    }

    /// [`Error::file`] of one that was to be written: that it is open elsewhere is a case of its
    /// own, for another name helps.
    #[must_use]
    pub fn target(path: &Path, cause: std::io::Error) -> Self {
        let mut error = Self::file(path, cause);
        if error.io_cause().is_some_and(is_in_use) {
            error.code = Code::TargetInUse;
        }
        error
    }

    /// A file that could not be read or written, and why. An empty path is filled in by whoever
    /// knows it ([`Error::in_file`]).
    #[must_use]
    pub fn file(path: &Path, cause: std::io::Error) -> Self {
        let mut error = Self::new(Code::File)
            .with("file", path.display())
            .with("why", &cause);
        error.cause = Some(Box::new(cause));
        error
    }
}

/// Whether the system refused a file because another program has it open.
#[must_use]
pub fn is_in_use(cause: &std::io::Error) -> bool {
    /// What Windows says of a file that is not shared, and of a part that is locked.
    const SHARING: i32 = 32;
    const LOCKED: i32 = 33;
    let says = |code| cfg!(windows) && cause.raw_os_error() == Some(code);
    cause.kind() == std::io::ErrorKind::ResourceBusy || says(SHARING) || says(LOCKED)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.key())?;
        for (name, value) in &self.params {
            write!(f, " {name}={value:?}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(feature = "sqlite")]
impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Sql;
        // A row that could not be read says why itself.
        let cause = match cause {
            rusqlite::Error::FromSqlConversionFailure(column, kind, why) => {
                match why.downcast::<Self>() {
                    Ok(own) => return *own,
                    Err(why) => rusqlite::Error::FromSqlConversionFailure(column, kind, why),
                }
            }
            cause => cause,
        };
        let code = match cause.sqlite_error_code() {
            Some(Sql::NotADatabase) => Code::NotABook,
            Some(Sql::DatabaseCorrupt) => Code::BookCorrupt,
            Some(Sql::DatabaseBusy | Sql::DatabaseLocked) => Code::BookBusy,
            Some(Sql::DiskFull) => Code::DiskFull,
            Some(Sql::ReadOnly | Sql::CannotOpen | Sql::PermissionDenied) => Code::BookReadOnly,
            Some(Sql::SystemIoFailure) => Code::DiskFailed,
            _ => Code::Store,
        };
        let mut error = Self::new(code).with("why", &cause);
        error.cause = Some(Box::new(cause));
        error
    }
}

/// An error of ours on its way out of where a row is read.
#[cfg(feature = "sqlite")]
impl From<Error> for rusqlite::Error {
    fn from(error: Error) -> Self {
        Self::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    }
}
