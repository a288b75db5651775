//! The directory in memory: found in, letter by letter, and listed by the page.

use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

use super::name_index::{Card, NameIndex, Place, Text, Texts};
use super::query::{Query, Word, beside};
use super::rank::{Rank, TopHits};
use super::{Found, Hit};
use crate::clock::{Instant, joined};
use crate::directory::person::Person;
use crate::directory::unit::Unit;
use crate::error::Result;
use crate::id::{IncidentId, PersonId, UnitId};
use crate::incident::Incident;
use crate::journal::Kind;
use crate::log::entry::{Entry, Line};
use crate::messages::{Language, Messages, vietnamese};
use crate::store::{Bookmark, News, Reader};
use crate::text::{fold, name_key};

/// How many lines of the log are taken.
const LINES: usize = 50;
/// With more news than this the directory is read anew.
const MANY: u64 = 2_000;

/// The code of the unit is just what was typed.
const CODE: u32 = 40;
/// A word that was typed is the given name, or begins it.
const GIVEN: u32 = 12;
const GIVEN_BEGUN: u32 = 8;

/// Some people of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// How many the whole list has.
    pub total: usize,
    /// Those of the page.
    pub ids: Vec<PersonId>,
}

/// The units, people and incidents of one book in memory, to be found while somebody types.
///
/// Empty at first: [`Finder::refresh`] brings it up to the book, and has little to do when little
/// was written since the last time.
#[derive(Default)]
pub struct Finder {
    units: NameIndex,
    people: NameIndex,
    incidents: NameIndex,
    /// The place of each unit in the list of an office, by slot.
    places: Vec<u32>,
    roll: Roll,
    bookmark: Bookmark,
    /// When it is, as of the last time it was brought up to the book.
    now: Instant,
    /// When leave ends by which somebody is found.
    leave: BTreeSet<(Instant, PersonId)>,
    /// The leave of people that is not over.
    away: HashMap<PersonId, Vec<(Instant, Instant)>>,
}

/// The people in the order of their names.
#[derive(Default)]
struct Roll {
    /// The keys of the names, by slot; none where it is to be made anew.
    keys: Vec<Option<Box<[u8]>>>,
    order: Vec<Place>,
    is_stale: bool,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Finder")
    }
}

impl Finder {
    /// Brings the directory up to the book, always the same one, as it is now: leave that is over
    /// finds nobody.
    ///
    /// # Errors
    /// Those of the store; then the directory is as before, or partly newer.
    pub fn refresh(&mut self, reader: Reader<'_>, now: Instant) -> Result<()> {
        self.now = now;
        let mut bookmark = self.bookmark.clone();
        match reader.news(&mut bookmark, MANY)? {
            News::Of(nouns) if nouns.is_empty() => {}
            News::Of(nouns) => self.reread(reader, &nouns)?,
            News::Much => {
                let mut anew = Self {
                    now,
                    ..Self::default()
                };
                anew.read(reader)?;
                *self = anew;
            }
        }
        self.bookmark = bookmark;
        let over = self.leave.iter().take_while(|(end, _)| *end <= now);
        let over: HashSet<_> = over.map(|(_, id)| (Kind::Person, id.0)).collect();
        self.leave.retain(|(end, _)| *end > now);
        self.reread(reader, &over)
    }

    fn read(&mut self, reader: Reader<'_>) -> Result<()> {
        for unit in reader.units()? {
            self.put_unit(&unit);
        }
        self.places = (0..self.units.len() as u32).collect();
        for person in reader.people()? {
            self.put_person(&person);
        }
        for incident in reader.incidents()? {
            self.put_incident(&incident);
        }
        Ok(())
    }

    fn reread(&mut self, reader: Reader<'_>, nouns: &HashSet<(Kind, Uuid)>) -> Result<()> {
        for &(kind, id) in nouns {
            match kind {
                Kind::Unit => match reader.unit(UnitId(id))? {
                    Some(unit) => self.put_unit(&unit),
                    None => drop(self.units.remove(id)),
                },
                Kind::Person => match reader.person(PersonId(id))? {
                    Some(person) => self.put_person(&person),
                    None => {
                        let slot = self.people.remove(id);
                        self.roll.forget(slot);
                    }
                },
                Kind::Incident => match reader.incident(IncidentId(id))? {
                    Some(incident) => self.put_incident(&incident),
                    None => drop(self.incidents.remove(id)),
                },
                _ => {}
            }
        }
        if nouns.iter().any(|(kind, _)| *kind == Kind::Unit) {
            let units = reader.units()?;
            let slots: Vec<Place> = units.iter().map(|u| self.units.slot(u.id.0)).collect();
            self.places = vec![0; self.units.len()];
            for (place, slot) in (0..).zip(slots) {
                self.places[slot as usize] = place;
            }
        }
        Ok(())
    }

