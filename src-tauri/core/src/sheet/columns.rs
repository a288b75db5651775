//! What the columns of a list hold, by all its headings together, and of whom.

use super::heading::{Field, List, Reading, in_full, understand};
use crate::text::fold;

/// The field of each heading. The first heading of a field counts, but all of those with numbers,
/// and all of a person where a row speaks of several; `wishes` says otherwise for some.
#[must_use]
pub fn map(
    headings: &[String],
    list: List,
    wishes: &[(String, Option<Field>)],
) -> Vec<Option<Field>> {
    let wished: Vec<Option<Option<Field>>> = headings
        .iter()
        .map(|heading| {
            let said = wishes.iter().find(|(of, _)| fold(of) == fold(heading));
            said.map(|(_, field)| *field)
        })
        .collect();
    if list != List::People {
        return first_of_each(headings, list, &wished);
    }
    let mut columns = several(headings, &wished).unwrap_or_else(|| {
        let mut columns = first_of_each(headings, list, &wished);
        prefer_own_address(headings, &wished, &mut columns);
        leave_out_others(headings, &mut columns);
        columns
    });
    tell_desks(headings, &wished, &mut columns);
    columns
}

/// Of whom each column is: 0 is the first person of a row. A field that a person has already
/// begins the next one, where there are several names.
pub(super) fn whose(fields: &[Option<Field>]) -> Vec<usize> {
    let count = |of: Field| fields.iter().filter(|field| **field == Some(of)).count();
    if count(Field::FullName) < 2 {
        return vec![0; fields.len()];
    }
    // A list laid out in two halves names a unit in each.
    let halves = count(Field::Unit) > 1;
    let is_personal = |field: &Field| field.is_personal() || halves && *field == Field::Unit;
    let mut who = 0;
    let mut held: Vec<Field> = Vec::new();
    let mut of = |field: Field| {
        if !field.is_many() && held.contains(&field) {
            who += 1;
            held.clear();
        }
        held.push(field);
        who
    };
    fields
        .iter()
        .map(|field| field.filter(is_personal).map_or(0, &mut of))
        .collect()
}

/// What somebody said that a column holds, or that it holds nothing of ours.
type Wished = Option<Option<Field>>;

fn first_of_each(headings: &[String], list: List, wished: &[Wished]) -> Vec<Option<Field>> {
    let mut columns: Vec<Option<Field>> = wished.iter().map(|field| field.flatten()).collect();
    for reading in [Reading::Strict, Reading::Loose] {
        for (at, heading) in headings.iter().enumerate() {
            if columns[at].is_none() && wished[at].is_none() {
                columns[at] = understand(heading, list, reading)
                    .filter(|field| field.is_many() || !columns.contains(&Some(*field)));
            }
        }
    }
    columns
}

/// The columns of a list whose rows speak of several people, each with a name and a number.
fn several(headings: &[String], wished: &[Wished]) -> Option<Vec<Option<Field>>> {
    let mut columns = first_of_each(headings, List::People, wished);
    for (at, heading) in headings.iter().enumerate() {
        if columns[at].is_none() && wished[at].is_none() {
            let strict = understand(heading, List::People, Reading::Strict);
            columns[at] = understand(heading, List::People, Reading::Loose)
                .filter(|field| field.is_personal() || strict == Some(Field::Unit));
        }
    }
    let who = whose(&columns);
    let people = who.iter().max().map_or(0, |last| last + 1);
    let has = |one: usize, fields: &[Field]| {
        let of = |(field, who): (&Option<Field>, &usize)| {
            *who == one && field.is_some_and(|field| fields.contains(&field))
        };
        columns.iter().zip(&who).any(of)
    };
    let each = (0..people)
        .all(|one| has(one, &[Field::FullName]) && has(one, &[Field::Mobile, Field::Landline]));
    (people > 1 && each).then_some(columns)
}

/// An address of one's own counts before that of the office, which may stand first.
fn prefer_own_address(headings: &[String], wished: &[Wished], columns: &mut [Option<Field>]) {
    let is_address = |at: &usize| {
        wished[*at].is_none()
            && understand(&headings[*at], List::People, Reading::Loose) == Some(Field::Email)
    };
    let of_office = |at: &usize| {
        let heading = format!(" {} ", fold(&headings[*at]));
        [" don vi ", " co quan ", " chung "]
            .iter()
            .any(|word| heading.contains(word))
    };
    let all: Vec<usize> = (0..headings.len()).filter(is_address).collect();
    if let Some(first) = all
        .iter()
        .find(|at| columns[**at].is_some())
        .filter(|at| of_office(at))
        && let Some(own) = all.iter().find(|at| !of_office(at))
    {
        columns[*first] = None;
        columns[*own] = Some(Field::Email);
    }
}

