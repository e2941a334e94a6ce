//! What a store answers: outcomes of commits, errors, capabilities.
//!
//! An outcome is an answer; an error means that there is none, and says what is still certain.

use crate::Row;

/// What became of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is durable.
    Applied,
    /// The guard did not hold; the row that stands under the guard's key, if any. Nothing was written.
    Conflict(Option<Row>),
    /// The answer was lost. A serial read of the guard's row settles it: our token means applied, a foreign one
    /// conflict, absence means the same commit may be sent again with the same token.
    Unknown,
}

/// Why a store refused. Only `Full`, `TooLarge` and `Unavailable` leave it in working order.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The disk has no room. Nothing was written; reads go on, writes resume when space returns.
    #[error("the disk is full: free some space; writes resume by themselves")]
    Full,
    /// A row or commit over the engine's limits. Nothing was written.
    #[error("too large for the store: {0}")]
    TooLarge(String),
    /// The store cannot be reached or is closing. Nothing of a commit was written; blind rows and registers may have been.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// A write or sync failed earlier or now. What was not acknowledged may or may not survive; the program must end.
    #[error("the store has failed and takes no more writes: {0}")]
    Poisoned(String),
    /// Bytes on the disk are not what was written.
    #[error("the store is damaged: {0}")]
    Corrupt(String),
    /// The folder or the database is open in another program.
    #[error("{0} is in use by another Parlance; stop it first, or choose another with --data or store.url")]
    Locked(String),
    /// The folder was written by a newer program.
    #[error("{0}")]
    NewerVersion(String),
    /// The store is behind what it had acknowledged (G10).
    #[error("{0}")]
    Behind(String),
}

/// What a compaction did; zeros where the engine keeps nothing that was overwritten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compaction {
    /// Bytes of all files before.
    pub bytes_before: u64,
    /// Bytes of all files afterwards.
    pub bytes_after: u64,
}

/// What an engine can hold and promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Most rows in one commit, puts and deletes together.
    pub max_commit_rows: usize,
    /// Most bytes in one commit.
    pub max_commit_bytes: usize,
    /// Most bytes in one value.
    pub max_value_bytes: usize,
    /// Rows can expire.
    pub expiry: bool,
    /// Durability was checked at start, or is a property of the engine.
    pub durability_proven: bool,
}
