//! Rotas of made-up teams, beside a solver (HiGHS) that proves how good they can be.

use serde_json::{Value, json};
use sotruc_core::clock::{DAY, HOUR, Instant as Moment, MINUTE};
use sotruc_core::directory::person::Person;
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::coverage::{Limits, Roster};
use sotruc_core::duty::pattern::{PATTERNS, Pattern};
use sotruc_core::duty::period::{Period, Post};
use sotruc_core::duty::rota::{GOING_ON, RotaRequest, WEIGHTS, lay_out};
use sotruc_core::duty::stood::Stood;
use sotruc_core::id::{PeriodId, PersonId, UnitId};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;

use crate::book::{self, Words, row, time_row};

/// The model.
const MODEL: &str = include_str!("rotas.py");

/// How many seconds a proof may take, where `SOTRUC_BENCH_PROOF` does not say.
const PROOF: &str = "20";

/// Seeded: three to eight people, two to six weeks, some days off, twelve hours of rest or a day.
fn team(seed: u64) -> (Roster, Period, RotaRequest) {
    let mut words = Words(seed);
    let first = Moment::parse("01/01/2026 07:00").unwrap();
    let from = first.plus(words.next(330) as i64 * DAY);
    let days = 14 + words.next(29) as i64;
    let id = |n: usize| Uuid::from_u128(1 + n as u128);
    let period = Period::new(
        PeriodId(id(0)),
        "Kỳ".to_owned(),
        from,
        from.plus(days * DAY),
    );
    let unit = Unit::new(UnitId(id(0)), "Đội".to_owned(), Group::Department);
    let pattern = PATTERNS[words.next(PATTERNS.len())];
    // A shift that lasts a day, with a day of rest after it, needs a third.
    let count = 3 + words.next(6);
    let people: Vec<Person> = (0..count)
        .map(|n| Person::new(PersonId(id(n)), unit.id, format!("Người {n}")))
        .collect();
    let mut away = Vec::new();
    for person in &people[..count / 2] {
        for _ in 0..words.next(3) {
            let begin = from.midnight().plus(words.next(days as usize) as i64 * DAY);
            away.push((
                person.id,
                begin,
                begin.plus((1 + words.next(5)) as i64 * DAY),
            ));
        }
    }
    let rest = match words.next(4) {
        0 => 24 * HOUR,
        _ => 12 * HOUR,
    };
    let stretch = match words.next(3) {
        0 if ["2x12", "3x8"].contains(&pattern) => 12 * HOUR,
        _ => 24 * HOUR,
    };
    let request = RotaRequest {
        pattern: Pattern::shipped(pattern, None, from).unwrap(),
        posts: vec![Post::Main],
        units: None,
        order: BTreeMap::new(),
        from,
        away,
        limits: Limits {
            rest,
            stretch,
            ..Limits::default()
        },
    };
    let roster = Roster {
        units: vec![unit],
        people,
        periods: vec![period.clone()],
        fresh: i64::MAX / 2,
        limits: request.limits,
        ..Roster::default()
    };
    (roster, period, request)
}

/// A team and its rota, as the model reads them; and how long the rota took.
fn told(seed: u64) -> (Value, Duration) {
    let (roster, period, request) = team(seed);
    let begin = Instant::now();
    let before = period.from.plus(-DAY);
    let rota = lay_out(&roster, &period, &request, before, &|_, _| true).unwrap();
    let took = begin.elapsed();
    let mut shifts = rota.new;
    shifts.sort_by_key(|shift| shift.from);
    let minute = |at: Moment| (at.millis() - period.from.millis()) / MINUTE;
    let place = |id: PersonId| roster.people.iter().position(|person| person.id == id);
    let spans = shifts.iter().map(|shift| {
        let stood = Stood::of(&[vec![(shift.from, shift.to)]], &roster.calendar);
        json!([
            minute(shift.from),
            minute(shift.to),
            stood.nights,
            stood.weekends,
            stood.holidays
        ])
    });
    let away = request.away.iter();
    let away = away.map(|(id, from, to)| json!([place(*id), minute(*from), minute(*to)]));
    let weights = WEIGHTS.iter().map(|(kind, weight)| (kind.key(), *weight));
    let team = json!({
        "people": roster.people.len(),
        "spans": spans.collect::<Vec<_>>(),
        "away": away.collect::<Vec<_>>(),
        "rest": request.limits.rest / MINUTE,
        "stretch": request.limits.stretch / MINUTE,
        "weights": weights.collect::<BTreeMap<_, _>>(),
        "going_on": GOING_ON,
        "ours": shifts.iter().map(|shift| place(shift.person)).collect::<Vec<_>>(),
    });
    (team, took)
}

