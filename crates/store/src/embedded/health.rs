//! Whether the store can still be trusted.
//!
//! It fails once, for good, and tells everybody; nothing makes it well again but a new start.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

use crate::Error;

/// Shared by the handle, the writer and the keeper.
#[derive(Debug)]
pub(crate) struct Health {
    /// The fast answer to "has it failed?".
    failed: AtomicBool,
    /// What it failed with, for those who wait for it.
    cause: watch::Sender<Option<Error>>,
}

impl Health {
    pub(crate) fn new() -> Health {
        Health { failed: AtomicBool::new(false), cause: watch::Sender::new(None) }
    }

    /// Notes the first failure; later ones change nothing.
    pub(crate) fn fail(&self, error: &Error) {
        let first = self.cause.send_if_modified(|cause| {
            let first = cause.is_none();
            if first {
                *cause = Some(error.clone());
            }
            first
        });
        self.failed.store(true, Ordering::Release);
        if first {
            tracing::error!(%error, "the store can no longer be trusted");
        }
    }

    /// Refuses when the store has failed.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if !self.failed.load(Ordering::Acquire) {
            return Ok(());
        }
        let cause = self.cause.borrow().as_ref().map_or_else(String::new, ToString::to_string);
        Err(Error::Poisoned(cause))
    }

    /// Passes a result on; damage and failures of the disk are noted.
    pub(crate) fn note<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(error @ (Error::Corrupt(_) | Error::Poisoned(_))) = &result {
            self.fail(error);
        }
        result
    }

    /// Resolves with the first failure.
    pub(crate) async fn failed(&self) -> Error {
        let mut seen = self.cause.subscribe();
        match seen.wait_for(Option::is_some).await {
            Ok(cause) => cause.clone().unwrap_or_else(|| Error::Poisoned(String::new())),
            Err(_) => Error::Unavailable("the store is gone".into()),
        }
    }
}