    fn put_unit(&mut self, unit: &Unit) {
        // The code comes first: it is looked for there. Other names are those of before, too.
        let also = [&unit.code, &unit.short_name, &unit.address, &unit.note];
        let also = also.map(|text| text.as_deref().unwrap_or_default());
        let texts = Texts {
            title: &unit.name,
            beside: &[also.join(" "), unit.aliases.join(" ")].join(" "),
            has_initials: false,
            numbers: &[],
            aside: unit.code.as_deref().unwrap_or_default(),
        };
        self.units.put(unit.id.0, None, &texts);
    }

    fn put_person(&mut self, person: &Person) {
        let also = [&person.email, &person.title, &person.note];
        // Who has leave is found by it: with its days, until it is over.
        let now = self.now;
        let ahead = || person.away.iter().filter(move |(_, to)| *to > now);
        let away = ahead().map(|(from, to)| {
            let days = [from.day(), to.plus(-1).day()];
            let words = Messages::of(Language::En).text("call_away");
            format!(
                " {} {words} {}",
                vietnamese().text("call_away"),
                days.join(" ")
            )
        });
        let away: String = away.collect();
        self.leave.extend(ahead().map(|(_, to)| (*to, person.id)));
        match ahead().next() {
            Some(_) => drop(
                self.away
                    .insert(person.id, joined(ahead().copied().collect())),
            ),
            None => drop(self.away.remove(&person.id)),
        }
        let numbers = person.mobiles.iter().chain(&person.landline);
        let number = person.number().map(ToString::to_string);
        let texts = Texts {
            title: &person.full_name,
            beside: &[
                also.map(|text| text.as_deref().unwrap_or_default())
                    .join(" "),
                away,
            ]
            .concat(),
            has_initials: true,
            numbers: &numbers.map(|number| number.digits()).collect::<Vec<_>>(),
            aside: number.as_deref().unwrap_or_default(),
        };
        let unit = self.units.slot(person.unit.0);
        let slot = self.people.put(person.id.0, Some(unit), &texts);
        self.roll.forget(slot);
    }

    fn put_incident(&mut self, incident: &Incident) {
        let texts = Texts {
            title: &incident.title,
            beside: &incident.number,
            has_initials: false,
            numbers: &[],
            aside: &incident.number,
        };
        let unit = self.units.slot(incident.unit.0);
        self.incidents.put(incident.id.0, Some(unit), &texts);
    }

    /// What the words find, the best of it and so much at most. Accents and case do not matter;
    /// words may be begun only, and stand in any order. Who is called by a word comes before
    /// whose family is; three or more digits find numbers that contain them, initials find names
    /// (`nvh`). One or two letters find people and units only. Of equal worth are units before
    /// people, incidents, and lines, newest first.
    ///
    /// The directory is that of the last [`Finder::refresh`], the lines are those of the book.
    ///
    /// # Errors
    /// Those of the store.
    pub fn find(&self, reader: Reader<'_>, typed: &str, limit: usize) -> Result<Vec<Hit>> {
        let query = Query::new(typed);
        if query.words.is_empty() {
            return Ok(Vec::new());
        }
        let mut best = TopHits::new(limit);
        let units = self.unit_strengths(&query);
        self.find_units(&query, &mut best);
        self.find_people(&query, &units, |slot, points| {
            let place = self.people.card(slot).id.as_u128();
            best.see(Rank::new(points, Found::Person, place, slot));
        });
        if !query.is_short() {
            matches(&self.incidents, &query, &units, |slot, points, card| {
                best.see(Rank::new(points, Found::Incident, card.id.as_u128(), slot));
            });
        }
        let (lines, points): (Vec<Entry>, Vec<u32>) =
            lines(reader, &query, typed)?.into_iter().unzip();
        for (at, points) in (0..).zip(points) {
            best.see(Rank::new(points, Found::Entry, u128::from(at), at));
        }
        if best.is_empty() {
            self.find_slips(&query, &mut best);
        }
        let hits = best.in_order().map(|worth| self.hit(worth, &lines));
        Ok(hits.collect())
    }

