//! Periods and rosters.

use clap::{Args as Group, Subcommand};
use std::num::ParseIntError;
use std::path::PathBuf;
use std::str::FromStr;

use super::{Asked, ImportFile};

#[derive(Subcommand)]
pub enum Period {
    List,
    Add {
        #[arg(long, allow_hyphen_values = true)]
        name: String,
        #[arg(long, value_name = "TIME")]
        from: String,
        #[arg(long, value_name = "TIME")]
        to: String,
        #[arg(long, value_delimiter = ',', default_value = "main")]
        posts: Vec<String>,
        #[arg(long, value_delimiter = ',')]
        groups: Vec<String>,
        #[arg(long, value_name = "TIME")]
        due: Option<String>,
        #[command(flatten)]
        more: PeriodMore,
    },
    Set {
        period: String,
        #[arg(long, allow_hyphen_values = true)]
        name: Option<String>,
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
        #[arg(long, value_delimiter = ',')]
        posts: Vec<String>,
        #[arg(long, value_delimiter = ',')]
        groups: Option<Vec<String>>,
        #[arg(long, value_name = "TIME")]
        due: Option<String>,
        #[command(flatten)]
        more: PeriodMore,
    },
    Remove {
        period: String,
    },
}

/// What a period asks besides.
#[derive(Group)]
pub struct PeriodMore {
    #[arg(long, allow_hyphen_values = true)]
    pub letter: Option<String>,
    #[arg(long, value_name = "WHO[@FROM[..TO]]=POSTS")]
    pub need: Vec<String>,
    #[arg(long, value_name = "MINUTES")]
    pub overlap: Option<Overlap>,
    #[arg(long, value_name = "TIME")]
    pub asked: Option<String>,
}

/// Minutes that two may stand together; an empty text is what is usual.
#[derive(Clone, Copy)]
pub struct Overlap(pub Option<u32>);

impl FromStr for Overlap {
    type Err = ParseIntError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        match given.trim() {
            "" => Ok(Self(None)),
            given => given.parse().map(|minutes| Self(Some(minutes))),
        }
    }
}

#[derive(Subcommand)]
pub enum Roster {
    List {
        #[arg(long)]
        unit: Option<String>,
        #[arg(long)]
        period: Option<String>,
        #[command(flatten)]
        asked: Asked,
    },
    Assign(Assign),
    Move {
        shift: String,
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
        #[arg(long)]
        person: Option<String>,
        #[arg(long, allow_hyphen_values = true)]
        reason: Option<String>,
    },
    Split {
        shift: String,
        #[arg(value_name = "TIME")]
        at_time: String,
    },
    Swap {
        shift: String,
        #[arg(value_name = "SHIFT")]
        other: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: Option<String>,
    },
    #[command(alias = "remove")]
    Cancel {
        shift: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: Option<String>,
    },
    Cover {
        shift: String,
        #[arg(long)]
        person: String,
        #[arg(long, value_name = "TIME")]
        from: String,
        #[arg(long, value_name = "TIME")]
        to: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: Option<String>,
    },
    Replace {
        person: String,
        #[arg(long, value_name = "PERSON")]
        by: String,
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        #[arg(long)]
        unit: Option<String>,
        #[arg(long, allow_hyphen_values = true)]
        reason: Option<String>,
    },
    Generate(Generate),
    Shares {
        #[arg(long)]
        period: Option<String>,
    },
    Import {
        #[command(flatten)]
        file: ImportFile,
        #[arg(long)]
        period: Option<String>,
    },
    OnDuty {
        #[arg(long)]
        unit: Option<String>,
        #[command(flatten)]
        asked: Asked,
    },
    Conflicts {
        #[arg(long)]
        period: Option<String>,
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        asked: Asked,
    },
    Accept {
        finding: String,
        #[arg(long, allow_hyphen_values = true, required_unless_present = "withdraw")]
        reason: Option<String>,
        #[arg(long, conflicts_with = "reason")]
        withdraw: bool,
    },
    Sheet(Sheet),
    Gaps {
        #[arg(long)]
        period: Option<String>,
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
        #[command(flatten)]
        asked: Asked,
    },
}

/// A person put on a post.
#[derive(Group)]
pub struct Assign {
    #[arg(long)]
    pub unit: String,
    #[arg(long, default_value = "main")]
    pub post: String,
    #[arg(long)]
    pub person: String,
    #[arg(long, value_name = "TIME")]
    pub from: String,
    #[arg(long, value_name = "TIME")]
    pub to: String,
    #[arg(long, allow_hyphen_values = true)]
    pub reason: Option<String>,
}

/// A rota to be laid out.
#[derive(Group)]
pub struct Generate {
    #[arg(long)]
    pub period: String,
    #[arg(long, value_name = "PATTERN", default_value = "1x24")]
    pub pattern: String,
    #[arg(long, value_delimiter = ',')]
    pub units: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    pub posts: Vec<String>,
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    #[arg(long, value_name = "HH:mm")]
    pub change: Option<String>,
    #[arg(long, value_name = "HOURS")]
    pub rest: Option<u32>,
    #[arg(long)]
    pub dry_run: bool,
}

/// A duty sheet to be printed.
#[derive(Group)]
pub struct Sheet {
    #[arg(long)]
    pub period: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub day: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub week: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    #[arg(long)]
    pub group: Option<String>,
    #[arg(long, conflicts_with = "group")]
    pub unit: Option<String>,
    #[arg(long)]
    pub landscape: bool,
    #[arg(long)]
    pub redact: bool,
    #[arg(long, value_name = "N")]
    pub edition: Option<u32>,
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[command(flatten)]
    pub asked: Asked,
}
