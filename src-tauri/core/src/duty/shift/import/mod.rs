//! A list of shifts, read against the units and people of the book.

mod context;
mod when;

use crate::book::{Import, Mode, Writing};
use crate::error::Result;

use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

use crate::clock::{HOUR, Instant};
use crate::directory::person::Person;
use crate::directory::unit::Register;
use crate::directory::unit::import::cell::LookedUp;
use crate::duty::coverage::Roster;
use crate::duty::period::{Period, Post};
use crate::duty::shift::import::context::{ListContext, Periods};
use crate::duty::shift::import::when::{Cells, When};
use crate::duty::shift::{Comes, Shift, period_of};
use crate::id::{PersonId, ShiftId, UnitId};
use crate::messages::vietnamese;
use crate::sheet::duty::DutyForm;
use crate::sheet::duty::names::{Named, named, without_title};
use crate::sheet::duty::people::tells_hours;
use crate::sheet::heading::Field;
use crate::sheet::part::{Part, part_on_duty};
use crate::sheet::{Expected, Line, Notice, Rejected, Table, Warning};
use crate::text::similarity;
use crate::text::{Phone, fold, person_name, read_phones};

/// The post of this Vietnamese name or stable name, or that its words say.
#[must_use]
fn read_post(text: &str) -> Option<Post> {
    let part = || part_on_duty(&fold(text));
    Post::parse(text).ok().or_else(|| {
        Some(match part()? {
            Part::Main | Part::Technical => Post::Main,
            Part::Backup => Post::Backup,
            Part::Leader => Post::Leader,
        })
    })
}

/// What a roster would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The shifts; new ones have a nil id until they are written.
    pub shifts: Vec<Shift>,
    /// The place in the table of every row that was taken, and that in the list of the shift it
    /// speaks of.
    pub rows: Vec<(usize, usize)>,
    /// Rows turned away.
    pub rejected: Vec<Rejected>,
    /// Things to know.
    pub warnings: Vec<Warning>,
}

/// Reads a roster. A shift is known by unit, post, person and its times. Shifts that overlap,
/// lie outside their period or in the leave of whom they name are taken, with a warning. Lines of our own roster that are no shifts
/// (standing contacts, holes) are passed over.
#[must_use]
pub fn plan_rows(table: &Table, known: &Roster, period: Option<&Period>) -> Plan {
    let register = Register::new(&known.units);
    let (people, leave) = (People::of(&known.people), known.leave());
    let periods = Periods::of(period, &known.periods);
    let lists = Lists::of(table);
    let same = |shift: &Shift| (shift.unit, shift.post, shift.person, shift.from, shift.to);
    let have: HashMap<_, &Shift> = known
        .shifts
        .iter()
        .map(|shift| (same(shift), shift))
        .collect();
    let mut held = Held::default();
    for shift in &known.shifts {
        held.take(shift);
    }
    let mut planned = HashMap::new();
    let mut told = HashSet::new();
    let mut plan = Plan::default();
    let mut looked_up = LookedUp::default();
    for row in table.lines() {
        let row = match row {
            Ok(row) => row,
            Err(why) => {
                plan.rejected.push(*why);
                continue;
            }
        };
        let form = row.get(&[Field::Form]).map(|text| fold(&text));
        let is_shift = |form: &String| {
            ![DutyForm::Standing, DutyForm::Empty, DutyForm::Redacted]
                .iter()
                .any(|other| fold(other.name()) == *form)
        };
        if !form.as_ref().is_none_or(is_shift) {
            continue;
        }
        let unit_and_post = (|| {
            let unit = looked_up.unit_of(row, &register)?;
            let post = match row.get(&[Field::Post]) {
                Some(text) => read_post(&text),
                // A grid without posts is that of whoever answers.
                None => row.is_unfolded().then_some(Post::Main),
            };
            let post = post.ok_or_else(|| Box::new(row.reject(&[Field::Post], Expected::Post)))?;
            Ok::<_, Box<Rejected>>((unit, post))
        })();
        let (unit, post) = match unit_and_post {
            Ok(known) => known,
            Err(rejected) => {
                plan.rejected.push(*rejected);
                continue;
            }
        };
        let found = people.of_row(row, unit);
        let when = lists.when(row, &periods);
        let (found, when) = match (found, when) {
            (Ok(found), Ok(when)) => (found, when),
            (Err(rejected), _) | (_, Err(rejected)) => {
                plan.rejected.push(*rejected);
                continue;
            }
        };
        if let Some(assumed) = &when.assumed {
            let warning = Warning {
                other: Some(assumed.clone()),
                ..row.warn(when.said, Notice::HoursAssumed)
            };
            // Once for all of a list.
            let of_list = (row.place_above().0, assumed.clone(), String::new());
            if told.insert(of_list) {
                plan.warnings.push(warning);
            }
        }
        if when.weekday_differs {
            let warning = row.warn(Field::Day, Notice::WeekdayDiffers);
            let of_list = (
                row.place_above().0,
                warning.column.clone(),
                warning.value.clone(),
            );
            if told.insert(of_list) {
                plan.warnings.push(warning);
            }
        }
        if when
            .spans
            .iter()
            .any(|(from, to)| to.millis() - from.millis() > LONG)
        {
            plan.warnings.push(row.warn(when.said, Notice::LongShift));
        }
        for (person, other) in &found {
            if let Some(other) = other {
                let warning = Warning {
                    other: register.get(*other).map(|unit| unit.name.clone()),
                    ..row.warn(Field::FullName, Notice::OtherUnit)
                };
                let of_list = (
                    row.place_above().0,
                    warning.column.clone(),
                    warning.value.clone(),
                );
                if told.insert(of_list) {
                    plan.warnings.push(warning);
                }
            }
            for (from, to) in &when.spans {
                let mut shift = Shift {
                    period: period
                        .map(|period| period.id)
                        .or_else(|| period_of(&known.periods, *from, *to)),
                    ..Shift::new(ShiftId(Uuid::nil()), (unit, post), *person, (*from, *to))
                };
                let at = *planned.entry(same(&shift)).or_insert(plan.shifts.len());
                plan.rows.push((row.at(), at));
                if at < plan.shifts.len() {
                    continue;
                }
                match have.get(&same(&shift)) {
                    Some(old) => {
                        shift = Shift {
                            period: period
                                .map(|period| period.id)
                                .or(old.period)
                                .or(shift.period),
                            ..(*old).clone()
                        };
                    }
                    None if held.take(&shift) => {
                        plan.warnings
                            .push(row.warn(row.said_when(), Notice::Overlap));
                    }
                    None => {}
                }
                if leave.within(*person, (*from, *to)).next().is_some() {
                    plan.warnings.push(row.warn(row.said_when(), Notice::Away));
                }
                let own = known
                    .periods
                    .iter()
                    .find(|period| Some(period.id) == shift.period);
                if own.is_none_or(|period| shift.from < period.from || period.to < shift.to) {
                    plan.warnings
                        .push(row.warn(row.said_when(), Notice::OutsidePeriod));
                }
                plan.shifts.push(shift);
            }
        }
    }
    plan
}

