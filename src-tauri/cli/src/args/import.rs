//! Files that come in.

use clap::Args as Group;
use std::path::PathBuf;

#[derive(Group)]
pub struct ImportFile {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub sheet: Option<String>,
    #[arg(long, value_name = "HEADING=FIELD")]
    pub map: Vec<String>,
    #[arg(long, value_name = "OUT.xlsx")]
    pub errors: Option<PathBuf>,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub skip_rejected: bool,
}
