//! Writes a file as a whole or not at all.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Puts `text` in the place of `file`, which need not be there, in one step: it is written beside
/// it and renamed, so that at no moment there is half a file. A link stays a link.
pub(super) fn replace(file: &Path, text: &str) -> io::Result<()> {
    let (file, permissions) = match fs::canonicalize(file) {
        Ok(file) => {
            let permissions = fs::metadata(&file)?.permissions();
            (file, Some(permissions))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => (file.to_owned(), None),
        Err(error) => return Err(error),
    };
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut name = OsStr::new(".").to_owned();
    name.push(file.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = file.with_file_name(name);
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)?;
    let written = new
        .write_all(text.as_bytes())
        .and_then(|()| permissions.map_or(Ok(()), |permissions| new.set_permissions(permissions)))
        .and_then(|()| new.sync_all())
        .and_then(|()| fs::rename(&beside, &file));
    if written.is_err() {
        // What was written is of no use to anyone; the first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}