/// A shift that is longer is asked about.
const LONG: i64 = 48 * HOUR;

/// The hours that are held, by unit and post.
#[derive(Default)]
struct Held(HashMap<(UnitId, Post), BTreeMap<Instant, Instant>>);

impl Held {
    /// Takes the hours of a shift; whether others are held in them.
    fn take(&mut self, shift: &Shift) -> bool {
        let spans = self.0.entry((shift.unit, shift.post)).or_default();
        // Hours that overlap are kept as one, so the last that begins before the end tells.
        let (mut from, mut to) = (shift.from, shift.to);
        let mut overlaps = false;
        while let Some((begin, end)) = spans
            .range(..to)
            .next_back()
            .map(|(begin, end)| (*begin, *end))
        {
            if end <= from {
                break;
            }
            overlaps = true;
            spans.remove(&begin);
            (from, to) = (from.min(begin), to.max(end));
        }
        spans.insert(from, to);
        overlaps
    }
}

/// What each list of a table says of days and hours.
struct Lists(Vec<ListContext>);

/// When a row is, and the column that says so.
struct Said {
    spans: Vec<(Instant, Instant)>,
    assumed: Option<String>,
    weekday_differs: bool,
    said: Field,
}

impl Lists {
    fn of(table: &Table) -> Self {
        let lines = |titles: &Vec<String>| {
            let sheets = table.sheets.iter().flatten().map(String::as_str);
            let lines: Vec<String> = titles.iter().rev().cloned().collect();
            let one = sheets.clone().count() == 1;
            ListContext::of(
                lines
                    .iter()
                    .map(String::as_str)
                    .chain(sheets.filter(|_| one)),
            )
        };
        let mut lists: Vec<ListContext> = table.titles.iter().map(lines).collect();
        for row in table.lines().flatten() {
            let list = row.place_above().0;
            if lists.len() <= list {
                lists.resize_with(list + 1, ListContext::default);
            }
            if let Some(hours) = row.get(&[Field::Hours]) {
                lists[list].hear(&hours);
            }
        }
        Self(lists)
    }

