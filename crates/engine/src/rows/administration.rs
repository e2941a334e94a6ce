//! Rows of what administrators work with: the audit log, invites, settings, tickets, reports.
//!
//! A record is kept as the bytes that were hashed, so that checking a hash never depends on how rows are written
//! later.

use bytes::Bytes;
use prost::Message;

/// A link of the audit log's chain.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AuditRow {
    /// An `AuditRecord`.
    #[prost(bytes = "bytes", tag = "1")]
    pub record: Bytes,
    /// SHA-256 of the hash before, the index (8 bytes, big-endian) and `record`.
    #[prost(bytes = "bytes", tag = "2")]
    pub hash: Bytes,
}

/// What was done.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AuditRecord {
    #[prost(sint64, tag = "1")]
    pub time_ms: i64,
    /// 0 a user, 1 the operator, 2 the server, 3 a stranger.
    #[prost(uint32, tag = "2")]
    pub by: u32,
    /// The user who did it; 0 if none did.
    #[prost(fixed64, tag = "3")]
    pub user: u64,
    /// The name of the operation, or of the event.
    #[prost(string, tag = "4")]
    pub act: String,
    /// What it was done to, as text.
    #[prost(string, tag = "5")]
    pub object: String,
    #[prost(string, tag = "6")]
    pub detail: String,
}

/// An invite, found by the hash of its code.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct InviteRow {
    #[prost(fixed64, tag = "1")]
    pub invite: u64,
    /// Who invites; 0 for the command line.
    #[prost(fixed64, tag = "2")]
    pub created_by: u64,
    #[prost(string, tag = "3")]
    pub note: String,
    #[prost(sint64, tag = "4")]
    pub created_ms: i64,
    #[prost(sint64, tag = "5")]
    pub expires_ms: i64,
    #[prost(uint32, tag = "6")]
    pub uses: u32,
    #[prost(uint32, tag = "7")]
    pub uses_left: u32,
    #[prost(bool, tag = "8")]
    pub revoked: bool,
}

/// The settings that were changed while the server ran.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct SettingsRow {
    /// 0 open, 1 invite, 2 closed.
    #[prost(uint32, optional, tag = "1")]
    pub registration: Option<u32>,
    #[prost(bool, optional, tag = "2")]
    pub members_invite: Option<bool>,
    #[prost(uint32, optional, tag = "3")]
    pub sends_per_second: Option<u32>,
    #[prost(uint32, optional, tag = "4")]
    pub sends_burst: Option<u32>,
    #[prost(uint32, optional, tag = "5")]
    pub conversation_sends_per_second: Option<u32>,
    #[prost(uint32, optional, tag = "6")]
    pub conversation_sends_burst: Option<u32>,
    #[prost(uint32, optional, tag = "7")]
    pub new_conversations_per_hour: Option<u32>,
    #[prost(uint32, optional, tag = "8")]
    pub group_max_members: Option<u32>,
    /// A text for every user; empty for none.
    #[prost(string, tag = "9")]
    pub announcement: String,
    #[prost(sint64, tag = "10")]
    pub announced_ms: i64,
    /// Seconds for which messages are kept; 0 for ever.
    #[prost(uint32, optional, tag = "11")]
    pub keep_direct_s: Option<u32>,
    #[prost(uint32, optional, tag = "12")]
    pub keep_group_s: Option<u32>,
    #[prost(uint32, optional, tag = "13")]
    pub keep_channel_s: Option<u32>,
    /// Conversations that are kept for a time of their own.
    #[prost(message, repeated, tag = "14")]
    pub kept: Vec<KeptRow>,
    #[prost(bool, optional, tag = "15")]
    pub link_previews: Option<bool>,
}

/// A conversation that is kept for a time of its own.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct KeptRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub conversation: Bytes,
    #[prost(uint32, tag = "2")]
    pub keep_s: u32,
}

/// For how long messages were kept when all conversations were last gone through, in milliseconds; 0 for ever.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct WalkedRow {
    #[prost(uint64, tag = "1")]
    pub direct_ms: u64,
    #[prost(uint64, tag = "2")]
    pub group_ms: u64,
    #[prost(uint64, tag = "3")]
    pub channel_ms: u64,
}

/// A legal hold, on a user or on a conversation.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct HoldRow {
    /// 0 if it is on a conversation.
    #[prost(fixed64, tag = "1")]
    pub user: u64,
    /// Empty if it is on a user.
    #[prost(bytes = "bytes", tag = "2")]
    pub conversation: Bytes,
    #[prost(string, tag = "3")]
    pub note: String,
    /// 0 for the command line.
    #[prost(fixed64, tag = "4")]
    pub created_by: u64,
    #[prost(sint64, tag = "5")]
    pub created_ms: i64,
    /// 0 while it holds.
    #[prost(sint64, tag = "6")]
    pub released_ms: i64,
    /// Whether its copies are erased for certain.
    #[prost(bool, tag = "7")]
    pub erased: bool,
}

/// A ticket, found by its hash.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct TicketRow {
    #[prost(fixed64, tag = "1")]
    pub user: u64,
    #[prost(fixed64, tag = "2")]
    pub session: u64,
    #[prost(sint64, tag = "3")]
    pub expires_ms: i64,
    #[prost(bool, tag = "4")]
    pub used: bool,
}

/// A report.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ReportRow {
    #[prost(fixed64, tag = "1")]
    pub reporter: u64,
    #[prost(sint64, tag = "2")]
    pub time_ms: i64,
    #[prost(bytes = "bytes", tag = "3")]
    pub conversation: Bytes,
    #[prost(uint64, tag = "4")]
    pub index: u64,
    #[prost(fixed64, tag = "5")]
    pub sender: u64,
    /// 0 spam, 1 abuse, 2 illegal, 3 other.
    #[prost(uint32, tag = "6")]
    pub reason: u32,
    #[prost(string, tag = "7")]
    pub note: String,
    /// The encoded `LogRow` as it was when it was reported; empty once the report is resolved.
    #[prost(bytes = "bytes", tag = "8")]
    pub copy: Bytes,
    #[prost(message, optional, tag = "9")]
    pub resolution: Option<ResolutionRow>,
}

/// What was done about a report.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ResolutionRow {
    /// 0 dismissed, 1 warned, 2 removed, 3 disabled, 4 other.
    #[prost(uint32, tag = "1")]
    pub action: u32,
    #[prost(string, tag = "2")]
    pub note: String,
    /// By whom; 0 for the command line.
    #[prost(fixed64, tag = "3")]
    pub by: u64,
    #[prost(sint64, tag = "4")]
    pub time_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{decode, encode};

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// Bytes that were written once must be read for ever, and the hash of a record is over its bytes.
    #[test]
    fn rows_stay_as_they_are() {
        let record = AuditRecord {
            time_ms: 1_760_000_000_123,
            by: 0,
            user: 7,
            act: "admin.disable_user".to_owned(),
            object: "u_1".to_owned(),
            detail: "spam".to_owned(),
        };
        let bytes = record.encode_to_vec();
        let form =
            "08f681e682b966190700000000000000221261646d696e2e64697361626c655f757365722a03755f3132047370616d";
        assert_eq!(hex(&bytes), form);
        let row = AuditRow { record: bytes.into(), hash: Bytes::from_static(&[0xa5; 32]) };
        let stored = encode(&row);
        assert_eq!(hex(&stored), format!("010a2f{form}1220{}", "a5".repeat(32)));
        assert_eq!(decode::<AuditRow>(&stored).unwrap(), row);
    }
}
