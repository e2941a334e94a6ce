//! What the two-call API answers, in the spelling its users know.
//!
//! Nothing here is used by the other operations.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, UserId};

outputs! {
    /// The two-call API: what was sent.
    RtmSent {
        /// The conversation it went to.
        #[serde(rename = "conversationID")]
        conversation_id: ConversationId,
        /// Its position.
        pos: u64,
        /// The server's time, milliseconds since 1970.
        #[serde(rename = "timeMs")]
        time_ms: i64,
    }

    /// The two-call API: one message.
    RtmMessage {
        /// Its position.
        pos: u64,
        /// Who sent it.
        #[serde(rename = "sourceID")]
        source_id: UserId,
        /// The text.
        text: String,
        /// The server's time, milliseconds since 1970.
        #[serde(rename = "timeMs")]
        time_ms: i64,
    }

    /// The two-call API: what was received.
    RtmReceived {
        /// In order of position, at most 200.
        messages: Vec<RtmMessage>,
        /// Send this as `lastPos` next time.
        #[serde(rename = "lastPos")]
        last_pos: u64,
        /// Whether there is more now.
        more: bool,
    }
}
