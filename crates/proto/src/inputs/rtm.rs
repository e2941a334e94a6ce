//! What the two-call API carries, in the spelling its users know.
//!
//! Nothing here is used by the other operations.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::UserId;

inputs! {
    /// The two-call API: send.
    RtmSend {
        /// The signed-in user.
        #[serde(rename = "sourceID")]
        source_id: UserId,
        /// A user, or a conversation the sender is a member of.
        #[serde(rename = "targetID")]
        target_id: String,
        /// The text to send.
        text: Option<String>,
        /// A picture, voice or file instead of the text; not taken by this server yet.
        #[serde(rename = "encodedMedia")]
        encoded_media: Option<String>,
        /// The device's retry key; without it a repeated call sends again.
        client_message_id: Option<String>,
    }

    /// The two-call API: receive.
    RtmReceive {
        /// The signed-in user.
        #[serde(rename = "sourceID")]
        source_id: UserId,
        /// A user, or a conversation the user is a member of.
        #[serde(rename = "targetID")]
        target_id: String,
        /// Messages above this index; 0 or nothing from the start.
        #[serde(rename = "lastPos")]
        last_pos: Option<u64>,
    }
}
