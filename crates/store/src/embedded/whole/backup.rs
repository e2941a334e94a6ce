//! An online backup: all rows of one instant, as one stream, while the store goes on working.
//!
//! Every row is proven on its way out, so that damage never hides in a backup.

use std::io::Write;

use super::stream::Out;
use super::{Tally, walk};
use crate::Error;
use crate::embedded::tables::Tables;

/// What went into a backup, or came out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupReport {
    /// Rows and bytes of the store.
    pub tally: Tally,
    /// Length of the stream.
    pub stream_bytes: u64,
}

/// Writes everything durable at this instant. Every row is proven on its way out.
pub(crate) fn backup(tables: &Tables, writer: impl Write) -> Result<BackupReport, Error> {
    let mut out = Out::start(writer)?;
    let tally = walk(&tables.view(), |space, key, value| out.row(space as u8, key, value))?;
    let stream_bytes = out.end(&tally)?;
    Ok(BackupReport { tally, stream_bytes })
}
