//! Yesterday stays yesterday: what is asked about a moment is answered the same, whatever was
//! written later; what tells of the time before it counts all the same.

use sotruc_core::clock::{DAY, HOUR, Instant, MINUTE};
use sotruc_core::directory::drill::Outcome;
use sotruc_core::directory::person::Role;
use sotruc_core::directory::unit::Group;
use sotruc_core::duty::period::{Need, Period, Post};
use sotruc_core::incident::Status;
use sotruc_core::incident::notice::Notice;
use sotruc_core::report::duty_sheet::SheetOptions;
use sotruc_core::report::{self, ExportForm, Form, Layout, Report, RosterOptions};
use sotruc_core::sheet::heading::List;
use sotruc_core::submission::State;
use sotruc_core::views::notice::Asked;
use sotruc_core::views::{duty, findings, notice, submission};
use sotruc_core::{
    Code, IncidentChange, Installation, Logbook, Mode, NewBook, NewPeriod, NewShift, Reader,
    Result, Sending, ShiftChange, SubmissionChange, Writing, sample, sheet,
};
use std::fmt::Debug;
use tempfile::TempDir;

/// The invented week of the sample province, and when the last of it was written.
fn week() -> (TempDir, Logbook, Instant) {
    let folder = TempDir::new().unwrap();
    let home = Installation::at(folder.path().join("home"));
    let (book, _) = sample::write(&folder.path().join("mau.sotruc"), &home).unwrap();
    let last = book.last_written().unwrap().unwrap();
    (folder, book, last)
}

/// Fifty moments, from before the first record to the last.
fn moments(last: Instant) -> Vec<Instant> {
    let first = last.plus(-12 * DAY);
    (0..50)
        .map(|step| first.plus((last.millis() - first.millis()) / 49 * step))
        .collect()
}

/// What every view says of a moment, with its name.
fn all_views(book: Reader<'_>, at: Instant) -> Result<Vec<(&'static str, String)>> {
    fn told(what: impl Debug) -> String {
        format!("{what:#?}")
    }
    let roster = book.roster()?;
    let mut answers = vec![
        ("on-duty", told(duty::then(&roster, at))),
        ("gaps", told(duty::gaps(&roster, (None, None), None, at)?)),
        (
            "conflicts",
            told(findings::conflicts(book, &roster, None, true, at)?.rows),
        ),
        (
            "roster list",
            told(duty::shifts(book, &roster, None, None, at)?),
        ),
        ("notice list", told(notice::at(book, Asked::default(), at)?)),
    ];
    for period in &roster.periods {
        let owed = submission::owed(book, &roster.units, period, at)?.0;
        answers.push(("submission list", told(owed)));
    }
    let mut table = |name, report, form, layout| -> Result<()> {
        let export = report::Export {
            report,
            form,
            without_numbers: false,
            options: RosterOptions {
                layout,
                from: Some(at.plus(-3 * DAY)),
                to: Some(at.plus(3 * DAY)),
                ..RosterOptions::default()
            },
        };
        let export = match report {
            Report::Summary | Report::Submissions => report::Export {
                options: RosterOptions::default(),
                ..export
            },
            _ => export,
        };
        let mut out = Vec::new();
        report::write(book, export, &mut out, at)?;
        answers.push((name, String::from_utf8(out).unwrap()));
        Ok(())
    };
    let csv = || ExportForm::Table(Form::Csv { separator: b',' });
    table("summary", Report::Summary, csv(), None)?;
    table("submissions", Report::Submissions, csv(), None)?;
    table("hours", Report::Hours, csv(), None)?;
    table("list", Report::Roster, csv(), Some(Layout::List))?;
    table("grid", Report::Roster, csv(), Some(Layout::Grid))?;
    table("calendar", Report::Roster, ExportForm::Calendar, None)?;
    let options = SheetOptions {
        from: at.midnight(),
        to: at.midnight().plus(DAY),
        group: None,
        unit: None,
        landscape: false,
        without_numbers: false,
    };
    answers.push(("sheet", book.duty_sheet(&roster, &options, None, at)?.html));
    Ok(answers)
}

