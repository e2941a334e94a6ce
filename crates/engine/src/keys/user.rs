//! Keys of users: inbox, conversation list, personal records.
//!
//! All of a user's rows can be found from the user's id alone.

use bytes::Bytes;
use parlance_proto::{ConversationId, UserId};
use parlance_store::{Family, RowKey};

use super::Name;

/// A user's inbox and list.
pub(crate) fn user(user: UserId) -> Bytes {
    Name::new(b'U').number(user.0).done()
}

/// The key of the `InboxHead`.
pub(crate) const INBOX_HEAD: Bytes = Bytes::from_static(b"h");

/// The row of the `InboxHead` of a user.
pub(crate) fn inbox_head(of: UserId) -> RowKey {
    RowKey { family: Family::Fenced, partition: user(of), key: INBOX_HEAD }
}

/// The key of a `ListRow`.
pub(crate) fn listed(conversation: ConversationId) -> Bytes {
    Name::new(b'c').conversation(conversation).done()
}

/// What the keys of the rows of direct conversations start with.
pub(crate) fn listed_directs() -> Bytes {
    Bytes::from_static(b"cd")
}

/// The key of an `InboxRow`.
pub(crate) fn inbox_row(user_index: u64) -> Bytes {
    Name::new(b'i').number(user_index).done()
}

/// The key of a place in the list's order.
pub(crate) fn order(user_index: u64) -> Bytes {
    Name::new(b'o').number(user_index).done()
}

/// The key of a `DepartedRow`.
pub(crate) fn departed(conversation: ConversationId) -> Bytes {
    Name::new(b'l').conversation(conversation).done()
}

/// The key of a `ViewRow`.
pub(crate) fn view(conversation: ConversationId) -> Bytes {
    Name::new(b'p').conversation(conversation).done()
}

/// The key of the `PinsRow`.
pub(crate) const PINS: Bytes = Bytes::from_static(b"w");

/// The key of the `FoldersRow`.
pub(crate) const FOLDERS: Bytes = Bytes::from_static(b"y");

/// The key of the `NotificationsRow`.
pub(crate) const NOTIFICATIONS: Bytes = Bytes::from_static(b"z");

/// The key of the `ScheduledList`.
pub(crate) const SCHEDULED: Bytes = Bytes::from_static(b"s");

/// The key of a `ScheduledRow`.
pub(crate) fn scheduled(id: &str) -> Bytes {
    Name::new(b'j').bytes(id.as_bytes()).done()
}

/// A user's own records.
pub(crate) fn personal(user: UserId) -> Bytes {
    Name::new(b'P').number(user.0).done()
}

/// The key of a record that is never there: deleting it takes as long as telling a user something.
pub(crate) const NEVER: Bytes = Bytes::from_static(b"n");

/// What the keys of large groups start with.
pub(crate) const LARGE_GROUP_PREFIX: &[u8] = b"g";

/// The key of a large group the user is in.
pub(crate) fn large_group(conversation: ConversationId) -> Bytes {
    Name::new(b'g').conversation(conversation).done()
}

/// The groups a user made, by retry key.
pub(crate) fn made_groups(user: UserId) -> Bytes {
    Name::new(b'K').number(user.0).done()
}
