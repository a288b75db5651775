//! The roster of a country: what is wrong with it, beside a running maximum in DuckDB over the
//! same rows; and a rota for a province.

use sotruc_core::clock::{DAY, HOUR, Instant as Moment};
use sotruc_core::directory::person::{Person, Role};
use sotruc_core::directory::unit::{Group, Unit};
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::pattern::Pattern;
use sotruc_core::duty::period::{Period, Post};
use sotruc_core::duty::rota::{RotaRequest, lay_out};
use sotruc_core::duty::shift::Shift;
use sotruc_core::id::{PeriodId, PersonId, ShiftId, UnitId};
use sotruc_core::text::Phone;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};
use uuid::Uuid;

use crate::book::{self, Words, row, time_row};

const PEOPLE: usize = 4;
const SHIFTS: usize = 3;

/// What the peer is asked: the spans between shifts of a unit, those that overlap, and people at
/// two places, by the latest end of what began before.
const QUERY: &str = "
import duckdb, sys, time
con = duckdb.connect()
con.execute(\"create table shift as select * from read_csv(?, header=false, columns={'unit': 'int', 'person': 'int', 'start': 'bigint', 'stop': 'bigint'})\", [sys.argv[1]])
best = None
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    for key in ('unit', 'person'):
        con.execute(f'''select count(*) filter (start > reach), count(*) filter (start < reach) from (
            select start, max(stop) over (partition by {key} order by start rows between unbounded preceding and 1 preceding) reach from shift)''').fetchall()
    took = time.perf_counter() - begin
    best = took if best is None else min(best, took)
print(best)
";

fn at(shift: usize) -> Moment {
    Moment::parse("01/01/2016 06:00")
        .unwrap()
        .plus(shift as i64 * 8 * HOUR)
}

/// Units with four people each, three shifts a day; now and then one is missing or too long.
fn country(units: usize, days: usize, seed: u64) -> Roster {
    let mut words = Words(seed);
    let period = Period::new(
        PeriodId(Uuid::from_u128(1)),
        "Cả năm".to_owned(),
        at(0),
        at(days * SHIFTS),
    );
    // Ids as they are made: the last bytes tell them apart.
    let id = |kind: u128, n: usize| {
        Uuid::from_u128(kind << 120 | (n as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060))
    };
    let mut roster = Roster {
        fresh: i64::MAX / 2,
        ..Roster::default()
    };
    for n in 0..units {
        let mut unit = Unit::new(UnitId(id(2, n)), format!("Đơn vị {n}"), Group::Commune);
        unit.code = Some(format!("U{n:05}"));
        for who in 0..PEOPLE {
            let n = n * PEOPLE + who;
            let mut person = Person::new(PersonId(id(3, n)), unit.id, format!("Người trực {n}"));
            person.role = (who == 0).then_some(Role::Main);
            person.mobiles = vec![Phone::read(&format!("09{n:08}")).unwrap()];
            roster.people.push(person);
        }
        roster.units.push(unit);
    }
    // As the store reads them: once it is known how many they are.
    roster.shifts.reserve_exact(days * SHIFTS * units);
    for shift in 0..days * SHIFTS {
        for n in 0..units {
            let odd = words.next(2_000);
            if odd == 0 {
                continue;
            }
            let who = n * PEOPLE + shift % PEOPLE;
            let to = at(shift + 1).plus(if odd == 1 { HOUR } else { 0 });
            roster.shifts.push(Shift {
                period: Some(period.id),
                ..Shift::new(
                    ShiftId(id(4, shift * units + n)),
                    (roster.units[n].id, Post::Main),
                    PersonId(id(3, who)),
                    (at(shift), to),
                )
            });
        }
    }
    roster.periods.push(period);
    roster
}

/// Gaps and conflicts of 4,000 units through a year.
pub fn findings() {
    let (units, days, rounds) = match book::is_measured() {
        true => (4_000, 365, 5),
        false => (20, 5, 1),
    };
    let roster = country(units, days, 290);
    let now = at(0);
    let mut ours = Duration::MAX;
    let mut found = 0;
    for _ in 0..rounds {
        let begin = Instant::now();
        found = roster.findings(None, now).len();
        ours = ours.min(begin.elapsed());
    }
    assert!(found > 0);
    if let Some(memory) = peak_memory().filter(|_| book::is_measured()) {
        row(
            "  its memory, MiB, beside 1 GiB",
            memory,
            1024,
            memory as f64 / 1024.0,
        );
    }
    let folder = book::folder();
    let path = folder.path().join("shifts.csv");
    let mut out = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    let place: std::collections::HashMap<_, _> = roster
        .people
        .iter()
        .enumerate()
        .map(|(n, one)| (one.id, n))
        .collect();
    for shift in &roster.shifts {
        let person = place[&shift.person];
        let unit = person / PEOPLE;
        writeln!(
            out,
            "{unit},{person},{},{}",
            shift.from.millis(),
            shift.to.millis()
        )
        .unwrap();
    }
    drop(out);
    let name = format!("findings of {} shifts", roster.shifts.len());
    drop(roster);
    let python = std::env::var_os("SOTRUC_BENCH_PYTHON").unwrap_or_else(|| "python3".into());
    let asked = Command::new(python)
        .args(["-c", QUERY])
        .arg(&path)
        .arg(rounds.to_string())
        .output();
    let told = asked.ok().filter(|told| told.status.success());
    let text = told.and_then(|told| String::from_utf8(told.stdout).ok());
    match text.and_then(|text| text.trim().parse().ok()) {
        Some(seconds) => time_row(&name, ours, Duration::from_secs_f64(seconds)),
        None => println!("{name:<44} {ours:>10.1?}   (peer: python3 with duckdb, not here)"),
    }
}

/// A month of duty for 300 units of three or four people, as often as somebody wants to try; beside
/// the second it may take.
pub fn rota() {
    let (units, rounds) = match book::is_measured() {
        true => (300, 5),
        false => (10, 1),
    };
    let mut roster = country(units, 30, 290);
    roster.shifts.clear();
    // In every other unit one stands less: shares are harder to make even.
    let mut n = 0;
    roster.people.retain(|_| {
        n += 1;
        n % (2 * PEOPLE) != 0
    });
    for pattern in ["1x24", "2x12", "3x8", "office"] {
        let period = roster.periods[0].clone();
        let options = RotaRequest {
            pattern: Pattern::shipped(pattern, None, period.from).unwrap(),
            posts: vec![Post::Main],
            units: None,
            order: BTreeMap::new(),
            from: period.from,
            away: Vec::new(),
            limits: roster.limits,
        };
        let mut ours = Duration::MAX;
        for _ in 0..rounds {
            let begin = Instant::now();
            let rota = lay_out(
                &roster,
                &period,
                &options,
                period.from.plus(-DAY),
                &|_, _| true,
            )
            .unwrap();
            ours = ours.min(begin.elapsed());
            assert!(rota.shifts() > 0);
        }
        time_row(
            &format!("rota {pattern} of {units} units, 30 days"),
            ours,
            Duration::from_secs(1),
        );
    }
}

/// The most memory that this process ever took, in MiB.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024)
}
