//! Layouts of what is about keeping: how far old messages are gone, legal holds and what they keep.
//!
//! Copies stand under their hold, so that they go with it; no other row leads to them.

use bytes::Bytes;
use parlance_proto::{ConversationId, FileId, HoldId};
use parlance_store::{Family, RowKey};

use super::{Name, shard};

/// Up to which index all messages of a conversation were too old and are gone.
pub(crate) fn retired(conversation: ConversationId) -> RowKey {
    let partition = Name::new(b'M').byte(b'r').byte(shard(conversation)).done();
    RowKey { family: Family::Register, partition, key: super::conversation(conversation) }
}

/// The `WalkedRow`.
pub(crate) fn walked() -> RowKey {
    RowKey { family: Family::Blind, partition: Bytes::from_static(b"M"), key: Bytes::from_static(b"w") }
}

/// A hold.
pub(crate) fn hold(hold: HoldId) -> RowKey {
    RowKey { family: Family::Fenced, partition: HOLDS, key: super::index(hold.0) }
}

/// All holds.
pub(crate) const HOLDS: Bytes = Bytes::from_static(b"Mh");

/// What a hold keeps.
pub(crate) fn sealed(hold: HoldId) -> Bytes {
    Name::new(b'M').byte(b'c').number(hold.0).done()
}

/// A sealed copy: a message, and when that was last edited; 0 if never.
pub(crate) fn sealed_copy(conversation: ConversationId, index: u64, edited_ms: i64) -> Bytes {
    Name::bare().conversation(conversation).number(index).number(edited_ms.max(0) as u64).done()
}

/// The files that a hold keeps.
pub(crate) fn held_files(hold: HoldId) -> Bytes {
    Name::new(b'M').byte(b'f').number(hold.0).done()
}

/// What a file was that a hold keeps: its `FileRow`.
pub(crate) fn held_file(hold: HoldId, file: FileId) -> RowKey {
    RowKey { family: Family::Blind, partition: held_files(hold), key: Name::bare().file(file).done() }
}

/// The file of such a key.
pub(crate) fn parse_held_file(key: &[u8]) -> Option<FileId> {
    key.try_into().ok().map(|bytes| FileId(u128::from_be_bytes(bytes)))
}

/// A hold that needs bytes, beside the files that consist of them.
pub(crate) fn held_bytes(digest: &[u8], hold: HoldId, file: FileId) -> RowKey {
    let key = Name::new(b'h').number(hold.0).file(file).done();
    RowKey { family: Family::Blind, partition: super::bytes_of(digest), key }
}

/// The message of a sealed copy's key.
pub(crate) fn sealed_index(key: &[u8]) -> Option<u64> {
    super::tail_number(key.get(..key.len().checked_sub(8)?)?)
}

#[cfg(test)]
mod tests {
    use parlance_proto::GroupId;

    use super::super::tests::full;
    use super::*;

    #[test]
    fn layouts_of_keeping_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        assert_eq!(full(&retired(group)), "Register 4d7236 670102030405060708");
        assert_eq!(full(&walked()), "Blind 4d 77");
        assert_eq!(full(&hold(HoldId(9))), "Fenced 4d68 0000000000000009");
        assert_eq!(sealed(HoldId(9))[..], *b"Mc\0\0\0\0\0\0\0\x09");
        let copy = sealed_copy(group, 3, 300);
        assert_eq!(copy[9..], [0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1, 44]);
        assert_eq!(sealed_index(&copy), Some(3));
        assert_eq!(held_files(HoldId(9))[..], *b"Mf\0\0\0\0\0\0\0\x09");
        let file = FileId(7);
        let kept = held_file(HoldId(9), file);
        assert_eq!((kept.key.len(), parse_held_file(&kept.key)), (16, Some(file)));
        let bytes = held_bytes(&[1; 32], HoldId(9), file);
        assert_eq!(
            (bytes.partition, bytes.key[..9].to_vec()),
            (super::super::bytes_of(&[1; 32]), b"h\0\0\0\0\0\0\0\x09".to_vec())
        );
    }
}
