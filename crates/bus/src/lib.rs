//! Hints between nodes: a subject, a message, whoever listens. Delivery is at most once and may fail silently.
//!
//! Nothing that must not be lost may travel here; whoever publishes must be able to lose every message and still be
//! right. This crate knows no messaging noun: a message is whatever its user says it is.

mod local;
mod lossy;
mod nats;
mod reply;

pub use local::Local;
pub use lossy::{Loss, Lossy};
pub use nats::{Nats, NatsError, NatsOptions};
pub use reply::{Answer, Reply, Responder, Unanswered};

use std::sync::Arc;

use bytes::Bytes;

/// What a subscriber does with a message. It is called on the publisher's task: it must be quick and never block.
pub type Handler<M> = Arc<dyn Fn(&M) + Send + Sync>;

/// What is done when messages may have been lost. It must be quick and never block.
pub type LossHandler = Arc<dyn Fn() + Send + Sync>;

/// The seam between a node and its fellows.
pub trait Bus<M>: Send + Sync + 'static {
    /// Sends a message to whoever listens to `subject`, as far as possible. Subscribers of this node have had it when it
    /// returns. It never blocks and never fails: what cannot be sent is lost.
    fn publish(&self, subject: &str, message: &M);

    /// Calls `handler` for each message on `subject` until the subscription is dropped.
    fn subscribe(&self, subject: &str, handler: Handler<M>) -> Subscription;

    /// Asks whoever responds to `subject`. It goes out when the answer is waited for, which its user must not do for ever: a
    /// request or its answer may be lost, and a request that nobody answered may have been heard all the same.
    fn request(&self, subject: &str, message: &M) -> Answer<M>;

    /// Calls `responder` for each request on `subject` until the subscription is dropped. A subject has one responder.
    fn respond(&self, subject: &str, responder: Responder<M>) -> Subscription;

    /// Whether messages of other nodes can arrive now.
    fn is_up(&self) -> bool {
        true
    }

    /// Calls `handler` whenever messages of other nodes may have been lost, until the subscription is dropped. Also while
    /// they still may be: whoever wants to know looks at `is_up`.
    fn on_loss(&self, handler: LossHandler) -> Subscription {
        drop(handler);
        Subscription::new(|| ())
    }
}

/// How messages become bytes between nodes, said by whoever knows what they are.
pub struct Wire<M> {
    /// The bytes of a message.
    pub encode: fn(&M) -> Bytes,
    /// The message of some bytes; none if a newer node said something that this one does not know.
    pub decode: fn(&[u8]) -> Option<M>,
}

impl<M> Clone for Wire<M> {
    fn clone(&self) -> Wire<M> {
        *self
    }
}

impl<M> Copy for Wire<M> {}

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
