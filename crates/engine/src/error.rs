//! Why a use case did not do what was asked.
//!
//! Four kinds and no more, so that a door can map them at once; none carries text of a message.

use parlance_domain::{MessageRefusal, Rejection};
use parlance_store::Error as StoreError;

/// The engine's refusals; the doors map them to the wire.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The store says no, or has failed.
    #[error("the store refused")]
    Store(#[from] StoreError),
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
    /// What is told of rows without a guard that the store did not write: unlike a commit, they may be there all the same.
    pub(crate) fn of_write(error: StoreError) -> Error {
        match error {
            StoreError::Unavailable(_) | StoreError::Poisoned(_) => Error::Unknown,
            error => Error::Store(error),
        }
    }

    /// A row that cannot be read although the store vouches for its bytes.
    pub(crate) fn corrupt(what: impl Into<String>) -> Error {
        Error::Store(StoreError::Corrupt(what.into()))
    }
}
