//! A list of units, read against the units of the book.

use std::collections::{HashMap, HashSet};
use uuid::Uuid;

use super::heading::Field;
use super::{Expected, Rejected, Table};
use crate::id::UnitId;
use crate::text::{fold, one_line};
use crate::unit::{Group, Register, Unit};

/// Vietnamese names of the groups, as they are written out and read back.
const GROUP_NAMES: &[(Group, &[&str])] = &[
    (
        Group::Party,
        &["Tỉnh ủy và đoàn thể", "Đảng, đoàn thể", "Khối Đảng"],
    ),
    (Group::Assembly, &["Đoàn ĐBQH và HĐND"]),
    (Group::Department, &["Sở, ban, ngành", "Các sở, ban, ngành"]),
    (
        Group::District,
        &["UBND huyện, thị xã, thành phố", "UBND cấp huyện"],
    ),
    (Group::Commune, &["UBND xã, phường", "UBND cấp xã"]),
    (
        Group::Telecom,
        &["Bưu chính, viễn thông, internet", "Bưu chính, viễn thông"],
    ),
    (Group::Police, &["Công an"]),
    (Group::Polling, &["Điểm, tổ bầu cử", "Tổ bầu cử"]),
    (Group::Other, &["Khác"]),
];

/// The Vietnamese name of a group.
#[must_use]
pub fn group_name(group: Group) -> &'static str {
    GROUP_NAMES
        .iter()
        .find(|(known, _)| *known == group)
        .map_or("", |(_, names)| names[0])
}

/// The group that a text names.
pub(super) fn read_group(text: &str) -> Option<Group> {
    let folded = fold(text);
    Group::parse(text).ok().or_else(|| {
        GROUP_NAMES
            .iter()
            .find(|(_, names)| names.iter().any(|name| fold(name) == folded))
            .map(|(group, _)| *group)
    })
}

/// What a list of units would do.
#[derive(Debug)]
pub struct Plan {
    /// The units as they would be; new ones have a nil id until they are written.
    pub units: Vec<Unit>,
    /// For each of them, the name or code of the unit it belongs to.
    pub parents: Vec<Option<String>>,
    /// The place in the table of every row that was taken, and that in the list of the unit it
    /// speaks of.
    pub rows: Vec<(usize, usize)>,
    /// Rows turned away.
    pub rejected: Vec<Rejected>,
}

/// Reads a list of units against the known ones: by code, else by folded name. An empty cell
/// leaves what is known.
#[must_use]
pub fn plan(table: &Table, known: &[Unit]) -> Plan {
    let register = Register::new(known);
    let by_name: HashMap<String, &Unit> =
        known.iter().map(|unit| (fold(&unit.name), unit)).collect();
    let (mut codes, mut names) = (HashSet::new(), HashSet::new());
    let mut rejected = Vec::new();
    let mut lines = Vec::new();
    for line in table.lines() {
        match line {
            Ok(line) => lines.push(line),
            Err(why) => rejected.push(*why),
        }
    }
    let in_list: HashSet<String> = lines
        .iter()
        .flat_map(|row| {
            [Field::UnitCode, Field::Unit, Field::ShortName].map(|field| row.get(&[field]))
        })
        .flatten()
        .map(|text| fold(&text))
        .collect();
    let mut plan = Plan {
        units: Vec::new(),
        parents: Vec::new(),
        rows: Vec::new(),
        rejected,
    };
    for row in lines {
        let code = row
            .get(&[Field::UnitCode])
            .map(|code| one_line(code.trim_start_matches('\'')));
        let Some(name) = row.get(&[Field::Unit]).map(|name| one_line(&name)) else {
            plan.rejected
                .push(row.reject(&[Field::Unit], Expected::Name));
            continue;
        };
        if code
            .as_ref()
            .is_some_and(|code| !codes.insert(code.to_ascii_uppercase()))
        {
            plan.rejected
                .push(row.reject(&[Field::UnitCode], Expected::Unique));
            continue;
        }
        if !names.insert(fold(&name)) && code.is_none() {
            plan.rejected
                .push(row.reject(&[Field::Unit], Expected::Unique));
            continue;
        }
        let old = code
            .as_ref()
            .and_then(|code| register.with_code(code))
            // With a code on both sides the name tells nothing: polling groups share theirs.
            .or_else(|| {
                let named = by_name.get(&fold(&name)).copied();
                named.filter(|unit| code.is_none() || unit.code.is_none())
            });
        let group = row.get(&[Field::Group]);
        let group = match (&group, old) {
            (Some(text), _) => read_group(text),
            (None, Some(old)) => Some(old.group),
            (None, None) => None,
        };
        let Some(group) = group else {
            plan.rejected
                .push(row.reject(&[Field::Group], Expected::Group));
            continue;
        };
        let mut unit = old
            .cloned()
            .unwrap_or_else(|| Unit::new(UnitId(Uuid::nil()), name.clone(), group));
        unit.name = name;
        unit.group = group;
        unit.code = code.or(unit.code);
        for (field, value) in [
            (Field::ShortName, &mut unit.short_name),
            (Field::Phone, &mut unit.phone),
            (Field::Email, &mut unit.email),
            (Field::Address, &mut unit.address),
            (Field::Note, &mut unit.note),
        ] {
            if let Some(given) = row.get(&[field]) {
                *value = Some(match field {
                    // Programs that open our text keep the mark that guards a number.
                    Field::Phone => given.trim_start_matches('\'').to_owned(),
                    _ => given,
                });
            }
        }
        let parent = row.get(&[Field::Parent]);
        if let Some(given) = &parent
            && register.find(given).is_err()
            && !in_list.contains(&fold(given))
        {
            plan.rejected
                .push(row.reject(&[Field::Parent], Expected::KnownUnit));
            continue;
        }
        plan.rows.push((row.at(), plan.units.len()));
        plan.units.push(unit.in_one_form());
        plan.parents.push(parent);
    }
    plan.rejected.sort_by_key(|rejected| rejected.at);
    plan
}
