//! What people are told about others: how far they have read, and what they let be seen.
//!
//! What somebody does not show is absent, in the same way for everybody who may not see it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{Audience, ContactState, ConversationSummary, User, UserId, Writers};

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
        /// Who sees when one was last seen.
        last_seen: Audience,
        /// Who sees whether one is there.
        online: Audience,
        /// Who sees one's picture.
        picture: Audience,
        /// Who sees one's status text.
        status: Audience,
        /// Who may add one to groups.
        groups: Audience,
        /// Whose first direct message goes straight to one's list.
        messages: Writers,
        /// Whether others may find one by one's telephone number.
        #[serde(default)]
        find_by_phone: bool,
        /// Whether others may find one by one's e-mail address.
        #[serde(default)]
        find_by_email: bool,
    }

    /// A contact, or a request to be one.
    Contact {
        /// Who.
        user: User,
        /// How it stands.
        state: ContactState,
        /// One's own name for the contact.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// What was written with the request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        /// Since when it stands so, milliseconds since 1970.
        since_ms: i64,
    }

    /// A page of contacts and requests.
    Contacts {
        /// In the order of user ids.
        contacts: Vec<Contact>,
        /// Whether there are more.
        more: bool,
    }

    /// A page of the people one has blocked.
    BlockedUsers {
        /// In the order of their ids.
        users: Vec<User>,
        /// Whether there are more.
        more: bool,
    }

    /// A conversation that was started.
    Started {
        /// The conversation.
        conversation: ConversationSummary,
        /// Those who do not let one add them to groups: ask them to be contacts, or write to them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<_>", optional)]
        not_added: Vec<UserId>,
    }

    /// Whether somebody is there.
    PresenceOf {
        /// Who.
        user_id: UserId,
        /// Whether.
        status: Status,
        /// When the user was last seen, milliseconds since 1970: only of somebody offline who shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_seen_ms: Option<i64>,
    }

    /// Whether some people are there.
    Presences {
        /// In the order asked.
        people: Vec<PresenceOf>,
    }
}

/// Whether somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// At one device at least.
    Online,
    /// Connected, but not at any device.
    Away,
    /// Not connected.
    Offline,
    /// Not for one to know.
    Unknown,
}
