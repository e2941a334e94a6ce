//! Refusals about files and what messages carry: values like every refusal.
//!
//! What is not there and what is somebody else's is the same refusal.

use parlance_proto::{ErrorCode, limits};

/// Why something about a file was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileRefusal {
    /// No such file for this user.
    #[error(
        "there is no such file, or it is not yours to use; upload it, or forward the message that carries it"
    )]
    NoFile,
    /// The upload is not complete.
    #[error("the upload is not complete; send the rest of it first")]
    NotComplete,
    /// Larger than a file may be here.
    #[error("a file has at most {0} bytes here; send a smaller one")]
    TooLarge(u64),
    /// No room for this user's files.
    #[error(
        "your files may take up {0} bytes in all; recall messages with files you no longer need, then try again"
    )]
    QuotaExceeded(u64),
    /// Too many uploads under way.
    #[error("{max} of your uploads are under way, which is the most; finish or end one first", max = limits::UPLOADS_MAX)]
    TooManyUploads,
    /// Too many attachments, or an empty list.
    #[error("{0} attachments, 1 to {max} are taken; send several messages", max = limits::ATTACHMENTS_MAX)]
    BadNumber(usize),
    /// A message is a content or carries attachments.
    #[error("a message has a content or attachments, not both; leave one of them out")]
    ContentAndAttachments,
    /// The same file more than once.
    #[error("the same file stands twice in one message; name it once")]
    Twice,
    /// A video without its facts.
    #[error("a video needs its width and height, 1 to 16384 pixels, and its duration_ms, at most 24 hours")]
    BadVideo,
    /// A voice message without its facts.
    #[error("a voice message needs its duration_ms, at most 24 hours; a waveform has exactly 64 peaks")]
    BadVoice,
    /// Facts that the kind of attachment has not.
    #[error(
        "only a video has a width, a height and a poster, only a voice message a waveform, only both a duration_ms"
    )]
    StrangeFacts,
    /// A poster that is no picture.
    #[error("a poster is an own upload that is a picture")]
    BadPoster,
    /// A sticker with a text or with others.
    #[error("a sticker stands alone in its message; send the text or the other files in another one")]
    StickerAlone,
    /// A sticker that is no picture.
    #[error("a sticker is an own upload that is a picture: a PNG, JPEG, WebP or GIF")]
    NoPicture,
    /// No such pack.
    #[error("there is no such pack of stickers; `sticker.packs` shows those there are")]
    NoPack,
    /// A name that is empty or too long.
    #[error("a pack's name has 1 to {max} characters", max = limits::STICKER_PACK_NAME_MAX_CHARS)]
    BadPackName,
    /// Another pack than the server may have.
    #[error("there are {max} packs of stickers, which is the most; delete one first", max = limits::STICKER_PACKS_MAX)]
    TooManyPacks,
    /// Another sticker than a pack may have.
    #[error("the pack has {max} stickers, which is the most; make another pack", max = limits::STICKERS_PER_PACK)]
    TooManyStickers,
    /// A name that no custom emoji can have.
    #[error("the name of a custom emoji has {least} to {most} characters of a-z, 0-9, `_`, `+` and `-`",
        least = limits::EMOJI_NAME_CHARS.start(), most = limits::EMOJI_NAME_CHARS.end())]
    BadEmojiName,
    /// Another custom emoji has the name.
    #[error("there is a custom emoji of this name; remove it first, or choose another name")]
    EmojiNameTaken,
    /// Another custom emoji than the server may have.
    #[error("there are {max} custom emoji, which is the most; remove one first", max = limits::CUSTOM_EMOJI_MAX)]
    TooManyEmoji,
    /// A custom emoji that is no picture.
    #[error("a custom emoji is an own upload that is a picture: a PNG, JPEG, WebP or GIF")]
    NoEmojiPicture,
    /// A custom emoji that is too large.
    #[error("a custom emoji that moves has at most {max} bytes; send a smaller one", max = limits::EMOJI_MAX_BYTES)]
    EmojiTooLarge,
    /// A photo or background that is no picture.
    #[error(
        "this is an own upload that is a picture: upload one with kind=picture and name its file_id; an empty text takes it away"
    )]
    BadPhoto,
}

impl FileRefusal {
    /// The stable code on the wire.
    pub fn code(&self) -> ErrorCode {
        match self {
            FileRefusal::NoFile | FileRefusal::NoPack => ErrorCode::NotFound,
            FileRefusal::NotComplete | FileRefusal::EmojiNameTaken => ErrorCode::Conflict,
            FileRefusal::QuotaExceeded(_) => ErrorCode::QuotaExceeded,
            FileRefusal::TooLarge(_)
            | FileRefusal::TooManyUploads
            | FileRefusal::TooManyPacks
            | FileRefusal::TooManyStickers
            | FileRefusal::TooManyEmoji
            | FileRefusal::EmojiTooLarge
            | FileRefusal::BadNumber(_) => ErrorCode::TooLarge,
            FileRefusal::ContentAndAttachments
            | FileRefusal::Twice
            | FileRefusal::BadVideo
            | FileRefusal::BadVoice
            | FileRefusal::StrangeFacts
            | FileRefusal::BadPoster
            | FileRefusal::StickerAlone
            | FileRefusal::NoPicture
            | FileRefusal::BadPackName
            | FileRefusal::BadEmojiName
            | FileRefusal::NoEmojiPicture
            | FileRefusal::BadPhoto => ErrorCode::InvalidInput,
        }
    }
}
