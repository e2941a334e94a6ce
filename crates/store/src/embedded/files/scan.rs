//! Reads fjall's journal batch by batch, more strictly than fjall does.
//!
//! Journal layout of fjall 3.1 (the version is pinned): start (tag 1, item count u32, sequence u64), items (tag 2,
//! type, compression, keyspace u64, key length u16, value lengths u32 twice, key, value), end (tag 3, XXH3 of the
//! items u64, "FJL" 3); all little endian. Our first item of each batch is the group's mark.

use xxhash_rust::xxh3::xxh3_64;

use super::format::StoreId;

const TAG_START: u8 = 1;
const TAG_ITEM: u8 = 2;
const TAG_END: u8 = 3;
const TRAILER: [u8; 4] = *b"FJL\x03";

/// The key of the mark in its keyspace.
pub(crate) const MARK_KEY: &[u8] = b"group";
/// Store id, group number, sequence floor.
pub(crate) const MARK_BYTES: usize = 32;

/// What names a group inside its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The store that wrote it.
    pub(crate) id: StoreId,
    /// Groups are numbered without gaps.
    pub(crate) number: u64,
    /// The batch's sequence number is not below this, and above the batch before it.
    pub(crate) sequence_floor: u64,
}

impl Mark {
    /// The mark as stored.
    pub(crate) fn bytes(&self) -> [u8; MARK_BYTES] {
        let mut bytes = [0; MARK_BYTES];
        bytes[..16].copy_from_slice(&self.id);
        bytes[16..24].copy_from_slice(&self.number.to_le_bytes());
        bytes[24..].copy_from_slice(&self.sequence_floor.to_le_bytes());
        bytes
    }

    /// Reads a mark of the store `id`.
    pub(crate) fn parse(bytes: &[u8], id: StoreId) -> Option<Mark> {
        let mut rest = bytes;
        let found = *take::<16>(&mut rest)?;
        let number = u64::from_le_bytes(*take::<8>(&mut rest)?);
        let sequence_floor = u64::from_le_bytes(*take::<8>(&mut rest)?);
        (found == id).then_some(Mark { id, number, sequence_floor })
    }
}

/// One whole and valid batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Batch {
    pub(crate) mark: Mark,
    pub(crate) sequence: u64,
    /// Bytes of the batch in the journal.
    pub(crate) len: usize,
}

/// Reads the batch at the start of `bytes`; `None` when it is not a whole batch of the store `id`.
pub(crate) fn read_batch(bytes: &[u8], id: StoreId) -> Option<Batch> {
    let mut rest = bytes;
    if take::<1>(&mut rest)?[0] != TAG_START {
        return None;
    }
    let items = u32::from_le_bytes(*take::<4>(&mut rest)?);
    let sequence = u64::from_le_bytes(*take::<8>(&mut rest)?);
    let body = rest;
    let (key, value) = read_item(&mut rest)?;
    let mark = Mark::parse(value, id).filter(|_| key == MARK_KEY)?;
    for _ in 1..items {
        read_item(&mut rest)?;
    }
    let body = &body[..body.len() - rest.len()];
    if take::<1>(&mut rest)?[0] != TAG_END
        || u64::from_le_bytes(*take::<8>(&mut rest)?) != xxh3_64(body)
        || *take::<4>(&mut rest)? != TRAILER
    {
        return None;
    }
    Some(Batch { mark, sequence, len: bytes.len() - rest.len() })
}

fn read_item<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let [tag, _kind, _compression] = *take::<3>(rest)?;
    if tag != TAG_ITEM {
        return None;
    }
    let _keyspace = take::<8>(rest)?;
    let key_len = u16::from_le_bytes(*take::<2>(rest)?);
    let _value_len = take::<4>(rest)?;
    let stored_len = u32::from_le_bytes(*take::<4>(rest)?);
    let (key, tail) = rest.split_at_checked(usize::from(key_len))?;
    let (value, tail) = tail.split_at_checked(stored_len as usize)?;
    *rest = tail;
    Some((key, value))
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(head)
}

/// The group numbers that can still be made out in damaged bytes.
pub(crate) fn traces(bytes: &[u8], id: StoreId) -> impl Iterator<Item = u64> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(from..)?;
            let at = from + rest.iter().position(|byte| *byte == id[0])?;
            from = at + 1;
            if let Some(mark) = Mark::parse(&bytes[at..], id) {
                return Some(mark.number);
            }
        }
    })
}
