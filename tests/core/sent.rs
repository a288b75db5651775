//! Who has sent its people comes out the same whatever was written first: an officer never scolds a
//! unit that has sent.

use sotruc_core::clock::DAY;
use sotruc_core::directory::person::import::Ways;
use sotruc_core::duty::period::Period;
use sotruc_core::sheet::heading::List;
use sotruc_core::sheet::parse;
use sotruc_core::submission::State;
use sotruc_core::{Mode, NewPeriod, SubmissionChange};

use crate::desk::{Desk, OPERATOR, start};

const UNITS: [&str; 4] = ["Cư M'gar", "Ea Kar", "Krông Bông", "Buôn Đôn"];
const FIRST: &str = "Đơn vị,Họ và tên,Di động
Cư M'gar,Lê Văn An,0905123456
Ea Kar,Trần Thị Bé,0905123457
";
const SECOND: &str = "Đơn vị,Họ và tên,Di động
Cư M'gar,Hà Văn Cầu,0905123458
Krông Bông,Bùi Thị Dịu,0905123459
";

/// Something that somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Writes the period for which lists are asked.
    Period,
    /// Takes in one of the lists.
    Import(usize),
    /// Takes it back, and does it again.
    UndoAndRedo(usize),
    /// Takes in the first list as it was.
    Again,
    /// Gives a unit that has sent a day of its own.
    OwnDay,
}

impl Act {
    /// What must have been done before.
    fn after(self) -> Option<Self> {
        match self {
            Self::UndoAndRedo(list) => Some(Self::Import(list)),
            Self::Again => Some(Self::Import(0)),
            Self::OwnDay => Some(Self::Period),
            Self::Period | Self::Import(_) => None,
        }
    }
}

fn units() -> Desk {
    let mut desk = Desk::new();
    for (n, name) in UNITS.iter().enumerate() {
        desk.unit(&format!("DIS{n:03}"), name);
    }
    desk
}

fn period(desk: &mut Desk) -> Period {
    let new = NewPeriod::new("Bầu cử", start().plus(DAY), start().plus(5 * DAY));
    desk.write(|write| write.add_period(new)).unwrap()
}

/// Takes a list in, and gives the number of that change.
fn import(desk: &mut Desk, list: &str) -> u64 {
    let table = parse("t.csv", list.as_bytes(), List::People).unwrap();
    desk.write(|write| write.import_people(&table, &Ways::default(), Mode::SkipRejected))
        .unwrap();
    desk.book.own_changes(OPERATOR, 1).unwrap()[0].id
}

fn states(desk: &Desk) -> Vec<State> {
    desk.book
        .read(|book| {
            let period = book.periods()?.remove(0);
            let owed = book.owed(&period)?;
            Ok(owed.into_iter().map(|owed| owed.state).collect())
        })
        .unwrap()
}

fn say(desk: &mut Desk, period: &Period, unit: usize, change: &SubmissionChange) {
    desk.write(|write| {
        let unit = write.find_unit(UNITS[unit])?.id;
        write.set_submission(period.id, unit, change)
    })
    .unwrap();
}

fn act(desk: &mut Desk, act: Act, made: &mut [u64; 2]) {
    match act {
        Act::Period => drop(period(desk)),
        Act::Import(list) => made[list] = import(desk, [FIRST, SECOND][list]),
        Act::UndoAndRedo(list) => {
            desk.write(|write| write.undo_change(made[list])).unwrap();
            desk.write(|write| write.redo(None)).unwrap();
        }
        Act::Again => drop(import(desk, FIRST)),
        Act::OwnDay => {
            let period = desk.book.read(|book| book.periods()).unwrap().remove(0);
            let day = SubmissionChange {
                due_at: Some(Some(start().plus(2 * DAY))),
                ..SubmissionChange::default()
            };
            say(desk, &period, 1, &day);
        }
    }
}

/// Every order of acts in which each comes after what it needs.
fn orders(left: &[Act], done: &mut Vec<Act>, all: &mut Vec<Vec<Act>>) {
    if left.is_empty() {
        all.push(done.clone());
    }
    for (n, act) in left.iter().enumerate() {
        if act.after().is_none_or(|first| done.contains(&first)) {
            let mut rest = left.to_vec();
            rest.remove(n);
            done.push(*act);
            orders(&rest, done, all);
            done.pop();
        }
    }
}

