//! Stored changes and parts of a log.
//!
//! What is answered here is durable.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, Entry, ErrorCode, UserId};

outputs! {
    /// A stored change of a conversation. It is durable.
    Accepted {
        /// The index it has.
        index: u64,
        /// The ordinal there.
        ordinal: u64,
        /// The server's time, milliseconds since 1970.
        time_ms: i64,
    }

    /// A message that waits to be sent, or could not be.
    ScheduledMessage {
        /// The device's own name for it.
        scheduled_id: String,
        /// When it is to be sent, milliseconds since 1970.
        send_at_ms: i64,
        /// To which conversation.
        conversation_id: ConversationId,
        /// What it says.
        text: String,
        /// The message it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<u64>,
        /// Why it was refused when it was due; nothing while it waits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        refused: Option<ErrorCode>,
        /// The same as a sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }

    /// One's messages that wait to be sent, and those that could not be.
    Scheduled {
        /// The soonest first, at most 100.
        messages: Vec<ScheduledMessage>,
    }

    /// A stretch of a log, both ends included.
    Span {
        /// The first index.
        from: u64,
        /// The last index.
        to: u64,
    }

    /// Several entries of a log.
    Entries {
        /// Those that are there for this reader.
        entries: Vec<Entry>,
    }

    /// What was forwarded.
    Forwarded {
        /// One for each conversation, in the order asked.
        forwarded: Vec<ForwardedTo>,
    }

    /// Copies in a conversation.
    ForwardedTo {
        /// Which.
        conversation_id: ConversationId,
        /// The indexes of the copies, in the order asked.
        indexes: Vec<u64>,
    }

    /// A like of a message.
    Like {
        /// Who.
        user_id: UserId,
        /// With what.
        emoji: String,
        /// The entry that tells of it.
        index: u64,
    }

    /// A page of likes.
    LikePage {
        /// In order of liking.
        likes: Vec<Like>,
        /// Where the next page starts; nothing on the last page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<u64>,
    }

    /// Somebody who chose an option.
    Voter {
        /// Who.
        user_id: UserId,
        /// The entry that tells of the vote.
        index: u64,
    }

    /// A page of those who chose an option.
    VoterPage {
        /// In order of voting.
        voters: Vec<Voter>,
        /// Where the next page starts; nothing on the last page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<u64>,
    }

    /// A part of a conversation's log.
    History {
        /// In index order.
        entries: Vec<Entry>,
        /// The range this answer covers: every entry from here,
        from: u64,
        /// to here is in `entries`. `to < from` means an empty range.
        to: u64,
        /// The last index of the conversation.
        head: u64,
        /// Entries below this index are not there for this reader (before joining, or pruned).
        visible_from: u64,
    }
}
