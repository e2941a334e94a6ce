//! Keys of conversations: the log, the fold, registers, marks, retry keys.
//!
//! A log partition is a bucket of 65,536 indexes; a commit never crosses one.

use bytes::Bytes;
use parlance_proto::{ConversationId, UserId};
use parlance_store::{Family, RowKey};

use super::{Name, SHARDS, parse_conversation};

/// The log's partition that holds `index`.
pub(crate) fn log(conversation: ConversationId, index: u64) -> Bytes {
    Name::new(b'L').conversation(conversation).number(bucket(index)).done()
}

/// The bucket of an index; a commit never crosses one.
pub(crate) fn bucket(index: u64) -> u64 {
    index >> 16
}

/// A log row's key.
pub(crate) fn index(index: u64) -> Bytes {
    Bytes::copy_from_slice(&index.to_be_bytes())
}

/// A log row's full name.
pub(crate) fn log_row(conversation: ConversationId, at: u64) -> RowKey {
    RowKey { family: Family::Fenced, partition: log(conversation, at), key: index(at) }
}

/// A conversation's folded state.
pub(crate) fn state(conversation: ConversationId) -> Bytes {
    Name::new(b'S').conversation(conversation).done()
}

/// The key of the `StateRow`.
pub(crate) const STATE: Bytes = Bytes::from_static(b"s");
/// What the keys of members start with.
pub(crate) const MEMBER_PREFIX: &[u8] = b"m";

/// The key of a `MemberRow`.
pub(crate) fn member(user: UserId) -> Bytes {
    Name::new(b'm').number(user.0).done()
}

/// The read indexes of a conversation.
pub(crate) fn receipts(conversation: ConversationId) -> Bytes {
    Name::new(b'R').conversation(conversation).done()
}

/// The key of the `SharedRow`.
pub(crate) const SHARED: Bytes = Bytes::from_static(b"t");
/// What the keys of restraints start with.
pub(crate) const RESTRAINT_PREFIX: &[u8] = b"r";
/// What the keys of the uses of links start with.
pub(crate) const USES_PREFIX: &[u8] = b"u";

/// The key of a `RestraintRow`.
pub(crate) fn restraint(user: UserId) -> Bytes {
    Name::new(b'r').number(user.0).done()
}

/// The key of a `UsesRow`.
pub(crate) fn link_uses(link: u64) -> Bytes {
    Name::new(b'u').number(link).done()
}

/// A member's read index.
pub(crate) fn receipt(conversation: ConversationId, user: UserId) -> RowKey {
    RowKey { family: Family::Register, partition: receipts(conversation), key: index(user.0) }
}

/// A conversation's inbox cursor.
pub(crate) fn inbox_cursor(conversation: ConversationId) -> RowKey {
    RowKey {
        family: Family::Register,
        partition: Name::new(b'C').byte(shard(conversation)).done(),
        key: Name::bare().conversation(conversation).done(),
    }
}

/// The dirty marks of a shard.
pub(crate) fn marks(shard: u8) -> Bytes {
    Name::new(b'D').byte(shard).done()
}

/// The key of this incarnation's mark on a conversation.
pub(crate) fn mark(conversation: ConversationId, incarnation: u64) -> Bytes {
    Name::bare().conversation(conversation).number(incarnation).done()
}

/// The conversation a mark is on.
pub(crate) fn marked(key: &[u8]) -> Option<ConversationId> {
    let (conversation, _incarnation) = key.split_last_chunk::<8>()?;
    parse_conversation(conversation)
}

/// The shard of a conversation: FNV-1a of its id.
pub(crate) fn shard(conversation: ConversationId) -> u8 {
    let id = Name::bare().conversation(conversation).done();
    let hash = id.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash % u64::from(SHARDS)) as u8
}

/// The retry keys of a sender in a conversation.
pub(crate) fn retry_keys(conversation: ConversationId, sender: UserId) -> Bytes {
    Name::new(b'X').conversation(conversation).number(sender.0).done()
}

/// One retry key.
pub(crate) fn retry_key(conversation: ConversationId, sender: UserId, id: &str) -> RowKey {
    RowKey {
        family: Family::Blind,
        partition: retry_keys(conversation, sender),
        key: Bytes::copy_from_slice(id.as_bytes()),
    }
}
