//! Files that are written whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// Writes beside the target first, so that a failure leaves what was there. A link leads to its
/// target; what is no file (a pipe, a device) is written as it is.
///
/// # Errors
/// Those of `write`, and [`crate::Code::File`].
pub fn write_beside(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let at_path = |cause| Error::file(path, cause);
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if target.is_dir() {
        return Err(at_path(std::io::ErrorKind::IsADirectory.into()));
    }
    if target.exists() && !target.is_file() {
        let mut out = File::options().write(true).open(&target).map_err(at_path)?;
        return write(&mut out);
    }
    let mut draft = target.as_os_str().to_owned();
    draft.push(format!(".{}.part", std::process::id()));
    let draft = Path::new(&draft);
    let file = File::create(draft).map_err(at_path)?;
    let mut out = BufWriter::new(file);
    let written = write(&mut out).and_then(|()| {
        out.flush()
            .and_then(|()| out.get_ref().sync_all())
            .and_then(|()| fs::rename(draft, &target))
            .map_err(at_path)
    });
    if written.is_err() {
        // The error that matters is the first one.
        let _ = fs::remove_file(draft);
    }
    written
}