    fn when(&self, row: Line<'_>, periods: &Periods) -> Result<Said, Box<Rejected>> {
        let (list, _, group) = row.place_above();
        let all = |field: Field| {
            let cells: Vec<String> = row.all(field).collect();
            (!cells.is_empty()).then(|| cells.join(" "))
        };
        let cells = Cells {
            day: row.get(&[Field::Day]).map(in_local_time),
            weekday: row.get(&[Field::Weekday]),
            hours: row.get(&[Field::Hours]),
            from: all(Field::From).map(in_local_time),
            to: all(Field::To).map(in_local_time),
            group: group.map(str::to_owned),
        };
        let none = ListContext::default();
        match cells.when(self.0.get(list).unwrap_or(&none), periods) {
            Ok(When {
                spans,
                assumed,
                weekday_differs,
            }) => Ok(Said {
                spans,
                assumed,
                weekday_differs,
                said: if row.has(Field::Hours)
                    && (row.get(&[Field::Hours]).is_some() || row.get(&[Field::From]).is_none())
                {
                    Field::Hours
                } else {
                    row.said_when()
                },
            }),
            Err((field, expected)) => {
                let field = if row.has(field) {
                    field
                } else {
                    row.said_when()
                };
                Err(Box::new(row.reject(&[field], expected)))
            }
        }
    }
}

/// A moment as programs write it (`2016-05-22T13:32Z`), as people here do.
fn in_local_time(cell: String) -> String {
    match cell.contains('T').then(|| Instant::parse(&cell)) {
        Some(Ok(at)) => at.to_string(),
        _ => cell,
    }
}

/// The people of the book, by unit and folded name.
struct People<'a> {
    by_name: HashMap<(UnitId, String), Vec<&'a Person>>,
    by_unit: HashMap<UnitId, Vec<(String, &'a Person)>>,
    everywhere: HashMap<String, Vec<&'a Person>>,
}

/// Somebody, and their unit where it is another than the row's.
type Found = (PersonId, Option<UnitId>);

/// From here on one name may be meant by another.
const ALIKE: f64 = 0.7;

impl<'a> People<'a> {
    fn of(people: &'a [Person]) -> Self {
        let mut known = Self {
            by_name: HashMap::new(),
            by_unit: HashMap::new(),
            everywhere: HashMap::new(),
        };
        for person in people {
            let folded = fold(&person.full_name);
            let named = known.by_name.entry((person.unit, folded.clone()));
            named.or_default().push(person);
            let of_unit = known.by_unit.entry(person.unit).or_default();
            of_unit.push((folded.clone(), person));
            known.everywhere.entry(folded).or_default().push(person);
        }
        known
    }

    /// Whom a row names.
    fn of_row(&self, row: Line<'_>, unit: UnitId) -> Result<Vec<Found>, Box<Rejected>> {
        let reject = |expected| Box::new(row.reject(&[Field::FullName], expected));
        let cell = row
            .get(&[Field::FullName])
            .ok_or_else(|| reject(Expected::Name))?;
        let mut numbers: Vec<Phone> = Vec::new();
        for text in row.all(Field::Mobile) {
            numbers.extend(read_phones(&text).unwrap_or_default());
        }
        // A name may hold what stands between two.
        let here = self.by_name.get(&(unit, fold(&cell)));
        let here = here.map_or(&[][..], Vec::as_slice);
        let mut exact = here.iter().filter(|person| person.full_name == cell);
        match (here, exact.next(), exact.next()) {
            ([person], ..) | (_, Some(person), None) => return Ok(vec![(person.id, None)]),
            _ => {}
        }
        // Which of them has which hours is not known here.
        if tells_hours(&cell) {
            return Err(reject(Expected::Hours));
        }
        let all = named(&cell);
        if all.is_empty() {
            return Err(reject(Expected::Name));
        }
        let one = |who: &Named| {
            let numbers: Vec<Phone> = numbers.iter().chain(&who.numbers).cloned().collect();
            self.find(unit, &who.name, &numbers)
                .map_err(|(expected, nearest)| {
                    Box::new(Rejected {
                        nearest,
                        ..*reject(expected)
                    })
                })
        };
        all.iter().map(one).collect()
    }

