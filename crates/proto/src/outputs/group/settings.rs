//! A group's shared settings as its members see them.
//!
//! They are as of the head of the log.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{Settings, UserId};

outputs! {
    /// What stands for all members to see.
    GroupAnnouncement {
        /// What it says.
        text: String,
        /// Who put it up.
        by: UserId,
        /// When, milliseconds since 1970.
        time_ms: i64,
        /// Its entry.
        index: u64,
    }

    /// What one may do in a group now, by role and settings.
    Rights {
        /// Add people and make links.
        add: bool,
        /// Write messages.
        post: bool,
        /// Mention everybody at once.
        mention_all: bool,
        /// Change name, description and photo.
        edit_info: bool,
        /// Pin messages.
        pin: bool,
        /// See who the members are.
        list_members: bool,
        /// Change the other settings, announce, mute, ban, decide who comes in.
        manage: bool,
    }

    /// A group's settings.
    ConversationSettings {
        /// The name.
        name: String,
        /// All settings.
        settings: Settings,
        /// What is announced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        announcement: Option<GroupAnnouncement>,
        /// What one may do.
        rights: Rights,
        /// Until when one may not write, milliseconds since 1970.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        muted_until_ms: Option<i64>,
    }

    /// Whether a member has seen the announcement.
    Seen {
        /// Who.
        user_id: UserId,
        /// Whether the member has read up to it.
        seen: bool,
    }

    /// A page of members, each with whether the announcement was seen.
    SeenPage {
        /// The entry of the announcement; 0 if there is none.
        index: u64,
        /// In the order of their ids.
        members: Vec<Seen>,
        /// Whether there are more.
        more: bool,
    }

    /// Somebody who may not come in.
    Ban {
        /// Who.
        user_id: UserId,
        /// Who said so.
        by: UserId,
        /// When, milliseconds since 1970.
        time_ms: i64,
    }

    /// A page of those who may not come in.
    Bans {
        /// In the order of their ids.
        bans: Vec<Ban>,
        /// Whether there are more.
        more: bool,
    }
}
