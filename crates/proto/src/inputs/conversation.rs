//! What operations about conversations as a whole carry: the list, reading, catching up.
//!
//! None of them names the user: that is the session's.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, Disappearing, ListFilter};

inputs! {
    /// One conversation.
    GetConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// A page of the conversation list: pinned ones on top of the first page, then latest activity first.
    #[derive(Default)]
    ListConversations {
        /// Only these; all, archived ones too, if not given.
        filter: Option<ListFilter>,
        /// Only those in this folder.
        folder_id: Option<String>,
        /// Continue after this place: `next` of the page before.
        after: Option<String>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// How far one has read.
    MarkRead {
        /// Which conversation.
        conversation_id: ConversationId,
        /// The highest index read; above the head counts as the head, lower than before changes nothing.
        index: u64,
    }

    /// A mark to come back to a conversation.
    MarkUnread {
        /// Which.
        conversation_id: ConversationId,
        /// Whether the mark is set.
        unread: bool,
    }

    /// A conversation whose history up to now is to be gone for oneself.
    ClearConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// A conversation to be taken off one's own list until something new arrives.
    DeleteConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// A page of a conversation as JSON lines.
    ExportConversation {
        /// Which.
        conversation_id: ConversationId,
        /// Go on after this index: `next` of the page before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<u64>,
        /// Entries on the page, at most 200; 200 if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<u32>,
    }

    /// What one has begun to write in a conversation.
    SetDraft {
        /// Which conversation.
        conversation_id: ConversationId,
        /// Up to 8,000 characters; an empty one takes the draft away.
        text: String,
        /// The message it will answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<u64>,
        /// When it was written, milliseconds since 1970: the newest wins. Now, if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        changed_ms: Option<i64>,
    }

    /// When the messages of a conversation disappear from now on.
    SetDisappearing {
        /// Which conversation.
        conversation_id: ConversationId,
        /// From when and for how long; without it messages stay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        disappearing: Option<Disappearing>,
    }

    /// A conversation shown on screen: a large group pushes its entries to the sessions that have it open.
    OpenConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// A conversation no longer shown on screen.
    CloseConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// What changed for me since a user index.
    Sync {
        /// The client's cursor; without it the answer is a reset with the cursor to begin from.
        since: Option<u64>,
        /// Inbox rows to read, at most 200; 50 if not given.
        limit: Option<u32>,
        /// If nothing changed, wait up to so many milliseconds (at most 30,000) for a change.
        wait_ms: Option<u32>,
    }
}
