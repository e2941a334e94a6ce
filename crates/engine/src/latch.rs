//! A latch: something that happens once, and that many may wait for.
//!
//! Waiters wake in the order they came. Tokio's `watch` wakes them in random order, which would make simulations of
//! the same seed differ.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Open until it is closed for ever.
#[derive(Default)]
pub(crate) struct Latch {
    closed: AtomicBool,
    bell: Notify,
}

impl Latch {
    /// Closes it.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.bell.notify_waiters();
    }

    /// Whether it is closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Resolves when it is closed.
    pub(crate) async fn closed(&self) {
        let mut bell = std::pin::pin!(self.bell.notified());
        bell.as_mut().enable();
        if !self.is_closed() {
            bell.await;
        }
    }
}