/// How far the rotas of some teams are from what is proven to be the best.
pub fn beside_a_solver() {
    let teams = if book::is_measured() { 60 } else { 2 };
    let teams: Vec<(Value, Duration)> = (0..teams).map(|n| told(290 + n)).collect();
    let mut took: Vec<Duration> = teams.iter().map(|(_, took)| *took).collect();
    assert!(teams.iter().all(|(team, _)| team["ours"][0].is_u64()));
    let python = std::env::var_os("SOTRUC_BENCH_PYTHON").unwrap_or_else(|| "python3".into());
    let proof = std::env::var_os("SOTRUC_BENCH_PROOF").unwrap_or_else(|| PROOF.into());
    let asked = Command::new(python)
        .args(["-c", MODEL])
        .arg(proof)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let lines: String = teams.iter().map(|(team, _)| format!("{team}\n")).collect();
    let text = asked.ok().and_then(|mut asked| {
        let mut to = asked.stdin.take()?;
        // It may end while it is told.
        let writes = std::thread::spawn(move || to.write_all(lines.as_bytes()));
        let told = asked.wait_with_output().ok()?;
        drop(writes.join());
        told.status.success().then_some(told.stdout)
    });
    let Some(text) = text else {
        println!("rotas of teams   (peer: python3 with highspy, not here)");
        return;
    };
    let proofs: Vec<Value> = text
        .split(|byte| *byte == b'\n')
        .filter(|line| line.starts_with(b"{"))
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    let proven = proofs
        .iter()
        .filter(|proof| proof["proven"] == true)
        .count();
    let number = |proof: &Value, of: &str, n: usize| proof[of][n].as_f64().unwrap();
    let sum = |of: &str, n: usize| proofs.iter().map(|proof| number(proof, of, n)).sum::<f64>();
    let gap = |proof: &Value| number(proof, "ours", 2) / number(proof, "least", 2) - 1.0;
    let worst = proofs.iter().map(gap).fold(0.0, f64::max);
    let beyond = proofs.iter().filter(|proof| gap(proof) > 0.001).count();
    let seconds = |proof: &Value| Duration::from_secs_f64(proof["seconds"].as_f64().unwrap());
    let mut theirs: Vec<Duration> = proofs.iter().map(seconds).collect();
    if std::env::var_os("SOTRUC_BENCH_TEAMS").is_some() {
        for ((team, took), proof) in teams.iter().zip(&proofs) {
            let (people, spans) = (&team["people"], team["spans"].as_array().unwrap().len());
            let gap = 100.0 * gap(proof);
            println!("  {people} people, {spans} spans: {took:.1?}, gap {gap:.3} %, {proof}");
        }
    }
    println!("rotas of {} teams, {proven} proven best", proofs.len());
    let breaches = (sum("ours", 0) as u64, sum("least", 0) as u64);
    row("  breaches", breaches.0, breaches.1, ratio(breaches));
    let goes_on = (sum("ours", 1) as u64, sum("least", 1) as u64);
    row("  shifts that go on", goes_on.0, goes_on.1, ratio(goes_on));
    println!(
        "  gap of shares: {beyond} above 0.1 %, the worst {:.3} %",
        100.0 * worst
    );
    let median = |all: &mut Vec<Duration>| book::quantile(all, 0.5);
    time_row(
        "  time of a team (p50)",
        median(&mut took),
        median(&mut theirs),
    );
    let most = |all: &[Duration]| all.iter().max().copied().unwrap_or_default();
    time_row("  the longest", most(&took), most(&theirs));
}

fn ratio((ours, theirs): (u64, u64)) -> f64 {
    match theirs {
        0 if ours == 0 => 1.0,
        theirs => ours as f64 / theirs as f64,
    }
}
