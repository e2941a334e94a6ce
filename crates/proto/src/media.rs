//! Pictures, videos, voice messages and files as messages carry them, and what an upload becomes.
//!
//! A file is reached through a message that carries it, never by its id alone, except by whoever uploaded it and has not
//! sent it yet.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{FileId, StickerPackId};

/// What an attachment is to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A picture that the server has made anew: upright, without metadata, with thumbnails.
    Picture,
    /// A video, played where it is shown.
    Video,
    /// A voice message, played where it is shown.
    Voice,
    /// Any file, to be kept as it is.
    File,
}

/// Which size of a picture. One that is not larger than asked is answered as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureSize {
    /// Fits into 320 x 320 pixels.
    Small,
    /// Fits into 1280 x 1280 pixels.
    Large,
}

/// What a conversation's files are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ListedKind {
    /// Messages with pictures.
    Picture,
    /// Messages with videos.
    Video,
    /// Voice messages.
    Voice,
    /// Messages with files.
    File,
    /// Messages that link something on the web.
    Link,
}

/// Something that a message carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[ts(optional_fields)]
pub struct Attachment {
    /// Its id; with the message it leads to the content.
    pub file_id: FileId,
    /// What it is.
    pub kind: AttachmentKind,
    /// Its name, if it has one: up to 255 bytes, without anything that could mislead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its media type, as the server found it; `application/octet-stream` for a file.
    pub media_type: String,
    /// Its size, in bytes.
    pub size: u64,
    /// Width of a picture or video, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height of a picture or video, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Whether a picture moves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub animated: bool,
    /// How long a video or a voice message lasts, in milliseconds, as its sender says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// How loud a voice message is along its time: 64 peaks of 0 to 255.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub waveform: Vec<u8>,
    /// A blurred picture to show until the real one is there: a ThumbHash in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// A still picture of a video; reached through the same message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<FileId>,
    /// Which sticker it is, if it is one: shown bare, without a bubble, and alone in its message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sticker: Option<Box<StickerOf>>,
}

/// The sticker that a picture is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct StickerOf {
    /// Of which pack it was when it was sent.
    pub pack_id: StickerPackId,
    /// What it says.
    pub emoji: String,
}

/// A file to be sent with a message, and what only its sender knows about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct NewAttachment {
    /// An own upload that is complete, or a sticker.
    pub file_id: FileId,
    /// Width of a video, in pixels. A picture's is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height of a video, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// How long a video or a voice message lasts, in milliseconds: up to 24 hours. Both need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// How loud a voice message is: 64 peaks of 0 to 255.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waveform: Option<Vec<u8>>,
    /// A still picture of a video: an own upload that is a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<FileId>,
}

impl NewAttachment {
    /// A file about which there is nothing more to say.
    pub fn of(file_id: FileId) -> NewAttachment {
        NewAttachment { file_id, width: None, height: None, duration_ms: None, waveform: None, poster: None }
    }
}
