//! The steward thread: compacts at its pace when something was erased, and brings what is in memory into tables when
//! the store has been calm for a while, so that an idle store is a small one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::compact::Compactor;
use crate::Error;
use crate::embedded::files::watermark::Watermark;

const TICK: Duration = Duration::from_secs(1);
/// Without a write for so long, the store is calm.
const CALM_AFTER: Duration = Duration::from_secs(20);
/// A compaction left over from the last run of the program begins so long after the start, at the latest.
const LEFT_OVER_AFTER: Duration = Duration::from_secs(300);
/// The store spends at most one part in so many of its time compacting.
const REST_FACTOR: u32 = 20;

/// What the thread looks after.
pub(crate) struct Steward {
    pub(crate) compactor: Arc<Compactor>,
    pub(crate) watermark: Arc<Watermark>,
    /// Something is to be erased.
    pub(crate) erased: Arc<AtomicBool>,
    /// Time between a hint that something was erased, or the end of a compaction, and the next one.
    pub(crate) pace: Duration,
}

/// Ends the thread, soon, when dropped. A compaction under way ends with the program.
#[derive(Debug)]
pub(crate) struct Stop(#[allow(dead_code)] mpsc::Sender<()>);

impl Steward {
    pub(crate) fn start(self) -> Result<Stop, Error> {
        let (stop, stopped) = mpsc::channel();
        let spawned = thread::Builder::new().name("store-steward".into()).spawn(move || self.run(&stopped));
        spawned.map_err(|error| Error::Unavailable(format!("starting a thread: {error}")))?;
        Ok(Stop(stop))
    }

    fn run(&self, stopped: &mpsc::Receiver<()>) {
        let left_over = self.erased.load(Ordering::Acquire);
        let mut due = left_over.then(|| Instant::now() + LEFT_OVER_AFTER.min(self.pace));
        let mut rest = self.pace;
        let mut calm = Calm::new(self.watermark.number());
        while stopped.recv_timeout(TICK.min(self.pace)) == Err(RecvTimeoutError::Timeout) {
            if self.erased.load(Ordering::Acquire) && due.is_none() {
                due = Some(Instant::now() + rest);
            }
            if due.is_some_and(|due| due <= Instant::now()) {
                let began = Instant::now();
                self.compact();
                rest = self.pace.max(began.elapsed() * REST_FACTOR);
                due = None;
            }
            if calm.begins(self.watermark.number()) {
                if let Err(error) = self.compactor.flush() {
                    tracing::debug!(%error, "a flush in a calm moment failed");
                }
                calm = Calm { number: self.watermark.number(), since: None };
            }
        }
    }

    fn compact(&self) {
        let began = Instant::now();
        match self.compactor.run() {
            Ok(done) => tracing::info!(
                seconds = began.elapsed().as_secs(),
                bytes_before = done.bytes_before,
                bytes_after = done.bytes_after,
                "compacted: what was erased is gone from the files"
            ),
            Err(error) => {
                tracing::warn!(%error, "what was erased is not yet gone from the files; tried again later");
            }
        }
    }
}

/// Since when nothing was written.
struct Calm {
    /// The last group seen.
    number: u64,
    /// Since when it is the last; `None` once the calm was used.
    since: Option<Instant>,
}

impl Calm {
    fn new(number: u64) -> Calm {
        Calm { number, since: None }
    }

    /// True once in each calm.
    fn begins(&mut self, number: u64) -> bool {
        if number != self.number {
            *self = Calm { number, since: Some(Instant::now()) };
        }
        self.since.take_if(|since| since.elapsed() >= CALM_AFTER).is_some()
    }
}
