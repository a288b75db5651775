//! What becomes of the notices of an incident: for each kind of rule and each change, told by a
//! table, for every rule of every profile that ships.

use serde_json::Value;
use sotruc_core::clock::{Instant, MINUTE};
use sotruc_core::directory::unit::Unit;
use sotruc_core::incident::notice::{NoticeState, Sending};
use sotruc_core::incident::{Incident, Severity, Status, Type};
use sotruc_core::views::notice::{Asked, NoticeThen};
use sotruc_core::{IncidentChange, NewIncident, views};

use crate::desk::{Desk, OPERATOR, start};

const PROFILES: [(&str, &str); 3] = [
    (
        "election",
        include_str!("../../assets/profiles/election.json"),
    ),
    ("2017", include_str!("../../assets/profiles/2017.json")),
    ("2026", include_str!("../../assets/profiles/2026.json")),
];

/// What is done, each with its minute after the incident was noticed and written down; and what
/// stands of a rule then, by what makes it ask: from which minute it is asked for, that it was
/// `told`, that it is asked for no more (`gone`), or that it never was (`–`).
const STORIES: &str = "
                                                 | any  | serious | answer | closed
                                                 | 0    | –       | –      | –
10 serious                                       | 0    | 10      | –      | –
10 serious, 20 low                               | 0    | gone    | –      | –
10 serious, 20 low, 30 serious                   | 0    | 10      | –      | –
10 serious, 15 tell, 20 low, 30 serious          | told | told    | –      | –
10 yes                                           | 0    | –       | 10     | –
10 yes, 20 no                                    | 0    | –       | gone   | –
10 no, 20 yes                                    | 0    | –       | 20     | –
10 yes, 20 no, 30 yes                            | 0    | –       | 30     | –
10 yes, 15 tell, 20 no                           | told | –       | told   | –
10 yes, 15 tell, 20 no, 30 yes                   | told | –       | told   | –
10 yes, 20 serious                               | 0    | 20      | 10     | –
10 serious, 15 tell, 20 yes                      | told | told    | 20     | –
10 close                                         | 0    | –       | –      | 10
10 close, 20 reopen                              | 0    | –       | –      | gone
10 close, 20 reopen, 30 close                    | 0    | –       | –      | 30
10 close, 15 tell, 20 reopen, 30 close           | told | –       | –      | 30
10 serious, 20 close                             | 0    | 10      | –      | 20
10 false                                         | gone | –       | –      | –
10 false, 20 reopen                              | 0    | –       | –      | –
10 serious, 20 false                             | gone | gone    | –      | –
10 serious, 20 false, 30 reopen                  | 0    | 10      | –      | –
10 yes, 20 false, 30 reopen                      | 0    | –       | 10     | –
10 yes, 15 tell, 20 false                        | told | –       | told   | –
10 yes, 20 out, 30 in                            | 0    | –       | 10     | –
10 serious, 15 tell, 20 out, 30 in               | told | told    | –      | –
";

/// The minute of a story; before it stands the time in which the book was made.
fn at(minute: i64) -> Instant {
    start().plus((60 + minute) * MINUTE)
}

/// A desk where an incident was opened in minute 0, by these profiles.
struct Story {
    desk: Desk,
    profiles: String,
    incident: Incident,
    minute: i64,
}

impl Story {
    fn new(profiles: &str, settings: &[(&str, &str)]) -> Self {
        let mut desk = Desk::new();
        let unit = desk.unit("DIS006", "UBND huyện Cư M'gar");
        desk.unit("POL001", "Công an tỉnh");
        let said = [("profiles", profiles)];
        for (key, value) in said.iter().chain(settings) {
            let set = |write: &mut sotruc_core::Writing<'_>| write.set_setting(key, value);
            desk.book.transact(OPERATOR, at(0), set).unwrap();
        }
        let open = |write: &mut sotruc_core::Writing<'_>| write.open_incident(new(&unit));
        let incident = desk.book.transact(OPERATOR, at(0), open).unwrap();
        Self {
            desk,
            profiles: profiles.to_owned(),
            incident,
            minute: 0,
        }
    }

    /// Does what a story tells: `10 serious, 20 low`.
    fn goes(&mut self, acts: &str) {
        for act in acts.split(", ").filter(|act| !act.is_empty()) {
            let (minute, act) = act.split_once(' ').unwrap();
            self.minute = minute.parse().unwrap();
            self.does(act);
        }
    }

