//! What people are told about others: how far they have read, and what they let be seen.
//!
//! What somebody does not show is absent, in the same way for everybody who may not see it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::UserId;

outputs! {
    /// How far a member has got in a conversation.
    MemberProgress {
        /// Who.
        user_id: UserId,
        /// The highest index read, if it may be known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        read_index: Option<u64>,
        /// The highest index that reached one of the member's devices; not below what was read.
        delivered_index: u64,
    }

    /// How far the members of a conversation have got.
    ConversationProgress {
        /// The other members, in the order of their ids.
        members: Vec<MemberProgress>,
    }

    /// Who has read a message.
    Readers {
        /// How many have read it; absent for those who do not show their own reading.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        read_by: Option<u64>,
        /// How many it has reached, those who have read it counted.
        delivered_to: u64,
        /// Of how many: the members who were in when it came, its sender left out.
        of: u64,
        /// Those asked for, in the order of their ids.
        user_ids: Vec<UserId>,
        /// Whether there are more.
        more: bool,
    }

    /// What one lets others see.
    Privacy {
        /// Whether others see what one has read, and one what others have.
        show_reads: bool,
    }
}
