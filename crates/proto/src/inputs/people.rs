//! What operations between people carry: how far others have read, and what one lets others see.
//!
//! Whose marks and choices they are is never said here: that is the session's.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, UserId};

inputs! {
    /// What one's device holds.
    MarkDelivered {
        /// Up to 100 conversations; those one is not in are passed over.
        marks: Vec<DeliveredMark>,
    }

    /// How far one's device has got in a conversation.
    DeliveredMark {
        /// Which.
        conversation_id: ConversationId,
        /// The highest index held; above the head counts as the head, lower than before changes nothing.
        index: u64,
    }

    /// Everybody's place in a conversation of up to 500 members.
    GetProgress {
        /// Which.
        conversation_id: ConversationId,
    }

    /// Who has read a message. Asked of are the members who were in when it came, its sender left out.
    ListReaders {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The message.
        index: u64,
        /// Which of them to list; those who have read it if not given.
        state: Option<ReaderState>,
        /// Continue after this member.
        after: Option<UserId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// What one lets others see.
    GetPrivacy {}

    /// Choices about what others see, in effect at once; what is not given stays.
    UpdatePrivacy {
        /// Whether others see what one has read. Who does not show it sees nobody else's.
        show_reads: Option<bool>,
    }
}

/// How a message stands with a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReaderState {
    /// Read.
    #[default]
    Read,
    /// Not read, whether it has reached a device or not.
    Unread,
    /// Not read, but on one of the member's devices.
    Delivered,
}
