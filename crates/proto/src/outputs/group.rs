//! Groups and their members.
//!
//! They are as of the head of the log.

mod joining;
mod settings;

pub use joining::*;
pub use settings::*;

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
        /// What the member goes by in this group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alias: Option<String>,
        /// Until when the member may not write, milliseconds since 1970.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        muted_until_ms: Option<i64>,
    }

    /// A page of members.
    Members {
        /// In the order of their ids.
        members: Vec<Member>,
        /// Whether there are more.
        more: bool,
    }
}
