//! Turns a request into the bytes to store, on the caller's task, so that the one writer has little left to do.
//!
//! Versions and register numbers follow from the request alone, so everything but the guard's check happens here.

use bytes::Bytes;
use fjall::{UserKey, UserValue};

use crate::embedded::rows::envelope::{self, Head};
use crate::embedded::rows::keys;
use crate::embedded::tables::Space;
use crate::{Commit, Durability, Error, Family, Guard, Put, RowKey, Write, limits};

/// The mark that something is to be erased; it stands until a compaction began.
pub(crate) const ERASED_KEY: &[u8] = b"erased";
/// The same while a compaction runs.
pub(crate) const ERASING_KEY: &[u8] = b"erasing";
/// A mark that never stands.
const NUDGE_KEY: &[u8] = b"nudge";
/// The marks that fill a journal begin so.
const FILLER_KEY: &[u8] = b"filler";
/// Together some 3.5 MB.
const FILLER_ROWS: u16 = 1_000;

/// Values beyond this are stored in parts of this size: a row stays under one page of the journal.
pub(crate) const PART_BYTES: usize = 3_500;

/// One row to store or drop.
#[derive(Debug)]
pub(crate) struct Op {
    /// Where the head is stored.
    pub(crate) space: Space,
    /// The family that the parts belong to.
    pub(crate) family: Family,
    /// The whole key inside fjall.
    pub(crate) key: UserKey,
    /// The sealed head; `None` drops the row.
    pub(crate) value: Option<UserValue>,
    /// Sealed parts of a large value, in order.
    pub(crate) parts: Vec<(UserKey, UserValue)>,
}

/// What must hold when the group is built.
#[derive(Debug)]
pub(crate) enum Check {
    /// Nothing: blind rows.
    Nothing,
    /// The fenced row under the key of this op is absent.
    Absent { op: usize, key: Bytes },
    /// The fenced row under the key of this op has this version.
    Version { op: usize, key: Bytes, version: u64 },
    /// The register under the key of op 0 is below this number; else there is nothing to write.
    Below(u64),
}

/// A request ready to be written.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) check: Check,
    pub(crate) ops: Vec<Op>,
    /// Bytes that go to the journal, about.
    pub(crate) bytes: usize,
    pub(crate) durability: Durability,
}

impl Prepared {
    fn new(check: Check, ops: Vec<Op>, durability: Durability) -> Prepared {
        let bytes = ops.iter().map(op_bytes).sum();
        Prepared { check, ops, bytes, durability }
    }
}

/// Prepares a guarded commit.
pub(crate) fn commit(commit: &Commit) -> Result<Prepared, Error> {
    limits::check_commit(commit)?;
    let (guard, number) = match &commit.guard {
        Guard::Absent(key) => (key, 1),
        Guard::Version(key, version) => (key, version.saturating_add(1)),
    };
    let mut ops = Vec::with_capacity(commit.puts.len() + commit.deletes.len() + commit.along.len());
    let mut guard_op = 0;
    for (place, put) in commit.puts.iter().enumerate() {
        let mut head = Head { expires_at_ms: put.expires_at_ms, ..Head::default() };
        if put.key == *guard {
            head.number = number;
            head.token = Some(commit.token);
            guard_op = place;
        }
        ops.push(put_op(Family::Fenced, &commit.partition, put, head)?);
    }
    for key in &commit.deletes {
        ops.push(delete_op(Family::Fenced, &commit.partition, key)?);
    }
    blind_ops(&commit.along, &mut ops)?;
    let check = match &commit.guard {
        Guard::Absent(key) => Check::Absent { op: guard_op, key: key.clone() },
        Guard::Version(key, version) => Check::Version { op: guard_op, key: key.clone(), version: *version },
    };
    Ok(Prepared::new(check, ops, commit.durability))
}

