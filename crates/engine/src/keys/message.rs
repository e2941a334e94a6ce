//! Keys of what is kept beside the log for a message: earlier versions, likes, ballots.
//!
//! All of it is found from the message's index, and goes with the message.

use bytes::Bytes;
use parlance_proto::{ConversationId, UserId};
use parlance_store::{Family, RowKey};

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

/// The likes of messages in a bucket of the log.
pub(crate) fn likes(conversation: ConversationId, target: u64) -> Bytes {
    Name::new(b'H').conversation(conversation).number(bucket(target)).done()
}

/// The key of a message's `LikesRow`.
pub(crate) fn like_summary(target: u64) -> Bytes {
    Name::new(b's').number(target).done()
}

/// A message's `LikesRow` by its full name.
pub(crate) fn like_summary_row(conversation: ConversationId, target: u64) -> RowKey {
    RowKey { family: Family::Blind, partition: likes(conversation, target), key: like_summary(target) }
}

/// A like in order of liking: under the index of its entry.
pub(crate) fn like(target: u64, index: u64) -> Bytes {
    Name::new(b'o').number(target).number(index).done()
}

/// What the keys of a message's likes start with, in order of liking.
pub(crate) fn like_prefix(target: u64) -> Bytes {
    Name::new(b'o').number(target).done()
}

/// A like among those with the same emoji, in order of liking.
pub(crate) fn like_with(target: u64, emoji: &str, index: u64) -> Bytes {
    same_emoji(target, emoji).number(index).done()
}

/// What the keys of a message's likes with an emoji start with.
pub(crate) fn likes_with(target: u64, emoji: &str) -> Bytes {
    same_emoji(target, emoji).done()
}

/// An emoji has fewer than 256 bytes; its length in front keeps those with the same beginning apart.
fn same_emoji(target: u64, emoji: &str) -> Name {
    Name::new(b'e').number(target).byte(emoji.len() as u8).bytes(emoji.as_bytes())
}

/// A user's like of a message.
pub(crate) fn own_like(user: UserId, target: u64, emoji: &str) -> Bytes {
    Name::new(b'm').number(user.0).number(target).bytes(emoji.as_bytes()).done()
}

/// What the keys of a user's likes of a message start with.
pub(crate) fn own_likes(user: UserId, target: u64) -> Bytes {
    Name::new(b'm').number(user.0).number(target).done()
}

/// The message of a user's like.
pub(crate) fn own_like_target(key: &[u8]) -> Option<u64> {
    key.get(9..17)?.try_into().ok().map(u64::from_be_bytes)
}

/// The ballots of polls in a bucket of the log.
pub(crate) fn ballots(conversation: ConversationId, target: u64) -> Bytes {
    Name::new(b'B').conversation(conversation).number(bucket(target)).done()
}

/// The key of a poll's `TallyRow`.
pub(crate) fn tally(target: u64) -> Bytes {
    Name::new(b's').number(target).done()
}

/// A user's ballot in a poll.
pub(crate) fn ballot(target: u64, user: UserId) -> Bytes {
    Name::new(b'b').number(target).number(user.0).done()
}

/// What the keys of a poll's ballots start with.
pub(crate) fn ballot_prefix(target: u64) -> Bytes {
    Name::new(b'b').number(target).done()
}

/// A ballot among those that chose an option, in order of voting. A poll has fewer than 256 options.
pub(crate) fn vote(target: u64, option: u32, index: u64) -> Bytes {
    Name::new(b'o').number(target).byte(option as u8).number(index).done()
}

/// The key of a message that mentions the user.
pub(crate) fn mention(conversation: ConversationId, index: u64) -> Bytes {
    Name::new(b'm').conversation(conversation).number(index).done()
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

    #[test]
    fn layouts_of_ballots_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let three = "0000000000000003";
        assert_eq!(hex(&ballots(group, 0x2_0003)), "426701020304050607080000000000000002");
        assert_eq!(hex(&tally(3)), format!("73{three}"));
        assert_eq!(hex(&ballot(3, UserId(9))), format!("62{three}0000000000000009"));
        assert_eq!(hex(&ballot_prefix(3)), format!("62{three}"));
        assert_eq!(hex(&vote(3, 11, 9)), format!("6f{three}0b0000000000000009"));
    }

    #[test]
    fn layouts_of_likes_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let user = UserId(0x1112_1314_1516_1718);
        let three = "0000000000000003";
        assert_eq!(hex(&likes(group, 0x2_0003)), "486701020304050607080000000000000002");
        assert_eq!(hex(&like_summary(3)), format!("73{three}"));
        assert_eq!(hex(&like(3, 9)), format!("6f{three}0000000000000009"));
        assert_eq!(hex(&like_prefix(3)), format!("6f{three}"));
        assert_eq!(hex(&like_with(3, "👍", 9)), format!("65{three}04f09f918d0000000000000009"));
        assert_eq!(hex(&likes_with(3, "👍")), format!("65{three}04f09f918d"));
        assert_eq!(hex(&own_like(user, 3, "👍")), format!("6d1112131415161718{three}f09f918d"));
        assert_eq!(hex(&mention(group, 3)), format!("6d670102030405060708{three}"));
        assert_eq!(own_like_target(&own_like(user, 3, "👍")), Some(3));
    }
}
