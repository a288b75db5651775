//! The log and the handover of a watch.

use clap::{Args as Group, Subcommand};
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Log {
    Add {
        #[arg(allow_hyphen_values = true)]
        text: String,
        #[arg(long, default_value = "note")]
        kind: String,
        #[arg(long, value_name = "NO")]
        incident: Option<String>,
        #[arg(long)]
        unit: Option<String>,
        #[arg(long, value_name = "TIME")]
        occurred: Option<String>,
        #[command(flatten)]
        more: LineMore,
    },
    Correct {
        #[arg(value_name = "NO")]
        line: String,
        #[arg(allow_hyphen_values = true)]
        text: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: String,
        #[arg(long)]
        kind: Option<String>,
        #[arg(long, value_name = "NO")]
        incident: Option<String>,
        #[arg(long)]
        unit: Option<String>,
        #[arg(long, value_name = "TIME")]
        occurred: Option<String>,
    },
    List {
        #[arg(long, value_name = "NO")]
        incident: Option<String>,
        #[arg(long, value_name = "N")]
        last: Option<usize>,
    },
    Save {
        #[arg(value_name = "NO")]
        line: String,
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

/// What a line says besides its words.
#[derive(Group)]
pub struct LineMore {
    #[arg(long, visible_alias = "why", allow_hyphen_values = true)]
    pub late_reason: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub grounds: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub whom: Option<String>,
    #[arg(long)]
    pub channel: Option<String>,
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub dialled: Option<String>,
    #[arg(long = "file", value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

#[derive(Subcommand)]
pub enum Handover {
    Write {
        #[arg(long, value_name = "NAME")]
        to: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        note: Option<String>,
    },
    Receive {
        #[arg(value_name = "ID")]
        handover: String,
        #[arg(long, value_name = "NAME")]
        by: String,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        remarks: Option<String>,
    },
    Withdraw {
        #[arg(value_name = "ID")]
        handover: String,
    },
    List,
    Show {
        #[arg(value_name = "ID")]
        handover: String,
    },
}
