//! What operations about messages carry.
//!
//! Sender, time and index are the server's to give; none of them can be sent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ConversationId;

inputs! {
    /// A text message to send.
    SendMessage {
        /// To which conversation.
        conversation_id: ConversationId,
        /// The device's retry key: letters, digits, `-`, `_`; at most 64. Repeating it within 7 days answers the first
        /// index again.
        client_message_id: String,
        /// 1 to 8,000 characters.
        text: String,
    }

    /// A part of a conversation's log. Without `after` and `before`: its end.
    GetHistory {
        /// Which conversation.
        conversation_id: ConversationId,
        /// Entries above this index, lowest first.
        after: Option<u64>,
        /// Entries below this index, the highest ones; with `after` too, the range between.
        before: Option<u64>,
        /// At most so many entries, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// One entry.
    GetMessage {
        /// Of which conversation.
        conversation_id: ConversationId,
        /// Its index.
        index: u64,
    }
}
