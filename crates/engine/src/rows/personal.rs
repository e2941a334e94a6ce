//! Rows of a user's own settings: pins, folders, notifications.
//!
//! They are not derived: nothing else could make them again.

use bytes::Bytes;
use parlance_proto::{ConversationId, Folder, NotifyLevel};
use prost::Message;

use crate::{Error, keys};

/// The pinned conversations, from the top.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PinsRow {
    #[prost(bytes = "bytes", repeated, tag = "1")]
    pub conversations: Vec<Bytes>,
}

/// All folders, in order.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct FoldersRow {
    #[prost(uint64, tag = "1")]
    pub version: u64,
    #[prost(message, repeated, tag = "2")]
    pub folders: Vec<FolderRow>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct FolderRow {
    #[prost(string, tag = "1")]
    pub folder_id: String,
    #[prost(string, tag = "2")]
    pub name: String,
    #[prost(bytes = "bytes", repeated, tag = "3")]
    pub included: Vec<Bytes>,
    #[prost(bytes = "bytes", repeated, tag = "4")]
    pub excluded: Vec<Bytes>,
    #[prost(bool, tag = "5")]
    pub direct: bool,
    #[prost(bool, tag = "6")]
    pub groups: bool,
    #[prost(bool, tag = "7")]
    pub unread_only: bool,
}

/// What notifies a user. A fresh row is what a new user begins with.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct NotificationsRow {
    /// As in `ViewRow::notify`; 0 is all.
    #[prost(uint32, tag = "1")]
    pub direct: u32,
    #[prost(uint32, tag = "2")]
    pub groups: u32,
    #[prost(bool, tag = "3")]
    pub preview_off: bool,
    #[prost(bool, tag = "4")]
    pub sound_off: bool,
    #[prost(message, optional, tag = "5")]
    pub quiet_hours: Option<QuietHoursRow>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct QuietHoursRow {
    #[prost(uint32, tag = "1")]
    pub from_minute: u32,
    #[prost(uint32, tag = "2")]
    pub to_minute: u32,
    #[prost(sint32, tag = "3")]
    pub utc_offset_minutes: i32,
}

/// Conversations from their bytes.
pub(crate) fn conversations(rows: &[Bytes]) -> Result<Vec<ConversationId>, Error> {
    let known = rows.iter().map(|bytes| keys::parse_conversation(bytes));
    known.map(|id| id.ok_or_else(|| Error::corrupt("a conversation among one's own settings"))).collect()
}

fn conversation_rows(ids: &[ConversationId]) -> Vec<Bytes> {
    ids.iter().map(|id| keys::conversation(*id)).collect()
}

/// Pins as a row.
pub(crate) fn pins_row(ids: &[ConversationId]) -> PinsRow {
    PinsRow { conversations: conversation_rows(ids) }
}

/// A folder as a row.
pub(crate) fn folder_row(folder: &Folder) -> FolderRow {
    FolderRow {
        folder_id: folder.folder_id.clone(),
        name: folder.name.trim().to_owned(),
        included: conversation_rows(&folder.included),
        excluded: conversation_rows(&folder.excluded),
        direct: folder.direct,
        groups: folder.groups,
        unread_only: folder.unread_only,
    }
}

/// A folder from its row.
pub(crate) fn folder(row: FolderRow) -> Result<Folder, Error> {
    Ok(Folder {
        included: conversations(&row.included)?,
        excluded: conversations(&row.excluded)?,
        folder_id: row.folder_id,
        name: row.name,
        direct: row.direct,
        groups: row.groups,
        unread_only: row.unread_only,
    })
}

/// The number of no setting of its own.
pub(crate) const NOTIFY_AS_SET: u32 = 0;

/// The number of what notifies.
pub(crate) fn notify_number(level: NotifyLevel) -> u32 {
    match level {
        NotifyLevel::All => 1,
        NotifyLevel::Mentions => 2,
        NotifyLevel::Nothing => 3,
    }
}

/// What notifies, from its number; none if it is not set.
pub(crate) fn notify(number: u32) -> Option<NotifyLevel> {
    match number {
        1 => Some(NotifyLevel::All),
        2 => Some(NotifyLevel::Mentions),
        3 => Some(NotifyLevel::Nothing),
        _ => None,
    }
}