    fn find_units(&self, query: &Query, best: &mut TopHits) {
        let code = format!(" {}", query.whole);
        matches(&self.units, query, &[], |slot, points, card| {
            let has_code = self.units.text(card, Text::Beside).starts_with(&code)
                && fold(self.units.text(card, Text::Aside)) == query.whole;
            let points = points + if has_code { CODE } else { 0 };
            let place = self.places.get(slot as usize).copied();
            let place = place.unwrap_or(u32::MAX).into();
            best.see(Rank::new(points, Found::Unit, place, slot));
        });
    }

    /// People and units whose name has each word but for a slip of the pen in some: when nothing
    /// is found otherwise.
    fn find_slips(&self, query: &Query, best: &mut TopHits) {
        for (kind, names) in [(Found::Unit, &self.units), (Found::Person, &self.people)] {
            for (slot, card) in names.cards().filter(|(_, card)| card.is_listed()) {
                let title = names.text(card, Text::Title);
                let has = |word: &Word| word.strength_in(title) > 0;
                if query
                    .words
                    .iter()
                    .all(|word| has(word) || word.nearly_in(title))
                {
                    let exact = query.words.iter().filter(|word| has(word)).count();
                    best.see(Rank::new(exact as u32, kind, card.id.as_u128(), slot));
                }
            }
        }
    }

    fn find_people(&self, query: &Query, units: &[Vec<u8>], mut found: impl FnMut(Place, u32)) {
        let mut dialled = match &query.digits {
            Some(digits) => self.people.dialled(digits),
            None => Vec::new(),
        };
        matches(&self.people, query, units, |slot, points, card| {
            let title = self.people.text(card, Text::Title);
            let given = title.rsplit(' ').next().unwrap_or_default();
            let called = query.words.iter().map(|word| match &word.folded {
                known if known == given => GIVEN,
                known if given.starts_with(known.as_str()) => GIVEN_BEGUN,
                _ => 0,
            });
            let named = points + called.max().unwrap_or(0);
            let dialled = dialled.get_mut(slot as usize).map_or(0, std::mem::take);
            found(slot, named.max(dialled.into()));
        });
        for (slot, points) in (0..).zip(dialled).filter(|(_, points)| *points > 0) {
            found(slot, points.into());
        }
    }

    /// What each word is worth to those of a unit, by the unit's slot.
    fn unit_strengths(&self, query: &Query) -> Vec<Vec<u8>> {
        let words = query.words.iter();
        words
            .map(|word| {
                let strengths = self.units.strengths(word);
                strengths.into_iter().map(beside).collect()
            })
            .collect()
    }

    fn hit(&self, worth: Rank, lines: &[Entry]) -> Hit {
        let kind = worth.kind();
        let names = match kind {
            Found::Unit => &self.units,
            Found::Person => &self.people,
            Found::Incident => &self.incidents,
            Found::Entry => return line_hit(&lines[worth.number() as usize]),
        };
        let card = names.card(worth.number());
        let aside = names.text(card, Text::Aside);
        let unit = match card.unit {
            Some(unit) => self.units.text(self.units.card(unit), Text::Shown),
            None => "",
        };
        Hit {
            kind,
            id: card.id.to_string(),
            title: names.text(card, Text::Shown).to_owned(),
            detail: match kind {
                Found::Incident => format!("{aside} · {unit}"),
                Found::Person if aside.is_empty() => unit.to_owned(),
                Found::Person => format!("{unit} · {aside}"),
                _ => aside.to_owned(),
            },
            away_until: match kind {
                Found::Person => self.away.get(&PersonId(card.id)).and_then(|spans| {
                    let mut spans = spans.iter();
                    let now = spans.find(|(from, to)| *from <= self.now && self.now < *to);
                    now.map(|(_, to)| *to)
                }),
                _ => None,
            },
        }
    }

