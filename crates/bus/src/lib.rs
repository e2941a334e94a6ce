//! Hints between nodes: a subject, a message, whoever listens. Delivery is at most once and may fail silently.
//!
//! Nothing that must not be lost may travel here; whoever publishes must be able to lose every message and still be
//! right. This crate knows no messaging noun: a message is whatever its user says it is.

mod local;
mod lossy;

pub use local::Local;
pub use lossy::{Loss, Lossy};

use std::sync::Arc;

/// What a subscriber does with a message. It is called on the publisher's task: it must be quick and never block.
pub type Handler<M> = Arc<dyn Fn(&M) + Send + Sync>;

/// The seam between a node and its fellows.
pub trait Bus<M>: Send + Sync + 'static {
    /// Sends a message to whoever listens to `subject`, as far as possible.
    fn publish(&self, subject: &str, message: &M);

    /// Calls `handler` for each message on `subject` until the subscription is dropped.
    fn subscribe(&self, subject: &str, handler: Handler<M>) -> Subscription;
}

/// Listening ends when this is dropped.
pub struct Subscription {
    /// What to do at the end; taken once.
    end: Option<Box<dyn FnOnce() + Send + Sync>>,
}

impl Subscription {
    /// A subscription that runs `end` when dropped.
    pub fn new(end: impl FnOnce() + Send + Sync + 'static) -> Subscription {
        Subscription { end: Some(Box::new(end)) }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            end();
        }
    }
}
