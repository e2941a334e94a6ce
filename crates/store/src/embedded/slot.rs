//! Where the open tables are, for readers and the writer; empty once the store is closed.
//!
//! A reader holds the lock for one read and never across an await. The writer empties the slot to reopen fjall after
//! the disk was full; reads wait for that moment.

use std::sync::{PoisonError, RwLock};

use super::tables::Tables;
use crate::Error;

/// Holds the tables while they are open.
#[derive(Debug)]
pub(crate) struct Slot(RwLock<Option<Tables>>);

impl Slot {
    pub(crate) fn new(tables: Tables) -> Slot {
        Slot(RwLock::new(Some(tables)))
    }

    /// Runs a read on the open tables.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Tables) -> Result<T, Error>) -> Result<T, Error> {
        match &*self.0.read().unwrap_or_else(PoisonError::into_inner) {
            Some(tables) => read(tables),
            None => Err(Error::Unavailable("the store is closed".into())),
        }
    }

    /// A handle of one's own; fjall stays open until it is dropped.
    pub(crate) fn share(&self) -> Result<Tables, Error> {
        self.read(|tables| Ok(tables.clone()))
    }

    /// Empties the slot for good.
    pub(crate) fn take(&self) -> Option<Tables> {
        self.0.write().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Closes the tables and puts others in their place, with no reader in between.
    pub(crate) fn replace(&self, open: impl FnOnce() -> Result<Tables, Error>) -> Result<(), Error> {
        let mut tables = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *tables = None;
        *tables = Some(open()?);
        Ok(())
    }
}
