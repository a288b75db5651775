//! The words of the terminal. Their help is in the message catalogue, by command and name.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, Args as Group, Command as Words, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

use crate::say::{Language, Say};

#[derive(Parser)]
#[command(
    name = "sotruc",
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
    Undo,
    Verify {
        #[arg(long, value_name = "HEAD")]
        against: Option<String>,
        #[arg(long)]
        quick: bool,
    },
    Head,
    Backup {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
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
}

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
        #[arg(long, value_name = "N", default_value_t = 12)]
        months: u32,
    },
    Disclosures,
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
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
        #[arg(long, value_delimiter = ',')]
        posts: Vec<String>,
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
    pub overlap: Option<u32>,
}

#[derive(Subcommand)]
pub enum Submission {
    List {
        #[arg(long)]
        period: String,
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

#[derive(Subcommand)]
pub enum Roster {
    List {
        #[arg(long)]
        unit: Option<String>,
        #[arg(long)]
        period: Option<String>,
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
    Import {
        #[command(flatten)]
        file: ImportFile,
        #[arg(long)]
        period: Option<String>,
    },
    OnDuty {
        #[arg(long)]
        unit: Option<String>,
        #[arg(long, value_name = "TIME")]
        known_at: Option<String>,
    },
    Conflicts {
        #[arg(long)]
        period: Option<String>,
        #[arg(long)]
        all: bool,
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
}

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

#[derive(Subcommand)]
pub enum Notice {
    List {
        #[arg(long, value_name = "NO")]
        incident: Option<String>,
        #[arg(long)]
        open: bool,
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
        #[arg(value_name = "ID")]
        notice: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: String,
    },
    Reopen {
        #[arg(value_name = "ID")]
        notice: String,
        #[arg(long, allow_hyphen_values = true)]
        reason: String,
    },
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
    List,
    Show {
        #[arg(value_name = "ID")]
        handover: String,
    },
}

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
    #[arg(long, allow_hyphen_values = true)]
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
pub enum Operator {
    List,
}

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
}

/// Where the options that every command has stand among the others.
const GLOBAL_LAST: usize = 2000;

/// Reads a language by its stable name.
fn language() -> impl TypedValueParser<Value = Language> {
    let known = PossibleValuesParser::new(Language::ALL.map(Language::key));
    known.map(|given| match given == Language::En.key() {
        true => Language::En,
        false => Language::Vi,
    })
}

/// The words with their help in the user's language.
pub fn localised(words: Words, say: &Say) -> Words {
    localise(words, "", say).after_help(say.text("help_after").to_owned())
}

/// The page of a command: what it has of subcommands, parameters and options, under our headings.
fn template(words: &Words, say: &Say) -> String {
    let mut page = format!("{{about}}\n\n{}: {{usage}}\n", say.text("help_usage"));
    let mut part =
        |key: &str, what: &str| page.push_str(&format!("\n{}:\n{what}\n", say.text(key)));
    if words.has_subcommands() {
        part("help_commands", "{subcommands}");
    }
    if words.get_positionals().next().is_some() {
        part("help_positionals", "{positionals}");
    }
    part("help_options", "{options}");
    page.truncate(page.trim_end().len());
    page + "{after-help}"
}

fn localise(words: Words, path: &str, say: &Say) -> Words {
    let name = |id: &str| id.replace('-', "_");
    let own = |id, short, action, key| {
        Arg::new(id)
            .long(id)
            .short(short)
            .action(action)
            .help(say.text(key).to_owned())
    };
    let mut words = words
        .about(say.text(&format!("help{path}")).to_owned())
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .mut_args(|arg| {
            let id = name(arg.get_id().as_str());
            let special = format!("arg{path}_{id}");
            let help = say
                .maybe(&special)
                .or(say.maybe(&format!("arg_{id}")))
                .map_or_else(
                    || say.text(&format!("field_{id}")).to_owned(),
                    str::to_owned,
                );
            let order = if arg.is_global_set() { GLOBAL_LAST } else { 0 } + arg.get_display_order();
            let arg = arg.help(help).display_order(order);
            match arg.get_action().takes_values() {
                true => arg.hide_default_value(true).hide_possible_values(true),
                false => arg,
            }
        })
        .arg(own("help", 'h', ArgAction::Help, "arg_help").display_order(2 * GLOBAL_LAST));
    if path.is_empty() {
        let version = own("version", 'V', ArgAction::Version, "arg_version");
        let more = Arg::new("verbose")
            .long("verbose")
            .action(ArgAction::SetTrue)
            .requires("version")
            .help(say.text("arg_verbose").to_owned());
        words = words
            .arg(version.display_order(2 * GLOBAL_LAST))
            .arg(more.display_order(2 * GLOBAL_LAST));
    }
    let page = template(&words, say);
    words = words.help_template(page);
    let commands: Vec<String> = words
        .get_subcommands()
        .map(|words| words.get_name().to_owned())
        .collect();
    for command in commands {
        let path = format!("{path}_{}", name(&command));
        words = words.mut_subcommand(command, |words| localise(words, &path, say));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn check(words: &Words, path: &str, say: &Say) {
        assert!(say.maybe(&format!("help{path}")).is_some(), "help{path}");
        for arg in words.get_arguments() {
            let id = arg.get_id().as_str().replace('-', "_");
            let known = say
                .maybe(&format!("arg{path}_{id}"))
                .or(say.maybe(&format!("arg_{id}")))
                .or(say.maybe(&format!("field_{id}")));
            assert!(known.is_some(), "arg{path}_{id}");
        }
        for command in words.get_subcommands() {
            let path = format!("{path}_{}", command.get_name().replace('-', "_"));
            check(command, &path, say);
        }
    }

    #[test]
    fn every_word_has_its_help() {
        for language in [Language::Vi, Language::En] {
            let say = Say::new(language);
            check(&Args::command(), "", &say);
            localised(Args::command(), &say).debug_assert();
        }
    }
}
