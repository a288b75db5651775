//! Finding while somebody types.

use sotruc_core::directory::person::Person;
use sotruc_core::directory::person::import::Ways;
use sotruc_core::directory::unit::Unit;
use sotruc_core::search::{Finder, Hit};
use sotruc_core::sheet::{Column, Format, Row, Table};
use sotruc_core::sheet::{columns, heading::List};
use sotruc_core::text::fold;
use sotruc_core::{Mode, Result};
use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::Big;
use crate::book::{OPERATOR, Words, quantile, time_row};

/// What a keystroke may take: one frame of a screen.
pub const FRAME: Duration = Duration::from_millis(16);
/// How many finds a screen shows.
const SHOWN: usize = 20;
/// Among how many of them the right one must be.
const FIRST: usize = 10;
/// How many times one query of every sort is typed.
const ROUNDS: usize = 40;

/// Something to be typed, and the id of what it is meant to find, when it is meant to find
/// anything.
struct Query {
    typed: String,
    meant: Option<String>,
}

/// Every letter of some hundred queries over all lines and a tenth as many people; beside one
/// frame of a screen.
pub fn as_you_type(big: &mut Big) {
    let people = big.lines / 10;
    add_people(big, people);
    let queries = queries(big);
    let mut finder = Finder::default();
    let (begin, now) = (Instant::now(), big.now);
    big.book.read(|book| finder.refresh(book, now)).unwrap();
    let built = begin.elapsed();
    let (mut times, mut asked, mut right) = (Vec::new(), 0, 0);
    for query in &queries {
        let mut hits = Vec::new();
        for (at, letter) in query.typed.char_indices() {
            let typed = &query.typed[..at + letter.len_utf8()];
            let begin = Instant::now();
            hits = big
                .book
                .read(|book| -> Result<Vec<Hit>> {
                    finder.refresh(book, now)?;
                    finder.find(book, typed, SHOWN)
                })
                .unwrap();
            times.push(begin.elapsed());
        }
        if let Some(meant) = &query.meant {
            asked += 1;
            right += usize::from(hits.iter().take(FIRST).any(|hit| hit.id == *meant));
        }
    }
    let name = format!("find as you type, {people} people (p50)");
    time_row(&name, quantile(&mut times, 0.5), FRAME);
    time_row("  p99", quantile(&mut times, 0.99), FRAME);
    let per_cent = 100.0 * right as f64 / asked as f64;
    println!("  the right one in the first {FIRST}: {per_cent:.1} % of {asked}");
    println!("  the directory read into memory in {built:.0?}");
}

/// So many texts as they stand in the finder while somebody types.
pub fn query_words(big: &mut Big, count: usize) -> Vec<String> {
    let begun = |query: &Query| {
        let letters = query.typed.char_indices();
        let ends = letters.map(|(at, letter)| at + letter.len_utf8());
        ends.map(|end| query.typed[..end].to_owned())
            .collect::<Vec<_>>()
    };
    let typed: Vec<String> = queries(big).iter().flat_map(begun).collect();
    let mut words = Words(16);
    (0..count)
        .map(|_| typed[words.next(typed.len())].clone())
        .collect()
}

fn queries(big: &mut Big) -> Vec<Query> {
    let (people, units, lines) = big
        .book
        .read(|book| Ok((book.people()?, book.units()?, book.last_entries(big.lines)?)))
        .unwrap();
    let by_id: HashMap<_, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let mut words = Words(290);
    let mut queries = Vec::new();
    for _ in 0..ROUNDS {
        let person = &people[words.next(people.len())];
        queries.extend(for_person(person, by_id[&person.unit]));
        let unit = &units[words.next(units.len())];
        let named = [
            unit.name.clone(),
            fold(&unit.name),
            unit.code.clone().unwrap(),
        ];
        queries.extend(named.map(|typed| query(typed, &unit.id)));
        let line = &lines[words.next(lines.len())];
        queries.push(query(fold(&line.text), &line.line()));
        let (one, other) = (words.line().text, words.line().text);
        // Words of two lines, that may stand in none together.
        let mixed = fold(&one)
            .split(' ')
            .chain(fold(&other).split(' '))
            .filter(|word| word.len() > 3)
            .map(str::to_owned)
            .collect::<Vec<_>>();
        queries.push(Query {
            typed: format!("{} {}", mixed[0], mixed[mixed.len() / 2]),
            meant: None,
        });
    }
    queries
}

fn for_person(person: &Person, unit: &Unit) -> Vec<Query> {
    let number = person.mobiles[0].digits();
    let name = &person.full_name;
    let names: Vec<&str> = name.split(' ').collect();
    let initials: String = fold(name)
        .split(' ')
        .filter_map(|word| word.chars().next())
        .collect();
    let given = names[names.len() - 1];
    let typed = [
        format!("{name} {}", unit.name),
        fold(&format!("{name} {}", unit.name)),
        fold(&format!("{} {given}", unit.name)),
        format!("{initials} {}", fold(&unit.name)),
        number.to_owned(),
        person.mobiles[0].to_string(),
        number[4..].to_owned(),
        format!("{} {}", fold(given), &number[6..]),
    ];
    typed.map(|typed| query(typed, &person.id)).into()
}

fn query(typed: String, meant: &impl ToString) -> Query {
    Query {
        typed,
        meant: Some(meant.to_string()),
    }
}

