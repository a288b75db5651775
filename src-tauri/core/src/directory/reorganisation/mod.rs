//! Units that are renamed, merged or split, and what then becomes of their people.

pub mod import;
mod write;
