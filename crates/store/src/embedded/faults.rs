//! Failures of the disk that tests inject: the k-th write or sync fails, or there is no room.
//!
//! Counted from the moment they are armed; each fires once. Clones share their state.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::Error;

/// A handle to inject failures into an open store.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// Groups until a write fails before anything is written; 0 means never.
    write: AtomicU64,
    /// Groups until a sync fails after the bytes were written; 0 means never.
    sync: AtomicU64,
    /// Groups until a write finds no room although the floor was kept; 0 means never.
    no_room: AtomicU64,
    /// The disk has no room.
    full: AtomicBool,
}

impl Faults {
    /// Lets the write of the `k`-th group from now (1 is the next) fail with nothing written.
    pub fn fail_write(&self, k: u64) {
        self.0.write.store(k, Ordering::SeqCst);
    }

    /// Lets the sync of the `k`-th group from now fail, its bytes being in the file.
    pub fn fail_sync(&self, k: u64) {
        self.0.sync.store(k, Ordering::SeqCst);
    }

    /// Lets the `k`-th group from now run out of room while it is written.
    pub fn fail_room(&self, k: u64) {
        self.0.no_room.store(k, Ordering::SeqCst);
    }

    /// Fills the disk, or empties it again.
    pub fn set_full(&self, full: bool) {
        self.0.full.store(full, Ordering::SeqCst);
    }

    pub(crate) fn is_full(&self) -> bool {
        self.0.full.load(Ordering::SeqCst)
    }

    pub(crate) fn before_write(&self) -> Result<(), Error> {
        fire(&self.0.no_room, || Error::Full)?;
        fire(&self.0.write, || Error::Poisoned("injected: the write failed".into()))
    }

    pub(crate) fn after_sync(&self) -> Result<(), Error> {
        fire(&self.0.sync, || Error::Poisoned("injected: the sync failed".into()))
    }
}

fn fire(left: &AtomicU64, error: impl FnOnce() -> Error) -> Result<(), Error> {
    let count = |left: u64| left.checked_sub(1);
    match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, count) {
        Ok(1) => Err(error()),
        _ => Ok(()),
    }
}
