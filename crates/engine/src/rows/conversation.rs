//! Rows of a conversation beside its log: the fold, members, retry keys, read indexes.
//!
//! All of them can be made again from the log, except the read indexes.

use bytes::Bytes;
use prost::Message;

/// The fold of a conversation up to `applied`; its members are rows of their own.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct StateRow {
    #[prost(uint64, tag = "1")]
    pub applied: u64,
    #[prost(uint64, tag = "2")]
    pub ordinal: u64,
    #[prost(uint64, tag = "3")]
    pub last_message: u64,
    #[prost(sint64, tag = "4")]
    pub time_ms: i64,
    #[prost(string, tag = "5")]
    pub name: String,
    #[prost(uint32, tag = "6")]
    pub fan_out: u32,
    /// When new messages disappear.
    #[prost(message, optional, tag = "60")]
    pub disappearing: Option<super::DisappearingRow>,
    /// The last message whose clock starts with reading.
    #[prost(uint64, tag = "61")]
    pub last_waiting: u64,
    /// Clocks were started up to here.
    #[prost(uint64, tag = "62")]
    pub clocks_started: u64,
    #[prost(message, optional, tag = "20")]
    pub marks: Option<super::MarksRow>,
    /// Whether it is a channel.
    #[prost(bool, tag = "7")]
    pub channel: bool,
    /// Whether it is over.
    #[prost(bool, tag = "8")]
    pub dissolved: bool,
}

/// A member.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct MemberRow {
    #[prost(uint32, tag = "1")]
    pub role: u32,
    #[prost(uint64, tag = "2")]
    pub joined_index: u64,
    #[prost(uint64, tag = "3")]
    pub joined_ordinal: u64,
    #[prost(uint64, tag = "4")]
    pub own_index: u64,
    #[prost(uint64, tag = "5")]
    pub own_ordinal: u64,
    /// The first index the member may read; 0 for where the member came in.
    #[prost(uint64, tag = "6")]
    pub visible_from: u64,
    /// What the member goes by here; empty for nothing.
    #[prost(string, tag = "7")]
    pub alias: String,
    /// When the member's latest message was written, in seconds since 1970.
    #[prost(uint32, tag = "8")]
    pub own_s: u32,
}

/// The first index that a member may read. Rows from before it was stored have none: it is where the member came in.
pub(crate) fn visible_from(stored: u64, joined_index: u64) -> u64 {
    if stored == 0 { joined_index.max(1) } else { stored }
}

/// A retry key.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct RetryRow {
    #[prost(uint64, tag = "1")]
    pub index: u64,
    #[prost(bytes = "bytes", tag = "2")]
    pub payload_hash: Bytes,
}

/// Beside a read index.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ReadRow {
    /// The ordinal at the read index.
    #[prost(uint64, tag = "1")]
    pub ordinal: u64,
}
