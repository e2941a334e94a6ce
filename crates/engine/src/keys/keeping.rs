//! Layouts of what is about keeping: how far old messages are gone.
//!
//! A conversation's rows here outlive its owner's memory, and nothing of a message is in them.

use bytes::Bytes;
use parlance_proto::ConversationId;
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
    }
}
