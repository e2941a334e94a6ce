//! What operations about messages carry.
//!
//! Sender, time and index are the server's to give; none of them can be sent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{Content, ConversationId, Format, NewAttachment, TextSpan};

inputs! {
    /// A text message to send.
    SendMessage {
        /// To which conversation.
        conversation_id: ConversationId,
        /// The device's retry key: letters, digits, `-`, `_`; at most 64. Repeating it within 7 days answers the first
        /// index again.
        client_message_id: String,
        /// 1 to 8,000 characters; nothing if there is a `content`, and may be nothing if there are attachments.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        #[ts(as = "Option<_>", optional)]
        text: String,
        /// How the text is to be read; as it stands if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<Format>,
        /// How parts of the text are styled, instead of Markdown: sorted, properly nested, at most 200.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spans: Option<Vec<TextSpan>>,
        /// What the message is instead of a text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<Content>,
        /// Own uploads to send with it, 1 to 10; the text is their caption.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attachments: Option<Vec<NewAttachment>>,
        /// The message it answers, by its index in the same conversation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<u64>,
        /// If no device of another member has it within so many milliseconds (5 seconds to 365 days), it expires.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deliver_within_ms: Option<u64>,
    }

    /// One of one's own messages, to be withdrawn for all.
    RecallMessage {
        /// In which conversation.
        conversation_id: ConversationId,
        /// Its index.
        index: u64,
    }

    /// A text message to be sent at a time; under an id that waits already it takes that one's place.
    ScheduleMessage {
        /// The device's own name for it: letters, digits, `-`, `_`; at most 64.
        scheduled_id: String,
        /// When to send it, milliseconds since 1970; up to 365 days ahead.
        send_at_ms: i64,
        /// To which conversation.
        conversation_id: ConversationId,
        /// 1 to 8,000 characters.
        text: String,
        /// The message it answers, by its index in the same conversation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<u64>,
    }

    /// One's messages that wait to be sent.
    ListScheduled {}

    /// A message that is not to be sent after all.
    UnscheduleMessage {
        /// Its id.
        scheduled_id: String,
    }

    /// Messages to take out of one's own sight, on all own devices; nobody else notices.
    HideMessages {
        /// In which conversation.
        conversation_id: ConversationId,
        /// Their indexes, 1 to 100.
        indexes: Vec<u64>,
    }

    /// Another text for one of one's own messages.
    EditMessage {
        /// In which conversation.
        conversation_id: ConversationId,
        /// Its index.
        index: u64,
        /// What it says from now on: 1 to 8,000 characters; may be nothing if it carries attachments.
        text: String,
        /// How the text is to be read; as it stands if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        format: Option<Format>,
        /// How parts of the text are styled, instead of Markdown.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        spans: Option<Vec<TextSpan>>,
    }

    /// Messages to be forwarded.
    ForwardMessages {
        /// Where they are.
        conversation_id: ConversationId,
        /// Their indexes, 1 to 20, in the order of the copies.
        indexes: Vec<u64>,
        /// To which conversations, 1 to 20.
        to: Vec<ConversationId>,
        /// The device's retry key of the whole.
        client_message_id: String,
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

impl SendMessage {
    /// A plain text.
    pub fn text(
        conversation_id: ConversationId,
        client_message_id: impl Into<String>,
        text: impl Into<String>,
    ) -> SendMessage {
        SendMessage {
            conversation_id,
            client_message_id: client_message_id.into(),
            text: text.into(),
            format: None,
            spans: None,
            content: None,
            attachments: None,
            reply_to: None,
            deliver_within_ms: None,
        }
    }
}