    /// The people by the order of a Vietnamese list of names, those at `offset` and after it, so
    /// many at most; all people, or those that the words of a filter find as in [`Finder::find`].
    pub fn people(&mut self, filter: &str, offset: usize, limit: usize) -> Page {
        self.roll.call(&self.people);
        let query = Query::new(filter);
        let fits: Vec<bool> = match query.words.is_empty() {
            true => self
                .people
                .cards()
                .map(|(_, card)| card.is_listed())
                .collect(),
            false => {
                let mut fits = vec![false; self.people.len()];
                let units = self.unit_strengths(&query);
                self.find_people(&query, &units, |slot, _| fits[slot as usize] = true);
                fits
            }
        };
        let order = self.roll.order.iter();
        let fitting: Vec<Place> = order.copied().filter(|&slot| fits[slot as usize]).collect();
        let page = fitting.iter().skip(offset).take(limit);
        Page {
            total: fitting.len(),
            ids: page
                .map(|&slot| PersonId(self.people.card(slot).id))
                .collect(),
        }
    }
}

impl Roll {
    /// Somebody's name may be another.
    fn forget(&mut self, slot: Place) {
        if let Some(key) = self.keys.get_mut(slot as usize) {
            *key = None;
        }
        self.is_stale = true;
    }

    /// Puts everybody in order again. What was in order before costs little.
    fn call(&mut self, people: &NameIndex) {
        if !std::mem::take(&mut self.is_stale) {
            return;
        }
        let known = self.keys.len() as Place;
        self.keys.resize(people.len(), None);
        self.order.extend(known..people.len() as Place);
        for &slot in &self.order {
            let name = || people.text(people.card(slot), Text::Shown);
            self.keys[slot as usize].get_or_insert_with(|| name_key(name()).into());
        }
        self.order.sort_by(|&a, &b| {
            let key = |slot: Place| (&self.keys[slot as usize], people.card(slot).id);
            key(a).cmp(&key(b))
        });
    }
}

/// Every card that has all words, or whose unit has those it has not, with its points.
fn matches(
    names: &NameIndex,
    query: &Query,
    units: &[Vec<u8>],
    mut found: impl FnMut(Place, u32, &Card),
) {
    // The longest word leaves the fewest cards for the others to be looked for.
    let words = query.words.iter().enumerate();
    let Some((lead, word)) = words.max_by_key(|(_, word)| word.folded.len()) else {
        return;
    };
    let of_unit = |word: usize, card: &Card| {
        let unit = card.unit.zip(units.get(word));
        unit.map_or(0, |(unit, strengths)| strengths[unit as usize])
    };
    let leads = names.strengths(word);
    for (slot, card) in names.cards().filter(|(_, card)| card.is_listed()) {
        let led = leads[slot as usize].max(of_unit(lead, card));
        if led == 0 {
            continue;
        }
        let mut points = u32::from(led);
        let mut best = led;
        let mut others = query.words.iter().enumerate().filter(|(at, _)| *at != lead);
        let has_all = others.all(|(at, word)| {
            let strength = names.strength(card, word).max(of_unit(at, card));
            points += u32::from(strength);
            best = best.max(strength);
            strength > 0
        });
        if has_all {
            let (title, shown) = (names.text(card, Text::Title), names.text(card, Text::Shown));
            found(slot, points + query.bonus(title, shown, best), card);
        }
    }
}

/// The lines that have all words, newest first, each with its points; last the one whose name
/// was typed, when it was.
fn lines(reader: Reader<'_>, query: &Query, typed: &str) -> Result<Vec<(Entry, u32)>> {
    let mut lines = Vec::new();
    if !query.is_short() {
        for entry in reader.lines_with(&query.whole, LINES)? {
            let points = query.worth_of_line(&entry.text);
            lines.push((entry, points));
        }
    }
    // A name with a hyphen may be a line's: `DLK-148`.
    if let Ok(entry) = Line::parse(typed, "").and_then(|line| reader.line(&line)) {
        lines.push((entry, u32::MAX));
    }
    Ok(lines)
}

fn line_hit(entry: &Entry) -> Hit {
    let line = entry.line();
    Hit {
        kind: Found::Entry,
        id: line.to_string(),
        detail: match &entry.corrected_by {
            Some(by) => format!("{line} · {} → {by}", entry.occurred_at),
            None => format!("{line} · {}", entry.occurred_at),
        },
        title: entry.text.clone(),
        away_until: None,
    }
}
