//! Keys of what is kept beside the log for a message: earlier versions.
//!
//! All of it is found from the message's index, and goes with the message.

use bytes::Bytes;
use parlance_proto::ConversationId;

use super::{Name, bucket};

/// The versions of messages in a bucket of the log.
pub(crate) fn versions(conversation: ConversationId, target: u64) -> Bytes {
    Name::new(b'E').conversation(conversation).number(bucket(target)).done()
}

/// A version of a message: under the index of the entry that made it.
pub(crate) fn version(target: u64, index: u64) -> Bytes {
    Name::bare().number(target).number(index).done()
}

/// What the keys of a message's versions start with.
pub(crate) fn version_prefix(target: u64) -> Bytes {
    super::index(target)
}

#[cfg(test)]
mod tests {
    use parlance_proto::GroupId;

    use super::super::tests::hex;
    use super::*;

    #[test]
    fn layouts_beside_messages_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        assert_eq!(hex(&versions(group, 0x2_0003)), "456701020304050607080000000000000002");
        assert_eq!(hex(&version(3, 9)), "00000000000000030000000000000009");
        assert_eq!(hex(&version_prefix(3)), "0000000000000003");
    }
}
