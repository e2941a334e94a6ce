//! Values of settings that inputs and outputs share.
//!
//! A value that was ever written stays readable.

mod group;

pub use group::{HistoryPolicy, Joining, Settings, SettingsChange, Who};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Which messages notify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotifyLevel {
    /// Every message.
    All,
    /// Only those that mention one.
    Mentions,
    /// None.
    Nothing,
}

/// A part of each day, by the clock on the user's wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// The minute of the day at which it begins, 0 to 1439.
    pub from_minute: u32,
    /// The minute of the day at which it ends; before `from_minute` if it goes over midnight.
    pub to_minute: u32,
    /// Minutes by which the wall's clock is ahead of UTC, -840 to 840.
    pub utc_offset_minutes: i32,
}

/// Which conversations of one's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListFilter {
    /// All that are neither in the archive nor requests.
    Inbox,
    /// Those with something unread, or marked as unread.
    Unread,
    /// Groups and channels.
    Groups,
    /// Direct conversations.
    Direct,
    /// Those in the archive.
    Archived,
    /// Strangers' direct conversations that wait to be accepted.
    Requests,
}
