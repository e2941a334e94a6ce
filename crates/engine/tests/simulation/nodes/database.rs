//! The database of several nodes: it outlives each of them, fails over now and then, and sometimes waits for a standby.
//!
//! A commit under way while it fails may have been done; whoever asked is told that it is not known. What waits for the
//! standby comes through in its order when the standby is back, whether or not anybody has learned what became of it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use parlance_store::memory::{Memory, MemoryOptions};
use parlance_store::{Commit, Durability, Error, Outcome, RowKey, Store, Write};

/// After so long nobody waits for an answer any more.
const SILENCE: Duration = Duration::from_millis(150);

/// What waits for the standby.
enum Waiting {
    Commit(Commit),
    Register(RowKey, u64, Bytes),
    Blind(Vec<Write>),
}

/// Memory that is opened anew after each power loss.
pub struct Database {
    memory: Mutex<Arc<Memory>>,
    /// What waits, if the standby is away.
    waiting: Mutex<Option<VecDeque<Waiting>>>,
}

impl Database {
    pub fn new(options: MemoryOptions) -> Database {
        Database { memory: Mutex::new(Arc::new(Memory::new(options))), waiting: Mutex::default() }
    }

    /// What is reached now.
    pub fn memory(&self) -> Arc<Memory> {
        Arc::clone(&lock(&self.memory))
    }

    /// Power loss: what was not durable is gone, and nothing is reached.
    pub fn crash(&self) {
        lock(&self.waiting).take();
        self.memory().crash();
    }

    pub fn reopen(&self) {
        let memory = Arc::new(self.memory().reopen());
        *lock(&self.memory) = memory;
    }

    /// The standby is away: nothing written from now on is answered or seen.
    pub fn stall(&self) {
        lock(&self.waiting).get_or_insert_default();
    }

    /// The standby is back: all that waits comes through.
    pub async fn flow(&self) {
        while let Some(next) = self.next() {
            let memory = self.memory();
            // Nobody waits for the answer; a commit whose place is taken is none.
            match next {
                Waiting::Commit(commit) => drop(memory.commit(commit).await),
                Waiting::Register(key, number, value) => {
                    drop(memory.merge_max(key, number, value, Durability::Durable).await);
                }
                Waiting::Blind(writes) => drop(memory.write(writes, Durability::Durable).await),
            }
        }
    }

    /// What comes through next. With none left there is nothing to wait for any more.
    fn next(&self) -> Option<Waiting> {
        let mut waiting = lock(&self.waiting);
        let next = waiting.as_mut()?.pop_front();
        if next.is_none() {
            *waiting = None;
        }
        next
    }

    /// Whether something has to wait for the standby; it is not answered then.
    async fn waits(&self, write: impl FnOnce() -> Waiting) -> bool {
        match &mut *lock(&self.waiting) {
            Some(waiting) => waiting.push_back(write()),
            None => return false,
        }
        tokio::time::sleep(SILENCE).await;
        true
    }

    pub async fn commit(&self, commit: Commit) -> Result<Outcome, Error> {
        let memory = self.memory();
        // Refused before it began: certainly not written.
        memory.compact().await?;
        if self.waits(|| Waiting::Commit(commit.clone())).await {
            return Ok(Outcome::Unknown);
        }
        match memory.commit(commit).await {
            Err(Error::Unavailable(_)) => Ok(Outcome::Unknown),
            answer => answer,
        }
    }

    pub async fn merge_max(
        &self,
        key: RowKey,
        number: u64,
        value: Bytes,
        durability: Durability,
    ) -> Result<(), Error> {
        if self.waits(|| Waiting::Register(key.clone(), number, value.clone())).await {
            return Err(unanswered());
        }
        self.memory().merge_max(key, number, value, durability).await
    }

    pub async fn write(&self, writes: Vec<Write>, durability: Durability) -> Result<(), Error> {
        if self.waits(|| Waiting::Blind(writes.clone())).await {
            return Err(unanswered());
        }
        self.memory().write(writes, durability).await
    }
}

fn unanswered() -> Error {
    Error::Unavailable("the standby is away".into())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
