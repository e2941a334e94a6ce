//! The database of several nodes: it outlives each of them, and fails over now and then.
//!
//! A commit under way while it fails may have been done; whoever asked is told that it is not known.

use std::sync::{Arc, Mutex, PoisonError};

use parlance_store::memory::{Memory, MemoryOptions};
use parlance_store::{Commit, Error, Outcome, Store};

/// Memory that is opened anew after each power loss.
pub struct Database(Mutex<Arc<Memory>>);

impl Database {
    pub fn new(options: MemoryOptions) -> Database {
        Database(Mutex::new(Arc::new(Memory::new(options))))
    }

    /// What is reached now.
    pub fn memory(&self) -> Arc<Memory> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Power loss: what was not durable is gone, and nothing is reached.
    pub fn crash(&self) {
        self.memory().crash();
    }

    pub fn reopen(&self) {
        let memory = Arc::new(self.memory().reopen());
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = memory;
    }

    pub async fn commit(&self, commit: Commit) -> Result<Outcome, Error> {
        let memory = self.memory();
        // Refused before it began: certainly not written.
        memory.compact().await?;
        match memory.commit(commit).await {
            Err(Error::Unavailable(_)) => Ok(Outcome::Unknown),
            answer => answer,
        }
    }
}
