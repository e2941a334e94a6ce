//! Proves a store's folder: opens it as the program would, then reads every row.
//!
//! It refuses a folder that is in use, and makes no store where there is none.

use std::path::Path;

use super::{Tally, walk};
use crate::Error;
use crate::embedded::files::manifest::Depth;
use crate::embedded::{EmbeddedOptions, open};

/// What a checked store holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// Rows and bytes.
    pub tally: Tally,
    /// The number of the last group written: how often the store was synced.
    pub groups: u64,
}

/// Reads every row of the store in `folder` and verifies every checksum. The store must not be open elsewhere.
/// Nothing is written, except that a torn, never acknowledged tail of the journal is cut, as every opening does.
pub fn check(folder: impl AsRef<Path>) -> Result<CheckReport, Error> {
    let folder = folder.as_ref();
    if !open::exists(folder)? {
        return Err(Error::Unavailable(format!("{} holds no store", folder.display())));
    }
    let opened = open::open(folder, &EmbeddedOptions::default(), Depth::Whole)?;
    let tally = walk(&opened.tables.view(), |_, _, _| Ok(()))?;
    Ok(CheckReport { tally, groups: opened.number })
}
