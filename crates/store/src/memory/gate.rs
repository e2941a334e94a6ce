//! Whether a handle works, and a way to wait for it to change.
//!
//! Waiters wake in the order they came. Tokio's `watch` wakes them in random order, which would make the same seed
//! give different traces.

use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use super::state::Life;

/// The life of a handle.
#[derive(Debug)]
pub(crate) struct Gate {
    life: Mutex<Life>,
    /// Rung at each change, and when the last waiting write was answered.
    bell: Notify,
}

impl Gate {
    pub(crate) fn new() -> Gate {
        Gate { life: Mutex::new(Life::Open), bell: Notify::new() }
    }

    pub(crate) fn life(&self) -> Life {
        *self.life.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set(&self, life: Life) {
        *self.life.lock().unwrap_or_else(PoisonError::into_inner) = life;
        self.ring();
    }

    /// Has waiters look again.
    pub(crate) fn ring(&self) {
        self.bell.notify_waiters();
    }

    /// Resolves when `wanted` holds.
    pub(crate) async fn wait_for(&self, wanted: impl Fn(Life) -> bool) {
        loop {
            let mut change = std::pin::pin!(self.bell.notified());
            change.as_mut().enable();
            if wanted(self.life()) {
                return;
            }
            change.await;
        }
    }
}
