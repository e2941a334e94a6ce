//! How bytes survive: one narrow trait, the engines behind it, and the suite that every engine passes.
//!
//! A row is *(family, partition, key) -> value*. A commit is atomic inside one partition and fenced by its guard;
//! beyond that no atomicity is assumed. This crate knows no messaging noun: it could hold anything.

mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod embedded;
mod limits;
pub mod memory;
mod model;
mod outcome;
#[cfg(feature = "planted")]
mod planted;
pub mod postgres;
pub mod whole;

pub use clock::Clock;
pub use embedded::{Embedded, EmbeddedOptions};
pub use memory::{Memory, MemoryOptions};
pub use model::{
    Along, Bound, Commit, Durability, Family, Guard, Level, Put, Range, Row, RowKey, Token, Write,
};
pub use outcome::{Capabilities, Compaction, Error, Outcome};
#[cfg(feature = "planted")]
pub use planted::Planted;
pub use postgres::{Postgres, PostgresOptions};

use async_trait::async_trait;

/// The seam between what Parlance knows and what keeps bytes.
///
/// Every engine is safe to call from any number of tasks. An `Ok` of a write means *durable*: it survives a kill of
/// the process and a loss of power. A read never sees what a crash could still take away: a row becomes visible when
/// it is durable, not before. A range and a multi-get each see one instant.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Writes fenced rows of one partition, all or none, if the guard holds at that moment.
    async fn commit(&self, commit: Commit) -> Result<Outcome, Error>;

    /// Raises the register `key` to `n` with `value`; a lower or equal `n` changes nothing and is no error.
    async fn merge_max(
        &self,
        key: RowKey,
        n: u64,
        value: bytes::Bytes,
        durability: Durability,
    ) -> Result<(), Error>;

    /// Writes and deletes blind rows; repeating it is harmless.
    async fn write(&self, writes: Vec<Write>, durability: Durability) -> Result<(), Error>;

    /// The row under `key`, unless absent or expired.
    async fn get(&self, key: &RowKey, level: Level) -> Result<Option<Row>, Error>;

    /// The rows of one partition between two keys, in key order (or reverse), at most `range.limit`.
    async fn range(&self, range: Range, level: Level) -> Result<Vec<Row>, Error>;

    /// `get` for many keys at once; the answer has one place per key, in the order asked.
    async fn multi_get(&self, keys: &[RowKey], level: Level) -> Result<Vec<Option<Row>>, Error>;

    /// Rewrites what is kept until no value that was overwritten or deleted before the call is left in any file of the
    /// engine's own; a database's log is not. It may take minutes. The engines of our own go on writing and reading meanwhile,
    /// a database has everybody wait.
    async fn compact(&self) -> Result<Compaction, Error>;

    /// What this engine can hold and promise.
    fn capabilities(&self) -> Capabilities;

    /// Resolves when the store can no longer be trusted (a failed sync, a bad checksum); the program must end then.
    async fn failed(&self) -> Error;

    /// Stops taking writes, makes everything durable and releases the store.
    async fn close(&self) -> Result<(), Error>;
}
