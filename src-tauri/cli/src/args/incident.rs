//! Incidents and the notices of them.

use clap::{Args as Group, Subcommand};

use super::Asked;

#[derive(Subcommand)]
pub enum Incident {
    Open {
        #[arg(long, allow_hyphen_values = true)]
        title: String,
        #[arg(long)]
        unit: String,
        #[arg(long = "type", value_name = "TYPE")]
        kind: String,
        #[arg(long)]
        severity: Option<String>,
        #[arg(long, value_name = "TIME")]
        detected: Option<String>,
        #[arg(long, value_name = "NO")]
        line: Option<String>,
    },
    List {
        #[arg(long)]
        open: bool,
    },
    Show {
        incident: String,
    },
    Set {
        incident: String,
        #[command(flatten)]
        fields: Box<IncidentFields>,
    },
    Close {
        incident: String,
    },
    Severity {
        incident: String,
        #[arg(long, value_name = "QUESTION=yes|no")]
        answer: Vec<String>,
        #[arg(long, value_name = "SEVERITY")]
        decide: Option<String>,
        #[arg(long, allow_hyphen_values = true)]
        reason: Option<String>,
    },
}

#[derive(Group)]
pub struct IncidentFields {
    #[arg(long)]
    pub status: Option<String>,
    #[arg(long)]
    pub severity: Option<String>,
    #[arg(long, allow_hyphen_values = true)]
    pub title: Option<String>,
    #[arg(long)]
    pub unit: Option<String>,
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    #[arg(long, value_name = "TIME")]
    pub detected: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub note: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    #[arg(long, value_delimiter = ',')]
    pub units: Option<Vec<String>>,
    #[arg(long, value_delimiter = ',', value_name = "NO")]
    pub related: Option<Vec<String>>,
    #[arg(long, value_name = "1-5")]
    pub system_level: Option<String>,
    #[arg(long)]
    pub tlp: Option<String>,
    #[arg(long, value_name = "yes|no")]
    pub confidential: Option<String>,
    #[arg(long, value_name = "NAME=VALUE", allow_hyphen_values = true)]
    pub field: Vec<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub description: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub systems: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub purpose: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub operating_unit: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub owner_body: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub security_provider: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub connection_provider: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub os: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub services: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub measures: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub public_ip: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub domains: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub detected_by: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub informed: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub support: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub cause: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub scope: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub remedy: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub result: Option<String>,
    #[arg(long, allow_hyphen_values = true, value_name = "TEXT")]
    pub damage: Option<String>,
}

impl IncidentFields {
    /// The facts that were given, each with its name.
    pub fn facts(&self) -> Vec<(&'static str, &String)> {
        let given = [
            ("description", &self.description),
            ("systems", &self.systems),
            ("purpose", &self.purpose),
            ("operating_unit", &self.operating_unit),
            ("owner_body", &self.owner_body),
            ("security_provider", &self.security_provider),
            ("connection_provider", &self.connection_provider),
            ("os", &self.os),
            ("services", &self.services),
            ("measures", &self.measures),
            ("public_ip", &self.public_ip),
            ("domains", &self.domains),
            ("detected_by", &self.detected_by),
            ("informed", &self.informed),
            ("support", &self.support),
            ("cause", &self.cause),
            ("scope", &self.scope),
            ("remedy", &self.remedy),
            ("result", &self.result),
            ("damage", &self.damage),
        ];
        given
            .into_iter()
            .filter_map(|(name, text)| Some((name, text.as_ref()?)))
            .collect()
    }
}

#[derive(Subcommand)]
pub enum Notice {
    List {
        #[arg(long, value_name = "NO")]
        incident: Option<String>,
        #[arg(long)]
        open: bool,
        #[command(flatten)]
        asked: Asked,
    },
    Sent {
        #[arg(value_name = "ID")]
        notice: String,
        #[arg(long)]
        channel: Option<String>,
        #[arg(long, value_name = "NAME")]
        to: Option<String>,
        #[arg(long, value_name = "NO", allow_hyphen_values = true)]
        document: Option<String>,
        #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
        number: Option<String>,
        #[arg(long, value_name = "TIME")]
        sent: Option<String>,
    },
    Acknowledge {
        #[arg(value_name = "ID")]
        notice: String,
    },
    Waive {
        #[arg(value_name = "ID|KEY")]
        notice: String,
        #[arg(long, value_name = "DAY")]
        due: Option<String>,
        #[arg(long, allow_hyphen_values = true)]
        reason: String,
    },
    Reports {
        #[arg(long)]
        owed: bool,
    },
    Reported {
        #[arg(value_name = "KEY")]
        report: String,
        #[arg(long, value_name = "DAY")]
        due: Option<String>,
        #[arg(long)]
        channel: Option<String>,
        #[arg(long, value_name = "NO", allow_hyphen_values = true)]
        document: Option<String>,
        #[arg(long, value_name = "TIME")]
        sent: Option<String>,
    },
    Unreported {
        #[arg(value_name = "KEY")]
        report: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: String,
    },
    Reopen {
        #[arg(value_name = "ID")]
        notice: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: String,
    },
    Snooze {
        #[arg(value_name = "ID")]
        notice: String,
        #[arg(long = "for", value_name = "N", default_value_t = 30)]
        pause: u32,
        #[arg(long, allow_hyphen_values = true)]
        reason: String,
    },
}
