//! The one place that spawns tasks, so that stopping is an order: say it, wait for all, then close the store.
//! Nothing else in this crate calls `tokio::spawn`.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};
use tokio_util::task::TaskTracker;

/// Spawns tasks and tells them when to end. Clones are handles of the same set.
#[derive(Clone, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    stop: CancellationToken,
    /// The same as `stop`, to be asked without a lock.
    stopping: Arc<AtomicBool>,
}

impl Tasks {
    /// Runs a task; it is waited for at the end.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(task);
    }

    /// Runs a task that ends at once when the server stops.
    pub fn spawn_until_stop(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.tracker.spawn(async move {
            _ = stop.run_until_cancelled(task).await;
        });
    }

    /// Tells every task to come to an end.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        self.stop.cancel();
        self.tracker.close();
    }

    /// Whether tasks were told to end.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    /// Resolves when tasks are told to end.
    pub fn stopped(&self) -> WaitForCancellationFutureOwned {
        self.stop.clone().cancelled_owned()
    }

    /// Waits until every task has ended, at most so long; tells whether they have.
    pub async fn wait(&self, at_most: Duration) -> bool {
        tokio::time::timeout(at_most, self.tracker.wait()).await.is_ok()
    }
}
