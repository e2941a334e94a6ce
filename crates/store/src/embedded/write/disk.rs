//! The last step in front of the disk: is there room, then one batch with one sync, then the watermark.
//!
//! A failed write or sync is never tried again. Only when the disk had no room, the group is cut off the journal and
//! fjall, which refuses all work after any error, is opened again. With the feature `faults`, tests make this fail.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use fjall::OwnedWriteBatch;

use super::ahead::Ahead;
use super::group::Group;
use crate::Error;
use crate::embedded::EmbeddedOptions;
use crate::embedded::feed::Feed;
use crate::embedded::files::format::StoreId;
use crate::embedded::files::journal;
use crate::embedded::files::scan::Mark;
use crate::embedded::files::watermark::Watermark;
use crate::embedded::slot::Slot;
use crate::embedded::tables::{Tables, table_error};
use crate::embedded::tidy::remains::Remains;

/// What is written to, and how far it is written.
#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) folder: PathBuf,
    pub(crate) options: EmbeddedOptions,
    pub(crate) slot: Arc<Slot>,
    pub(crate) watermark: Arc<Watermark>,
    pub(crate) id: StoreId,
    /// The number of the last group written.
    pub(crate) number: u64,
    /// The disk had no room since the last group: a failed flush of fjall is then no surprise.
    pub(crate) was_full: bool,
    /// Gets to know the memtables written to.
    pub(crate) remains: Arc<Remains>,
    /// Set when something is to be erased.
    pub(crate) erased: Arc<AtomicBool>,
    /// Whoever uses the tables for long holds this; they are not reopened meanwhile.
    pub(crate) in_use: Arc<Mutex<()>>,
    /// Keeps the journal's next blocks ready.
    pub(crate) ahead: Ahead,
    /// Is told what has changed, if anybody wants to know.
    pub(crate) feed: Arc<Feed>,
}

impl Disk {
    /// True when a group of so many bytes leaves the floor free. Unknown counts as room: the write itself will tell.
    pub(crate) fn has_room(&mut self, bytes: usize) -> bool {
        let needed = self.options.free_floor_bytes.saturating_add(bytes as u64);
        let room = fs4::available_space(&self.folder).map_or(true, |free| free >= needed);
        #[cfg(feature = "faults")]
        let room = room && !self.options.faults.is_full();
        self.was_full |= !room;
        room
    }

    /// Writes a group and syncs it. `Full` means that there was no room, and that `reopen` must follow.
    pub(crate) fn commit(&mut self, group: Group<'_>) -> Result<(), Error> {
        if group.is_empty() {
            return Ok(());
        }
        self.remains.note(group.tables());
        let sequence_floor = group.tables().db.visible_seqno();
        let (rows, bytes) = group.size();
        let erases = group.erases;
        let changed = self.feed.is_heard().then(|| group.names());
        self.ahead.count(rows, bytes);
        let mark = Mark { id: self.id, number: self.number + 1, sequence_floor };
        let started = Instant::now();
        self.sync(group.into_batch(&mark))?;
        metrics::histogram!("store_sync_seconds").record(started.elapsed().as_secs_f64());
        self.number = mark.number;
        self.was_full = false;
        if let Some(changed) = changed {
            self.feed.tell(changed);
        }
        if erases {
            self.erased.store(true, Ordering::Release);
        }
        // Room for the watermark was taken when the store was made.
        self.watermark.write(mark.number).map_err(|error| Error::Poisoned(error.to_string()))
    }

    fn sync(&self, batch: OwnedWriteBatch) -> Result<(), Error> {
        #[cfg(feature = "faults")]
        self.options.faults.before_write()?;
        match batch.commit() {
            Ok(()) => {}
            // fjall refuses before it writes when one of its own threads failed, as a flush does without room.
            Err(fjall::Error::Poisoned) if self.was_full => return Err(Error::Full),
            Err(error) => return Err(table_error(error)),
        }
        #[cfg(feature = "faults")]
        self.options.faults.after_sync()?;
        Ok(())
    }

    /// Drops whatever a group without room left in the journal, durably, and opens fjall again.
    pub(crate) fn reopen(&mut self) -> Result<(), Error> {
        self.was_full = true;
        let _alone = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        self.slot
            .replace(|| {
                journal::drop_after(&self.folder, self.id, self.number)?;
                Tables::open(&self.folder, &self.options)
            })
            .map_err(|error| Error::Poisoned(format!("reopening after the disk was full: {error}")))
    }
}
