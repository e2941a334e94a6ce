//! A node's way to the store: it can be held up, as a node that sleeps, and cut off for good, as one that is gone.
//!
//! It is passed before and after each call, so a node may sleep between what it read and what it writes, and between a
//! commit and its knowing of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use parlance_store::{
    Capabilities, Commit, Compaction, Durability, Error, Level, Outcome, Range, Row, RowKey, Store, Write,
};
use tokio::sync::Notify;

use super::database::Database;

/// Whether a node's calls go through.
#[derive(Default)]
pub struct Gate {
    closed: AtomicBool,
    gone: AtomicBool,
    bell: Notify,
}

impl Gate {
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    pub fn open(&self) {
        self.closed.store(false, Ordering::Relaxed);
        self.bell.notify_waiters();
    }

    /// Nothing goes through any more.
    pub fn end(&self) {
        self.gone.store(true, Ordering::Relaxed);
        self.bell.notify_waiters();
    }

    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    async fn pass(&self) -> Result<(), Error> {
        loop {
            let mut bell = std::pin::pin!(self.bell.notified());
            bell.as_mut().enable();
            if self.gone.load(Ordering::Relaxed) {
                return Err(Error::Unavailable("the node is gone".into()));
            }
            if !self.is_closed() {
                return Ok(());
            }
            bell.await;
        }
    }
}

/// The store as one run of a node reaches it.
pub struct Gated {
    pub store: Arc<Database>,
    pub gate: Arc<Gate>,
}

impl Gated {
    async fn through<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        self.gate.pass().await?;
        let result = call.await;
        self.gate.pass().await?;
        result
    }
}

#[async_trait]
impl Store for Gated {
    async fn commit(&self, commit: Commit) -> Result<Outcome, Error> {
        self.through(self.store.commit(commit)).await
    }

    async fn merge_max(
        &self,
        key: RowKey,
        n: u64,
        value: Bytes,
        durability: Durability,
    ) -> Result<(), Error> {
        self.through(self.store.merge_max(key, n, value, durability)).await
    }

    async fn write(&self, writes: Vec<Write>, durability: Durability) -> Result<(), Error> {
        self.through(self.store.write(writes, durability)).await
    }

    async fn get(&self, key: &RowKey, level: Level) -> Result<Option<Row>, Error> {
        self.through(self.store.memory().get(key, level)).await
    }

    async fn range(&self, range: Range, level: Level) -> Result<Vec<Row>, Error> {
        self.through(self.store.memory().range(range, level)).await
    }

    async fn multi_get(&self, keys: &[RowKey], level: Level) -> Result<Vec<Option<Row>>, Error> {
        self.through(self.store.memory().multi_get(keys, level)).await
    }

    async fn compact(&self) -> Result<Compaction, Error> {
        self.through(self.store.memory().compact()).await
    }

    fn capabilities(&self) -> Capabilities {
        self.store.memory().capabilities()
    }

    async fn failed(&self) -> Error {
        std::future::pending().await
    }

    async fn close(&self) -> Result<(), Error> {
        Ok(())
    }
}
