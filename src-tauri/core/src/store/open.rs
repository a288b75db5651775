//! The one way to make and to open a book file.

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use crate::error::{Code, Error, Result};
use crate::id::hex;
use crate::place;

/// "SoTr": what tells a book from other SQLite files.
const APPLICATION_ID: i64 = 0x536f_5472;
const PAGE_SIZE: i64 = 8192;
pub(super) const BUSY: Duration = Duration::from_secs(30);
/// SQLite before this loses commits when a checkpoint meets a writer (its WAL reset bug).
const SQLITE_NEEDED: i32 = 3_051_003;

/// Numbered, never edited once they have landed.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
];

/// The schema this program writes.
const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// The 256-bit key of an encrypted book.
#[derive(Clone)]
pub struct FileKey(pub [u8; 32]);

impl std::fmt::Debug for FileKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileKey")
    }
}

/// Makes an empty book where no file is.
pub(crate) fn create(path: &Path, key: Option<&FileKey>) -> Result<Connection> {
    let conn = connect(
        path,
        OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_READ_WRITE,
        key,
    )?;
    conn.pragma_update(None, "page_size", PAGE_SIZE)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    lay_out(&conn)?;
    settle(&conn)?;
    Ok(conn)
}

/// An empty book that lives in a private temporary file, for a replay.
pub(crate) fn scratch() -> Result<Connection> {
    let conn = Connection::open("")?;
    // What a replay spills to disk is as secret as the book.
    let mut key = FileKey([0; 32]);
    crate::random::fill_random(&mut key.0)?;
    unlock(&conn, &key)?;
    lay_out(&conn)?;
    Ok(conn)
}

/// Opens a book that is there, of today's schema. An older one stays byte for byte as it is.
pub(crate) fn open(path: &Path, key: Option<&FileKey>) -> Result<Connection> {
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, key)?;
    let found = check(&conn, path)?;
    if found < SCHEMA {
        // Nor is what a program that died left beside it taken in.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        return Err(Error::new(Code::BookOlder)
            .with("file", path.display())
            .with("found", found)
            .with("known", SCHEMA));
    }
    settle(&conn)?;
    Ok(conn)
}

/// Brings an older book to today's schema, once `keep` has made a copy of it; nobody else writes
/// in between. Gives what `keep` gave, and `None` when the book is of today. When anything fails
/// the book is as it was.
pub(crate) fn upgrade<T>(
    path: &Path,
    key: Option<&FileKey>,
    keep: impl FnOnce(&Connection) -> Result<T>,
) -> Result<Option<T>> {
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, key)?;
    if check(&conn, path)? == SCHEMA {
        return Ok(None);
    }
    let alone = Transaction::new_unchecked(&conn, TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    if check(&conn, path)? == SCHEMA {
        return Ok(None);
    }
    let beside = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, key)?;
    let kept = keep(&beside)?;
    drop(beside);
    migrate(&conn)?;
    alone.commit()?;
    Ok(Some(kept))
}

/// Opens a book to look at it, of whatever schema, changing nothing.
pub(crate) fn read_only(path: &Path, key: Option<&FileKey>) -> Result<Connection> {
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, key)?;
    check(&conn, path)?;
    Ok(conn)
}

fn connect(path: &Path, flags: OpenFlags, key: Option<&FileKey>) -> Result<Connection> {
    let with_path = |error: rusqlite::Error| match error.sqlite_error_code() {
        // The database does not tell what the system said.
        Some(rusqlite::ErrorCode::CannotOpen) => {
            let writes = flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE);
            let opened = File::options().read(true).write(writes).open(path);
            let said = opened.err();
            Error::file(
                path,
                said.unwrap_or_else(|| std::io::Error::other(error.to_string())),
            )
        }
        _ => Error::from(error).with("file", path.display()),
    };
    let conn = Connection::open_with_flags(
        place::for_system(path),
        flags | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(with_path)?;
    conn.busy_timeout(BUSY)?;
    fit(&conn)?;
    if let Some(key) = key {
        unlock(&conn, key)?;
    }
    Ok(conn)
}

