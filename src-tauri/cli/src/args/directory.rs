//! Units, people, and the calls to them.

use clap::{Args as Group, Subcommand};
use sotruc_core::privacy::retention::UNNEEDED_MONTHS;
use std::path::PathBuf;

use super::ImportFile;

#[derive(Subcommand)]
pub enum Unit {
    List,
    Show {
        unit: String,
    },
    Import(ImportFile),
    Add {
        #[arg(long, allow_hyphen_values = true)]
        name: String,
        #[arg(long)]
        group: String,
        #[command(flatten)]
        fields: UnitFields,
    },
    Set {
        unit: String,
        #[arg(long, allow_hyphen_values = true)]
        name: Option<String>,
        #[arg(long)]
        group: Option<String>,
        #[arg(long)]
        ours: bool,
        #[command(flatten)]
        fields: UnitFields,
    },
    Alias {
        unit: String,
        name: String,
    },
    Remove {
        unit: String,
    },
    Reorganise {
        #[command(flatten)]
        file: ImportFile,
        #[arg(long, value_name = "DATE")]
        on: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: Option<String>,
    },
}

#[derive(Group)]
pub struct UnitFields {
    #[arg(long)]
    pub code: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub short_name: Option<String>,
    #[arg(long)]
    pub parent: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub phone: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub email: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub address: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub note: Option<String>,
}

#[derive(Subcommand)]
pub enum Person {
    List {
        #[arg(long)]
        unit: Option<String>,
    },
    Show {
        person: String,
    },
    Import(PeopleFile),
    Add {
        #[arg(long)]
        unit: String,
        #[arg(long, alias = "full-name", allow_hyphen_values = true)]
        name: String,
        #[command(flatten)]
        fields: PersonFields,
    },
    Set {
        person: String,
        #[arg(long)]
        unit: Option<String>,
        #[arg(long, alias = "full-name", allow_hyphen_values = true)]
        name: Option<String>,
        #[command(flatten)]
        fields: PersonFields,
    },
    Merge {
        person: String,
        #[arg(value_name = "INTO")]
        into: String,
    },
    Remove {
        person: String,
    },
    #[command(subcommand)]
    Leave(Leave),
    History {
        person: String,
    },
    Held {
        person: String,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Redact {
        #[arg(required = true)]
        person: Vec<String>,
        #[arg(long, allow_hyphen_values = true)]
        reason: String,
        #[arg(long)]
        dry_run: bool,
    },
    Redacted,
    Unneeded {
        #[arg(long, value_name = "N", default_value_t = UNNEEDED_MONTHS)]
        months: u32,
    },
    Disclosures,
}

#[derive(Subcommand)]
pub enum Leave {
    Import(ImportFile),
}

#[derive(Group)]
pub struct PersonFields {
    #[arg(long, value_name = "NAME")]
    pub sort_name: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub title: Option<String>,
    #[arg(long)]
    pub role: Option<String>,
    #[arg(
        long,
        alias = "mobile",
        allow_hyphen_values = true,
        value_name = "NUMBERS"
    )]
    pub mobiles: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "NUMBER")]
    pub landline: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub email: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub note: Option<String>,
    #[arg(long, value_name = "FROM..TO")]
    pub away: Option<String>,
}

#[derive(Group)]
pub struct PeopleFile {
    #[command(flatten)]
    pub file: ImportFile,
    #[arg(long)]
    pub convert_old_numbers: bool,
    #[arg(long)]
    pub create_units: bool,
}

#[derive(Subcommand)]
pub enum Drill {
    Add {
        person: String,
        #[arg(long)]
        outcome: String,
        #[arg(long)]
        minutes: Option<u32>,
        #[arg(long)]
        number: Option<String>,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        note: Option<String>,
    },
    List {
        #[arg(long)]
        person: Option<String>,
    },
}