/// Prepares the raising of a register.
pub(crate) fn register(
    key: &RowKey,
    n: u64,
    value: Bytes,
    durability: Durability,
) -> Result<Prepared, Error> {
    limits::check_register(key, &value)?;
    let put = Put { key: key.key.clone(), value, expires_at_ms: None };
    let head = Head { number: n, ..Head::default() };
    let op = put_op(Family::Register, &key.partition, &put, head)?;
    Ok(Prepared::new(Check::Below(n), vec![op], durability))
}

/// Prepares blind rows.
pub(crate) fn blind(writes: &[Write], durability: Durability) -> Result<Prepared, Error> {
    limits::check_writes(writes)?;
    let mut ops = Vec::with_capacity(writes.len());
    blind_ops(writes, &mut ops)?;
    Ok(Prepared::new(Check::Nothing, ops, durability))
}

/// Prepares a group of marks of the engine's own: puts, and deletes where there is no value.
pub(crate) fn marks(marks: &[(&[u8], bool)]) -> Prepared {
    let ops = marks.iter().map(|(key, stands)| mark_op(key, stands.then(Vec::new))).collect();
    Prepared::new(Check::Nothing, ops, Durability::Durable)
}

/// Prepares a group that changes nothing: fjall forgets versions of the past only when something was written.
pub(crate) fn nudge() -> Prepared {
    marks(&[(NUDGE_KEY, false)])
}

/// Prepares rows that do nothing but have the journal grow, or their end. They are as long as rows may be.
pub(crate) fn filler(stands: bool) -> Prepared {
    let op = |row: u16| {
        let key = [FILLER_KEY, &row.to_be_bytes()].concat();
        mark_op(&key, stands.then(|| vec![0; PART_BYTES]))
    };
    Prepared::new(Check::Nothing, (0..FILLER_ROWS).map(op).collect(), Durability::Durable)
}

fn mark_op(key: &[u8], value: Option<Vec<u8>>) -> Op {
    let value = value.map(UserValue::from);
    Op { space: Space::Marks, family: Family::Blind, key: key.into(), value, parts: Vec::new() }
}

fn blind_ops(writes: &[Write], ops: &mut Vec<Op>) -> Result<(), Error> {
    for write in writes {
        ops.push(match write {
            Write::Put { partition, put } => {
                let head = Head { expires_at_ms: put.expires_at_ms, ..Head::default() };
                put_op(Family::Blind, partition, put, head)?
            }
            Write::Delete { partition, key } => delete_op(Family::Blind, partition, key)?,
            Write::Erased => mark_op(ERASED_KEY, Some(Vec::new())),
        });
    }
    Ok(())
}

fn delete_op(family: Family, partition: &[u8], key: &[u8]) -> Result<Op, Error> {
    Ok(Op {
        space: family.into(),
        family,
        key: keys::row_key(partition, key)?,
        value: None,
        parts: Vec::new(),
    })
}

/// The row as it is stored, with all that its envelope says.
pub(crate) fn put_op(family: Family, partition: &[u8], put: &Put, mut head: Head) -> Result<Op, Error> {
    let key = keys::row_key(partition, &put.key)?;
    if put.value.len() <= PART_BYTES {
        let value = Some(envelope::seal(&key, &head, &put.value));
        return Ok(Op { space: family.into(), family, key, value, parts: Vec::new() });
    }
    let part_head = Head { expires_at_ms: head.expires_at_ms, ..Head::default() };
    let parts = put.value.chunks(PART_BYTES).zip(0_u16..).map(|(part, place)| {
        let key = keys::part_key(family, &key, place);
        let sealed = envelope::seal(&key, &part_head, part);
        (key, sealed)
    });
    let parts = parts.collect();
    head.parted_bytes = Some(put.value.len() as u64);
    let value = Some(envelope::seal(&key, &head, b""));
    Ok(Op { space: family.into(), family, key, value, parts })
}

fn op_bytes(op: &Op) -> usize {
    let row = |key: &UserKey, value: &UserValue| key.len() + value.len();
    let head = op.value.as_ref().map_or(op.key.len(), |value| row(&op.key, value));
    head + op.parts.iter().map(|(key, value)| row(key, value)).sum::<usize>()
}
