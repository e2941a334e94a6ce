//! The last step in front of the disk: is there room, and one batch with one sync.
//!
//! A failed write or sync is never tried again; what it wrote may or may not survive. With the feature `faults`,
//! tests make it fail here.

use std::path::PathBuf;

use fjall::OwnedWriteBatch;

use crate::Error;
use crate::embedded::tables::table_error;

/// The disk under the store's folder.
#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) folder: PathBuf,
    /// Groups are refused while less than this is free.
    pub(crate) free_floor_bytes: u64,
    #[cfg(feature = "faults")]
    pub(crate) faults: super::super::faults::Faults,
}

impl Disk {
    /// True when a group of so many bytes leaves the floor free. Unknown counts as room: the write itself will tell.
    pub(crate) fn has_room(&self, bytes: usize) -> bool {
        #[cfg(feature = "faults")]
        if self.faults.is_full() {
            return false;
        }
        fs4::available_space(&self.folder)
            .map_or(true, |free| free >= self.free_floor_bytes.saturating_add(bytes as u64))
    }

    /// Writes a batch and syncs it.
    pub(crate) fn commit(&self, batch: OwnedWriteBatch) -> Result<(), Error> {
        #[cfg(feature = "faults")]
        self.faults.before_write()?;
        batch.commit().map_err(table_error)?;
        #[cfg(feature = "faults")]
        self.faults.after_sync()?;
        Ok(())
    }
}
