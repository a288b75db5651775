//! A file on its way into the book: read once, looked at as often as somebody says how it is to be
//! read, and written as one change. What an import does, and what it counts, is said here for
//! both faces; what a row means is said by the noun that it is of.

mod fallen;
mod preview;
mod session;
mod summed;

pub use preview::{
    Alteration, Column, Fault, Foreseen, Lack, Preview, PreviewRow, PreviewRows, Remark, RowCase,
    RowResult, changed,
};
pub use session::{Columns, Copied, ImportDone, ImportSession, read_columns};
pub use summed::{SummedWarning, summed};
