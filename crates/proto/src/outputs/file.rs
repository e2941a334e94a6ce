//! Files as operations about them show them.
//! No digest is among it: nobody learns who else has the same bytes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{AttachmentKind, Entry, FileId};

/// A complete upload, as it can be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[ts(optional_fields)]
pub struct FileInfo {
    /// Its id, for `attachments` of a message.
    pub file_id: FileId,
    /// What it can be sent as.
    pub kind: AttachmentKind,
    /// Its name, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its media type, as the server found it.
    pub media_type: String,
    /// Its size, in bytes; a picture's after it was made anew.
    pub size: u64,
    /// Width of a picture, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height of a picture, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Whether a picture moves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub animated: bool,
    /// A blurred picture: a ThumbHash in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Until when it can be sent, milliseconds since 1970; then it is erased unless a message carries it.
    pub expires_ms: i64,
}

/// What one's files take up, and may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct FileUsage {
    /// Bytes of all files one uploaded that are kept, and of uploads under way.
    pub used_bytes: u64,
    /// How many they may be.
    pub quota_bytes: u64,
    /// How many a single file may have.
    pub file_max_bytes: u64,
    /// Uploads under way.
    pub uploads: u32,
}

/// Messages that carry something, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[ts(optional_fields)]
pub struct FileList {
    /// The messages, as one is shown them.
    pub messages: Vec<Entry>,
    /// Where to go on, as `before`; absent at the end. There may be fewer messages than asked for before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
}

/// A link that leads to a file without a session, for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct FileLink {
    /// The path on this server, with its signature.
    pub path: String,
    /// Until when it leads there, milliseconds since 1970.
    pub expires_ms: i64,
}
