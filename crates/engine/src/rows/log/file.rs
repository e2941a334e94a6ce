//! Rows of files: uploads, what is known of files, attachments of messages.
//!
//! Numbers that stand for kinds are never given anew.

use bytes::Bytes;
use parlance_proto::{
    Attachment, AttachmentKind, FileId, PagePreview, PreviewPicture, StickerOf, StickerPackId,
};
use prost::Message;

use crate::Error;

/// What a user's files take up.
#[derive(Clone, Copy, PartialEq, Message)]
pub(crate) struct UsageRow {
    /// Bytes of all files that are kept, and of uploads under way.
    #[prost(uint64, tag = "1")]
    pub bytes: u64,
    /// Uploads under way.
    #[prost(uint32, tag = "2")]
    pub uploads: u32,
}

/// An upload under way.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct UploadRow {
    #[prost(uint64, tag = "1")]
    pub length: u64,
    /// Bytes that are durable.
    #[prost(uint64, tag = "2")]
    pub offset: u64,
    #[prost(sint64, tag = "3")]
    pub created_ms: i64,
    #[prost(string, tag = "4")]
    pub name: String,
    /// What it is to be: 0 whatever it turns out to be, else a kind.
    #[prost(uint32, tag = "5")]
    pub wanted: u32,
    /// How a client described it.
    #[prost(string, tag = "6")]
    pub described: String,
}

/// A user's file that is kept.
#[derive(Clone, Copy, PartialEq, Message)]
pub(crate) struct OwnFileRow {
    /// What it takes up.
    #[prost(uint64, tag = "1")]
    pub bytes: u64,
    #[prost(sint64, tag = "2")]
    pub created_ms: i64,
}

/// Bytes of a file in one of its sizes.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct BytesRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub digest: Bytes,
    #[prost(uint64, tag = "2")]
    pub size: u64,
    #[prost(string, tag = "3")]
    pub media_type: String,
}

/// What is known of a file.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct FileRow {
    #[prost(fixed64, tag = "1")]
    pub owner: u64,
    #[prost(uint32, tag = "2")]
    pub kind: u32,
    #[prost(string, tag = "3")]
    pub name: String,
    #[prost(message, required, tag = "4")]
    pub whole: BytesRow,
    #[prost(message, optional, tag = "5")]
    pub small: Option<BytesRow>,
    #[prost(message, optional, tag = "6")]
    pub large: Option<BytesRow>,
    #[prost(uint32, tag = "7")]
    pub width: u32,
    #[prost(uint32, tag = "8")]
    pub height: u32,
    #[prost(bool, tag = "9")]
    pub animated: bool,
    #[prost(string, tag = "10")]
    pub placeholder: String,
    #[prost(sint64, tag = "11")]
    pub created_ms: i64,
    /// How many bytes were uploaded.
    #[prost(uint64, tag = "12")]
    pub uploaded: u64,
}

/// What a message carries.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ShelfRow {
    /// The ids of its files and their posters, 16 bytes each.
    #[prost(bytes = "bytes", repeated, tag = "1")]
    pub files: Vec<Bytes>,
    /// Whether its text links something.
    #[prost(bool, tag = "2")]
    pub links: bool,
}

/// A file that may be due.
#[derive(Clone, Copy, PartialEq, Message)]
pub(crate) struct DueRow {
    /// Who uploaded it.
    #[prost(fixed64, tag = "1")]
    pub owner: u64,
}

/// An attachment of a message; 0 stands for nothing.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AttachmentRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub file: Bytes,
    #[prost(uint32, tag = "2")]
    pub kind: u32,
    #[prost(string, tag = "3")]
    pub name: String,
    #[prost(string, tag = "4")]
    pub media_type: String,
    #[prost(uint64, tag = "5")]
    pub size: u64,
    #[prost(uint32, tag = "6")]
    pub width: u32,
    #[prost(uint32, tag = "7")]
    pub height: u32,
    #[prost(bool, tag = "8")]
    pub animated: bool,
    /// The duration, one more than it is; 0 for none.
    #[prost(uint64, tag = "9")]
    pub duration: u64,
    #[prost(bytes = "bytes", tag = "10")]
    pub waveform: Bytes,
    #[prost(string, tag = "11")]
    pub placeholder: String,
    #[prost(bytes = "bytes", tag = "12")]
    pub poster: Bytes,
    /// The sticker that it is: its pack, and what it says; that is empty for none.
    #[prost(fixed64, tag = "13")]
    pub sticker_pack: u64,
    #[prost(string, tag = "14")]
    pub sticker_emoji: String,
}

/// Counts the changes of a set of the server's, so that each is made against what it has seen.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct TurnRow {
    #[prost(uint64, tag = "1")]
    pub changes: u64,
}

/// A pack of stickers, in the order in which they were added. One that was deleted has no name.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct StickerPackRow {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(message, repeated, tag = "2")]
    pub stickers: Vec<StickerRow>,
}

/// A custom emoji.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct CustomEmojiRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub file: Bytes,
    #[prost(uint32, tag = "2")]
    pub width: u32,
    #[prost(uint32, tag = "3")]
    pub height: u32,
    #[prost(bool, tag = "4")]
    pub animated: bool,
}

