//! Layouts of what administrators work with: indexes of users and groups, the audit log, invites, settings, reports.
//!
//! Indexes are spread over shards by the low bits of an id, which are chance, so that no partition is hot.

use bytes::Bytes;
use parlance_proto::{ConversationId, GroupId, ReportId, UserId};
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

/// An invite by its code's hash.
pub(crate) fn invite(hash: &[u8; 32]) -> RowKey {
    RowKey { family: Family::Fenced, partition: Name::new(b'J').bytes(hash).done(), key: Bytes::new() }
}

/// The invites of everybody, or of one user; the key is the invite's id, the value its code's hash.
pub(crate) fn invites(of: Option<UserId>) -> Bytes {
    match of {
        Some(user) => Name::new(b'J').number(user.0).done(),
        None => Name::new(b'J').done(),
    }
}

/// The settings that were changed while the server ran.
pub(crate) fn settings() -> RowKey {
    RowKey { family: Family::Fenced, partition: Bytes::from_static(b"O"), key: Bytes::from_static(b"s") }
}

/// A ticket by its hash.
pub(crate) fn ticket(hash: &[u8; 32]) -> RowKey {
    RowKey { family: Family::Fenced, partition: Name::new(b'T').bytes(hash).done(), key: Bytes::new() }
}

/// A report.
pub(crate) fn report(report: ReportId) -> RowKey {
    RowKey {
        family: Family::Fenced,
        partition: Name::new(b'Z').byte(b'r').number(report.0).done(),
        key: Bytes::new(),
    }
}

/// The claim that makes a user's report of a message the only one.
pub(crate) fn report_claim(reporter: UserId, conversation: ConversationId, at: u64) -> RowKey {
    let partition = Name::new(b'Z').byte(b'c').number(reporter.0).done();
    RowKey {
        family: Family::Fenced,
        partition,
        key: Name::bare().conversation(conversation).number(at).done(),
    }
}

/// The reports that are open, or that are not any more.
pub(crate) fn reports(open: bool) -> Bytes {
    Name::new(b'Z').byte(if open { b'o' } else { b'd' }).done()
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

    #[test]
    fn layouts_of_invites_settings_and_reports_stay_as_they_are() {
        let user = UserId(0x1112_1314_1516_1718);
        let group = ConversationId::Group(GroupId(7));
        assert_eq!(full(&invite(&[0xa5; 32])), format!("Fenced 4a{} ", "a5".repeat(32)));
        assert_eq!(
            (hex(&invites(None)), hex(&invites(Some(user)))),
            ("4a".into(), "4a1112131415161718".into())
        );
        assert_eq!(full(&settings()), "Fenced 4f 73");
        assert_eq!(full(&ticket(&[0xa5; 32])), format!("Fenced 54{} ", "a5".repeat(32)));
        assert_eq!(full(&report(ReportId(9))), "Fenced 5a720000000000000009 ");
        assert_eq!(
            full(&report_claim(user, group, 3)),
            "Fenced 5a631112131415161718 6700000000000000070000000000000003"
        );
        assert_eq!((hex(&reports(true)), hex(&reports(false))), ("5a6f".into(), "5a64".into()));
    }
}