/// Brings in so many people of a twentieth as many units, and lets the book tend to its index.
fn add_people(big: &mut Big, people: usize) {
    let mut words = Words(7);
    let units: Vec<Vec<String>> = (0..people.div_ceil(20)).map(|n| words.unit(n)).collect();
    let people = (0..people)
        .map(|n| {
            let unit = words.next(units.len());
            words.person(n, &units[unit][0])
        })
        .collect();
    let units = table(List::Units, &["Mã", "Tên đơn vị", "Nhóm"], units);
    let people = table(
        List::People,
        &["Mã đơn vị", "Họ và tên", "Chức vụ", "Di động", "Email"],
        people,
    );
    let done = big.book.transact(OPERATOR, big.now, |write| {
        let units = write.import_units(&units, Mode::AllOrNothing)?;
        let people = write.import_people(&people, &Ways::default(), Mode::AllOrNothing)?;
        Ok(units
            .rejected
            .into_iter()
            .chain(people.rejected)
            .collect::<Vec<_>>())
    });
    assert_eq!(done.unwrap(), []);
    big.book.tend(big.now).unwrap();
}

fn table(list: List, headings: &[&str], rows: Vec<Vec<String>>) -> Table {
    let headings: Vec<String> = headings.iter().map(ToString::to_string).collect();
    let fields = columns::map(&headings, list, &[]).fields;
    Table {
        file: "bench.csv".into(),
        format: Format::Csv,
        encoding: None,
        separator: None,
        legacy: None,
        list,
        sheets: vec![None],
        left_out: Vec::new(),
        passed_over: Vec::new(),
        heading_row: 1,
        columns: headings
            .into_iter()
            .zip(fields)
            .map(|(heading, field)| Column {
                heading,
                over: String::new(),
                field,
                who: 0,
            })
            .collect(),
        titles: Vec::new(),
        rows: (2..)
            .zip(rows)
            .map(|(number, cells)| Row::new(number, cells))
            .collect(),
    }
}

impl Words {
    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.next(of.len())]
    }

    fn unit(&mut self, n: usize) -> Vec<String> {
        const KINDS: &[&str] = &[
            "UBND xã",
            "UBND phường",
            "Công an xã",
            "Trạm Y tế",
            "Trường THPT",
            "Bưu điện",
            "Trung tâm Viễn thông",
            "Tổ bầu cử",
        ];
        const PLACES: &[&str] = &[
            "Buôn",
            "Ea",
            "Krông",
            "Cư",
            "Đắk",
            "Hòa",
            "Tân",
            "Phú",
            "Quảng",
            "Yang",
            "Ia",
            "Lộc",
            "Bình",
            "Thạnh",
            "Vĩnh",
            "Long",
            "Mỹ",
            "An",
            "Sơn",
            "Hưng",
            "Đức",
            "Xuân",
            "Kpam",
            "Súp",
            "M'Đrắk",
            "Thuột",
            "Hồ",
            "Búk",
            "Ana",
            "Nô",
            "Bông",
            "Pắc",
            "H'leo",
            "Toh",
        ];
        let name = format!(
            "{} {} {}",
            self.pick(KINDS),
            self.pick(PLACES),
            self.pick(PLACES)
        );
        vec![format!("X{n:05}"), name, "UBND cấp xã".into()]
    }

    fn person(&mut self, n: usize, unit: &str) -> Vec<String> {
        const FAMILIES: &[&str] = &[
            "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Phạm", "Hoàng", "Phan",
            "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "H'", "Y",
        ];
        const MIDDLES: &[&str] = &[
            "Văn", "Thị", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Quang", "Thanh", "Xuân", "Thu",
            "Hoài", "Bảo", "Gia", "Quốc", "Anh",
        ];
        const GIVEN: &[&str] = &[
            "An", "Anh", "Ánh", "Bảo", "Bích", "Bình", "Châu", "Chi", "Cường", "Dung", "Dũng",
            "Duy", "Dương", "Đạt", "Đức", "Giang", "Hà", "Hải", "Hạnh", "Hằng", "Hiền", "Hiếu",
            "Hoa", "Hòa", "Hoàng", "Hùng", "Huy", "Hương", "Hường", "Khánh", "Khương", "Kiên",
            "Lan", "Linh", "Loan", "Long", "Mai", "Minh", "Nam", "Nga", "Ngân", "Nghĩa", "Ngọc",
            "Nhung", "Oanh", "Phong", "Phúc", "Phương", "Quân", "Quỳnh", "Sơn", "Tâm", "Thảo",
            "Thắng", "Thủy", "Trang", "Trung", "Tuấn", "Vinh", "Yến",
        ];
        const TITLES: &[&str] = &["Chánh Văn phòng", "Chuyên viên", "Phó Chủ tịch", "Bảo vệ"];
        const MOBILES: &[&str] = &["090", "091", "097", "098", "086", "035", "038", "070"];
        vec![
            unit.to_owned(),
            format!(
                "{} {} {}",
                self.pick(FAMILIES),
                self.pick(MIDDLES),
                self.pick(GIVEN)
            ),
            self.pick(TITLES).to_owned(),
            format!("{}{:07}", self.pick(MOBILES), self.next(10_000_000)),
            format!("nguoi{n}@daklak.example"),
        ]
    }
}
