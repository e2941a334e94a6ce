//! Row keys inside fjall: partition length (one byte), partition, key.
//!
//! The length byte keeps partitions apart that are prefixes of each other. Parts of large values live in a keyspace
//! of their own under: family (one byte), row key, place (two bytes, big endian).

use std::ops::Bound as Edge;

use fjall::UserKey;

use crate::{Bound, Error, Family};

/// Most bytes of a row key: length byte, partition, key.
pub(crate) const MAX_KEY_BYTES: usize = 1 + 255 + 255;

/// The key of a row. Refuses names that do not fit; nothing can be stored under them.
pub(crate) fn row_key(partition: &[u8], key: &[u8]) -> Result<UserKey, Error> {
    let mut buffer = [0_u8; MAX_KEY_BYTES];
    let len = fill(&mut buffer, partition, key)?;
    Ok(UserKey::from(&buffer[..len]))
}

fn fill(buffer: &mut [u8; MAX_KEY_BYTES], partition: &[u8], key: &[u8]) -> Result<usize, Error> {
    let (Ok(name_len), true) = (u8::try_from(partition.len()), key.len() <= 255) else {
        return Err(Error::TooLarge("a partition or key of more than 255 bytes".into()));
    };
    let start = 1 + partition.len();
    let end = start + key.len();
    buffer[0] = name_len;
    buffer[1..start].copy_from_slice(partition);
    buffer[start..end].copy_from_slice(key);
    Ok(end)
}

/// The client's key inside a row key; `None` when the bytes are no row key.
pub(crate) fn split(row_key: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name_len, rest) = row_key.split_first()?;
    rest.split_at_checked(usize::from(*name_len))
}

/// Both ends of a range inside fjall.
pub(crate) type Edges = (Edge<UserKey>, Edge<UserKey>);

/// The ends of a range inside fjall; `None` when no key can lie between them.
pub(crate) fn edges(partition: &[u8], from: &Bound, to: &Bound) -> Result<Option<Edges>, Error> {
    let low = match from {
        Bound::Open => Edge::Included(row_key(partition, b"")?),
        Bound::Included(key) => Edge::Included(row_key(partition, key)?),
        Bound::Excluded(key) => Edge::Excluded(row_key(partition, key)?),
    };
    let high = match to {
        Bound::Open => past_partition(partition)?,
        Bound::Included(key) => Edge::Included(row_key(partition, key)?),
        Bound::Excluded(key) => Edge::Excluded(row_key(partition, key)?),
    };
    let empty = match (&low, &high) {
        (Edge::Included(a), Edge::Included(b)) => **a > **b,
        (Edge::Included(a) | Edge::Excluded(a), Edge::Excluded(b))
        | (Edge::Excluded(a), Edge::Included(b)) => **a >= **b,
        _ => false,
    };
    Ok((!empty).then_some((low, high)))
}

/// The end behind the last key of a partition: the next name of the same length, or the next length.
fn past_partition(partition: &[u8]) -> Result<Edge<UserKey>, Error> {
    let mut end = row_key(partition, b"")?.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return Ok(Edge::Excluded(end.into()));
        }
    }
    Ok(Edge::Unbounded)
}

/// The key of one part of a large value.
pub(crate) fn part_key(family: Family, row_key: &[u8], place: u16) -> UserKey {
    let mut buffer = [0_u8; MAX_KEY_BYTES + 3];
    let end = 1 + row_key.len();
    buffer[0] = family_byte(family);
    buffer[1..end].copy_from_slice(row_key);
    buffer[end..end + 2].copy_from_slice(&place.to_be_bytes());
    UserKey::from(&buffer[..end + 2])
}

/// The stable number of a family on disk and in backups.
pub(crate) fn family_byte(family: Family) -> u8 {
    match family {
        Family::Fenced => 0,
        Family::Register => 1,
        Family::Blind => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_key_splits_into_its_names() {
        let key = row_key(b"part", b"k1").unwrap();
        assert_eq!(&*key, b"\x04partk1");
        assert_eq!(split(&key), Some((&b"part"[..], &b"k1"[..])));
        assert_eq!(split(b"\x09short"), None);
    }

    #[test]
    fn the_end_of_a_partition_of_full_bytes_is_the_next_length() {
        let Edge::Excluded(end) = past_partition(&[0xff, 0xff]).unwrap() else { panic!("an end") };
        assert_eq!(&*end, b"\x03");
        assert_eq!(past_partition(&[0xff; 255]).unwrap(), Edge::Unbounded);
    }
}
