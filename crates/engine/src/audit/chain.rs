//! The chain: how a record's hash follows from the one before.
//!
//! The first record follows a hash of zeros.

use prost::Message as _;
use sha2::{Digest as _, Sha256};

use bytes::Bytes;

use crate::{Error, rows};

/// The hash of a record and of all before it.
pub type Hash = [u8; 32];

/// The end of the chain so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The last record's index; 0 before the first.
    pub index: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Head {
    /// The link after this one.
    pub(super) fn follow(self, record: &rows::AuditRecord) -> (Head, rows::AuditRow) {
        let record = Bytes::from(record.encode_to_vec());
        let next = self.after(&record);
        (next, rows::AuditRow { record, hash: Bytes::copy_from_slice(&next.hash) })
    }

    /// The end of the chain with this record.
    pub(super) fn after(self, record: &[u8]) -> Head {
        let index = self.index + 1;
        let hash = Sha256::new()
            .chain_update(self.hash)
            .chain_update(index.to_be_bytes())
            .chain_update(record)
            .finalize();
        Head { index, hash: hash.into() }
    }
}

/// The record in a row.
pub(super) fn record(row: &rows::AuditRow) -> Result<rows::AuditRecord, Error> {
    rows::AuditRecord::decode(row.record.clone())
        .map_err(|error| Error::corrupt(format!("an audit record cannot be read: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_depends_on_the_record_its_index_and_all_before() {
        let record = rows::AuditRecord { act: "a".into(), ..rows::AuditRecord::default() };
        let other = rows::AuditRecord { act: "b".into(), ..rows::AuditRecord::default() };
        let (first, row) = Head::default().follow(&record);
        assert_eq!((first.index, row.hash.as_ref()), (1, first.hash.as_slice()));
        assert_eq!(Head::default().follow(&record).0, first);
        let (second, _) = first.follow(&record);
        let (changed, _) = Head::default().follow(&other).0.follow(&record);
        assert_ne!(second.hash, first.hash);
        assert_ne!(second.hash, changed.hash);
    }

    /// For ever: a chain that was written before must be checked in the same way.
    #[test]
    fn the_form_of_the_hash_stays() {
        let head = Head::default().after(b"abc");
        let expected: Hash =
            Sha256::digest([&[0; 32][..], &[0, 0, 0, 0, 0, 0, 0, 1], b"abc"].concat()).into();
        assert_eq!(head.hash, expected);
    }
}
