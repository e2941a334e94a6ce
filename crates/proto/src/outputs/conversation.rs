//! Conversations as their reader sees them, and what changed among them.
//!
//! Every count is derived from indexes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{
    ConversationId, ConversationKind, Disappearing, Entry, FanOut, FileId, Personal, Role, Span, Topic,
};

outputs! {
    /// A conversation as its row in the list shows it.
    ConversationSummary {
        /// The id.
        conversation_id: ConversationId,
        /// Direct or group.
        kind: ConversationKind,
        /// A group's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// A group's photo: `GET /api/v1/conversations/{conversation_id}/photo/{file_id}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<FileId>,
        /// One's own role.
        role: Role,
        /// How many members.
        member_count: u64,
        /// How messages reach inboxes.
        fan_out: FanOut,
        /// The last index.
        head: u64,
        /// The first index one may read; it rises when one clears the history.
        visible_from: u64,
        /// The highest index one has read; one's own messages count as read.
        read_index: u64,
        /// Messages after `read_index`.
        unread: u64,
        /// Messages after `read_index` that mention one.
        #[serde(default, skip_serializing_if = "crate::outputs::is_zero")]
        #[ts(as = "Option<_>", optional)]
        mentioned: u64,
        /// Whether one marked it as unread oneself.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<_>", optional)]
        marked_unread: bool,
        /// One's own settings of it, unless all are as at the beginning.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        personal: Option<Personal>,
        /// What one has begun to write there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draft: Option<Draft>,
        /// When its messages disappear; not there if they stay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        disappearing: Option<Disappearing>,
        /// Whether one took it off one's list; it comes back with the next message.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<_>", optional)]
        deleted: bool,
        /// Stretches of messages that one has hidden: show none of their messages, and forget their content.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<_>", optional)]
        hidden: Vec<Span>,
        /// Whether it is a stranger's direct conversation that one has not accepted yet.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<_>", optional)]
        request: bool,
        /// Direct ones: the highest index the other has read, unless that is not shown to one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        peer_read_index: Option<u64>,
        /// Direct ones: the highest index that reached one of the other's devices, unless that is not shown to one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        peer_delivered_index: Option<u64>,
        /// When something last happened, milliseconds since 1970.
        activity_ms: i64,
        /// The latest message, if one may see it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_message: Option<Entry>,
    }

    /// A page of a conversation as JSON lines.
    Exported {
        /// Each line is one JSON object and ends with a line feed: on the first page one with the `conversation`, then
        /// the entries in index order. Pages joined are a file.
        lines: String,
        /// Send this as `after` for the next page; nothing on the last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<u64>,
    }

    /// What one has begun to write.
    Draft {
        /// The text so far.
        text: String,
        /// The message it will answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<u64>,
        /// When it was written, milliseconds since 1970.
        changed_ms: i64,
    }

    /// A page of the conversation list.
    Conversations {
        /// Latest activity first.
        conversations: Vec<ConversationSummary>,
        /// Where the next page starts; nothing on the last page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<String>,
    }

    /// How far one has read.
    ReadState {
        /// The highest index read.
        read_index: u64,
        /// Messages after it.
        unread: u64,
    }

    /// What changed since the client's cursor.
    Changes {
        /// The cursor to keep and to send next time.
        user_index: u64,
        /// The client's cursor is not usable: drop what is known of the list and load it anew, then go on from
        /// `user_index`. Unsent messages and held history stay.
        reset: bool,
        /// There is more: ask again with `user_index`.
        more: bool,
        /// Conversations that changed, as they are now. Large groups are always among them.
        changed: Vec<ConversationSummary>,
        /// Conversations no longer on one's list: one is no longer in them, or took them off.
        removed: Vec<ConversationId>,
        /// Own collections that changed: read them again. After a reset, all of them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<_>", optional)]
        topics: Vec<Topic>,
    }
}
