//! Links and requests as those who make or decide them see them.
//!
//! A link's code is told once, to its maker; the server keeps its hash.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, ConversationKind, ConversationSummary, UserId};

outputs! {
    /// A link into a group.
    JoinLink {
        /// Its id.
        link_id: u64,
        /// Who made it.
        made_by: UserId,
        /// When, milliseconds since 1970.
        made_ms: i64,
        /// When it ends, milliseconds since 1970.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_ms: Option<i64>,
        /// How many may come in by it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max_uses: Option<u32>,
        /// How many came in by it.
        uses: u32,
        /// Whether those who use it have to be let in.
        approval: bool,
        /// Its code, told only when it is made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
    }

    /// The links of a group that may still work.
    JoinLinks {
        /// Oldest first.
        links: Vec<JoinLink>,
    }

    /// A group as a link shows it.
    LinkPreview {
        /// Which.
        conversation_id: ConversationId,
        /// Group or channel.
        kind: ConversationKind,
        /// Its name.
        name: String,
        /// What it is about.
        description: String,
        /// The `file_id` of its photo, read with the code of the link in `Parlance-Link-Code` or as a member; empty for none.
        photo: String,
        /// How many members.
        member_count: u64,
        /// Whether one would have to be let in.
        approval: bool,
        /// Whether one is in it.
        member: bool,
    }

    /// What came of joining.
    JoinOutcome {
        /// Which group.
        conversation_id: ConversationId,
        /// The conversation, if one is in it now; else one has asked, and the owner or an admin decides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conversation: Option<ConversationSummary>,
    }

    /// Somebody who wants to come in.
    JoinRequest {
        /// Who.
        user_id: UserId,
        /// What the one says.
        note: String,
        /// Since when, milliseconds since 1970.
        time_ms: i64,
    }

    /// A page of those who want to come in.
    JoinRequests {
        /// In the order of their ids.
        requests: Vec<JoinRequest>,
        /// Whether there are more.
        more: bool,
    }

    /// One's own request to come in.
    OwnRequest {
        /// Into which group.
        conversation_id: ConversationId,
        /// The group's name when one asked.
        name: String,
        /// What one says.
        note: String,
        /// Since when, milliseconds since 1970.
        time_ms: i64,
        /// Whether it was declined; else it waits.
        declined: bool,
    }

    /// One's own requests that wait or were declined. A granted one is a conversation.
    OwnRequests {
        /// By the group's id.
        requests: Vec<OwnRequest>,
    }
}