fn ask(book: &Logbook, last: Instant, known: Option<Instant>) -> Vec<Vec<(&'static str, String)>> {
    let asked = moments(last).into_iter();
    let answers =
        asked.map(|at| book.read(|book| book.as_of(at, known, |then| all_views(then, at))));
    answers.map(Result::unwrap).collect()
}

#[track_caller]
fn same(
    last: Instant,
    before: &[Vec<(&'static str, String)>],
    after: &[Vec<(&'static str, String)>],
) {
    for ((at, before), after) in moments(last).into_iter().zip(before).zip(after) {
        for ((name, before), (_, after)) in before.iter().zip(after) {
            let line = before.lines().zip(after.lines()).find(|(a, b)| a != b);
            assert!(before == after, "{name} at {at}: {line:?}");
        }
        assert_eq!(before.len(), after.len(), "{at}");
    }
}

/// The book while things are written in it, a quarter of an hour apart.
struct Days<'b> {
    book: &'b mut Logbook,
    now: Instant,
    count: usize,
}

impl Days<'_> {
    #[track_caller]
    fn write<T>(&mut self, act: impl FnOnce(&mut Writing<'_>) -> Result<T>) -> T {
        self.now = self.now.plus(15 * MINUTE);
        self.count += 1;
        self.book.transact(sample::NIGHT, self.now, act).unwrap()
    }
}

/// Fifty changes of every kind, none of which puts right what was before `last`.
fn go_on(book: &mut Logbook, last: Instant) -> usize {
    let (people, incidents, period) = book
        .read(|book| Ok((book.people()?, book.incidents()?, book.periods()?.remove(0))))
        .unwrap();
    let mut days = Days {
        book,
        now: last.plus(2 * HOUR),
        count: 0,
    };
    // People leave, come, and get other numbers and roles.
    for person in people.iter().step_by(12) {
        days.write(|write| {
            let mut card = person.clone();
            card.mobiles = sotruc_core::text::read_phones("0905 999 111").unwrap();
            card.role = Some(Role::Backup);
            write.set_person(&card)
        });
    }
    for person in people.iter().skip(5).step_by(20) {
        days.write(|write| write.remove_person(person.id));
    }
    for person in people.iter().skip(3).step_by(25) {
        days.write(|write| {
            let new = write.new_person(person.unit, "Người mới đến")?;
            write.set_person(&new)
        });
    }
    days.write(|write| write.undo());
    // Calls, in vain and answered.
    for (person, outcome) in people.iter().skip(1).step_by(17).zip([
        Outcome::NoAnswer,
        Outcome::Answered,
        Outcome::WrongNumber,
        Outcome::Answered,
        Outcome::NoAnswer,
        Outcome::Answered,
    ]) {
        days.write(|write| write.add_drill(person.id, None, outcome, None, None));
    }
    // What is told of incidents, undone, waived and asked for again; incidents closed and reopened.
    let open = |write: &Writing<'_>, place: usize| -> Result<Option<Notice>> {
        let now = write.now();
        let open = write.notices()?.into_iter();
        Ok(open.filter(|notice| notice.is_open(now)).nth(place))
    };
    days.write(|write| match open(write, 0)? {
        Some(notice) => write.notice_sent(notice.id, &Sending::default()).map(drop),
        None => write.log(&"Không có gì phải báo".into()).map(drop),
    });
    days.write(|write| match open(write, 1)? {
        Some(notice) => write.waive_notice(notice.id, "Đã báo miệng").map(drop),
        None => write.log(&"Không có gì phải báo".into()).map(drop),
    });
    for incident in incidents.iter().take(3) {
        for status in [Status::FalseAlarm, Status::InHand] {
            days.write(|write| {
                let incident = write.incident(incident.id)?.unwrap();
                let change = IncidentChange {
                    status: Some(status),
                    ..IncidentChange::default()
                };
                write.set_incident(&incident, change)
            });
        }
    }
    days.write(|write| write.set_setting("recipient.police", "Công an tỉnh"));
    days.write(|write| write.undo());
    days.write(|write| write.set_setting("recipient.police", "Công an xã"));
    // What units send, and are reminded of.
    let owing: Vec<_> = days
        .book
        .read(|book| book.owed(&period))
        .unwrap()
        .into_iter()
        .filter(|owed| owed.state == State::Waiting)
        .map(|owed| owed.unit)
        .collect();
    for unit in owing.iter().take(2) {
        let change = SubmissionChange::from(State::Received);
        days.write(|write| write.set_submission(period.id, *unit, &change));
    }
    for unit in owing.iter().skip(2).take(2) {
        days.write(|write| write.remind(Some(period.id), &[*unit], None));
    }
    let unit = people[0].unit;
    days.write(|write| {
        let change = SubmissionChange {
            due_at: Some(Some(last.plus(DAY))),
            ..SubmissionChange::default()
        };
        write.set_submission(period.id, unit, &change)
    });
    // The period asks for more, and another is to come.
    days.write(|write| {
        let more = Period {
            posts: vec![Post::Main, Post::Backup, Post::Leader],
            ..period.clone()
        };
        write.set_period(&more)
    });
    let from = last.plus(10 * DAY).midnight();
    days.write(|write| write.add_period(NewPeriod::new("Tuần sau", from, from.plus(7 * DAY))));
    // Shifts are laid out, moved and covered from then on.
    for (day, person) in people.iter().filter(|one| one.unit == unit).enumerate() {
        let begins = from.plus(day as i64 * DAY);
        let new = NewShift {
            unit,
            post: Post::Main,
            person: person.id,
            from: begins,
            to: begins.plus(DAY),
        };
        let shift = days.write(|write| write.add_shift(new, None));
        let change = ShiftChange {
            to: Some(begins.plus(DAY / 2)),
            ..ShiftChange::default()
        };
        days.write(|write| write.move_shift(&shift.id.to_string(), &change, None));
    }
    // Units are added, renamed and merged.
    days.write(|write| {
        let new = write.new_unit("UBND xã Mới Lập", Group::Commune)?;
        write.set_unit(&new)
    });
    days.write(|write| {
        let mut named = write.unit(unit)?.unwrap();
        named.name = "Văn phòng mới".to_owned();
        named.phone = Some("0262 300 0000".to_owned());
        write.set_unit(&named)
    });
    let merged = "Đơn vị cũ,Đơn vị mới,Mã mới,Nhóm\n\
         UBND huyện Lắk,UBND xã Liên Sơn Lắk,COM901,commune\n\
         UBND huyện Krông Bông,UBND xã Liên Sơn Lắk,COM901,commune\n";
    let table = sheet::parse("sap-xep.csv", merged.as_bytes(), List::Succession).unwrap();
    let on = days.now.midnight().plus(DAY);
    days.write(|write| write.succeed(&table, on, Some("nhập muộn"), Mode::AllOrNothing));
    days.write(|write| write.log(&"Mọi thứ đã khác".into()));
    days.count
}

#[test]
fn what_is_written_later_changes_no_answer_about_before() {
    let (_folder, mut book, last) = week();
    let before = ask(&book, last, None);
    let known = ask(&book, last, Some(last));
    same(last, &before, &known);
    let count = go_on(&mut book, last);
    assert!(count >= 50, "{count} changes");
    same(last, &before, &ask(&book, last, None));
    same(last, &before, &ask(&book, last, Some(last)));
    // What is asked leaves nothing behind.
    assert!(book.verify(None).unwrap().ok);
    let today = |book: Reader<'_>| Ok(book.units()?.len());
    let units = book.read(today).unwrap();
    book.read(|book| book.as_of(last, None, |_| Ok(())))
        .unwrap();
    assert_eq!(book.read(today).unwrap(), units);
}

/// A mistyped shift that is put right is put right for whoever asks about it, but not for who asks
/// what was known then.
#[test]
fn what_is_put_right_changes_what_was_but_not_what_was_known() {
    let (_folder, mut book, last) = week();
    let roster = book.read(|book| book.roster()).unwrap();
    let at = last.plus(-DAY);
    let shift = roster
        .shifts
        .iter()
        .find(|shift| shift.from <= at && at < shift.to);
    let shift = shift.unwrap();
    let colleague = roster
        .people
        .iter()
        .find(|one| one.unit == shift.unit && one.id != shift.person && one.away.is_empty());
    let colleague = colleague.unwrap().id;
    let who = |book: &Logbook, known: Option<Instant>| {
        let roster = book.read(|book| book.as_of(at, known, |then| then.roster()));
        let on_duty = roster.unwrap().on_duty(at).into_iter();
        let mut here = on_duty.filter(|line| (line.unit, line.post) == (shift.unit, shift.post));
        here.next().map(|line| line.person)
    };
    assert_eq!(who(&book, None), Some(shift.person));
    let change = ShiftChange {
        person: Some(colleague),
        ..ShiftChange::default()
    };
    let id = shift.id.to_string();
    let now = last.plus(2 * HOUR);
    let put_right = |write: &mut Writing<'_>| write.move_shift(&id, &change, Some("gõ nhầm tên"));
    book.transact(sample::NIGHT, now, put_right).unwrap();
    assert_eq!(who(&book, None), Some(colleague));
    assert_eq!(who(&book, Some(last)), Some(shift.person));
}

/// Units give way to others on a day: before it the old ones answer, and after it the new ones.
#[test]
fn units_give_way_from_a_day_on() {
    let (_folder, mut book, last) = week();
    let (old, new) = ("UBND huyện Lắk", "UBND xã Liên Sơn Lắk");
    let merged = format!("Đơn vị cũ,Đơn vị mới,Mã mới,Nhóm\n{old},{new},COM901,commune\n");
    let table = sheet::parse("sap-xep.csv", merged.as_bytes(), List::Succession).unwrap();
    let on = last.midnight().plus(-2 * DAY);
    let export = |book: &Logbook, from: Instant| {
        let export = report::Export {
            report: Report::Roster,
            form: ExportForm::Table(Form::Csv { separator: b',' }),
            without_numbers: false,
            options: RosterOptions {
                from: Some(from),
                to: Some(from.plus(DAY)),
                ..RosterOptions::default()
            },
        };
        let mut out = Vec::new();
        book.read(|book| report::write(book, export, &mut out, last))
            .unwrap();
        String::from_utf8(out).unwrap()
    };
    let before = export(&book, on.plus(-DAY));
    assert!(before.contains(old), "{before}");
    let act =
        |write: &mut Writing<'_>| write.succeed(&table, on, Some("nhập muộn"), Mode::AllOrNothing);
    book.transact(sample::NIGHT, last.plus(HOUR), act).unwrap();

    // What was before stands under the names of then, and what comes under the new ones.
    assert_eq!(export(&book, on.plus(-DAY)), before);
    let after = export(&book, on.plus(DAY));
    assert!(after.contains(new) && !after.contains(old), "{after}");
    let names = |book: &Logbook, at: Instant, known: Option<Instant>| {
        let units = book
            .read(|book| book.as_of(at, known, |then| then.units()))
            .unwrap();
        let is = |name: &str| units.iter().any(|unit| unit.name == name);
        (is(old), is(new))
    };
    assert_eq!(names(&book, on.plus(-MINUTE), None), (true, false));
    assert_eq!(names(&book, on, None), (false, true));
    assert_eq!(names(&book, on, Some(last)), (true, false));
    // Undone, it never was.
    let now = last.plus(HOUR + 10 * MINUTE);
    book.transact(sample::NIGHT, now, |write| write.undo())
        .unwrap();
    assert_eq!(names(&book, on, None), (true, false));
    assert_eq!(export(&book, on.plus(-DAY)), before);
    assert!(book.verify(None).unwrap().ok);
}

/// A unit is renamed on a day: what was before stands under the name of then, hours too; what was
/// asked of it by exception is asked of it under its new name; from a day that is over it needs a
/// reason, which the log and the history tell.
#[test]
fn a_unit_is_renamed_from_a_day_on() {
    let (_folder, mut book, last) = week();
    let (old, new) = ("UBND huyện Lắk", "UBND huyện Hồ Lắk");
    let (unit, period) = book
        .read(|book| {
            let units = book.units()?;
            let unit = units.into_iter().find(|unit| unit.name == old).unwrap();
            Ok((unit, book.periods()?.remove(0)))
        })
        .unwrap();
    let need = Need {
        unit: Some(unit.id),
        group: None,
        from: None,
        to: None,
        posts: vec![Post::Main, Post::Main],
    };
    let act = |write: &mut Writing<'_>| {
        let mut asks = period.clone();
        asks.needs.push(need.clone());
        write.set_period(&asks)
    };
    book.transact(sample::NIGHT, last, act).unwrap();
    let code = unit.code.clone().unwrap();
    let list = format!("Đơn vị cũ,Đơn vị mới,Mã mới\n{old},{new},{code}\n");
    let table = sheet::parse("doi-ten.csv", list.as_bytes(), List::Succession).unwrap();
    let on = last.midnight().plus(-2 * DAY);
    let export = |book: &Logbook, report: Report, from: Instant| {
        let export = report::Export {
            report,
            form: ExportForm::Table(Form::Csv { separator: b',' }),
            without_numbers: false,
            options: RosterOptions {
                from: Some(from),
                to: Some(from.plus(DAY)),
                ..RosterOptions::default()
            },
        };
        let mut out = Vec::new();
        book.read(|book| report::write(book, export, &mut out, last))
            .unwrap();
        String::from_utf8(out).unwrap()
    };
    let reports = [Report::Roster, Report::Hours];
    let before = reports.map(|report| export(&book, report, on.plus(-DAY)));
    let now = last.plus(HOUR);
    let rename = |reason: Option<&'static str>| {
        let table = &table;
        move |write: &mut Writing<'_>| write.succeed(table, on, reason, Mode::AllOrNothing)
    };
    let refused = book.transact(sample::NIGHT, now, rename(None)).unwrap_err();
    assert_eq!(refused.code, Code::PastDay);
    let refused = book.transact(sample::NIGHT, now, rename(Some(" ")));
    assert_eq!(refused.unwrap_err().code, Code::PastDay);
    let done = book.transact(sample::NIGHT, now, rename(Some("công văn đến muộn")));
    let done = done.unwrap();
    assert_eq!((done.new, done.changed, done.same), (0, 1, 0));

    assert_eq!(
        reports.map(|report| export(&book, report, on.plus(-DAY))),
        before
    );
    for report in reports {
        let after = export(&book, report, on);
        assert!(!after.contains(old), "{after}");
    }
    assert!(export(&book, Report::Roster, on).contains(new));
    let (units, period, lines) = book
        .read(|book| {
            let lines = book.last_entries(5)?;
            Ok((book.units()?, book.periods()?.remove(0), lines))
        })
        .unwrap();
    let renamed = units.iter().find(|unit| unit.name == new).unwrap();
    assert_eq!(renamed.code, unit.code);
    assert!(renamed.aliases.iter().any(|alias| alias == old));
    assert!(!renamed.aliases.contains(&code), "{renamed:?}");
    assert_eq!(period.demands(renamed, Post::Main)[0].people, 2);
    assert!(
        lines
            .iter()
            .any(|line| line.text.contains("công văn đến muộn")),
        "{lines:?}"
    );
    let history = book.read(|book| book.history(renamed.id.0)).unwrap();
    let reason = history.iter().find(|change| change.field == "reason");
    assert_eq!(reason.unwrap().value, "công văn đến muộn");
    // Taken back and done again it stands in the log each time.
    let says = |book: &Logbook, text: &str| {
        let lines = book.read(|book| book.last_entries(1)).unwrap();
        assert!(lines[0].text.contains(text), "{lines:?}");
    };
    let names = |book: &Logbook| {
        let units = book.read(|book| book.units()).unwrap();
        let is = |name: &str| units.iter().any(|unit| unit.name == name);
        (is(old), is(new))
    };
    let later = |minutes: i64| now.plus(minutes * MINUTE);
    book.transact(sample::NIGHT, later(1), |write| write.undo())
        .unwrap();
    says(&book, "Hoàn tác việc sắp xếp lại đơn vị");
    assert_eq!(names(&book), (true, false));
    book.transact(sample::NIGHT, later(2), |write| write.redo(None))
        .unwrap();
    says(&book, "Làm lại việc sắp xếp lại đơn vị");
    assert_eq!(names(&book), (false, true));
    assert!(book.verify(None).unwrap().ok);
}

