//! What goes out.

use clap::Args as Group;
use std::path::PathBuf;

use super::Asked;

#[derive(Group)]
pub struct Export {
    #[arg(value_name = "KIND")]
    pub report: String,
    #[arg(long, value_parser = ["csv", "xlsx", "vcf", "ics"])]
    pub format: Option<String>,
    #[arg(long, value_parser = [",", ";"], default_value = ",")]
    pub separator: String,
    #[arg(long, value_parser = ["list", "grid"])]
    pub layout: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    #[arg(long, conflicts_with_all = ["from", "to"])]
    pub period: Option<String>,
    #[arg(long)]
    pub unit: Option<String>,
    #[arg(long)]
    pub person: Option<String>,
    #[arg(long)]
    pub redact: bool,
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    #[command(flatten)]
    pub asked: Asked,
}