/// "Điện thoại" beside "Di động" is the desk's.
fn tell_desks(headings: &[String], wished: &[Wished], columns: &mut [Option<Field>]) {
    if columns.contains(&Some(Field::Landline)) {
        return;
    }
    let hand = |at: &usize| {
        let text = in_full(&fold(&headings[*at]));
        text.contains("di dong") || text.contains("mobile")
    };
    let mobiles: Vec<usize> = (0..columns.len())
        .filter(|at| columns[*at] == Some(Field::Mobile) && wished[*at].is_none())
        .collect();
    if mobiles.iter().any(hand) {
        for at in mobiles.into_iter().filter(|at| !hand(at)) {
            columns[at] = Some(Field::Landline);
        }
    }
}

/// Words in a heading that say that another person is meant than the one the row is about.
const OTHERS: &[&str] = &[
    "lanh dao",
    "du phong",
    "thay the",
    "cap pho",
    "thu truong",
    "nguoi dung dau",
    "giam doc",
    "chu tich",
];

/// Leaves out what is of another person than the first who is named: their name, and the numbers
/// behind it. A given name without another is the name.
fn leave_out_others(headings: &[String], columns: &mut [Option<Field>]) {
    let Some(name) = columns
        .iter()
        .position(|field| *field == Some(Field::FullName))
    else {
        for field in columns
            .iter_mut()
            .filter(|field| **field == Some(Field::GivenName))
        {
            *field = Some(Field::FullName);
        }
        return;
    };
    let mut name = name;
    let mut second = (0..columns.len()).find(|at| {
        *at != name
            && columns[*at].is_none()
            && understand(&headings[*at], List::People, Reading::Loose) == Some(Field::FullName)
    });
    if let Some(next) = second.filter(|next| *next > name) {
        let numbers =
            |field: &Option<Field>| matches!(field, Some(Field::Mobile | Field::Landline));
        // Whose numbers follow is meant.
        if !columns[name..next].iter().any(numbers) && columns[next..].iter().any(numbers) {
            (columns[name], columns[next]) = (None, Some(Field::FullName));
            (name, second) = (next, None);
        }
    }
    let named = fold(&headings[name]);
    for at in 0..columns.len() {
        let is_of_one = matches!(
            columns[at],
            Some(Field::Mobile | Field::Landline | Field::Email | Field::Title)
        );
        let heading = fold(&headings[at]);
        let other = OTHERS
            .iter()
            .any(|word| heading.contains(word) && !named.contains(word));
        let behind = second.is_some_and(|second| at > second && second > name);
        if is_of_one && (other || behind) {
            columns[at] = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headings: &[&str]) -> Vec<Option<Field>> {
        let headings: Vec<String> = headings.iter().map(|text| (*text).to_owned()).collect();
        map(&headings, List::People, &[])
    }

    #[test]
    fn a_plain_number_beside_a_mobile_is_the_desk_s() {
        assert_eq!(
            of(&["Điện thoại", "Di động"]),
            [Some(Field::Landline), Some(Field::Mobile)]
        );
        assert_eq!(
            of(&["SĐT 1", "SĐT 2"]),
            [Some(Field::Mobile), Some(Field::Mobile)]
        );
        assert_eq!(
            of(&["Cơ quan", "ĐT cơ quan"]),
            [Some(Field::Unit), Some(Field::Landline)]
        );
    }

    #[test]
    fn several_people_stand_side_by_side() {
        let people = |headings: &[&str]| whose(&of(headings));
        let two = [
            "Đơn vị",
            "Chức vụ",
            "Đầu mối chính",
            "SĐT",
            "Chức vụ",
            "Đầu mối dự phòng",
            "SĐT",
            "Ghi chú",
        ];
        assert_eq!(people(&two), [0, 0, 0, 0, 1, 1, 1, 0]);
        assert_eq!(
            people(&["Họ tên", "SĐT", "Email", "Họ tên", "Di động"]),
            [0, 0, 0, 1, 1]
        );
        let halves = ["Đơn vị", "Họ tên", "SĐT", "TT", "Đơn vị", "Họ tên", "SĐT"];
        assert_eq!(people(&halves), [0, 0, 0, 0, 1, 1, 1]);
        // A name without a number of its own is not somebody who answers.
        let one = of(&["Họ tên", "Người phụ trách", "SĐT"]);
        assert_eq!(whose(&one), [0, 0, 0]);
        let numbered = of(&["Họ tên", "SĐT", "SĐT lãnh đạo"]);
        assert_eq!(numbered, [Some(Field::FullName), Some(Field::Mobile), None]);
    }
}