/// Shifts were laid out after the day from which a unit takes another in, and before that was written:
/// who was on call at either until then stays so, and no hole comes of it.
#[test]
fn who_was_on_call_before_a_late_reorganisation_stays_so() {
    let folder = TempDir::new().unwrap();
    let home = Installation::at(folder.path().join("home"));
    let new = NewBook {
        site: "DLK",
        name: "Phòng trực",
        unit: None,
        practice: true,
        place: None,
        profiles: &[],
    };
    let begin = Instant::parse("16/05/2016 00:00").unwrap();
    let path = folder.path().join("so.sotruc");
    let mut book = Logbook::create(&path, &home, &new, "An", begin).unwrap();
    let put = |write: &mut Writing<'_>| {
        let mut ids = Vec::new();
        for name in ["Xã Cũ", "Xã Mới"] {
            let unit = write.new_unit(name, Group::Commune)?;
            write.set_unit(&unit)?;
            ids.push(unit.id);
        }
        let card = write.new_person(ids[1], "Lê Thị Mới")?;
        write.set_person(&card)?;
        write.add_period(NewPeriod::new("Kỳ", begin, begin.plus(7 * DAY)))?;
        Ok((ids, card.id))
    };
    let (ids, person) = book.transact("An", begin, put).unwrap();
    // Laid out on the third day, for the fourth; written on the fifth, of the second.
    let shift = NewShift {
        unit: ids[0],
        post: Post::Main,
        person,
        from: begin.plus(3 * DAY),
        to: begin.plus(4 * DAY),
    };
    let laid_out = begin.plus(2 * DAY + HOUR);
    book.transact("An", laid_out, |write| write.add_shift(shift, None))
        .unwrap();
    let list = "Đơn vị cũ,Đơn vị mới\nXã Cũ,Xã Mới\n";
    let table = sheet::parse("sap-xep.csv", list.as_bytes(), List::Succession).unwrap();
    let on = begin.plus(DAY);
    let act =
        |write: &mut Writing<'_>| write.succeed(&table, on, Some("nhập muộn"), Mode::AllOrNothing);
    book.transact("An", begin.plus(4 * DAY + HOUR), act)
        .unwrap();
    let roster = book.read(|book| book.roster()).unwrap();
    let who = |at: Instant| {
        let on_duty = roster.on_duty(at).into_iter();
        let mut here = on_duty.filter(|line| line.unit == ids[1]);
        here.next().map(|line| line.person)
    };
    for at in [begin.plus(HOUR), on.plus(HOUR), laid_out.plus(-MINUTE)] {
        assert_eq!(who(at), Some(person), "{at}");
    }
    assert_eq!(who(laid_out.plus(HOUR)), None);
    assert_eq!(who(begin.plus(3 * DAY + HOUR)), Some(person));
}
