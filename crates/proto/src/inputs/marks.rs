//! What operations carry that put something on messages: likes, votes and pins.
//!
//! Each of them may be repeated; who does it is the session's user.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::ConversationId;

inputs! {
    /// A like of a message.
    LikeMessage {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The message's index.
        index: u64,
        /// Exactly one emoji.
        emoji: String,
    }

    /// A like to be taken back.
    UnlikeMessage {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The message's index.
        index: u64,
        /// The emoji.
        emoji: String,
    }

    /// A page of a message's likes, in order of liking.
    ListLikes {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The message's index.
        index: u64,
        /// Only those with this emoji.
        emoji: Option<String>,
        /// Continue after this place: `next` of the page before.
        after: Option<u64>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// A vote in a poll, in place of one's former.
    VotePoll {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The poll's index.
        index: u64,
        /// What one chooses, counted from 0; empty takes one's vote back.
        options: Vec<u32>,
    }

    /// A poll to be closed.
    ClosePoll {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The poll's index.
        index: u64,
    }

    /// A page of those who chose an option, in order of voting.
    ListVoters {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The poll's index.
        index: u64,
        /// Which option, counted from 0.
        option: u32,
        /// Continue after this place: `next` of the page before.
        after: Option<u64>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// A message to be pinned for all.
    PinMessage {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The message's index.
        index: u64,
    }

    /// A message whose pin is taken away.
    UnpinMessage {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The message's index.
        index: u64,
    }

    /// The pinned messages of a conversation.
    ListPinned {
        /// Which.
        conversation_id: ConversationId,
    }

    /// Several entries.
    LookUpMessages {
        /// Of which conversation.
        conversation_id: ConversationId,
        /// Their indexes, 1 to 100.
        indexes: Vec<u64>,
    }
}
