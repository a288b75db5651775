//! A rota that is tried, or stands: how much it lays out, who would stand what, its weak points.

use serde::Serialize;
use specta::Type;
use std::collections::HashMap;

use super::findings::{self, FindingRow};
use super::person::PersonRef;
use crate::directory::unit::Register;
use crate::duty::coverage::Roster;
use crate::duty::rota::{PersonShare, Rota};
use crate::duty::stood::Stood;
use crate::error::Result;
use crate::store::Reader;

/// What a rota would be, or is.
#[derive(Debug, Clone, Serialize, Type)]
pub struct RotaPage {
    /// How many shifts it has.
    pub shifts: usize,
    /// How many of them are new.
    pub new: usize,
    /// How many of an earlier rota stay.
    pub kept: usize,
    /// How many of an earlier rota go.
    pub gone: usize,
    /// How many units it lays out.
    pub units: usize,
    /// What everybody who has a part in it would stand in the period, by unit and name.
    pub shares: Vec<ShareRow>,
    /// Its weak points.
    pub findings: Vec<FindingRow>,
    /// Whoever is named in them; they are named by their place here.
    pub people: Vec<PersonRef>,
}

/// What one person would stand.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ShareRow {
    /// Who.
    pub full_name: String,
    /// Of which unit.
    pub unit: String,
    /// What.
    pub stood: Stood,
}

/// What there is to say of a rota.
///
/// # Errors
/// Those of the store.
pub fn page(book: Reader<'_>, roster: &Roster, rota: &Rota) -> Result<RotaPage> {
    let people: HashMap<_, _> = roster.people.iter().map(|one| (one.id, one)).collect();
    let register = Register::new(&roster.units);
    let share = |share: &PersonShare| {
        let person = people.get(&share.person)?;
        Some(ShareRow {
            full_name: person.full_name.clone(),
            unit: register.get(person.unit)?.name.clone(),
            stood: share.stood,
        })
    };
    let found = findings::of_rota(book, roster, &rota.findings)?;
    Ok(RotaPage {
        shifts: rota.shifts(),
        new: rota.new.len(),
        kept: rota.kept.len(),
        gone: rota.gone.len(),
        units: rota.units(),
        shares: rota.shares.iter().filter_map(share).collect(),
        findings: found.rows,
        people: found.people,
    })
}
