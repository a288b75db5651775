//! `sotruc`: the duty book in the terminal. It parses, asks the core, and shows; rules live there.

mod args;
mod commands;
mod say;
mod show;

use clap::{CommandFactory, FromArgMatches, error::ErrorKind};
use sotruc_core::Error;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use args::Args;
use commands::{Answer, Terminal};
use say::Say;

const NO: u8 = 1;
const FAILED: u8 = 2;

/// Imports and lists are many small texts; the systems' own allocators are slow with them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let say = Say::chosen(&words);
    let command = args::localised(Args::command(), &say);
    let args = match command
        .try_get_matches_from(&words)
        .and_then(|found| Args::from_arg_matches(&found))
    {
        Ok(args) => args,
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            return version(&error, &words, &say);
        }
        Err(error) => return usage(&error, &say),
    };
    // Without it the work goes on.
    let _ = sotruc_program::begin_log(Terminal::installation().folder());
    let mut terminal = Terminal::new(&args, say);
    let answer = commands::run(&mut terminal, &args.command);
    let shown = terminal.finish();
    terminal.tend();
    match (answer, shown) {
        (Ok(Answer::Yes), Ok(())) => ExitCode::SUCCESS,
        (Ok(Answer::No), Ok(())) => NO.into(),
        // Nobody reads on (`| head`): what was asked for is done.
        (Ok(_), Err(cause)) if cause.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        (Ok(_), Err(cause)) => failed(
            &terminal.say,
            &Error::file(std::path::Path::new("stdout"), cause),
        ),
        (Err(error), _) => failed(&terminal.say, &error),
    }
}

fn failed(say: &Say, error: &Error) -> ExitCode {
    eprintln!("{}: {}", say.text("out_error"), say.error(error));
    FAILED.into()
}

/// Which program this is; with `--verbose` also what keeps the book, and where everything lies.
fn version(version: &clap::Error, words: &[OsString], say: &Say) -> ExitCode {
    // A reader that went away is no failure.
    let _ = version.print();
    if !words.iter().any(|word| word == "--verbose") {
        return ExitCode::SUCCESS;
    }
    let home = Terminal::installation();
    let store = say::given_to("--store", words).map(PathBuf::from);
    let book = store
        .or_else(|| Some(std::env::var_os("SOTRUC_STORE")?.into()))
        .unwrap_or_else(|| home.usual_book());
    let (sqlite, sqlcipher) = match sotruc_core::engine() {
        Ok(versions) => versions,
        Err(error) => return failed(say, &error),
    };
    let shown = |path: &Path| path.display().to_string();
    let lines = [
        ("SQLite", sqlite),
        ("SQLCipher", sqlcipher),
        (say.text("out_place_book"), shown(&book)),
        (
            say.text("out_place_copies"),
            shown(&sotruc_core::backup_folder(&book)),
        ),
        (say.text("out_place_keys"), shown(&home.keys())),
        (
            say.text("out_place_log"),
            shown(&sotruc_program::log_file(home.folder())),
        ),
    ];
    let mut out = std::io::stdout().lock();
    for (name, value) in lines {
        let _ = writeln!(out, "{name}: {value}");
    }
    ExitCode::SUCCESS
}

/// What clap found wrong with the words, in the user's language.
fn usage(error: &clap::Error, say: &Say) -> ExitCode {
    use clap::error::{ContextKind, ContextValue};
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let key = match error.kind() {
        ErrorKind::DisplayHelp => {
            // A reader that went away is no failure.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            return FAILED.into();
        }
        // A word too many: most often a text without its quotation marks.
        ErrorKind::UnknownArgument if !context(ContextKind::InvalidArg).starts_with('-') => {
            "usage_extra"
        }
        ErrorKind::UnknownArgument => "usage_unknown",
        ErrorKind::InvalidSubcommand => "usage_command",
        ErrorKind::MissingRequiredArgument => "usage_missing",
        ErrorKind::InvalidValue => "usage_value",
        ErrorKind::ValueValidation => "usage_number",
        ErrorKind::ArgumentConflict => "usage_conflict",
        _ => "usage_other",
    };
    let word = match error.kind() {
        ErrorKind::InvalidSubcommand => context(ContextKind::InvalidSubcommand),
        _ => context(ContextKind::InvalidArg),
    };
    let value = context(ContextKind::InvalidValue);
    let known = context(ContextKind::ValidValue);
    let text = say.with(key, &[("word", word), ("value", value), ("known", known)]);
    eprintln!("{}: {text}", say.text("out_error"));
    FAILED.into()
}
