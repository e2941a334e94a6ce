//! The memory engine: the same promises without a disk, with faults drawn from a seed.
//!
//! For simulation on a single-threaded runtime with a paused clock: the same seed and the same calls give the same
//! outcomes. A write becomes visible and durable together, after its sync delay, as in the embedded engine.

mod gate;
mod rng;
mod rows;
mod state;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use self::gate::Gate;
use self::rows::Pending;
use self::state::{Life, State};
use crate::{
    Capabilities, Clock, Commit, Compaction, Durability, Error, Level, Outcome, Range, Row, RowKey, Store,
    Write, limits,
};

/// A derived write waits at most so long for a durable one, as in the embedded engine.
const DERIVED_WAIT: Duration = Duration::from_millis(50);

/// The faults and delays of a memory store.
#[derive(Clone, Debug)]
pub struct MemoryOptions {
    /// Everything random is drawn from this.
    pub seed: u64,
    /// Shortest and longest time a write takes to be durable.
    pub sync_delay: (Duration, Duration),
    /// Shortest and longest time a read takes.
    pub read_delay: (Duration, Duration),
    /// How often (0 to 1) a commit answers `Unknown`; half of those are applied.
    pub unknown: f64,
    /// How often (0 to 1) a write answers `Full`, with nothing written.
    pub full: f64,
    /// Decides what has expired.
    pub clock: Clock,
    /// A defect to switch on.
    #[cfg(feature = "planted")]
    pub planted: Option<crate::Planted>,
}

impl Default for MemoryOptions {
    /// No delays and no faults.
    fn default() -> MemoryOptions {
        MemoryOptions {
            seed: 0,
            sync_delay: (Duration::ZERO, Duration::ZERO),
            read_delay: (Duration::ZERO, Duration::ZERO),
            unknown: 0.0,
            full: 0.0,
            clock: Clock::system(),
            #[cfg(feature = "planted")]
            planted: None,
        }
    }
}

/// A handle on rows in memory. After `crash` or `close` it refuses everything; `reopen` gives a new one.
#[derive(Debug)]
pub struct Memory {
    state: Mutex<State>,
    /// Changes when the store crashes, closes, or has answered its last write.
    gate: Gate,
    options: MemoryOptions,
}

impl Memory {
    /// An empty store.
    pub fn new(options: MemoryOptions) -> Memory {
        Memory::with(State::new(options.seed), options)
    }

    fn with(state: State, options: MemoryOptions) -> Memory {
        Memory { state: Mutex::new(state), gate: Gate::new(), options }
    }

    /// Power loss: what is not durable is gone, except that any write still waiting for its sync may survive, as on
    /// a disk. Waiting callers get `Unavailable`, and so does everybody after them.
    pub fn crash(&self) {
        self.state().crash(self.options.clock.now_ms());
        self.gate.set(Life::Ended);
    }

    /// A new handle on what survived; this one ends as in a crash, if it has not ended yet.
    pub fn reopen(&self) -> Memory {
        self.crash();
        let state = self.state().survivor();
        Memory::with(state, self.options.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The way of every write: drawn faults, a place among the waiting, the delay, then all or nothing.
    async fn ask(&self, pending: Pending, durability: Durability) -> Result<Outcome, Error> {
        self.gate.life().check()?;
        let commit = matches!(pending, Pending::Commit(_));
        let (ticket, delay, unknown) = {
            let mut state = self.state();
            if state.rng.chance(self.options.full) {
                return Err(Error::Full);
            }
            let mut delay = state.rng.between(self.options.sync_delay);
            if durability == Durability::Derived && !delay.is_zero() {
                delay += state.rng.between((Duration::ZERO, DERIVED_WAIT));
            }
            #[cfg(feature = "planted")]
            if self.options.planted == Some(crate::Planted::AckBeforeSync) {
                return Ok(state.apply_unsynced(&pending, self.options.clock.now_ms(), delay));
            }
            let unknown = (commit && state.rng.chance(self.options.unknown)).then(|| state.rng.chance(0.5));
            (state.wait(pending), delay, unknown)
        };
        let place = Place { memory: self, ticket, dropped: unknown == Some(false) };
        if !delay.is_zero() {
            tokio::select! {
                biased;
                () = self.gate.wait_for(|life| life == Life::Ended) => {}
                () = tokio::time::sleep(delay) => {}
            }
        }
        self.gate.life().check_running()?;
        let outcome = place.settle();
        if unknown.is_some() {
            return Ok(Outcome::Unknown);
        }
        outcome.ok_or_else(|| Error::Unavailable("the store crashed".into()))
    }

    async fn read<T>(&self, read: impl FnOnce(&State, i64) -> T) -> Result<T, Error> {
        self.gate.life().check()?;
        let delay = self.state().rng.between(self.options.read_delay);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        self.gate.life().check()?;
        Ok(read(&self.state(), self.options.clock.now_ms()))
    }
}

/// A place among the waiting. A caller that goes away leaves its write behind, and it is done all the same.
struct Place<'m> {
    memory: &'m Memory,
    ticket: u64,
    /// The write is lost on its way, and the answer with it.
    dropped: bool,
}

impl Place<'_> {
    fn settle(&self) -> Option<Outcome> {
        let mut state = self.memory.state();
        let pending = state.leave(self.ticket)?;
        let outcome = (!self.dropped).then(|| state.apply(&pending, self.memory.options.clock.now_ms()));
        if state.is_idle() {
            self.memory.gate.ring();
        }
        outcome
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.settle();
    }
}

#[async_trait]
impl Store for Memory {
    async fn commit(&self, commit: Commit) -> Result<Outcome, Error> {
        limits::check_commit(&commit)?;
        let durability = commit.durability;
        self.ask(Pending::Commit(commit), durability).await
    }

    async fn merge_max(
        &self,
        key: RowKey,
        n: u64,
        value: Bytes,
        durability: Durability,
    ) -> Result<(), Error> {
        limits::check_register(&key, &value)?;
        let key = RowKey { family: crate::Family::Register, ..key };
        self.ask(Pending::Register { key, n, value }, durability).await.map(drop)
    }

    async fn write(&self, writes: Vec<Write>, durability: Durability) -> Result<(), Error> {
        limits::check_writes(&writes)?;
        self.ask(Pending::Blind(writes), durability).await.map(drop)
    }

    async fn get(&self, key: &RowKey, _: Level) -> Result<Option<Row>, Error> {
        self.read(|state, now_ms| state.rows.get(key, now_ms)).await
    }

    async fn range(&self, range: Range, _: Level) -> Result<Vec<Row>, Error> {
        self.read(|state, now_ms| state.rows.range(&range, now_ms)).await
    }

    async fn multi_get(&self, keys: &[RowKey], _: Level) -> Result<Vec<Option<Row>>, Error> {
        self.read(|state, now_ms| keys.iter().map(|key| state.rows.get(key, now_ms)).collect()).await
    }

    async fn compact(&self) -> Result<Compaction, Error> {
        self.gate.life().check()?;
        Ok(Compaction::default())
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            max_commit_rows: limits::MAX_ROWS,
            max_commit_bytes: limits::MAX_BYTES,
            max_value_bytes: limits::MAX_BYTES,
            expiry: true,
            durability_proven: false,
        }
    }

    async fn failed(&self) -> Error {
        std::future::pending().await
    }

    async fn close(&self) -> Result<(), Error> {
        if self.gate.life() == Life::Open {
            self.gate.set(Life::Closing);
        }
        self.gate.wait_for(|life| life == Life::Ended || self.state().is_idle()).await;
        self.state().sync_all();
        self.gate.set(Life::Ended);
        Ok(())
    }
}
