//! Settings of a group that all its members share, and changes of them.
//!
//! A change says only what is another from now on. What one user sets for oneself is not kept here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Who may do something in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The owner alone.
    Owner,
    /// The owner and the admins.
    Admins,
    /// Every member.
    Members,
}

/// How people come into a group, beside being added by those who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Joining {
    /// Not at all: links are dead while it is so.
    Closed,
    /// A link lets in.
    Link,
    /// Whoever knows the group's id may ask; the owner or an admin decides.
    Request,
    /// Who has a link may ask; the owner or an admin decides.
    LinkWithApproval,
}

/// What a newcomer may read of what was before. It is fixed at joining and never changes for a member afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(tag = "policy", rename_all = "snake_case")]
pub enum HistoryPolicy {
    /// Everything.
    All,
    /// From the entry that let them in.
    SinceJoined,
    /// From where they were invited: where the link was made, or where they asked. Who is added is invited by that.
    SinceInvited,
    /// From the last messages before them.
    LastN {
        /// How many, 1 to 10,000.
        count: u32,
    },
    /// From the entry after the one that let them in.
    None,
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])* $field:ident: $kind:ty),* $(,)?) => {
        /// A group's settings, all of them.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
        pub struct Settings { $($(#[doc = $doc])* pub $field: $kind),* }

        /// Settings that are others from now on; the rest stays as it is.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
        #[ts(optional_fields)]
        pub struct SettingsChange { $(
            $(#[doc = $doc])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $field: Option<$kind>
        ),* }

        impl Settings {
            /// Takes a change in.
            pub fn apply(&mut self, change: &SettingsChange) {
                $(if let Some(value) = &change.$field { self.$field.clone_from(value); })*
            }

            /// All of them as a change.
            pub fn as_change(&self) -> SettingsChange {
                SettingsChange { $($field: Some(self.$field.clone())),* }
            }
        }

        impl SettingsChange {
            /// What of it is not so already.
            #[must_use]
            pub fn beyond(&self, settings: &Settings) -> SettingsChange {
                SettingsChange { $($field: self.$field.clone().filter(|value| *value != settings.$field)),* }
            }
        }
    };
}

settings! {
    /// What the group is about: up to 500 characters.
    description: String,
    /// Its photo: the `file_id` of a picture, uploaded by who sets it; empty for none.
    photo: String,
    /// Who may add people and make links.
    who_adds: Who,
    /// Who may write messages.
    who_posts: Who,
    /// Who may mention everybody at once.
    who_mentions_all: Who,
    /// Who may change name, description and photo.
    who_edits_info: Who,
    /// Who may pin messages.
    who_pins: Who,
    /// How people come in.
    joining: Joining,
    /// What newcomers may read.
    history: HistoryPolicy,
    /// Seconds that a member waits between two messages; 0 for none.
    slow_mode_s: u32,
    /// Seconds in which a message may be recalled; -1 for as long as the server allows.
    recall_window_s: i64,
    /// Whether only the owner and the admins see who the members are.
    members_hidden: bool,
    /// Seconds for which messages are kept, also those there are: 5 to 10 years, not above what the server has for this
    /// group; 0 for as long as the server does.
    keep_s: u32,
}

impl SettingsChange {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == SettingsChange::default()
    }
}
