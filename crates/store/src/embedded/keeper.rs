//! The keeper thread: once a second it makes the watermark safe and looks whether the writer hangs.
//!
//! It keeps the sync of the watermark off the writer's way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::files::watermark::Watermark;
use super::health::Health;
use crate::Error;

const TICK: Duration = Duration::from_secs(1);
/// A group that takes longer is reported.
const HANGS_AFTER: Duration = Duration::from_secs(10);

/// When the writer began the group it works on.
#[derive(Debug)]
pub(crate) struct Pulse {
    start: Instant,
    /// Milliseconds after `start`, plus one; 0 while the writer waits.
    busy_since: AtomicU64,
}

impl Pulse {
    pub(crate) fn new() -> Pulse {
        Pulse { start: Instant::now(), busy_since: AtomicU64::new(0) }
    }

    pub(crate) fn begin(&self) {
        self.busy_since.store(self.start.elapsed().as_millis() as u64 + 1, Ordering::Relaxed);
    }

    pub(crate) fn end(&self) {
        self.busy_since.store(0, Ordering::Relaxed);
    }

    fn busy_for(&self) -> Option<Duration> {
        let since = Duration::from_millis(self.busy_since.load(Ordering::Relaxed).checked_sub(1)?);
        Some(self.start.elapsed().saturating_sub(since))
    }
}

/// The running thread; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Keeper {
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    pub(crate) fn start(
        watermark: Arc<Watermark>,
        health: Arc<Health>,
        pulse: Arc<Pulse>,
    ) -> Result<Keeper, Error> {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("store-keeper".into())
            .spawn(move || {
                while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    if let Err(error) = watermark.sync() {
                        health.fail(&Error::Poisoned(error.to_string()));
                    }
                    if let Some(busy) = pulse.busy_for().filter(|busy| *busy > HANGS_AFTER) {
                        tracing::error!(seconds = busy.as_secs(), "a write to the store hangs");
                    }
                }
            })
            .map_err(|error| Error::Unavailable(format!("starting a thread: {error}")))?;
        Ok(Keeper { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
