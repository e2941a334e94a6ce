//! The one way to start a task: tracked, so that stopping is an order and nothing outlives the engine.
//!
//! After the order to stop no task starts; a crash is the same without the waiting.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The engine's tasks.
pub(crate) struct Tasks {
    /// All that run.
    set: Mutex<JoinSet<()>>,
    /// Tells everything to end.
    stop: Arc<Stop>,
}

/// The order to end. Who waits for it wakes in the order of waiting, so that simulations repeat themselves.
#[derive(Default)]
struct Stop {
    ordered: AtomicBool,
    bell: Notify,
}

impl Stop {
    fn order(&self) {
        self.ordered.store(true, Ordering::Release);
        self.bell.notify_waiters();
    }

    fn is_ordered(&self) -> bool {
        self.ordered.load(Ordering::Acquire)
    }

    async fn wait(&self) {
        let mut bell = std::pin::pin!(self.bell.notified());
        bell.as_mut().enable();
        if !self.is_ordered() {
            bell.await;
        }
    }
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
        self.stop.is_ordered()
    }

    /// Resolves when stopping was ordered.
    pub(crate) fn stopping(&self) -> impl Future<Output = ()> + Send + use<> {
        let stop = Arc::clone(&self.stop);
        async move { stop.wait().await }
    }

    /// Orders all tasks to end and waits for them.
    pub(crate) async fn stop(&self) {
        self.stop.order();
        let mut set = std::mem::take(&mut *self.set.lock().unwrap_or_else(PoisonError::into_inner));
        while set.join_next().await.is_some() {}
    }

    /// Ends all tasks where they stand, as a crash would.
    pub(crate) fn abort(&self) {
        self.stop.order();
        self.set.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
    }
}
