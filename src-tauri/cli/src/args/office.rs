//! What the book goes by, and who writes.

use clap::Subcommand;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Settings {
    List,
    Set {
        key: String,
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    Profile {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Calendar {
        #[arg(value_name = "FILE", conflicts_with = "year")]
        file: Option<PathBuf>,
        #[arg(long)]
        year: Option<i32>,
    },
}

#[derive(Subcommand)]
pub enum Operator {
    List,
}
