//! Rows of what stands between people.
//!
//! A row that is not there says what a newcomer begins with.

use prost::Message;

/// What a user lets others see.
#[allow(clippy::struct_excessive_bools)] // choices of yes or no, each set by itself
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PrivacyRow {
    /// Whether the user does not show what was read.
    #[prost(bool, tag = "1")]
    pub hides_reads: bool,
    /// Audiences: 0 everybody, 1 contacts, 2 nobody.
    #[prost(uint32, tag = "4")]
    pub last_seen: u32,
    #[prost(uint32, tag = "5")]
    pub online: u32,
    #[prost(uint32, tag = "6")]
    pub picture: u32,
    #[prost(uint32, tag = "7")]
    pub status: u32,
    #[prost(uint32, tag = "8")]
    pub groups: u32,
    /// Whether anyone's direct messages go straight to the list.
    #[prost(bool, tag = "9")]
    pub open_to_anyone: bool,
    /// Whether others find the user by telephone number, by e-mail address.
    #[prost(bool, tag = "10")]
    pub by_phone: bool,
    #[prost(bool, tag = "11")]
    pub by_email: bool,
}

/// What another person is to a user.
#[allow(clippy::struct_excessive_bools)] // as `domain::Side`: answers of yes or no, each set by itself
#[derive(Clone, PartialEq, Message)]
pub(crate) struct RelationRow {
    /// The user asked or accepted: the truth about the user's own will.
    #[prost(bool, tag = "1")]
    pub wants: bool,
    /// The other did: a copy of the other's row.
    #[prost(bool, tag = "2")]
    pub wanted: bool,
    #[prost(bool, tag = "3")]
    pub declined: bool,
    /// Since when the other is blocked, milliseconds since 1970; 0 if not.
    #[prost(sint64, tag = "4")]
    pub blocked_ms: i64,
    #[prost(uint64, tag = "5")]
    pub round: u64,
    /// What the other wrote with the request.
    #[prost(string, tag = "6")]
    pub note: String,
    /// What the user wrote with the own request.
    #[prost(string, tag = "7")]
    pub own_note: String,
    /// The user's own name for the other.
    #[prost(string, tag = "8")]
    pub name: String,
    /// Since when things stand as they do, milliseconds since 1970.
    #[prost(sint64, tag = "9")]
    pub since_ms: i64,
    /// The user accepted the direct conversation.
    #[prost(bool, tag = "10")]
    pub accepted: bool,
}
