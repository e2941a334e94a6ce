//! Why a use case did not do what was asked.
//!
//! Four kinds and no more, so that a door can map them at once; none carries text of a message.

use parlance_domain::{MessageRefusal, Rejection};

/// The engine's refusals; the doors map them to the wire.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The store says no, or has failed.
    #[error("the store refused")]
    Store(#[from] parlance_store::Error),
    /// Stopping or overloaded; nothing was done.
    #[error("the engine takes no requests now")]
    Busy,
    /// It may or may not have been done; the same request with the same retry key will tell.
    #[error("the outcome is not known")]
    Unknown,
}

impl From<MessageRefusal> for Error {
    fn from(refusal: MessageRefusal) -> Error {
        Error::Rejected(refusal.into())
    }
}

impl Error {
    /// A row that cannot be read although the store vouches for its bytes.
    pub(crate) fn corrupt(what: impl Into<String>) -> Error {
        Error::Store(parlance_store::Error::Corrupt(what.into()))
    }
}
