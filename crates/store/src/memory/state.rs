//! What a memory store holds beside its rows: who waits for a sync, what is visible but not durable, its dice.
//!
//! Everything here happens at once, under one lock; waiting is the handle's business.

use std::collections::BTreeMap;

use tokio::time::Instant;

use super::rng::Rng;
use super::rows::{Pending, Rows, Undo};
use crate::{Error, Outcome};

/// Whether a handle works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Life {
    Open,
    /// Nothing new is taken; what waits is finished.
    Closing,
    /// Crashed or closed.
    Ended,
}

impl Life {
    pub(crate) fn check(self) -> Result<(), Error> {
        match self {
            Life::Open => Ok(()),
            Life::Closing | Life::Ended => Err(Error::Unavailable("the store is closed or crashed".into())),
        }
    }

    /// For a write that was taken before the closing began.
    pub(crate) fn check_running(self) -> Result<(), Error> {
        if self == Life::Closing { Ok(()) } else { self.check() }
    }
}

/// Everything behind the lock.
#[derive(Debug)]
pub(crate) struct State {
    /// What readers see.
    pub(crate) rows: Rows,
    pub(crate) rng: Rng,
    /// Writes on their way, by the order they came.
    waiting: BTreeMap<u64, Pending>,
    next_ticket: u64,
    /// Applied and answered, but durable only from then on; filled by a planted defect alone. In order of time.
    unsynced: Vec<(Instant, Undo)>,
}

impl State {
    pub(crate) fn new(seed: u64) -> State {
        State::with(Rows::default(), Rng::new(seed))
    }

    fn with(rows: Rows, rng: Rng) -> State {
        State { rows, rng, waiting: BTreeMap::new(), next_ticket: 0, unsynced: Vec::new() }
    }

    /// Takes a place among the waiting.
    pub(crate) fn wait(&mut self, pending: Pending) -> u64 {
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.waiting.insert(ticket, pending);
        ticket
    }

    /// Gives the place up; `None` when a crash took it.
    pub(crate) fn leave(&mut self, ticket: u64) -> Option<Pending> {
        self.waiting.remove(&ticket)
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Visible and durable at once.
    pub(crate) fn apply(&mut self, pending: &Pending, now_ms: i64) -> Outcome {
        self.rows.apply(pending, now_ms).0
    }

    /// Visible now, durable after a delay: the planted defect.
    #[cfg(feature = "planted")]
    pub(crate) fn apply_unsynced(
        &mut self,
        pending: &Pending,
        now_ms: i64,
        delay: std::time::Duration,
    ) -> Outcome {
        let (outcome, undo) = self.rows.apply(pending, now_ms);
        let now = Instant::now();
        self.unsynced.retain(|(due, _)| *due > now);
        let due = self.unsynced.last().map_or(now + delay, |(last, _)| (now + delay).max(*last));
        self.unsynced.push((due, undo));
        outcome
    }

    /// All that was answered is durable from here on.
    pub(crate) fn sync_all(&mut self) {
        self.unsynced.clear();
    }

    /// Takes back what was not durable. Of what still waited, the dice decide what reached the disk.
    pub(crate) fn crash(&mut self, now_ms: i64) {
        if !self.unsynced.is_empty() {
            let now = Instant::now();
            while let Some((_, undo)) = self.unsynced.pop_if(|(due, _)| *due > now) {
                self.rows.undo(undo);
            }
            self.unsynced.clear();
        }
        for (_, pending) in std::mem::take(&mut self.waiting) {
            if self.rng.chance(0.5) {
                self.rows.apply(&pending, now_ms);
            }
        }
    }

    /// What a new handle starts from.
    pub(crate) fn survivor(&self) -> State {
        State::with(self.rows.clone(), self.rng.clone())
    }
}