#[test]
fn who_has_sent_is_the_same_in_every_order_of_acts() {
    use Act::{Again, Import, OwnDay, Period, UndoAndRedo};
    use State::{Corrected, Received, Waiting};
    let mut all = Vec::new();
    let second = [Period, Import(0), Import(1), UndoAndRedo(0), UndoAndRedo(1)];
    orders(&second, &mut Vec::new(), &mut all);
    let more = [Period, Import(0), OwnDay, Again, Import(1)];
    orders(&more, &mut Vec::new(), &mut all);
    assert_eq!(all.len(), 30 + 30);
    for order in all {
        let mut desk = units();
        let mut made = [0; 2];
        for one in &order {
            act(&mut desk, *one, &mut made);
        }
        let expect = [Corrected, Received, Received, Waiting];
        assert_eq!(states(&desk), expect, "{order:?}");
        assert!(desk.book.verify(None).unwrap().ok, "{order:?}");
    }
}

#[test]
fn a_list_that_came_before_it_was_asked_for_counts_once_it_is() {
    let mut desk = units();
    import(&mut desk, FIRST);
    let made = period(&mut desk);
    let mut asked = |at| {
        let later = Period {
            asked_at: Some(at),
            ..made.clone()
        };
        desk.write(|write| write.set_period(&later)).unwrap();
        states(&desk)[0]
    };
    assert_eq!(asked(start().plus(DAY / 2)), State::Waiting);
    assert_eq!(asked(start()), State::Received);
}

#[test]
fn either_of_two_lists_of_a_unit_is_taken_back_and_done_again() {
    use State::{Corrected, Received, Waiting};
    let mut desk = units();
    period(&mut desk);
    let (first, second) = (import(&mut desk, FIRST), import(&mut desk, SECOND));
    let mut states = |act: &str| {
        desk.write(|write| match act {
            "undo first" => write.undo_change(first),
            "undo second" => write.undo_change(second),
            _ => write.redo(None),
        })
        .unwrap();
        states(&desk)[..3].to_vec()
    };
    assert_eq!(states("undo first"), [Received, Waiting, Received]);
    assert_eq!(states("undo second"), [Waiting, Waiting, Waiting]);
    // What was undone last comes first.
    assert_eq!(states("redo"), [Received, Waiting, Received]);
    assert_eq!(states("redo"), [Corrected, Received, Received]);
    assert_eq!(states("undo second"), [Received, Received, Waiting]);
    assert_eq!(states("undo first"), [Waiting, Waiting, Waiting]);
    assert_eq!(states("redo"), [Received, Received, Waiting]);
    assert_eq!(states("redo"), [Corrected, Received, Received]);
}

#[test]
fn what_is_said_of_a_unit_stands_until_a_list_comes() {
    let mut desk = units();
    let period = period(&mut desk);
    let list = import(&mut desk, FIRST);
    let state = |desk: &Desk| states(desk)[0];
    // The list was not theirs.
    say(&mut desk, &period, 0, &State::Waiting.into());
    assert_eq!(state(&desk), State::Waiting);
    import(&mut desk, SECOND);
    assert_eq!(state(&desk), State::Received);
    // Said once more, it stands once more; and again as it stood once what came after is undone.
    say(&mut desk, &period, 0, &State::Waiting.into());
    assert_eq!(state(&desk), State::Waiting);
    desk.write(|write| write.undo()).unwrap();
    assert_eq!(state(&desk), State::Received);
    say(&mut desk, &period, 0, &State::Exempt.into());
    assert_eq!(state(&desk), State::Exempt);
    desk.write(|write| write.undo()).unwrap();
    assert_eq!(state(&desk), State::Received);
    // A document was noted: it came, whatever becomes of the list.
    let document = SubmissionChange {
        document: Some("7/UBND".to_owned()),
        ..SubmissionChange::default()
    };
    say(&mut desk, &period, 1, &document);
    desk.write(|write| write.undo_change(list)).unwrap();
    assert_eq!(states(&desk)[1], State::Received);
    assert!(desk.book.verify(None).unwrap().ok);
}
