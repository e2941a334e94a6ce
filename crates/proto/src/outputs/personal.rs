//! One's own settings, as all of one's devices see them.
//!
//! Nobody else is told any of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, NotifyLevel, QuietHours};

outputs! {
    /// One's own settings of a conversation.
    Personal {
        /// The place among the pinned conversations, from 1 at the top.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pinned: Option<u32>,
        /// Muted until then, milliseconds since 1970.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        muted_until_ms: Option<i64>,
        /// Whether it is in the archive.
        archived: bool,
        /// What to show behind the messages. A `file_id` is a picture of one's own:
        /// `GET /api/v1/conversations/{conversation_id}/background/{file_id}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        background: Option<String>,
        /// Which messages of it notify, if that is set for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notify: Option<NotifyLevel>,
    }

    /// The conversations at the top of one's list.
    Pins {
        /// From the top.
        conversation_ids: Vec<ConversationId>,
    }

    /// A folder: conversations chosen one by one, by what they are, or both.
    Folder {
        /// Chosen by the client that made it: 1 to 64 letters, digits, `-`, `_`.
        folder_id: String,
        /// 1 to 30 characters.
        name: String,
        /// Conversations that are in it whatever they are; at most 200.
        included: Vec<ConversationId>,
        /// Conversations that are not in it whatever they are; at most 200.
        excluded: Vec<ConversationId>,
        /// All direct conversations are in it.
        direct: bool,
        /// All groups and channels are in it.
        groups: bool,
        /// Of those by kind only the ones with something unread.
        unread_only: bool,
    }

    /// One's folders.
    Folders {
        /// Rises with each change.
        version: u64,
        /// In order.
        folders: Vec<Folder>,
    }

    /// One's settings of notifications.
    Notifications {
        /// For direct conversations that have no setting of their own.
        direct: NotifyLevel,
        /// For groups and channels that have no setting of their own.
        groups: NotifyLevel,
        /// Whether a notification may show who wrote what.
        preview: bool,
        /// Whether a notification makes a sound.
        sound: bool,
        /// When to be silent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quiet_hours: Option<QuietHours>,
    }
}