/// Fails closed when the linked SQLite cannot encrypt, or has a known way to lose a commit.
fn fit(conn: &Connection) -> Result<()> {
    // SQLCipher writes what it thinks of a wrong key to stderr; our errors say it.
    conn.execute_batch("PRAGMA cipher_log = off")?;
    let unfit = |found: String| Error::new(Code::UnfitSqlite).with("found", found);
    if rusqlite::version_number() < SQLITE_NEEDED {
        return Err(unfit(rusqlite::version().to_owned()));
    }
    cipher(conn)
        .map(drop)
        .map_err(|_| unfit(format!("{} (no SQLCipher)", rusqlite::version())))
}

fn cipher(conn: &Connection) -> rusqlite::Result<String> {
    conn.query_row("PRAGMA cipher_version", [], |row| row.get(0))
}

/// The versions of what keeps a book: of SQLite, and of SQLCipher, which encrypts it.
///
/// # Errors
/// [`Code::UnfitSqlite`].
pub fn engine() -> Result<(String, String)> {
    let conn = Connection::open_in_memory()?;
    fit(&conn)?;
    Ok((rusqlite::version().to_owned(), cipher(&conn)?))
}

fn unlock(conn: &Connection, key: &FileKey) -> Result<()> {
    // The default and not the file's own: VACUUM INTO makes its copy by the default.
    conn.pragma_update(None, "cipher_default_page_size", PAGE_SIZE)?;
    conn.pragma_update(None, "key", format!("x'{}'", hex(&key.0)))?;
    Ok(())
}

/// The schema of a file that is a book.
fn check(conn: &Connection, path: &Path) -> Result<i64> {
    let pragma = |name: &str| {
        conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map_err(|error| Error::from(error).with("file", path.display()))
    };
    if pragma("application_id")? != APPLICATION_ID {
        return Err(Error::new(Code::NotABook).with("file", path.display()));
    }
    let found = pragma("user_version")?;
    if found > SCHEMA {
        return Err(Error::new(Code::BookNewer)
            .with("file", path.display())
            .with("found", found)
            .with("known", SCHEMA));
    }
    Ok(found)
}

/// Takes the steps that a file lacks to today's schema, within the transaction of the caller.
fn migrate(conn: &Connection) -> Result<()> {
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (step, sql) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        conn.execute_batch(sql)?;
        conn.pragma_update(None, "user_version", step as i64 + 1)?;
    }
    Ok(())
}

/// Today's schema in a file that is empty.
fn lay_out(conn: &Connection) -> Result<()> {
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    migrate(&transaction)?;
    Ok(transaction.commit()?)
}

/// What every connection agrees on.
fn settle(conn: &Connection) -> Result<()> {
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update(None, "cache_size", -8192)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Moves what was written from the log beside the database into it, as far as nobody reads older
/// states.
pub(crate) fn checkpoint(conn: &Connection) -> Result<()> {
    conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    Ok(())
}

/// [`checkpoint`] that waits for whoever reads, and empties that log.
pub(crate) fn fold(conn: &Connection) -> Result<()> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Readers beside a writer need the write-ahead log. Asked for by who writes: a copy that is only
/// read stays byte for byte as it is.
pub(crate) fn ready_to_write(conn: &Connection) -> Result<()> {
    let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode != "wal" {
        conn.pragma_update(None, "journal_mode", "wal")?;
    }
    Ok(())
}

/// A number that changes when another connection has changed the file.
pub(crate) fn version(conn: &Connection) -> Result<i64> {
    Ok(conn.pragma_query_value(None, "data_version", |row| row.get(0))?)
}

/// Whether the file is sound as SQLite sees it; `whole` also compares tables with their indexes.
pub(crate) fn is_sound(conn: &Connection, whole: bool) -> Result<bool> {
    let check = if whole {
        "PRAGMA integrity_check(1)"
    } else {
        "PRAGMA quick_check(1)"
    };
    Ok(conn.query_row(check, [], |row| row.get::<_, String>(0))? == "ok")
}

/// Whether a file begins as an SQLite file does, whatever it is called.
pub(crate) fn begins_as_book(path: &Path) -> bool {
    let mut begin = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin == *b"SQLite format 3\0"
}
