//! What the columns of a list hold, by all its headings together, and of whom.

use crate::heading::{Field, List, Reading, in_full, understand};
use crate::part::{Part, other_words};
use sotruc_base::text::fold;

/// What the columns of a list hold, and of whom: 0 is the first person of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// What each holds; `None` when it is left out.
    pub fields: Vec<Option<Field>>,
    /// Of whom, where a row speaks of several people.
    pub who: Vec<usize>,
}

/// What each heading stands over. The first heading of a field counts, but all of those with
/// numbers, and all of a person where a row speaks of several; `options` says otherwise for some.
#[must_use]
pub fn map(headings: &[String], list: List, options: &[(String, Option<Field>)]) -> Columns {
    let wished: Vec<Wished> = headings
        .iter()
        .map(|heading| {
            let said = options.iter().find(|(of, _)| fold(of) == fold(heading));
            said.map(|(_, field)| *field)
        })
        .collect();
    let several = match list {
        List::People => several(headings, &wished),
        List::Units | List::Roster | List::Succession | List::Leave => None,
    };
    several.unwrap_or_else(|| Columns {
        fields: match list {
            List::People => of_one(headings, &wished),
            List::Units | List::Roster | List::Succession | List::Leave => {
                first_of_each(headings, list, &wished)
            }
        },
        who: vec![0; headings.len()],
    })
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

/// The columns of a list whose rows speak of one person.
fn of_one(headings: &[String], wished: &[Wished]) -> Vec<Option<Field>> {
    let mut columns = first_of_each(headings, List::People, wished);
    prefer_own_address(headings, wished, &mut columns);
    leave_out_others(headings, &mut columns);
    tell_desks(headings, wished, &mut columns);
    columns
}

/// The columns of a list whose rows speak of several people, each with a name and a number: side
/// by side they are read as lists of one person each.
fn several(headings: &[String], wished: &[Wished]) -> Option<Columns> {
    let meant: Vec<Option<Field>> = headings
        .iter()
        .zip(wished)
        .map(|(heading, wished)| {
            wished.unwrap_or_else(|| understand(heading, List::People, Reading::Loose))
        })
        .collect();
    let names = (0..meant.len()).filter(|at| meant[*at] == Some(Field::FullName));
    // What stands between the last number of one and the name of the next is of the next.
    let mut begins = vec![0];
    for name in names.skip(1) {
        let from = *begins.last()?;
        let ends = |at: &usize| {
            matches!(
                meant[*at],
                Some(Field::Mobile | Field::Landline | Field::Email)
            )
        };
        begins.push((from..name).rev().find(ends)? + 1);
    }
    if begins.len() < 2 {
        return None;
    }
    let mut columns = Columns::default();
    for (who, from) in begins.iter().enumerate() {
        let to = begins.get(who + 1).copied().unwrap_or(headings.len());
        let fields = of_one(&headings[*from..to], &wished[*from..to]);
        let has = |any: &[Field]| fields.iter().flatten().any(|field| any.contains(field));
        if !has(&[Field::FullName]) || !has(&[Field::Mobile, Field::Landline]) {
            return None;
        }
        for (at, field) in fields.into_iter().enumerate() {
            // A list laid out in two halves names a unit in each.
            let strict = || understand(&headings[from + at], List::People, Reading::Strict);
            let own = |field: &Field| {
                field.is_personal() || *field == Field::Unit && strict() == Some(Field::Unit)
            };
            let said = |field: &Field| columns.fields.contains(&Some(*field));
            let field = field.filter(|field| own(field) || !said(field));
            columns
                .who
                .push(match field.is_some_and(|field| own(&field)) {
                    true => who,
                    false => 0,
                });
            columns.fields.push(field);
        }
    }
    Some(columns)
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

/// Positions in a heading that say that another person is meant than the one the row is about.
const OTHERS: &[&str] = &[
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
        let other = [Part::Leader, Part::Backup]
            .into_iter()
            .flat_map(other_words)
            .chain(OTHERS.iter().copied())
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
    use Field::{Email, FullName, Landline, Mobile, Note, Title, Unit};

    fn of(headings: &[&str]) -> Columns {
        let headings: Vec<String> = headings.iter().map(|text| (*text).to_owned()).collect();
        map(&headings, List::People, &[])
    }

    #[test]
    fn a_plain_number_beside_a_mobile_is_the_desk_s() {
        let check = |headings: &[&str], expect: [Field; 2]| {
            assert_eq!(of(headings).fields, expect.map(Some), "{headings:?}");
        };
        check(&["Điện thoại", "Di động"], [Landline, Mobile]);
        check(&["SĐT 1", "SĐT 2"], [Mobile, Mobile]);
        check(&["Cơ quan", "ĐT cơ quan"], [Unit, Landline]);
    }

    #[test]
    fn several_people_stand_side_by_side() {
        let check = |headings: &[&str], expect: &[Option<(Field, usize)>]| {
            let columns = of(headings);
            let told: Vec<_> = columns
                .fields
                .iter()
                .zip(&columns.who)
                .map(|(field, who)| field.map(|field| (field, *who)))
                .collect();
            assert_eq!(told, expect, "{headings:?}");
        };
        check(
            &[
                "Đơn vị",
                "Chức vụ",
                "Đầu mối chính",
                "SĐT",
                "Chức vụ",
                "Đầu mối dự phòng",
                "SĐT",
                "Ghi chú",
            ],
            &[
                Some((Unit, 0)),
                Some((Title, 0)),
                Some((FullName, 0)),
                Some((Mobile, 0)),
                Some((Title, 1)),
                Some((FullName, 1)),
                Some((Mobile, 1)),
                Some((Note, 0)),
            ],
        );
        check(
            &[
                "Họ tên",
                "SĐT",
                "Email",
                "Email cơ quan",
                "Họ tên",
                "Di động",
            ],
            &[
                Some((FullName, 0)),
                Some((Mobile, 0)),
                Some((Email, 0)),
                None,
                Some((FullName, 1)),
                Some((Mobile, 1)),
            ],
        );
        check(
            &["Đơn vị", "Họ tên", "SĐT", "TT", "Đơn vị", "Họ tên", "SĐT"],
            &[
                Some((Unit, 0)),
                Some((FullName, 0)),
                Some((Mobile, 0)),
                None,
                Some((Unit, 1)),
                Some((FullName, 1)),
                Some((Mobile, 1)),
            ],
        );
        // Neither a name without a number nor a number of somebody else is another contact.
        check(
            &[
                "Đầu mối chính",
                "SĐT",
                "Đầu mối dự phòng",
                "SĐT",
                "SĐT lãnh đạo",
            ],
            &[
                Some((FullName, 0)),
                Some((Mobile, 0)),
                Some((FullName, 1)),
                Some((Mobile, 1)),
                None,
            ],
        );
        check(
            &["Họ tên", "Người phụ trách", "SĐT"],
            &[None, Some((FullName, 0)), Some((Mobile, 0))],
        );
        check(
            &["Họ tên", "SĐT", "SĐT lãnh đạo"],
            &[Some((FullName, 0)), Some((Mobile, 0)), None],
        );
    }
}
