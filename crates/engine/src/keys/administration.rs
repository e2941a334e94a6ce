//! Layouts of what administrators work with: indexes of users and groups, the audit log.
//!
//! Indexes are spread over shards by the low bits of an id, which are chance, so that no partition is hot.

use bytes::Bytes;
use parlance_proto::GroupId;
use parlance_store::{Family, RowKey};

use super::{Name, bucket, index};

/// The shards of each index; changing the number would lose sight of rows.
pub(crate) const INDEX_SHARDS: u8 = 16;

/// What an index is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Indexed {
    /// Every user.
    Users,
    /// Every group.
    Groups,
}

/// The family of an index's rows. A group's row is the claim of its id, so that no two groups draw the same.
pub(crate) fn index_family(what: Indexed) -> Family {
    match what {
        Indexed::Users => Family::Blind,
        Indexed::Groups => Family::Fenced,
    }
}

/// One shard of an index; its keys are ids.
pub(crate) fn index_of(what: Indexed, shard: u8) -> Bytes {
    let kind = match what {
        Indexed::Users => b'u',
        Indexed::Groups => b'g',
    };
    Name::new(b'I').byte(kind).byte(shard).done()
}

/// The shard that holds an id.
pub(crate) fn index_shard(id: u64) -> u8 {
    (id % u64::from(INDEX_SHARDS)) as u8
}

/// The claim of a group's id, which is its row in the index.
pub(crate) fn group_claim(group: GroupId) -> RowKey {
    let partition = index_of(Indexed::Groups, index_shard(group.0));
    RowKey { family: Family::Fenced, partition, key: index(group.0) }
}

/// A record of the audit log.
pub(crate) fn audit(at: u64) -> RowKey {
    RowKey { family: Family::Fenced, partition: audit_bucket(bucket(at)), key: index(at) }
}

/// A part of the audit log.
pub(crate) fn audit_bucket(bucket: u64) -> Bytes {
    Name::new(b'Q').number(bucket).done()
}

/// How far the audit log has come, apart from the log itself.
pub(crate) fn audit_head() -> RowKey {
    RowKey { family: Family::Register, partition: Bytes::from_static(b"Q"), key: Bytes::from_static(b"head") }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{full, hex};
    use super::*;

    #[test]
    fn layouts_of_administration_stay_as_they_are() {
        let id = 0x1112_1314_1516_1718;
        assert_eq!(index_shard(id), 8);
        assert_eq!(hex(&index_of(Indexed::Users, 8)), "497508");
        assert_eq!(hex(&index_of(Indexed::Groups, 8)), "496708");
        assert_eq!(full(&group_claim(GroupId(id))), "Fenced 496708 1112131415161718");
        assert_eq!(full(&audit(0x2_0003)), "Fenced 510000000000000002 0000000000020003");
        assert_eq!(full(&audit_head()), "Register 51 68656164");
    }
}
