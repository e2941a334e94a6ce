//! Rows of a user's inbox and conversation list.
//!
//! They are derived: what the log says can make them again.

use bytes::Bytes;
use parlance_proto::Topic;
use prost::Message;

/// The head of a user's inbox.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct InboxHead {
    /// The last user index.
    #[prost(uint64, tag = "1")]
    pub head: u64,
    /// Rows below this user index were trimmed.
    #[prost(uint64, tag = "2")]
    pub floor: u64,
    /// Rows kept.
    #[prost(uint64, tag = "3")]
    pub rows: u64,
}

/// A change in a user's inbox, under its first user index.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct InboxRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub conversation: Bytes,
    /// The entries it stands for; both 0 when only the read index or the membership changed.
    #[prost(uint64, tag = "2")]
    pub from: u64,
    #[prost(uint64, tag = "3")]
    pub to: u64,
    /// User indexes it takes.
    #[prost(uint64, tag = "4")]
    pub count: u64,
    /// The collection that changed; 0 if it is about a conversation.
    #[prost(uint32, tag = "5")]
    pub topic: u32,
}

/// A conversation that is not in a user's list any more: whoever follows its log may be behind, and must not put it back.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct DepartedRow {
    /// The index as of which it is not.
    #[prost(uint64, tag = "1")]
    pub index: u64,
}

/// A conversation in a user's list.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ListRow {
    /// The last index fanned out.
    #[prost(uint64, tag = "1")]
    pub index: u64,
    #[prost(uint64, tag = "2")]
    pub ordinal: u64,
    #[prost(sint64, tag = "3")]
    pub time_ms: i64,
    #[prost(uint64, tag = "4")]
    pub last_message: u64,
    #[prost(uint64, tag = "5")]
    pub own_index: u64,
    #[prost(uint64, tag = "6")]
    pub own_ordinal: u64,
    #[prost(uint64, tag = "7")]
    pub joined_index: u64,
    #[prost(uint64, tag = "8")]
    pub joined_ordinal: u64,
    /// Its place in the order: the first user index of its latest entries.
    #[prost(uint64, tag = "9")]
    pub order: u64,
    #[prost(string, tag = "10")]
    pub name: String,
    #[prost(uint32, tag = "11")]
    pub role: u32,
    #[prost(uint64, tag = "12")]
    pub member_count: u64,
    /// The other's latest message in a direct conversation.
    #[prost(uint64, tag = "30")]
    pub peer_own_index: u64,
    /// When new messages disappear.
    #[prost(message, optional, tag = "60")]
    pub disappearing: Option<super::DisappearingRow>,
    /// The first index the user may read; 0 for where the user came in.
    #[prost(uint64, tag = "13")]
    pub visible_from: u64,
    /// A group's photo, as its settings name it.
    #[prost(string, tag = "70")]
    pub photo: String,
}

/// A user's own view of a conversation: what nobody else is told. A fresh row is what a newcomer begins with.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ViewRow {
    /// Messages the user has hidden, in index order.
    #[prost(message, repeated, tag = "1")]
    pub hidden: Vec<HiddenRow>,
    /// Everything up to here is gone from the user's view.
    #[prost(uint64, tag = "2")]
    pub cleared_index: u64,
    #[prost(uint64, tag = "3")]
    pub cleared_ordinal: u64,
    /// Whether the conversation is off the list until a message above `cleared_index` is there.
    #[prost(bool, tag = "4")]
    pub deleted: bool,
    /// What the user has begun to write; an empty text stands for one that was taken away.
    #[prost(message, optional, tag = "5")]
    pub draft: Option<DraftRow>,
    /// Whether the user marked it as unread, to come back to it.
    #[prost(bool, tag = "10")]
    pub marked_unread: bool,
    /// Muted until then; 0 if not.
    #[prost(sint64, tag = "11")]
    pub muted_until_ms: i64,
    #[prost(bool, tag = "12")]
    pub archived: bool,
    #[prost(string, tag = "13")]
    pub background: String,
    /// 0 not set, 1 all, 2 mentions, 3 nothing.
    #[prost(uint32, tag = "14")]
    pub notify: u32,
    /// While the other side is blocked: what it saw of the user's marks then, each plus one; 0 for what it did not see.
    #[prost(uint64, tag = "30")]
    pub frozen_read: u64,
    #[prost(uint64, tag = "31")]
    pub frozen_delivered: u64,
}

/// What a user has begun to write.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct DraftRow {
    #[prost(string, tag = "1")]
    pub text: String,
    #[prost(uint64, tag = "2")]
    pub reply_to: u64,
    #[prost(sint64, tag = "3")]
    pub changed_ms: i64,
    /// The user's latest message then: a later one takes the draft away.
    #[prost(uint64, tag = "4")]
    pub own_index: u64,
}

/// The ids of a user's scheduled messages.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ScheduledList {
    #[prost(string, repeated, tag = "1")]
    pub ids: Vec<String>,
}

/// A message to be sent at a time.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ScheduledRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub conversation: Bytes,
    #[prost(string, tag = "2")]
    pub text: String,
    #[prost(uint64, tag = "3")]
    pub reply_to: u64,
    #[prost(sint64, tag = "4")]
    pub send_at_ms: i64,
    /// The retry key under which this version is sent.
    #[prost(string, tag = "5")]
    pub retry_key: String,
    #[prost(fixed64, tag = "6")]
    pub session: u64,
    /// The code of why it was refused; empty while it waits.
    #[prost(string, tag = "7")]
    pub refused: String,
    #[prost(string, tag = "8")]
    pub reason: String,
}

/// A stretch of hidden messages.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct HiddenRow {
    #[prost(uint64, tag = "1")]
    pub from: u64,
    #[prost(uint64, tag = "2")]
    pub to: u64,
    /// Messages before the first.
    #[prost(uint64, tag = "3")]
    pub before: u64,
    /// The ordinal of the last.
    #[prost(uint64, tag = "4")]
    pub last: u64,
}

/// The number of a topic in an `InboxRow`.
pub(crate) fn topic_number(topic: Topic) -> u32 {
    match topic {
        Topic::Profile => 1,
        Topic::Pins => 2,
        Topic::Folders => 3,
        Topic::Notifications => 4,
        Topic::Privacy => 30,
        Topic::Scheduled => 60,
        Topic::JoinRequests => 40,
        Topic::Contacts => 31,
        Topic::Blocks => 32,
        Topic::Stickers => 70,
        Topic::Emoji => 71,
    }
}

/// A topic from its number; none for one that only a newer server knows.
pub(crate) fn topic(number: u32) -> Option<Topic> {
    match number {
        1 => Some(Topic::Profile),
        2 => Some(Topic::Pins),
        3 => Some(Topic::Folders),
        4 => Some(Topic::Notifications),
        30 => Some(Topic::Privacy),
        60 => Some(Topic::Scheduled),
        40 => Some(Topic::JoinRequests),
        31 => Some(Topic::Contacts),
        32 => Some(Topic::Blocks),
        70 => Some(Topic::Stickers),
        71 => Some(Topic::Emoji),
        _ => None,
    }
}