    fn find(
        &self,
        unit: UnitId,
        written: &str,
        numbers: &[Phone],
    ) -> Result<Found, (Expected, Option<String>)> {
        let name = fold(&person_name(written));
        let answers = |person: &&&Person| {
            let own = person.mobiles.iter().chain(&person.landline);
            own.into_iter().any(|own| {
                let same = |number: &Phone| {
                    number == own || number.today() == own.today() && own.today().is_some()
                };
                numbers.iter().any(|number| {
                    same(number)
                        || number.today().as_ref() == Some(own)
                        || own.today().as_ref() == Some(number)
                })
            })
        };
        let titled = || {
            let here = self.by_unit.get(&unit).into_iter().flatten();
            let fits = here.filter(|(known, _)| without_title(&name, known).is_some());
            fits.map(|(_, person)| *person).collect::<Vec<&Person>>()
        };
        let here = match self.by_name.get(&(unit, name.clone())) {
            Some(here) => here.clone(),
            None => titled(),
        };
        match *here {
            [person] => return Ok((person.id, None)),
            [] => {}
            _ => {
                // Of several of one name, whose number stands beside it, or who is written just so.
                let mut own = here.iter().filter(answers);
                if let (Some(person), None) = (own.next(), own.next()) {
                    return Ok((person.id, None));
                }
                let exact = person_name(written);
                let mut exact = here.iter().filter(|person| person.full_name == exact);
                if let (Some(person), None) = (exact.next(), exact.next()) {
                    return Ok((person.id, None));
                }
                return Err((Expected::OnePerson, None));
            }
        }
        let mut elsewhere = self
            .everywhere
            .get(&name)
            .into_iter()
            .flatten()
            .filter(answers);
        if let (Some(person), None) = (elsewhere.next(), elsewhere.next()) {
            return Ok((person.id, Some(person.unit)));
        }
        Err((Expected::KnownPerson, self.nearest(unit, &name)))
    }

    /// The name of the unit that is most like this one: spelt nearly so, or its only such given
    /// name.
    fn nearest(&self, unit: UnitId, name: &str) -> Option<String> {
        let here = self.by_unit.get(&unit)?;
        let best = here
            .iter()
            .map(|(known, person)| (similarity::score(name, known), *person))
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        if let Some((score, person)) = best
            && score >= ALIKE
        {
            return Some(person.full_name.clone());
        }
        let mut given = here
            .iter()
            .filter(|(known, _)| known.ends_with(&format!(" {name}")));
        match (given.next(), given.next()) {
            (Some((_, person)), None) => Some(person.full_name.clone()),
            _ => None,
        }
    }
}

/// What bringing in a roster would do, against the roster of the book; `watch` is asked as by
/// [`Writing::on_progress`].
///
/// # Errors
/// [`crate::Code::Cancelled`].
pub fn preview(
    known: &Roster,
    table: &Table,
    period: Option<&Period>,
    watch: &dyn Fn(usize, usize) -> bool,
) -> Result<Import> {
    foresee(plan_rows(table, known, period), known, watch)
}

fn foresee(plan: Plan, known: &Roster, watch: &dyn Fn(usize, usize) -> bool) -> Result<Import> {
    let mut import = Import::of(plan.rejected, plan.warnings);
    import.foresee(&plan.shifts, known.shifts.iter(), &plan.rows, watch)?;
    Ok(import)
}

impl Writing<'_> {
    /// Brings in a roster, for a period or for the periods its times lie in.
    ///
    /// # Errors
    /// [`crate::Code::Cancelled`].
    pub fn import_roster(
        &mut self,
        table: &Table,
        period: Option<&Period>,
        mode: Mode,
    ) -> Result<Import> {
        let known = self.roster()?;
        let mut plan = plan_rows(table, &known, period);
        if !mode.writes(&plan.rejected) {
            return foresee(plan, &known, self.watcher());
        }
        // What was on duty while the book was kept is told after the fact: by which list.
        let (begun, now) = (self.begun_at()?.unwrap_or(self.now()), self.now());
        let late = |shift: &Shift| shift.from.max(begun) < shift.to.min(now.whole_minute());
        for shift in plan.shifts.iter_mut().filter(|new| new.id.0.is_nil()) {
            shift.id = self.new_id()?;
            if late(shift) {
                let reason = vietnamese().with("written_by_list", &[("file", &table.file)]);
                shift.reason = Some(reason.into());
            }
        }
        let shifts = self.admit(plan.shifts, Comes::Listed)?;
        let mut import = Import::of(plan.rejected, plan.warnings);
        self.bring(&shifts, &HashMap::new(), &plan.rows, &mut import)?;
        Ok(import)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::duty::post_heading::{BACKUP, LEADER, MAIN};

    #[test]
    fn what_is_written_is_read_back() {
        let words = Post::ALL.iter().map(|post| vietnamese().word(*post));
        assert_eq!(words.clone().collect::<Vec<_>>(), [MAIN, BACKUP, LEADER]);
        for (word, post) in words.zip(Post::ALL) {
            assert_eq!(read_post(word), Some(*post), "{word}");
        }
        assert_eq!(read_post("Ghi chú"), None);
    }
}
