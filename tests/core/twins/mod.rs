//! Twins: random worlds are written into a book as they happen, and every view of the book says of
//! random moments what a slow and plain twin says that knows none of the book's rules.

mod twin;
mod world;

use sotruc_core::clock::{Instant, MINUTE};
use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::person::Role;
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::coverage::Roster;
use sotruc_core::duty::finding::Flaw;
use sotruc_core::duty::period::Post;
use sotruc_core::id::{PersonId, UnitId};
use sotruc_core::sheet::heading::List;
use sotruc_core::{
    Code, Installation, Logbook, Mode, NewBook, NewPeriod, NewShift, Result, ShiftChange, Writing,
    sheet,
};
use std::collections::HashMap;
use tempfile::TempDir;
use twin::Hole;
use world::{Dice, WEEK, World};

const POSTS: [Post; 3] = [Post::Main, Post::Backup, Post::Leader];

fn at(minute: i64) -> Instant {
    Instant::parse("16/05/2016 00:00")
        .unwrap()
        .plus(minute * MINUTE)
}

fn role(mark: Option<usize>) -> Option<Role> {
    mark.map(|mark| [Role::Main, Role::Backup, Role::Leader][mark])
}

/// A world as it is written into a book.
struct Written {
    book: Logbook,
    units: Vec<UnitId>,
    people: Vec<PersonId>,
}

/// What is written, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Comes(usize),
    Lays(usize),
    Called(usize, bool),
    Goes(usize, usize),
    Leaves(usize),
    PutsRight(usize),
    Merges,
}

impl Written {
    /// Writes a world into a book; what the book refuses is taken out of the world.
    fn of(world: &mut World, folder: &TempDir) -> Self {
        let new = NewBook {
            site: "DLK",
            name: "Phòng trực",
            unit: None,
            practice: true,
            place: None,
            profiles: &[],
        };
        let home = Installation::at(folder.path().join("home"));
        let path = folder.path().join("book.sotruc");
        let book = Logbook::create(&path, &home, &new, "An", at(-120)).unwrap();
        let mut written = Self {
            book,
            units: Vec::new(),
            people: vec![PersonId(Default::default()); world.people.len()],
        };
        written.begin(world);
        let mut acts: Vec<(i64, Act)> = Vec::new();
        for (place, one) in world.people.iter().enumerate() {
            if one.came > 0 {
                acts.push((one.came, Act::Comes(place)));
            }
            acts.extend(
                one.calls
                    .iter()
                    .map(|(at, answered)| (*at, Act::Called(place, *answered))),
            );
            let moves = one.places.iter().enumerate().skip(1);
            acts.extend(moves.map(|(nth, (at, _, _))| (*at, Act::Goes(place, nth))));
            acts.extend(one.left.map(|at| (at, Act::Leaves(place))));
        }
        for (place, duty) in world.duties.iter().enumerate() {
            acts.push((duty.laid, Act::Lays(place)));
            acts.extend(duty.mistyped.map(|(_, at)| (at, Act::PutsRight(place))));
        }
        acts.extend(world.merger.map(|merger| (merger.written, Act::Merges)));
        acts.sort_unstable();
        let mut shifts: HashMap<usize, String> = HashMap::new();
        let mut refused = Vec::new();
        for (when, act) in acts {
            let done = written.book.transact("An", at(when), |write| {
                act.write(
                    write,
                    world,
                    &written.units,
                    &mut written.people,
                    &mut shifts,
                )
            });
            match (act, done) {
                (_, Ok(())) => {}
                (Act::Lays(place), Err(error)) => {
                    // Nobody stands a shift in leave, or once off the list.
                    let known = [Code::PersonAway, Code::PersonUnknown, Code::UnitUnknown];
                    assert!(known.contains(&error.code), "{error}");
                    refused.push(place);
                }
                (Act::PutsRight(place), Err(error)) => {
                    let known = [Code::PersonAway, Code::PersonUnknown];
                    assert!(known.contains(&error.code), "{error}");
                    if let Some((mistyped, _)) = world.duties[place].mistyped {
                        world.duties[place].person = mistyped;
                    }
                }
                (act, Err(error)) => panic!("{act:?} at {when}: {error}"),
            }
        }
        refused.sort_unstable();
        for place in refused.into_iter().rev() {
            world.duties.remove(place);
        }
        written
    }

