//! What the page may ask for: one file per noun or room. Each asks the core and gives what
//! the core shows.

pub mod book;
pub mod directory;
pub mod drill;
pub mod export;
pub mod find;
pub mod frame;
pub mod handover;
pub mod imports;
pub mod incident;
pub mod log;
pub mod notice;
pub mod now;
pub mod person;
pub mod privacy;
pub mod roster;
pub mod rota;
pub mod rules;
pub mod settings;
pub mod sheet;
pub mod start;
pub mod unit;
pub mod update;

use tauri::State;

use crate::state::AppState;

/// The program's state, as a command gets it.
type Shared<'a> = State<'a, AppState>;
