//! A store in memory behind a gate that tests can shut or make stammer.
//!
//! Reads pass unless a test counts them off, or wants none of something. What the gate refuses was not written, as the store's
//! trait promises; of blind rows an answer can be lost too. A commit can be held up and come through after nobody waits for
//! it any more, as in a database whose standby is away; and the gate can fail for good, as a disk does.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use parlance_store::{
    Capabilities, Commit, Compaction, Durability, Error, Level, Memory, Outcome, Range, Row, RowKey, Store,
    Write,
};

/// The gate.
pub struct Gate {
    memory: Memory,
    /// Every write is refused as `Full`.
    full: AtomicBool,
    /// Writes that ride the syncs of others are refused as `Full`.
    derived_full: AtomicBool,
    /// How long writes that ride the syncs of others take, in milliseconds.
    derived_ms: AtomicU32,
    /// So many of the next durable commits answer `Unknown`.
    unknown: AtomicU32,
    /// Whether those were written all the same.
    applied: AtomicBool,
    /// Whether the first of those is written when the test says so.
    holds: AtomicBool,
    /// The one that is.
    held: Mutex<Option<Commit>>,
    /// Everything is refused as `Poisoned`; what failed first was written or not.
    poisoned: AtomicBool,
    /// So many of the next single reads are refused as `Unavailable`.
    deaf: AtomicU32,
    /// So many of the next derived deletes are done and answered as `Unavailable`.
    unanswered: AtomicU32,
    /// Rows in whose names this stands cannot be read.
    away: Mutex<Option<Vec<u8>>>,
    /// Writes asked for so far.
    writes: AtomicU32,
    /// Reads asked for so far.
    reads: AtomicU32,
    /// How long a read takes, in milliseconds.
    slowness: AtomicU32,
}

impl Gate {
    pub fn new(memory: Memory) -> Gate {
        Gate {
            memory,
            full: AtomicBool::new(false),
            derived_full: AtomicBool::new(false),
            derived_ms: AtomicU32::new(0),
            unknown: AtomicU32::new(0),
            applied: AtomicBool::new(false),
            holds: AtomicBool::new(false),
            held: Mutex::new(None),
            poisoned: AtomicBool::new(false),
            deaf: AtomicU32::new(0),
            unanswered: AtomicU32::new(0),
            away: Mutex::new(None),
            writes: AtomicU32::new(0),
            reads: AtomicU32::new(0),
            slowness: AtomicU32::new(0),
        }
    }

    /// What survives a loss of power, behind an open gate.
    pub fn reopen(&self) -> Gate {
        Gate::new(self.memory.reopen())
    }

    pub fn set_full(&self, full: bool) {
        self.full.store(full, Ordering::Relaxed);
    }

    /// Refuses derived writes only, as a disk does that fills up just after a send.
    pub fn set_derived_full(&self, full: bool) {
        self.derived_full.store(full, Ordering::Relaxed);
    }

    /// Has derived writes take so long from now on, as they do when nobody else syncs.
    pub fn slow_down(&self, derived_ms: u32) {
        self.derived_ms.store(derived_ms, Ordering::Relaxed);
    }

    /// Has the next durable commits answer `Unknown`; they are written or not.
    pub fn stammer(&self, commits: u32, applied: bool) {
        self.applied.store(applied, Ordering::Relaxed);
        self.unknown.store(commits, Ordering::Relaxed);
    }

    /// Has the next durable commits answer `Unknown`; the first of them is written by `let_through`.
    pub fn hold_up(&self, commits: u32) {
        self.holds.store(true, Ordering::Relaxed);
        self.stammer(commits, false);
    }

