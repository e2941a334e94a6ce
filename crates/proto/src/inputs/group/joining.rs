//! What operations about coming into a group carry: links and requests.
//!
//! The code of a link is a secret: it travels in bodies, never in an address.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, UserId};

inputs! {
    /// A link to make.
    CreateLink {
        /// Into which group.
        conversation_id: ConversationId,
        /// How many may come in by it; any number if not given.
        max_uses: Option<u32>,
        /// Seconds until it ends, up to a year; never if not given.
        expires_in_s: Option<u32>,
        /// Whether those who use it have to be let in by the owner or an admin.
        approval: Option<bool>,
    }

    /// A group whose links one wants to see.
    ListLinks {
        /// Which.
        conversation_id: ConversationId,
    }

    /// A link to end.
    RevokeLink {
        /// Into which group.
        conversation_id: ConversationId,
        /// Which.
        link_id: u64,
    }

    /// A link to look behind before joining.
    PreviewLink {
        /// The link's code.
        code: String,
    }

    /// A group to join by a link. Repeating it changes nothing.
    JoinConversation {
        /// The link's code.
        code: String,
        /// What to say to who decides, if somebody has to: up to 300 characters.
        note: Option<String>,
    }

    /// A group to be let into. Repeating it changes the note.
    RequestJoin {
        /// Which.
        conversation_id: ConversationId,
        /// What to say to who decides: up to 300 characters.
        note: Option<String>,
    }

    /// One's own request to take back.
    WithdrawRequest {
        /// Into which group.
        conversation_id: ConversationId,
    }

    /// A page of those who want to come in, in the order of their ids.
    ListRequests {
        /// Into which group.
        conversation_id: ConversationId,
        /// Continue after this user.
        after: Option<UserId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// Somebody to let in, or not.
    DecideRequest {
        /// Into which group.
        conversation_id: ConversationId,
        /// Who asked.
        user_id: UserId,
        /// Whether the one comes in.
        approve: bool,
    }

    /// One's own requests.
    ListOwnRequests {}
}
