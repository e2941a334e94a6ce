//! A commit whose outcome is certain: `Unknown` is settled by reading the guard's row, never by guessing.
//!
//! It never answers `Applied` or `Lost` without having seen a row that says so.

use std::time::Duration;

use parlance_store::{Commit, Error as StoreError, Family, Level, Outcome, RowKey, Store};

use crate::Error;

/// How often an unknown outcome is looked into before the askers are told that it is unknown.
const TRIES: u32 = 8;
/// The first wait between two tries; it doubles.
const FIRST_WAIT_MS: u64 = 5;

/// What became of a commit.
pub(crate) enum Settled {
    /// It is durable.
    Applied,
    /// Somebody else stands where it wanted to write.
    Lost,
}

/// Commits, and finds out what happened if the store cannot say.
pub(crate) async fn settle(store: &dyn Store, commit: &Commit) -> Result<Settled, Error> {
    let mut wait = Duration::from_millis(FIRST_WAIT_MS);
    for attempt in 0..TRIES {
        if attempt > 0 {
            tokio::time::sleep(wait).await;
            wait *= 2;
        }
        match store.commit(commit.clone()).await {
            Ok(Outcome::Applied) => return Ok(Settled::Applied),
            // After an unknown outcome the same token in the guard's row is our own first try.
            Ok(Outcome::Conflict(Some(row))) if row.token == commit.token => return Ok(Settled::Applied),
            Ok(Outcome::Conflict(_)) => return Ok(Settled::Lost),
            Ok(Outcome::Unknown) => {
                if let Some(settled) = look(store, commit).await? {
                    return Ok(settled);
                }
            }
            // A first try that the store refused was certainly not written; a later one may stand from before.
            Err(error) if attempt == 0 && !may_stand(&error) => return Err(error.into()),
            Err(error) if harmless(&error) => {}
            Err(error) => return Err(unknown(&error)),
        }
    }
    Err(Error::Unknown)
}

fn harmless(error: &StoreError) -> bool {
    matches!(error, StoreError::Full | StoreError::Unavailable(_))
}

/// Whether a commit that failed so may be there after the next start.
fn may_stand(error: &StoreError) -> bool {
    matches!(error, StoreError::Poisoned(_))
}

/// What is told of a commit that may stand, while the store can say no more.
fn unknown(error: &StoreError) -> Error {
    tracing::warn!(%error, "what became of a commit is not known");
    Error::Unknown
}

/// Reads the guard's row: nothing certain yet if it is still as it was before the commit.
async fn look(store: &dyn Store, commit: &Commit) -> Result<Option<Settled>, Error> {
    let key = RowKey {
        family: Family::Fenced,
        partition: commit.partition.clone(),
        key: commit.guard.key().clone(),
    };
    let row = match store.get(&key, Level::Serial).await {
        Ok(row) => row,
        Err(error) if harmless(&error) => return Ok(None),
        Err(error) => return Err(unknown(&error)),
    };
    let before = match &commit.guard {
        parlance_store::Guard::Absent(_) => 0,
        parlance_store::Guard::Version(_, version) => *version,
    };
    Ok(match row {
        Some(row) if row.token == commit.token => Some(Settled::Applied),
        Some(row) if row.version != before => Some(Settled::Lost),
        _ => None,
    })
}
