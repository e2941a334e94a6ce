//! Rows of what stands between people.
//!
//! A row that is not there says what a newcomer begins with.

use prost::Message;

/// What a user lets others see.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PrivacyRow {
    /// Whether the user does not show what was read.
    #[prost(bool, tag = "1")]
    pub hides_reads: bool,
}