    fn does(&mut self, act: &str) {
        let told = match act {
            "tell" => self.rows(),
            _ => Vec::new(),
        };
        let profiles = self.profiles.clone();
        let of_profiles = profile_rules(&profiles);
        let answers = of_profiles.iter().flat_map(|(_, rule)| asked_by(rule));
        let answer = |yes: bool| answers.map(|key| (key, Some(yes))).collect();
        let change = match act {
            "serious" => severity(Severity::Serious),
            "low" => severity(Severity::Low),
            "yes" => IncidentChange {
                answers: answer(true),
                ..IncidentChange::default()
            },
            "no" => IncidentChange {
                answers: answer(false),
                ..IncidentChange::default()
            },
            "close" => status(Status::Closed),
            "reopen" => status(Status::InHand),
            "false" => status(Status::FalseAlarm),
            _ => IncidentChange::default(),
        };
        // Rules that ask for nothing: none of the others is in force.
        let nothing = PROFILES[0]
            .1
            .replace("\"key\": \"election\"", "\"key\": \"none\"");
        let nothing = nothing.replace("\"trigger\": \"serious\"", "\"trigger\": \"answer\"");
        let id = self.incident.id;
        self.desk
            .book
            .transact(OPERATOR, at(self.minute), |write| {
                match act {
                    "out" => {
                        write.add_profile(&nothing)?;
                        write.set_setting("profiles", "none")?;
                    }
                    "in" => write.set_setting("profiles", &profiles).map(drop)?,
                    "tell" => {
                        for row in told.iter().filter(|row| !row.state.is_settled()) {
                            write.notice_sent(row.id, &Sending::default())?;
                        }
                    }
                    _ => {
                        let incident = write.incident(id)?.unwrap();
                        write.set_incident(&incident, change)?;
                    }
                }
                Ok(())
            })
            .unwrap();
    }

    fn rows(&self) -> Vec<NoticeThen> {
        let now = at(self.minute);
        let rows = |book: sotruc_core::Reader<'_>| views::notice::at(book, Asked::default(), now);
        self.desk.book.read(rows).unwrap()
    }

    /// What stands of a rule: of each of its recipients the same.
    fn stands(&self, profile: &str, rule: &str) -> Vec<NoticeThen> {
        let mut rows = self.rows();
        rows.retain(|row| row.profile == profile && row.rule == rule);
        rows
    }
}

fn new(unit: &Unit) -> NewIncident {
    NewIncident {
        title: "Trang chủ bị thay".to_owned(),
        unit: unit.id,
        kind: Type::parse("T05").unwrap(),
        severity: None,
        detected: None,
    }
}

fn severity(severity: Severity) -> IncidentChange {
    IncidentChange {
        severity: Some(severity),
        ..IncidentChange::default()
    }
}

fn status(status: Status) -> IncidentChange {
    IncidentChange {
        status: Some(status),
        ..IncidentChange::default()
    }
}

/// The rules of profiles as their texts have them, with the profile of each.
fn profile_rules(profiles: &str) -> Vec<(&str, Value)> {
    let mut rules = Vec::new();
    for key in profiles.split(',') {
        let (_, text) = PROFILES.iter().find(|(known, _)| *known == key).unwrap();
        let profile: Value = serde_json::from_str(text).unwrap();
        let notices = profile["notices"].as_array().unwrap().iter();
        rules.extend(notices.map(|rule| (key, rule.clone())));
    }
    rules
}

