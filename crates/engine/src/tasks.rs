//! The one way to start a task: tracked, so that stopping is an order and nothing outlives the engine.
//!
//! After the order to stop no task starts; a crash is the same without the waiting.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinSet;

use crate::latch::Latch;

/// The engine's tasks.
pub(crate) struct Tasks {
    /// All that run.
    set: Mutex<JoinSet<()>>,
    /// Tells everything to end.
    stop: Arc<Latch>,
}

impl Tasks {
    pub(crate) fn new() -> Tasks {
        Tasks { set: Mutex::new(JoinSet::new()), stop: Arc::default() }
    }

    /// Starts a task, unless the engine is stopping.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        while set.try_join_next().is_some() {}
        if !self.stopped() {
            set.spawn(task);
        }
    }

    /// Whether stopping was ordered.
    pub(crate) fn stopped(&self) -> bool {
        self.stop.is_closed()
    }

    /// Resolves when stopping was ordered.
    pub(crate) fn stopping(&self) -> impl Future<Output = ()> + Send + use<> {
        let stop = Arc::clone(&self.stop);
        async move { stop.closed().await }
    }

    /// Orders all tasks to end and waits for them.
    pub(crate) async fn stop(&self) {
        self.stop.close();
        let mut set = std::mem::take(&mut *self.set.lock().unwrap_or_else(PoisonError::into_inner));
        while set.join_next().await.is_some() {}
    }

    /// Ends all tasks where they stand, as a crash would.
    pub(crate) fn abort(&self) {
        self.stop.close();
        self.set.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
    }
}
