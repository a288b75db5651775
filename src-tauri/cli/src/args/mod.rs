//! The words of the terminal. Their help is in the message catalogue, by command and name.

mod directory;
mod duty;
mod import;
mod incident;
mod localised;
mod log;
mod office;
mod report;
mod submission;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

use crate::say::Language;
pub use directory::{Drill, Leave, Person, PersonFields, Unit, UnitFields};
pub use duty::{Assign, Generate, Overlap, Period, PeriodMore, Roster, Sheet};
pub use import::ImportFile;
pub use incident::{Incident, IncidentFields, Notice};
pub use localised::localised;
pub use log::{Handover, Log};
pub use office::{Operator, Settings};
pub use report::Export;
pub use submission::Submission;

#[derive(Parser)]
#[command(
    name = "sotruc",
    bin_name = "sotruc",
    version = sotruc_program::BUILD,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Args {
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "SOTRUC_STORE",
        hide_env = true
    )]
    pub store: Option<PathBuf>,
    #[arg(long, global = true, value_parser = language(), env = "SOTRUC_LANG", hide_env = true)]
    pub lang: Option<Language>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, global = true, value_name = "TIME")]
    pub at: Option<String>,
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "SOTRUC_OPERATOR",
        hide_env = true
    )]
    pub operator: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

/// A question that may be asked as of what was known once.
#[derive(Group, Clone, Default)]
pub struct Asked {
    #[arg(long, value_name = "TIME")]
    pub known_at: Option<String>,
}

/// What is made from the words of the terminal, for the system it is installed on.
#[derive(Clone, Copy, ValueEnum)]
pub enum Help {
    Man,
    Bash,
    Zsh,
    Fish,
    Powershell,
}

#[derive(Subcommand)]
pub enum Command {
    #[command(hide = true)]
    Generate {
        #[arg(value_enum)]
        what: Help,
    },
    Init(Init),
    Demo {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    #[command(subcommand)]
    Unit(Unit),
    #[command(subcommand)]
    Person(Person),
    #[command(subcommand)]
    Period(Period),
    #[command(subcommand)]
    Submission(Submission),
    #[command(subcommand)]
    Drill(Drill),
    #[command(subcommand)]
    Roster(Roster),
    #[command(subcommand)]
    Incident(Incident),
    #[command(subcommand)]
    Log(Log),
    #[command(subcommand)]
    Notice(Notice),
    #[command(subcommand)]
    Handover(Handover),
    #[command(subcommand)]
    Settings(Settings),
    #[command(subcommand)]
    Operator(Operator),
    Search {
        #[arg(required = true)]
        words: Vec<String>,
    },
    Export(Export),
    Undo {
        #[arg(value_name = "ID")]
        id: Option<u64>,
        #[arg(long, conflicts_with = "id")]
        list: bool,
        #[arg(long, value_name = "N", default_value_t = 20, requires = "list")]
        limit: usize,
    },
    Redo {
        #[arg(value_name = "ID")]
        id: Option<u64>,
    },
    Verify {
        #[arg(long, value_name = "HEAD")]
        against: Option<String>,
        #[arg(long)]
        quick: bool,
    },
    Head,
    Backup {
        #[arg(value_name = "DIR", required_unless_present = "all")]
        folder: Option<PathBuf>,
        #[arg(long, conflicts_with = "folder")]
        all: bool,
    },
    Upgrade,
}

#[derive(Group)]
pub struct Init {
    #[arg(long, value_name = "CODE")]
    pub site: String,
    #[arg(long, allow_hyphen_values = true)]
    pub name: String,
    #[arg(long)]
    pub unit: Option<String>,
    #[arg(long)]
    pub practice: bool,
    #[arg(long, allow_hyphen_values = true)]
    pub place: Option<String>,
    #[arg(long, value_delimiter = ',', value_name = "KEY")]
    pub profiles: Vec<String>,
}

/// Reads a language by its stable name.
fn language() -> impl TypedValueParser<Value = Language> {
    let known = PossibleValuesParser::new(Language::ALL.map(Language::key));
    known.map(|given| match given == Language::En.key() {
        true => Language::En,
        false => Language::Vi,
    })
}
