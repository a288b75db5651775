//! What units send.

use clap::Subcommand;

use super::Asked;

#[derive(Subcommand)]
pub enum Submission {
    List {
        #[arg(long)]
        period: String,
        #[command(flatten)]
        asked: Asked,
    },
    Set {
        unit: String,
        #[arg(long)]
        period: String,
        #[arg(long)]
        state: Option<String>,
        #[arg(long, value_name = "NO", allow_hyphen_values = true)]
        document: Option<String>,
        #[arg(long, value_name = "TIME")]
        received: Option<String>,
        #[arg(long, value_name = "TIME")]
        due: Option<String>,
    },
    Remind {
        #[arg(required = true, value_name = "UNIT")]
        units: Vec<String>,
        #[arg(long)]
        period: Option<String>,
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
        note: Option<String>,
    },
}
