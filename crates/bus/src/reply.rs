//! Requests and their answers: one asks, one answers, or nobody does.
//!
//! A reply is used once. One that is dropped tells the asker that no answer comes, as far as that can be told.

use std::pin::Pin;
use std::sync::Arc;

/// What a node does with a request. It is called where the request came in: it must be quick and never block.
pub type Responder<M> = Arc<dyn Fn(&M, Reply<M>) + Send + Sync>;

/// The answer to a request, once it comes.
pub type Answer<M> = Pin<Box<dyn Future<Output = Result<M, Unanswered>> + Send>>;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// Nobody has heard the request.
    Nobody,
    /// Whoever may have heard it does not answer.
    Lost,
}

/// The way back to whoever asked.
pub struct Reply<M> {
    /// Takes the answer, or that there is none; used once.
    to: Option<Box<dyn FnOnce(Option<M>) + Send>>,
}

impl<M> Reply<M> {
    /// A reply that leads there.
    pub fn new(to: impl FnOnce(Option<M>) + Send + 'static) -> Reply<M> {
        Reply { to: Some(Box::new(to)) }
    }

    /// Answers.
    pub fn send(mut self, answer: M) {
        if let Some(to) = self.to.take() {
            to(Some(answer));
        }
    }
}

impl<M> Drop for Reply<M> {
    fn drop(&mut self) {
        if let Some(to) = self.to.take() {
            to(None);
        }
    }
}