    /// Writes what is there from the beginning.
    fn begin(&mut self, world: &World) {
        let (units, people) = (&mut self.units, &mut self.people);
        let act = |write: &mut Writing<'_>| -> Result<()> {
            for unit in 0..world.units {
                let new = write.new_unit(&format!("Đơn vị {unit}"), Group::Other)?;
                write.set_unit(&new)?;
                units.push(new.id);
            }
            for (place, one) in world.people.iter().enumerate() {
                if one.came == 0 {
                    people[place] = come(write, world, place, units)?;
                }
            }
            for (nth, period) in world.periods.iter().enumerate() {
                let new = NewPeriod {
                    posts: period.posts.iter().map(|post| POSTS[*post]).collect(),
                    ..NewPeriod::new(&format!("Kỳ {nth}"), at(period.from), at(period.to))
                };
                write.add_period(new)?;
            }
            Ok(())
        };
        self.book.transact("An", at(0), act).unwrap();
    }

    /// Who is on duty, by the places in the world.
    fn on_duty(&self, roster: &Roster, when: i64) -> Vec<(usize, usize, usize, bool)> {
        let mut lines: Vec<_> = roster
            .on_duty(at(when))
            .into_iter()
            .map(|line| {
                let (unit, person) = (self.unit(line.unit), self.person(line.person));
                (unit, line.post as usize, person, line.standing)
            })
            .collect();
        lines.sort_unstable();
        lines
    }

    /// Where a post is short, by the places in the world.
    fn holes(&self, roster: &Roster, when: i64, known: i64) -> Vec<(usize, usize, Hole)> {
        let span = (at(when), at(when + 1));
        let mut holes: Vec<_> = roster
            .gaps(Some(span), None, at(known))
            .into_iter()
            .map(|gap| {
                let hole = match gap.cause {
                    Flaw::Gap => Hole::Nobody,
                    Flaw::Away => Hole::Away,
                    _ => Hole::Silent,
                };
                (self.unit(gap.unit), gap.post as usize, hole)
            })
            .collect();
        holes.sort_unstable();
        holes
    }

    fn unit(&self, id: UnitId) -> usize {
        self.units.iter().position(|unit| *unit == id).unwrap()
    }

    fn person(&self, id: PersonId) -> usize {
        self.people.iter().position(|person| *person == id).unwrap()
    }
}

fn come(
    write: &mut Writing<'_>,
    world: &World,
    place: usize,
    units: &[UnitId],
) -> Result<PersonId> {
    let one = &world.people[place];
    let (_, unit, mark) = one.places[0];
    let mut card = write.new_person(units[unit], &format!("Người thứ {place}"))?;
    card.role = role(mark);
    card.mobiles = sotruc_core::text::read_phones(&format!("0905 000 {:03}", place + 100)).unwrap();
    card.away = one
        .away
        .iter()
        .map(|(from, to)| (at(*from), at(*to)))
        .collect();
    write.set_person(&card)?;
    Ok(card.id)
}

impl Act {
    fn write(
        self,
        write: &mut Writing<'_>,
        world: &World,
        units: &[UnitId],
        people: &mut [PersonId],
        shifts: &mut HashMap<usize, String>,
    ) -> Result<()> {
        match self {
            Self::Comes(place) => people[place] = come(write, world, place, units)?,
            Self::Lays(place) => {
                let duty = &world.duties[place];
                let person = duty.mistyped.map_or(duty.person, |(mistyped, _)| mistyped);
                let shift = NewShift {
                    unit: units[duty.unit],
                    post: POSTS[duty.post],
                    person: people[person],
                    from: at(duty.from),
                    to: at(duty.to),
                };
                let shift = write.add_shift(shift, None)?;
                shifts.insert(place, shift.id.to_string());
            }
            Self::Called(place, answered) => {
                let outcome = match answered {
                    true => Outcome::Answered,
                    false => Outcome::NoAnswer,
                };
                // Nobody calls who is off the list.
                if write.person(people[place])?.is_some() {
                    write.add_drill(people[place], None, outcome, None, None)?;
                }
            }
            Self::Goes(place, nth) => {
                if let Some(mut card) = write.person(people[place])? {
                    let (_, unit, mark) = world.people[place].places[nth];
                    (card.unit, card.role) = (units[unit], role(mark));
                    write.set_person(&card)?;
                }
            }
            Self::Leaves(place) => drop(write.remove_person(people[place])?),
            Self::PutsRight(place) => {
                if let Some(shift) = shifts.get(&place) {
                    let change = ShiftChange {
                        person: Some(people[world.duties[place].person]),
                        ..ShiftChange::default()
                    };
                    write.move_shift(shift, &change, Some("gõ nhầm tên"))?;
                }
            }
            Self::Merges => {
                let list = "Đơn vị cũ,Đơn vị mới\nĐơn vị 0,Đơn vị 1\n";
                let table = sheet::parse("sap-xep.csv", list.as_bytes(), List::Succession)?;
                let on = world.merger.map_or(write.now(), |merger| at(merger.on));
                write.succeed(&table, on, Some("nhập muộn"), Mode::AllOrNothing)?;
            }
        }
        Ok(())
    }
}

