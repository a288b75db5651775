//! What there is to know of many rows at once, told in one line.

use crate::sheet::Warning;

/// So many warnings of a kind are told one by one; more are told together.
const ONE_BY_ONE: usize = 8;

/// Warnings of one kind about one column of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummedWarning<'a> {
    /// The first of them.
    pub first: &'a Warning,
    /// How many there are.
    pub count: usize,
    /// The last row of them, as a spreadsheet counts.
    pub last: usize,
}

/// Warnings as they are told to people: where many are of one kind, these as one, in the place of
/// the first.
#[must_use]
pub fn summed(warnings: &[Warning]) -> Vec<SummedWarning<'_>> {
    let kind = |one: &Warning| {
        (
            one.notice,
            one.file.clone(),
            one.sheet.clone(),
            one.column.clone(),
        )
    };
    let mut kinds: Vec<(_, SummedWarning<'_>)> = Vec::new();
    let mut places = Vec::with_capacity(warnings.len());
    for warning in warnings {
        let this = kind(warning);
        match kinds.iter().position(|(known, _)| *known == this) {
            Some(place) => {
                let sum = &mut kinds[place].1;
                sum.count += 1;
                sum.last = sum.last.max(warning.row);
                places.push((place, false));
            }
            None => {
                let sum = SummedWarning {
                    first: warning,
                    count: 1,
                    last: warning.row,
                };
                places.push((kinds.len(), true));
                kinds.push((this, sum));
            }
        }
    }
    let told = warnings.iter().zip(places);
    let told = told.filter_map(|(warning, (place, is_first))| {
        let sum = kinds[place].1;
        match (sum.count > ONE_BY_ONE, is_first) {
            (true, true) => Some(sum),
            (true, false) => None,
            (false, _) => Some(SummedWarning {
                first: warning,
                count: 1,
                last: warning.row,
            }),
        }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Notice;

    #[test]
    fn many_of_a_kind_are_one() {
        let warning = |row: usize, notice: Notice| Warning {
            file: "a.csv".to_owned(),
            sheet: None,
            row,
            column: "Ca".to_owned(),
            value: String::new(),
            notice,
            other: None,
            at: row,
        };
        let many = (2..151).map(|row| warning(row, Notice::HoursAssumed));
        let few = [warning(5, Notice::Overlap), warning(7, Notice::Overlap)];
        let all: Vec<Warning> = many.chain(few).collect();
        let told = summed(&all).into_iter();
        let told: Vec<_> = told
            .map(|one| (one.first.row, one.last, one.count))
            .collect();
        assert_eq!(told, [(2, 150, 149), (5, 5, 1), (7, 7, 1)]);
    }
}