fn asked_by(rule: &Value) -> Vec<String> {
    let answers = rule["answers"].as_array().into_iter().flatten();
    answers.map(|key| text(key).to_owned()).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// When a rule is due that is asked for from a minute on, and when it counts as overdue.
fn due(rule: &Value, minute: i64) -> (i64, i64) {
    let within = rule["within_minutes"].as_i64().unwrap();
    // From when it was noticed: minute 0. What is asked for by the closing is so from then.
    let from = match text(&rule["from"]) {
        "detected" => 0,
        _ => minute,
    };
    let usual = if within == 0 { 10 } else { 0 };
    let grace = rule["grace_minutes"].as_i64().unwrap_or(usual);
    (from + within, from + within + grace)
}

#[test]
fn what_is_owed_stays_owed_and_what_was_told_stays_told() {
    let mut lines = STORIES.lines().skip(1);
    let cells = |line: &'static str| -> Vec<&str> { line.split('|').map(str::trim).collect() };
    let triggers = cells(lines.next().unwrap());
    let mut held = 0;
    for story in lines.map(cells) {
        for (key, _) in PROFILES {
            let mut told = Story::new(key, &[]);
            told.goes(story[0]);
            for (_, rule) in profile_rules(key) {
                let trigger = text(&rule["trigger"]);
                let place = triggers.iter().position(|one| *one == trigger).unwrap();
                let found = told.stands(key, text(&rule["key"]));
                let what = format!("{} · {key} · {}: {found:?}", story[0], rule["key"]);
                let recipients = rule["to"].as_array().unwrap().len();
                let settled = |row: &NoticeThen| row.state == NoticeState::Sent;
                held += 1;
                match story[place] {
                    "–" | "gone" => assert!(found.is_empty(), "{what}"),
                    "told" => {
                        assert_eq!(found.len(), recipients, "{what}");
                        assert!(found.iter().all(settled), "{what}");
                    }
                    minute => {
                        let (by, late) = due(&rule, minute.parse().unwrap());
                        let state = match told.minute > late {
                            true => NoticeState::Overdue,
                            false => NoticeState::Due,
                        };
                        let open = found.iter().filter(|row| !settled(row));
                        let open: Vec<_> = open.map(|row| (row.due_at, row.state)).collect();
                        assert_eq!(open, vec![(at(by), state); recipients], "{what}");
                    }
                }
            }
        }
    }
    assert_eq!(held, 26 * (1 + 5 + 4));
}

/// Two profiles that ask one unit for one step, and how it comes that they do.
const TOGETHER: &str = "
10 serious, 15 tell, 20 yes            | told      | 20
10 yes, 15 tell, 20 serious            | 20        | told
10 serious, 20 yes                     | 10        | with it
10 serious, 20 yes, 25 tell            | told      | with it
10 serious, 20 yes, 25 tell, 30 no     | told      | with it
10 serious, 15 tell, 20 yes, 25 tell   | told      | told
10 serious, 15 tell, 20 yes, 30 no     | told      | gone
";

#[test]
fn what_was_told_counts_for_the_rule_for_which_it_was_told() {
    let one = [
        ("recipient.police", "POL001"),
        ("recipient.response", "POL001"),
    ];
    for line in TOGETHER.lines().skip(1) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let mut story = Story::new("election,2017", &one);
        story.goes(cells[0]);
        let mut rows = story.rows();
        rows.retain(|row| row.recipient == "Công an tỉnh");
        let of = |rule: &str| rows.iter().find(|row| row.rule == rule);
        let rules = [("serious", cells[1]), ("beyond", cells[2])];
        for (rule, expected) in rules {
            let found = of(rule);
            match expected {
                "gone" => assert!(found.is_none(), "{line}: {found:?}"),
                // The one that stands tells of both.
                "with it" => {
                    assert!(found.is_none(), "{line}: {found:?}");
                    let both = &of("serious").unwrap().what.vi;
                    assert!(both.contains("Báo ngay sự cố nghiêm trọng"), "{both}");
                    assert!(both.contains("đề nghị hỗ trợ"), "{both}");
                }
                "told" => assert_eq!(found.unwrap().state, NoticeState::Sent, "{line}"),
                minute => {
                    let found = found.unwrap();
                    assert_eq!(found.due_at, at(minute.parse().unwrap()), "{line}");
                    assert!(!found.state.is_settled(), "{line}");
                    let both = "Báo ngay sự cố nghiêm trọng; ";
                    assert!(expected == "10" || !found.what.vi.contains(both), "{line}");
                }
            }
        }
    }
}

#[test]
fn a_notice_that_told_of_both_asks_for_both_when_it_was_a_mistake() {
    let one = [
        ("recipient.police", "POL001"),
        ("recipient.response", "POL001"),
    ];
    let mut story = Story::new("election,2017", &one);
    story.goes("10 serious, 20 yes, 25 tell");
    let rows = story.rows();
    let of = |row: &&NoticeThen| row.rule == "serious" && row.recipient == "Công an tỉnh";
    let id = rows.iter().find(of).unwrap().id;
    let back = |write: &mut sotruc_core::Writing<'_>| write.reopen_notice(id, "nhầm");
    story.desk.book.transact(OPERATOR, at(30), back).unwrap();
    story.minute = 30;
    let rows = story.rows();
    let again = rows.iter().find(of).unwrap();
    assert!(!again.state.is_settled());
    assert!(
        again.what.vi.contains("đề nghị hỗ trợ"),
        "{}",
        again.what.vi
    );
}
