//! Groups and their members.
//!
//! They are as of the head of the log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{Role, UserId};

outputs! {
    /// A member of a conversation.
    Member {
        /// Who.
        user_id: UserId,
        /// As what.
        role: Role,
        /// The index at which the member came in.
        joined_index: u64,
    }

    /// A page of members.
    Members {
        /// In the order of their ids.
        members: Vec<Member>,
        /// Whether there are more.
        more: bool,
    }
}
