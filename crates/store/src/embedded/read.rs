//! Reads: directly on the caller's task, of what is durable only.
//!
//! fjall makes a batch visible after it is synced, so nothing read here can be taken away by a crash. Values in
//! parts, ranges and multi-gets are read from a view of one instant.

use bytes::{Bytes, BytesMut};

use super::rows::envelope::{self, Head};
use super::rows::keys;
use super::tables::{Lookup, Space, Tables, View, table_error};
use super::write::prepare::PART_BYTES;
use crate::{Error, Family, Range, Row, RowKey};

/// A row found under a key, and what its envelope says.
pub(crate) struct Found {
    pub(crate) row: Row,
    pub(crate) head: Head,
}

/// One row, unless absent or expired.
pub(crate) fn get(tables: &Tables, key: &RowKey, now_ms: i64) -> Result<Option<Row>, Error> {
    let row_key = keys::row_key(&key.partition, &key.key)?;
    let space = Space::from(key.family);
    let Some(stored) = tables.stored(space, &row_key)? else { return Ok(None) };
    let opened = envelope::open(&row_key, &stored)?;
    if opened.head.expired(now_ms) {
        return Ok(None);
    }
    if opened.head.parted_bytes.is_none() {
        return Ok(Some(opened.row(key.key.clone(), Bytes::copy_from_slice(opened.value))));
    }
    get_at(&tables.view(), key, now_ms)
}

/// One row as of a view.
pub(crate) fn get_at(view: &View<'_>, key: &RowKey, now_ms: i64) -> Result<Option<Row>, Error> {
    let row_key = keys::row_key(&key.partition, &key.key)?;
    Ok(live(view, key.family, &row_key, key.key.clone(), now_ms)?.map(|found| found.row))
}

/// The row under a whole key, unless absent or expired.
pub(crate) fn live(
    lookup: &impl Lookup,
    family: Family,
    row_key: &[u8],
    key: Bytes,
    now_ms: i64,
) -> Result<Option<Found>, Error> {
    match lookup.stored(family.into(), row_key)? {
        Some(stored) => unseal(lookup, family, row_key, (key, &stored), now_ms),
        None => Ok(None),
    }
}

/// Opens a stored row and puts its parts together; `None` when it has expired.
pub(crate) fn unseal(
    lookup: &impl Lookup,
    family: Family,
    row_key: &[u8],
    (key, stored): (Bytes, &[u8]),
    now_ms: i64,
) -> Result<Option<Found>, Error> {
    let opened = envelope::open(row_key, stored)?;
    let head = opened.head;
    if head.expired(now_ms) {
        return Ok(None);
    }
    let value = match head.parted_bytes {
        None => Some(Bytes::copy_from_slice(opened.value)),
        Some(total) => assemble(lookup, family, row_key, &head, total)?,
    };
    Ok(value.map(|value| Found { row: opened.row(key, value), head }))
}

/// A value from its parts. Parts of an expiring row may have been erased before a clock went back: then it is absent.
pub(crate) fn assemble(
    lookup: &impl Lookup,
    family: Family,
    row_key: &[u8],
    head: &Head,
    total: u64,
) -> Result<Option<Bytes>, Error> {
    let total = usize::try_from(total).unwrap_or(usize::MAX);
    let mut value = BytesMut::with_capacity(total.min(crate::limits::MAX_BYTES));
    for place in 0..total.div_ceil(PART_BYTES) {
        let place = u16::try_from(place).map_err(|_| broken(row_key))?;
        let part_key = keys::part_key(family, row_key, place);
        match lookup.stored(Space::Parts, &part_key)? {
            Some(stored) => value.extend_from_slice(envelope::open(&part_key, &stored)?.value),
            None if head.expires_at_ms.is_some() => return Ok(None),
            None => return Err(broken(row_key)),
        }
    }
    if value.len() != total {
        return Err(broken(row_key));
    }
    Ok(Some(value.freeze()))
}

fn broken(row_key: &[u8]) -> Error {
    Error::Corrupt(format!("the row under key {} misses a part of its value", row_key.escape_ascii()))
}

/// The rows of a range as of one instant, at most `range.limit`.
pub(crate) fn range(tables: &Tables, range: &Range, now_ms: i64) -> Result<Vec<Row>, Error> {
    let Some(edges) = keys::edges(&range.partition, &range.from, &range.to)? else { return Ok(Vec::new()) };
    let view = tables.view();
    let mut stored = view.range(range.family.into(), edges);
    let mut rows = Vec::with_capacity(range.limit.min(64));
    while rows.len() < range.limit {
        let next = if range.reverse { stored.next_back() } else { stored.next() };
        let Some(item) = next else { break };
        let (row_key, stored) = item.into_inner().map_err(table_error)?;
        let key = Bytes::copy_from_slice(&row_key[1 + range.partition.len()..]);
        if let Some(found) = unseal(&view, range.family, &row_key, (key, &stored), now_ms)? {
            rows.push(found.row);
        }
    }
    Ok(rows)
}
