//! Rows of accounts, sessions and devices.
//!
//! Of passwords and tokens they hold hashes only.

use bytes::Bytes;
use prost::Message;

/// A user's account.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AccountRow {
    /// Empty if another user took the name while this account was being made; such an account is dead.
    #[prost(string, tag = "1")]
    pub username: String,
    #[prost(string, tag = "2")]
    pub display_name: String,
    #[prost(string, tag = "3")]
    pub status_text: String,
    #[prost(string, tag = "4")]
    pub password_hash: String,
    #[prost(bool, tag = "5")]
    pub admin: bool,
    #[prost(sint64, tag = "6")]
    pub created_ms: i64,
    /// Since when the account is disabled; 0 if it is not.
    #[prost(sint64, tag = "20")]
    pub disabled_ms: i64,
    /// The password was set by somebody else: it opens no session without a new one.
    #[prost(bool, tag = "21")]
    pub must_change_password: bool,
    /// The telephone number and the e-mail address; empty for none.
    #[prost(string, tag = "22")]
    pub phone: String,
    #[prost(string, tag = "23")]
    pub email: String,
    /// The id of the photo's file; empty for none.
    #[prost(bytes = "bytes", tag = "24")]
    pub photo: Bytes,
}

/// Counts the changes of a shard of claims, so that each is made against what it has seen.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ClaimsRow {
    #[prost(uint64, tag = "1")]
    pub changes: u64,
}

/// A session, found by its token's hash.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct SessionRow {
    #[prost(fixed64, tag = "1")]
    pub user: u64,
    #[prost(fixed64, tag = "2")]
    pub session: u64,
}

/// A session in its user's list of devices.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct DeviceRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub token_hash: Bytes,
    #[prost(string, tag = "2")]
    pub device_name: String,
    #[prost(sint64, tag = "3")]
    pub created_ms: i64,
}
