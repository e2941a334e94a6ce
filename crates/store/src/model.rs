//! The shapes a store is asked with: keys, rows, commits, ranges.
//!
//! They say nothing about how an engine keeps them; values are opaque bytes.

use bytes::Bytes;

/// The three families of rows. A key belongs to one for ever; they are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Written by `commit` only.
    Fenced,
    /// Written by `merge_max` only; the number never falls.
    Register,
    /// Written by `write`, or alongside a commit; idempotent.
    Blind,
}

/// The full name of a row. Partition and key are at most 255 bytes each; keys order as bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey {
    /// Which kind of writing this row admits.
    pub family: Family,
    /// The unit of atomicity and of placement.
    pub partition: Bytes,
    /// The place in the partition.
    pub key: Bytes,
}

/// A row as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The place in the partition.
    pub key: Bytes,
    /// What was written.
    pub value: Bytes,
    /// Fenced guard rows: how often the row was written under a guard, from 1. Registers: their number. Else 0.
    pub version: u64,
    /// The token of the commit that last wrote this row as its guard; zero elsewhere.
    pub token: Token,
}

/// Sixteen bytes (node, incarnation, counter) that name one commit, so that `Unknown` can be settled by reading.
pub type Token = [u8; 16];

/// What must hold for a commit to apply. The guard's key must be among the puts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// No row under this key (an expired row counts as absent). The row becomes version 1.
    Absent(Bytes),
    /// The row under this key has this version. The row becomes the next version.
    Version(Bytes, u64),
}

impl Guard {
    /// The key that the guard watches.
    pub fn key(&self) -> &Bytes {
        match self {
            Guard::Absent(key) | Guard::Version(key, _) => key,
        }
    }
}

/// A row to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The place in the partition.
    pub key: Bytes,
    /// What to keep there.
    pub value: Bytes,
    /// Wall-clock milliseconds since 1970 after which the row counts as absent and may be erased.
    pub expires_at_ms: Option<i64>,
}

impl Put {
    /// A row that stays.
    pub fn new(key: impl Into<Bytes>, value: impl Into<Bytes>) -> Put {
        Put { key: key.into(), value: value.into(), expires_at_ms: None }
    }
}

/// A blind row, written or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Keep this value under this key.
    Put {
        /// The partition it lives in (family `Blind`).
        partition: Bytes,
        /// The row.
        put: Put,
    },
    /// Drop the row, if there is one.
    Delete {
        /// The partition it lives in (family `Blind`).
        partition: Bytes,
        /// The place in the partition.
        key: Bytes,
    },
    /// No row, but a hint: something that this request overwrites or deletes must really be gone. The engine
    /// compacts by itself, within its pace.
    Erased,
}

/// Blind rows of other partitions that travel with a commit.
///
/// Engines that can put them in the same batch do; others write and await them *before* the commit. They may
/// therefore exist although the commit did not apply, never the other way round.
pub type Along = Vec<Write>;

/// How soon a write must be safe. Both are durable when answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Somebody waits: sync at the next chance.
    Durable,
    /// Only for what the log can rebuild: may wait a little for somebody else's sync and ride it.
    Derived,
}

/// An atomic, guarded write to one fenced partition.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The partition all puts and deletes belong to.
    pub partition: Bytes,
    /// What must hold.
    pub guard: Guard,
    /// Rows to write; the guard's row among them. At most 512 rows and 256 KiB with the deletes.
    pub puts: Vec<Put>,
    /// Keys to drop.
    pub deletes: Vec<Bytes>,
    /// Kept in the guard's row.
    pub token: Token,
    /// Blind rows of other partitions that go with it.
    pub along: Along,
    /// How soon it must be safe.
    pub durability: Durability,
}

/// How fresh a read must be. Engines with one copy answer all three alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Whatever this replica has.
    Local,
    /// Not older than this version of the partition, as the caller counts it.
    AtLeast(u64),
    /// The latest committed state.
    Serial,
}

/// One end of a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// From the partition's end.
    Open,
    /// With this key.
    Included(Bytes),
    /// Next to this key.
    Excluded(Bytes),
}

/// Which rows of one partition to read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    /// The family read.
    pub family: Family,
    /// The partition read.
    pub partition: Bytes,
    /// The lower end.
    pub from: Bound,
    /// The upper end.
    pub to: Bound,
    /// At most so many rows.
    pub limit: usize,
    /// Highest key first.
    pub reverse: bool,
}

impl Range {
    /// All keys of a partition that start with `prefix`, in order.
    pub fn prefix(family: Family, partition: impl Into<Bytes>, prefix: &[u8], limit: usize) -> Range {
        let (from, to) = prefix_bounds(prefix);
        Range { family, partition: partition.into(), from, to, limit, reverse: false }
    }
}

/// The bounds that hold every key starting with `prefix`.
fn prefix_bounds(prefix: &[u8]) -> (Bound, Bound) {
    let from = Bound::Included(Bytes::copy_from_slice(prefix));
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return (from, Bound::Excluded(end.into()));
        }
    }
    (from, Bound::Open)
}
