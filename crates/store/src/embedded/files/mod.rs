//! The files around fjall: who holds the folder, which format it has, how far it was acknowledged.
//!
//! A store's folder holds `lock`, `format`, `watermark`, the engine's `db/`, and `torn/` with what was ever cut off
//! a journal.

pub(crate) mod format;
pub(crate) mod journal;
pub(crate) mod manifest;
pub(crate) mod scan;
pub(crate) mod watermark;

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use crate::Error;

/// The folder of fjall inside a store's folder.
pub(crate) const DB_FOLDER: &str = "db";

/// A file error in the words of the store: `Full` when there was no room, else the file that failed.
pub(crate) fn file_error(doing: &str, path: &Path, error: &std::io::Error) -> Error {
    if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
        return Error::Full;
    }
    Error::Unavailable(format!("{doing} {}: {error}", path.display()))
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| file_error("syncing", folder, &error))?;
    Ok(())
}
