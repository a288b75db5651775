//! How large the sheets of an old workbook are, found out before they are read: a damaged one may
//! claim more cells than any memory holds. Source: [MS-XLS], the records of a workbook stream.

use std::io::{Cursor, Read};

/// The columns of an old sheet.
const COLUMNS: usize = 256;
/// How many cells the sheets of a workbook may span together: read, they are held twice.
const MOST: usize = 1 << 23;

/// What the records of a workbook stream say of its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// It can be read.
    Fits,
    /// It spans more cells than are read.
    Large,
    /// It has a password.
    Locked,
    /// It is none.
    Broken,
}

/// The size of an old workbook in these bytes.
pub(super) fn size(bytes: &[u8]) -> Size {
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        return Size::Broken;
    };
    // A workbook of today that is locked lies encrypted in a file of the old form.
    if file.is_stream("/EncryptedPackage") {
        return Size::Locked;
    }
    let names = ["/Workbook", "/Book"];
    let Some(name) = names.into_iter().find(|name| file.is_stream(name)) else {
        return Size::Fits;
    };
    let mut stream = Vec::new();
    let read = file
        .open_stream(name)
        .and_then(|mut from| from.read_to_end(&mut stream));
    match read.ok().and_then(|_| spans(&stream)) {
        None => Size::Broken,
        Some(cells) if cells > MOST => Size::Large,
        Some(_) => Size::Fits,
    }
}

/// How many cells the sheets span together; nothing when one lies outside any sheet.
fn spans(stream: &[u8]) -> Option<usize> {
    const BEGIN: u16 = 0x0809;
    const DIMENSIONS: u16 = 0x0200;
    const LOCKED: u16 = 0x002f;
    let mut all = 0usize;
    let mut sheet = Span::default();
    let mut rest = stream;
    while let Some((kind, data)) = record(&mut rest) {
        let word =
            |at: usize| Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]).into());
        match kind {
            // What follows cannot be read; the reader says so.
            LOCKED => return Some(0),
            BEGIN => all += std::mem::take(&mut sheet).cells(),
            DIMENSIONS => {
                let long = |at: usize| {
                    let bytes = data.get(at..at + 4)?;
                    Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
                };
                // Rows are long in all but the oldest.
                let (rows, columns): (usize, usize) = match data.len() {
                    14.. => (long(4)?, word(10)?),
                    _ => (word(2)?, word(6)?),
                };
                if rows > 1 << 16 || columns > COLUMNS {
                    return None;
                }
            }
            // Formula, label, number, truth, text with its parts, number in short.
            0x0006 | 0x00fd | 0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x027e => {
                sheet.take(word(0)?, word(2)?, 1)?;
            }
            // Several numbers in short.
            0x00bd => sheet.take(word(0)?, word(2)?, data.len().saturating_sub(6) / 6)?,
            _ => {}
        }
    }
    Some(all + sheet.cells())
}

/// The next record: its kind, and what it holds.
fn record<'a>(rest: &mut &'a [u8]) -> Option<(u16, &'a [u8])> {
    let (head, behind) = rest.split_at_checked(4)?;
    let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
    let (data, next) = behind.split_at_checked(length)?;
    *rest = next;
    Some((u16::from_le_bytes([head[0], head[1]]), data))
}

/// The first and last rows and columns with a cell.
#[derive(Default)]
struct Span(Option<[usize; 4]>);

impl Span {
    fn take(&mut self, row: usize, column: usize, count: usize) -> Option<()> {
        let last = column + count.max(1) - 1;
        if last >= COLUMNS {
            return None;
        }
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, column, last]);
        self.0 = Some([
            top.min(row),
            bottom.max(row),
            left.min(column),
            right.max(last),
        ]);
        Some(())
    }

    fn cells(self) -> usize {
        self.0.map_or(0, |[top, bottom, left, right]| {
            (bottom - top + 1) * (right - left + 1)
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_workbook_of_today_with_a_password_is_locked_and_not_broken() {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for name in ["/EncryptionInfo", "/EncryptedPackage"] {
            let mut stream = file.create_stream(name).unwrap();
            stream.write_all(&[7; 4096]).unwrap();
        }
        file.flush().unwrap();
        assert_eq!(size(&file.into_inner().into_inner()), Size::Locked);
    }
}