/// Compares a world and its book at some moments; what is not alike is told.
fn check(seed: u64) -> std::result::Result<(), String> {
    let mut world = World::of(seed);
    let folder = TempDir::new().unwrap();
    let written = Written::of(&mut world, &folder);
    let dice = Dice::new(seed ^ 0xd1ce);
    let end = WEEK + 1440;
    let today = written.book.read(|book| book.roster()).unwrap();
    let alike = |what: &str, when: i64, book: String, twin: String| match book == twin {
        true => Ok(()),
        false => Err(format!(
            "seed {seed}, {what} at {when} ({}):\n book {book}\n twin {twin}\n{world:?}",
            at(when)
        )),
    };
    for _ in 0..8 {
        let when = dice.within(30, WEEK);
        let then = written
            .book
            .read(|book| book.as_of(at(when), None, |then| then.roster()));
        let then = then.unwrap();
        // What is asked then, and what is asked of it today.
        let on_duty = format!("{:?}", world.on_duty(when));
        alike(
            "on duty then",
            when,
            format!("{:?}", written.on_duty(&then, when)),
            on_duty,
        )?;
        let holes = format!("{:?}", world.holes(when, when));
        alike(
            "holes then",
            when,
            format!("{:?}", written.holes(&then, when, when)),
            holes,
        )?;
        let bare = |lines: Vec<(usize, usize, usize, bool)>| {
            let mut lines: Vec<_> = lines
                .into_iter()
                .map(|line| (line.0, line.1, line.2))
                .collect();
            lines.sort_unstable();
            format!("{lines:?}")
        };
        // Who was on call before shifts were laid out is written down as a shift since.
        let (book, twin) = (
            bare(written.on_duty(&today, when)),
            bare(world.on_duty(when)),
        );
        alike("on duty today", when, book, twin)?;
        let empty = |holes: Vec<(usize, usize, Hole)>| {
            let holes = holes.into_iter();
            let told = holes.map(|hole| (hole.0, hole.1, hole.2 == Hole::Silent));
            format!("{:?}", told.collect::<Vec<_>>())
        };
        let (book, twin) = (written.holes(&today, when, end), world.holes(when, end));
        alike("holes today", when, empty(book), empty(twin))?;
    }
    let stood = today.laid_out().stood(None, |_| true);
    for (place, id) in written.people.iter().enumerate() {
        let book = stood.get(id).map_or(0, |stood| stood.time / MINUTE);
        alike(
            "hours",
            0,
            format!("{place}: {book}"),
            format!("{place}: {}", world.stood(place)),
        )?;
    }
    Ok(())
}

#[test]
fn a_book_says_what_its_twin_says() {
    let count = std::env::var("SOTRUC_SOAK_COUNT")
        .ok()
        .and_then(|text| text.parse().ok());
    let count: u64 = count.unwrap_or(500);
    // A book waits for its disk more than for a processor.
    let workers = 8;
    let faults: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers)
            .map(|first| {
                scope.spawn(move || {
                    let seeds = (first..count).step_by(workers as usize);
                    seeds
                        .filter_map(|seed| check(seed).err())
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert!(
        faults.is_empty(),
        "{} of {count} worlds are not alike:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
