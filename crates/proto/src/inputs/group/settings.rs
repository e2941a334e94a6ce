//! What operations about a group's shared settings and about people in it carry.
//!
//! Who may is decided by the commit, not by what stands here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, HistoryPolicy, Joining, SettingsChange, UserId, Who};

inputs! {
    /// Settings to change; what is left out stays as it is.
    UpdateConversation {
        /// Of which group.
        conversation_id: ConversationId,
        /// 1 to 100 characters.
        name: Option<String>,
        /// What the group is about: up to 500 characters.
        description: Option<String>,
        /// Its photo: the `file_id` of an own upload that is a picture; empty for none.
        photo: Option<String>,
        /// Who may add people and make links.
        who_adds: Option<Who>,
        /// Who may write messages.
        who_posts: Option<Who>,
        /// Who may mention everybody at once.
        who_mentions_all: Option<Who>,
        /// Who may change name, description and photo.
        who_edits_info: Option<Who>,
        /// Who may pin messages.
        who_pins: Option<Who>,
        /// How people come in.
        joining: Option<Joining>,
        /// What newcomers may read.
        history: Option<HistoryPolicy>,
        /// Seconds that a member waits between two messages, up to a day; 0 for none.
        slow_mode_s: Option<u32>,
        /// Seconds in which a message may be recalled, up to 30 days; -1 for as long as the server allows.
        recall_window_s: Option<i64>,
        /// Whether only the owner and the admins see who the members are.
        members_hidden: Option<bool>,
        /// Seconds for which messages are kept, also those there are (owner): 5 to 10 years, not above what the server
        /// has for this group; 0 for as long as the server does.
        keep_s: Option<u32>,
    }

    /// A group whose settings one wants to see.
    GetConversationSettings {
        /// Which.
        conversation_id: ConversationId,
    }

    /// An announcement for all members.
    AnnounceToGroup {
        /// In which group.
        conversation_id: ConversationId,
        /// Up to 2,000 characters; empty takes the announcement down.
        text: String,
    }

    /// Who has seen the announcement: a page of members in the order of their ids.
    AnnouncementSeen {
        /// In which group.
        conversation_id: ConversationId,
        /// Continue after this member.
        after: Option<UserId>,
        /// Members on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// A name to go by in one group.
    SetAlias {
        /// In which group.
        conversation_id: ConversationId,
        /// Whose: oneself if not given. The owner and the admins may take away the alias of others.
        user_id: Option<UserId>,
        /// Up to 64 characters; empty for none.
        alias: String,
    }

    /// A member who may not write for a while.
    MuteMember {
        /// In which group.
        conversation_id: ConversationId,
        /// Who.
        user_id: UserId,
        /// Until when, milliseconds since 1970; 0 lets the member write again.
        until_ms: i64,
    }

    /// Somebody who may not be in a group.
    BanMember {
        /// Which group.
        conversation_id: ConversationId,
        /// Who, a member or not.
        user_id: UserId,
    }

    /// Somebody who may come into a group again.
    UnbanMember {
        /// Which group.
        conversation_id: ConversationId,
        /// Who.
        user_id: UserId,
    }

    /// A page of those who may not come in, in the order of their ids.
    ListBans {
        /// Of which group.
        conversation_id: ConversationId,
        /// Continue after this user.
        after: Option<UserId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// A group to dissolve. There is no way back.
    DissolveGroup {
        /// Which.
        conversation_id: ConversationId,
    }
}

impl UpdateConversation {
    /// Nothing yet.
    pub fn of(conversation_id: ConversationId) -> UpdateConversation {
        UpdateConversation {
            conversation_id,
            name: None,
            description: None,
            photo: None,
            who_adds: None,
            who_posts: None,
            who_mentions_all: None,
            who_edits_info: None,
            who_pins: None,
            joining: None,
            history: None,
            slow_mode_s: None,
            recall_window_s: None,
            members_hidden: None,
            keep_s: None,
        }
    }

    /// The name and the settings.
    pub fn split(self) -> (Option<String>, SettingsChange) {
        let changes = SettingsChange {
            description: self.description,
            photo: self.photo,
            who_adds: self.who_adds,
            who_posts: self.who_posts,
            who_mentions_all: self.who_mentions_all,
            who_edits_info: self.who_edits_info,
            who_pins: self.who_pins,
            joining: self.joining,
            history: self.history,
            slow_mode_s: self.slow_mode_s,
            recall_window_s: self.recall_window_s,
            members_hidden: self.members_hidden,
            keep_s: self.keep_s,
        };
        (self.name, changes)
    }
}
