//! Rows of what is put on messages: likes, ballots, pins.
//!
//! They are written with the entry that tells of them, and go with the message.

use prost::Message;

/// The likes of a message in short.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct LikesRow {
    /// One for each emoji, the one that came first first.
    #[prost(message, repeated, tag = "1")]
    pub kinds: Vec<LikeKindRow>,
}

/// Those who like a message with the same emoji.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct LikeKindRow {
    #[prost(string, tag = "1")]
    pub emoji: String,
    #[prost(uint64, tag = "2")]
    pub count: u64,
    /// The first of them in order of liking.
    #[prost(fixed64, repeated, tag = "3")]
    pub first: Vec<u64>,
}

/// A like.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct LikeRow {
    #[prost(fixed64, tag = "1")]
    pub user: u64,
    #[prost(string, tag = "2")]
    pub emoji: String,
    /// The entry that tells of it.
    #[prost(uint64, tag = "3")]
    pub index: u64,
}

/// A poll's votes, counted.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct TallyRow {
    /// One for each option.
    #[prost(uint64, repeated, tag = "1")]
    pub counts: Vec<u64>,
    #[prost(uint64, tag = "2")]
    pub voters: u64,
}

/// What somebody chose in a poll.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct BallotRow {
    #[prost(fixed64, tag = "1")]
    pub user: u64,
    #[prost(uint32, repeated, tag = "2")]
    pub options: Vec<u32>,
    /// The entry that tells of it.
    #[prost(uint64, tag = "3")]
    pub index: u64,
}

/// What a conversation's fold knows about single messages.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct MarksRow {
    #[prost(message, repeated, tag = "1")]
    pub pinned: Vec<PinRow>,
    /// The lowest and the highest message ever liked; 0 for none.
    #[prost(uint64, tag = "2")]
    pub liked_from: u64,
    #[prost(uint64, tag = "3")]
    pub liked_to: u64,
    #[prost(uint64, tag = "4")]
    pub mentions_all: u64,
}

/// A pinned message.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PinRow {
    #[prost(uint64, tag = "1")]
    pub target: u64,
    /// The entry that pinned it.
    #[prost(uint64, tag = "2")]
    pub at: u64,
}

/// The marks as a row; nothing for none.
pub(crate) fn marks_row(marks: &parlance_domain::Notable) -> Option<MarksRow> {
    let (liked_from, liked_to) = marks.liked.unwrap_or_default();
    let pinned = marks.pinned.iter().map(|(target, at)| PinRow { target: *target, at: *at }).collect();
    let mentions_all = marks.mentions_all;
    Some(MarksRow { pinned, liked_from, liked_to, mentions_all }).filter(|row| *row != MarksRow::default())
}

/// The marks from their row.
pub(crate) fn marks(row: Option<MarksRow>) -> parlance_domain::Notable {
    let row = row.unwrap_or_default();
    parlance_domain::Notable {
        pinned: row.pinned.iter().map(|pin| (pin.target, pin.at)).collect(),
        mentions_all: row.mentions_all,
        liked: Some((row.liked_from, row.liked_to)).filter(|(from, _)| *from > 0),
    }
}
