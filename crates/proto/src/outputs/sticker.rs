//! Stickers and custom emoji as everybody on the server sees them.
//!
//! A sticker is sent as an attachment by its file id, a custom emoji by its name between colons.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{FileId, StickerPackId};

outputs! {
    /// A sticker.
    Sticker {
        /// By which it is sent, and read with its pack.
        file_id: FileId,
        /// What it says.
        emoji: String,
        /// Its width, in pixels.
        width: u32,
        /// Its height, in pixels.
        height: u32,
        /// Whether it moves.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        animated: bool,
        /// A blurred picture to show until the real one is there: a ThumbHash in base64.
        placeholder: String,
    }

    /// A pack of stickers.
    StickerPack {
        /// Its id.
        pack_id: StickerPackId,
        /// What it is called.
        name: String,
        /// At most 120, in the order in which they were added.
        stickers: Vec<Sticker>,
    }

    /// All packs of stickers.
    StickerPacks {
        /// At most 50, the oldest first.
        packs: Vec<StickerPack>,
    }
    /// A custom emoji.
    CustomEmoji {
        /// What stands between colons in texts and likes.
        name: String,
        /// Its picture; another one if the name was given anew.
        file_id: FileId,
        /// Its width, in pixels.
        width: u32,
        /// Its height, in pixels.
        height: u32,
        /// Whether it moves.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        animated: bool,
    }

    /// All custom emoji.
    CustomEmojiList {
        /// At most 1000, by name.
        emoji: Vec<CustomEmoji>,
    }
}
