//! Keys of what stands between people: how far messages reached them, and what they let others see.
//!
//! A user's own choices stand in the user's partition; what is looked up by others has its own.

use bytes::Bytes;
use parlance_proto::{ConversationId, UserId};
use parlance_store::{Family, RowKey};

use super::{Name, index};

/// The delivered indexes of a conversation.
pub(crate) fn deliveries(conversation: ConversationId) -> Bytes {
    Name::new(b'R').conversation(conversation).byte(b'd').done()
}

/// The highest index that reached one of a member's devices.
pub(crate) fn delivered(conversation: ConversationId, user: UserId) -> RowKey {
    RowKey { family: Family::Register, partition: deliveries(conversation), key: index(user.0) }
}

/// The key of the `PrivacyRow` among a user's rows.
pub(crate) const PRIVACY: Bytes = Bytes::from_static(b"v");

/// What the keys of relations start with.
pub(crate) const RELATION_PREFIX: &[u8] = b"f";

/// The key of the `RelationRow` about another person among a user's rows.
pub(crate) fn relation(other: UserId) -> Bytes {
    Name::new(b'f').number(other.0).done()
}

/// When a user was last seen, in milliseconds since 1970.
pub(crate) fn last_seen(user: UserId) -> RowKey {
    RowKey { family: Family::Register, partition: super::personal(user), key: Bytes::from_static(b"l") }
}

/// The users who do not show what they have read; the keys are their ids.
pub(crate) fn hides_reads() -> Bytes {
    Bytes::from_static(b"Fr")
}

/// What is another with every choice of somebody to hide the own reading, or not to.
pub(crate) fn hiding_version() -> RowKey {
    RowKey { family: Family::Blind, partition: Bytes::from_static(b"Fv"), key: Bytes::new() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{full, hex};
    use super::*;
    use parlance_proto::GroupId;

    #[test]
    fn layouts_between_people_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let user = UserId(0x1112_1314_1516_1718);
        assert_eq!(full(&delivered(group, user)), "Register 5267010203040506070864 1112131415161718");
        assert_eq!(hex(&relation(user)), "661112131415161718");
        assert_eq!(full(&last_seen(user)), "Register 501112131415161718 6c");
        assert_eq!(full(&hiding_version()), "Blind 4676 ");
        assert_eq!((hex(&PRIVACY), hex(&hides_reads())), ("76".into(), "4672".into()));
    }
}
