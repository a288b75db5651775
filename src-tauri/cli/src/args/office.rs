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
}

#[derive(Subcommand)]
pub enum Operator {
    List,
}
