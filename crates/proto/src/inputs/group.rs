//! What operations about groups and their members carry.
//!
//! Who may is decided by the commit, not by what stands here.

mod joining;
mod settings;

pub use joining::*;
pub use settings::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, ConversationKind, Role, UserId};

inputs! {
    /// A new group.
    CreateGroup {
        /// 1 to 100 characters.
        name: String,
        /// Up to 100 first members beside oneself.
        member_ids: Vec<UserId>,
        /// The device's retry key: the same one answers the same group.
        client_message_id: String,
        /// `group`, as if not given, or `channel`: few write, any number read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<ConversationKind>,
    }

    /// A page of members in the order of their ids.
    ListMembers {
        /// Of which conversation.
        conversation_id: ConversationId,
        /// Continue after this member.
        after: Option<UserId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// People to bring into a group.
    AddMembers {
        /// Which group.
        conversation_id: ConversationId,
        /// Up to 100 users; those already in are left alone.
        user_ids: Vec<UserId>,
    }

    /// A member to remove.
    RemoveMember {
        /// Which group.
        conversation_id: ConversationId,
        /// Whom.
        user_id: UserId,
    }

    /// A group to leave. An owner hands on to the oldest admin, else the oldest member.
    LeaveConversation {
        /// Which group.
        conversation_id: ConversationId,
    }

    /// A role to give.
    SetRole {
        /// Which group.
        conversation_id: ConversationId,
        /// To whom.
        user_id: UserId,
        /// `admin` or `member`.
        role: Role,
    }

    /// A group to hand over.
    TransferOwnership {
        /// Which group.
        conversation_id: ConversationId,
        /// The member who owns it from now on.
        user_id: UserId,
    }

    /// A name to give.
    RenameGroup {
        /// Which group.
        conversation_id: ConversationId,
        /// 1 to 100 characters.
        name: String,
    }
}