    /// Whether a commit is held up.
    pub fn has_held_up(&self) -> bool {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Writes what was held up. True if it was in time.
    pub async fn let_through(&self) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).take();
        let outcome = self.memory.commit(held.expect("a commit is held up")).await;
        outcome.unwrap() == Outcome::Applied
    }

    /// The sync of the next durable write fails; what it was to write is there after a restart, or is not.
    pub fn poison(&self, written: bool) {
        self.applied.store(written, Ordering::Relaxed);
        self.poisoned.store(true, Ordering::Relaxed);
    }

    /// Refuses the next single reads.
    pub fn deafen(&self, reads: u32) {
        self.deaf.store(reads, Ordering::Relaxed);
    }

    /// Does the next derived deletes, but loses the answers.
    pub fn lose_answers(&self, deletes: u32) {
        self.unanswered.store(deletes, Ordering::Relaxed);
    }

    /// Refuses to read rows in whose partition or key this stands.
    pub fn take_away(&self, name: Option<&[u8]>) {
        *self.away.lock().unwrap_or_else(PoisonError::into_inner) = name.map(<[u8]>::to_vec);
    }

    fn reaches<'a>(&self, names: impl IntoIterator<Item = &'a Bytes>) -> Result<(), Error> {
        let away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(away) = &*away else { return Ok(()) };
        let is_away = |name: &Bytes| name.windows(away.len()).any(|part| part == away);
        if names.into_iter().any(is_away) { Err(unavailable()) } else { Ok(()) }
    }

    /// Writes asked for so far, whatever came of them.
    pub fn writes(&self) -> u32 {
        self.writes.load(Ordering::Relaxed)
    }

    /// Has reads take so long from now on.
    pub fn slow_reads(&self, read_ms: u32) {
        self.slowness.store(read_ms, Ordering::Relaxed);
    }

    async fn read(&self) {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let ms = self.slowness.load(Ordering::Relaxed);
        if ms > 0 {
            tokio::time::sleep(Duration::from_millis(ms.into())).await;
        }
    }

    /// Reads asked for so far; one of many rows is one.
    pub fn reads(&self) -> u32 {
        self.reads.load(Ordering::Relaxed)
    }

    async fn check(&self, durability: Durability) -> Result<(), Error> {
        self.writes.fetch_add(1, Ordering::Relaxed);
        let derived = durability == Durability::Derived;
        let takes_ms = self.derived_ms.load(Ordering::Relaxed);
        if derived && takes_ms > 0 {
            tokio::time::sleep(Duration::from_millis(takes_ms.into())).await;
        }
        if derived && self.derived_full.load(Ordering::Relaxed) || self.full.load(Ordering::Relaxed) {
            Err(Error::Full)
        } else {
            Ok(())
        }
    }

    fn stammers(&self, durability: Durability) -> bool {
        durability == Durability::Durable && count_off(&self.unknown)
    }
}

fn poisoned() -> Error {
    Error::Poisoned("the test's sync has failed".to_owned())
}

fn unavailable() -> Error {
    Error::Unavailable("the test does not listen".to_owned())
}

/// Whether there was one left.
fn count_off(left: &AtomicU32) -> bool {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}

#[async_trait]
impl Store for Gate {
    async fn commit(&self, commit: Commit) -> Result<Outcome, Error> {
        self.check(commit.durability).await?;
        if self.stammers(commit.durability) {
            if self.applied.load(Ordering::Relaxed) {
                self.memory.commit(commit).await?;
            } else if self.holds.swap(false, Ordering::Relaxed) {
                *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(commit);
            }
            return Ok(Outcome::Unknown);
        }
        if self.poisoned.load(Ordering::Relaxed) {
            if self.applied.swap(false, Ordering::Relaxed) {
                self.memory.commit(commit).await?;
            }
            return Err(poisoned());
        }
        self.memory.commit(commit).await
    }

    async fn merge_max(
        &self,
        key: RowKey,
        n: u64,
        value: Bytes,
        durability: Durability,
    ) -> Result<(), Error> {
        self.check(durability).await?;
        if self.poisoned.load(Ordering::Relaxed) {
            return Err(poisoned());
        }
        self.memory.merge_max(key, n, value, durability).await
    }

    async fn write(&self, writes: Vec<Write>, durability: Durability) -> Result<(), Error> {
        self.check(durability).await?;
        let deletes = writes.iter().any(|write| matches!(write, Write::Delete { .. }));
        if self.poisoned.load(Ordering::Relaxed) {
            if self.applied.swap(false, Ordering::Relaxed) {
                self.memory.write(writes, durability).await?;
            }
            return Err(poisoned());
        }
        self.memory.write(writes, durability).await?;
        let unanswered = deletes && durability == Durability::Derived && count_off(&self.unanswered);
        if unanswered { Err(unavailable()) } else { Ok(()) }
    }

    async fn get(&self, key: &RowKey, level: Level) -> Result<Option<Row>, Error> {
        self.read().await;
        if count_off(&self.deaf) {
            return Err(unavailable());
        }
        self.reaches([&key.partition, &key.key])?;
        self.memory.get(key, level).await
    }

    async fn range(&self, range: Range, level: Level) -> Result<Vec<Row>, Error> {
        self.read().await;
        self.reaches([&range.partition])?;
        self.memory.range(range, level).await
    }

    async fn multi_get(&self, keys: &[RowKey], level: Level) -> Result<Vec<Option<Row>>, Error> {
        self.read().await;
        self.memory.multi_get(keys, level).await
    }

    async fn compact(&self) -> Result<Compaction, Error> {
        self.memory.compact().await
    }

    fn capabilities(&self) -> Capabilities {
        self.memory.capabilities()
    }

    async fn failed(&self) -> Error {
        self.memory.failed().await
    }

    async fn close(&self) -> Result<(), Error> {
        self.memory.close().await
    }
}