/// A sticker of a pack.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct StickerRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub file: Bytes,
    #[prost(string, tag = "2")]
    pub emoji: String,
    #[prost(uint32, tag = "3")]
    pub width: u32,
    #[prost(uint32, tag = "4")]
    pub height: u32,
    #[prost(bool, tag = "5")]
    pub animated: bool,
    #[prost(string, tag = "6")]
    pub placeholder: String,
}

/// The card of a message's link; without a picture the file is empty.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PreviewRow {
    #[prost(string, tag = "1")]
    pub url: String,
    #[prost(string, tag = "2")]
    pub title: String,
    #[prost(string, tag = "3")]
    pub description: String,
    #[prost(string, tag = "4")]
    pub site: String,
    #[prost(bytes = "bytes", tag = "5")]
    pub file: Bytes,
    #[prost(uint32, tag = "6")]
    pub width: u32,
    #[prost(uint32, tag = "7")]
    pub height: u32,
    #[prost(string, tag = "8")]
    pub placeholder: String,
}

/// The bytes of a file's id.
pub(crate) fn file_id_bytes(file: FileId) -> Bytes {
    Bytes::copy_from_slice(&file.0.to_be_bytes())
}

/// A file's id from its bytes.
pub(crate) fn file_id(bytes: &[u8]) -> Result<FileId, Error> {
    let bytes = bytes.try_into().map_err(|_| Error::corrupt("a file id of a wrong length"))?;
    Ok(FileId(u128::from_be_bytes(bytes)))
}

pub(crate) fn kind_number(kind: AttachmentKind) -> u32 {
    match kind {
        AttachmentKind::Picture => 1,
        AttachmentKind::Video => 2,
        AttachmentKind::Voice => 3,
        AttachmentKind::File => 4,
    }
}

pub(crate) fn attachment_kind(number: u32) -> Result<AttachmentKind, Error> {
    match number {
        1 => Ok(AttachmentKind::Picture),
        2 => Ok(AttachmentKind::Video),
        3 => Ok(AttachmentKind::Voice),
        4 => Ok(AttachmentKind::File),
        number => Err(Error::corrupt(format!("an unknown kind of attachment {number}"))),
    }
}

pub(super) fn attachment_row(one: &Attachment) -> AttachmentRow {
    AttachmentRow {
        file: file_id_bytes(one.file_id),
        kind: kind_number(one.kind),
        name: one.name.clone().unwrap_or_default(),
        media_type: one.media_type.clone(),
        size: one.size,
        width: one.width.unwrap_or_default(),
        height: one.height.unwrap_or_default(),
        animated: one.animated,
        duration: one.duration_ms.map_or(0, |ms| ms.saturating_add(1)),
        waveform: Bytes::copy_from_slice(&one.waveform),
        placeholder: one.placeholder.clone().unwrap_or_default(),
        poster: one.poster.map(file_id_bytes).unwrap_or_default(),
        sticker_pack: one.sticker.as_ref().map_or(0, |sticker| sticker.pack_id.0),
        sticker_emoji: one.sticker.as_ref().map(|sticker| sticker.emoji.clone()).unwrap_or_default(),
    }
}

pub(super) fn attachment(row: &AttachmentRow) -> Result<Attachment, Error> {
    let sticker = said(&row.sticker_emoji)
        .map(|emoji| Box::new(StickerOf { pack_id: StickerPackId(row.sticker_pack), emoji }));
    let poster = if row.poster.is_empty() { None } else { Some(file_id(&row.poster)?) };
    Ok(Attachment {
        file_id: file_id(&row.file)?,
        kind: attachment_kind(row.kind)?,
        name: said(&row.name),
        media_type: row.media_type.clone(),
        size: row.size,
        width: Some(row.width).filter(|pixels| *pixels != 0),
        height: Some(row.height).filter(|pixels| *pixels != 0),
        animated: row.animated,
        duration_ms: row.duration.checked_sub(1),
        waveform: row.waveform.to_vec(),
        placeholder: said(&row.placeholder),
        poster,
        sticker,
    })
}

pub(super) fn preview_row(preview: &PagePreview) -> PreviewRow {
    let picture = preview.picture.as_ref();
    PreviewRow {
        url: preview.url.clone(),
        title: preview.title.clone(),
        description: preview.description.clone(),
        site: preview.site.clone(),
        file: picture.map(|picture| file_id_bytes(picture.file_id)).unwrap_or_default(),
        width: picture.map_or(0, |picture| picture.width),
        height: picture.map_or(0, |picture| picture.height),
        placeholder: picture.map(|picture| picture.placeholder.clone()).unwrap_or_default(),
    }
}

pub(super) fn preview(row: &PreviewRow) -> Result<PagePreview, Error> {
    let picture = |row: &PreviewRow| {
        Ok::<_, Error>(PreviewPicture {
            file_id: file_id(&row.file)?,
            width: row.width,
            height: row.height,
            placeholder: row.placeholder.clone(),
        })
    };
    Ok(PagePreview {
        url: row.url.clone(),
        title: row.title.clone(),
        description: row.description.clone(),
        site: row.site.clone(),
        picture: if row.file.is_empty() { None } else { Some(picture(row)?) },
    })
}

/// A text that is there.
pub(crate) fn said(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
