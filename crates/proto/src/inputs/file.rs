//! What operations about files, stickers and custom emoji carry. Content travels apart, at addresses of its own.
//! Nothing here says what a file is: that is found in its bytes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, FileId, ListedKind, PictureSize, StickerPackId};

inputs! {
    /// One of one's uploads.
    GetFile {
        /// Which.
        file_id: FileId,
    }

    /// An upload that is not to be sent after all, or to be continued.
    DeleteFile {
        /// Which.
        file_id: FileId,
    }

    /// What one's files take up.
    GetFileUsage {}

    /// What a conversation's messages carry, of one kind.
    ListFiles {
        /// Of which conversation.
        conversation_id: ConversationId,
        /// Of which kind.
        kind: ListedKind,
        /// Messages below this index.
        before: Option<u64>,
        /// At most so many messages, at most 200; 50 if not given.
        limit: Option<u32>,
        /// Only with this in a file's name or a link's address, in any case.
        name: Option<String>,
    }

    /// A file of a message, to be reached without a session for a while.
    LinkFile {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The message's index.
        index: u64,
        /// One of its files.
        file_id: FileId,
        /// Which size of a picture; the whole one if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<PictureSize>,
    }

    /// All packs of stickers.
    ListStickers {}

    /// A new pack, without stickers.
    CreateStickerPack {
        /// 1 to 60 characters. One that has the name already is answered instead.
        name: String,
    }

    /// A pack to take away. Messages with its stickers keep them.
    DeleteStickerPack {
        /// Which.
        pack_id: StickerPackId,
    }

    /// A sticker for a pack. One that is in it already is given the emoji.
    AddSticker {
        /// Which pack.
        pack_id: StickerPackId,
        /// An own upload that is a picture.
        file_id: FileId,
        /// What it says: one emoji.
        emoji: String,
    }

    /// All custom emoji.
    ListEmoji {}

    /// A new custom emoji.
    AddEmoji {
        /// What stands between colons: 2 to 32 of a-z, 0-9, `_`, `+` and `-`.
        name: String,
        /// An own upload that is a picture; one that moves of at most 256 KiB.
        file_id: FileId,
    }

    /// A custom emoji to take away. Texts and likes keep its name.
    RemoveEmoji {
        /// Which.
        name: String,
    }

    /// A sticker to take out of its pack. Messages with it keep it.
    RemoveSticker {
        /// Which pack.
        pack_id: StickerPackId,
        /// Which of its stickers.
        file_id: FileId,
    }
}
