//! What the server answers, one type an operation where the shape differs.
//!
//! An absent optional field is left out, never null. Fields are only ever added: an older client skips what
//! is new.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, ConversationKind, Entry, FanOut, Role, SessionId, UserId};

macro_rules! outputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
        #[ts(optional_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind),* }
    )* };
}

outputs! {
    /// Done; nothing to tell.
    Done {}

    /// A user as others see them.
    User {
        /// The id.
        user_id: UserId,
        /// The unique name.
        username: String,
        /// What to show.
        display_name: String,
        /// A line about the user.
        status_text: String,
    }

    /// Oneself.
    Me {
        /// The profile.
        user: User,
        /// Whether one administers this server.
        admin: bool,
        /// This device's session.
        session_id: SessionId,
    }

    /// Several users.
    Users {
        /// In no promised order.
        users: Vec<User>,
    }

    /// A device signed in.
    SignedIn {
        /// Who.
        user: User,
        /// Whether the user administers this server.
        admin: bool,
        /// This device's session.
        session_id: SessionId,
        /// The secret of the session, for `Authorization: Bearer …` and `session.resume`. Shown once.
        token: String,
    }

    /// A signed-in device.
    Session {
        /// The session's id.
        session_id: SessionId,
        /// The device's name.
        device_name: String,
        /// When it signed in, milliseconds since 1970.
        created_ms: i64,
        /// Whether it has a connection now.
        online: bool,
        /// Whether it is the one asking.
        current: bool,
    }

    /// One's devices.
    Sessions {
        /// Newest first.
        sessions: Vec<Session>,
    }

    /// A conversation as its row in the list shows it.
    ConversationSummary {
        /// The id.
        conversation_id: ConversationId,
        /// Direct or group.
        kind: ConversationKind,
        /// A group's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// One's own role.
        role: Role,
        /// How many members.
        member_count: u64,
        /// How messages reach inboxes.
        fan_out: FanOut,
        /// The last index.
        head: u64,
        /// The first index one may read.
        visible_from: u64,
        /// The highest index one has read; one's own messages count as read.
        read_index: u64,
        /// Messages after `read_index`.
        unread: u64,
        /// When something last happened, milliseconds since 1970.
        activity_ms: i64,
        /// The latest message, if one may see it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_message: Option<Entry>,
    }

    /// A page of the conversation list.
    Conversations {
        /// Latest activity first.
        conversations: Vec<ConversationSummary>,
        /// Where the next page starts; nothing on the last page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<String>,
    }

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

    /// A stored change of a conversation. It is durable.
    Accepted {
        /// The index it has.
        index: u64,
        /// The ordinal there.
        ordinal: u64,
        /// The server's time, milliseconds since 1970.
        time_ms: i64,
    }

    /// A part of a conversation's log.
    History {
        /// In index order.
        entries: Vec<Entry>,
        /// The range this answer covers: every entry from here,
        from: u64,
        /// to here is in `entries`. `to < from` means an empty range.
        to: u64,
        /// The last index of the conversation.
        head: u64,
        /// Entries below this index are not there for this reader (before joining, or pruned).
        visible_from: u64,
    }

    /// How far one has read.
    ReadState {
        /// The highest index read.
        read_index: u64,
        /// Messages after it.
        unread: u64,
    }

    /// What changed since the client's cursor.
    Changes {
        /// The cursor to keep and to send next time.
        user_index: u64,
        /// The client's cursor is not usable: drop what is known of the list and load it anew, then go on from
        /// `user_index`. Unsent messages and held history stay.
        reset: bool,
        /// There is more: ask again with `user_index`.
        more: bool,
        /// Conversations that changed, as they are now. Large groups are always among them.
        changed: Vec<ConversationSummary>,
        /// Conversations one is no longer in.
        removed: Vec<ConversationId>,
    }

    /// The server's answer to a heartbeat.
    Pong {
        /// The server's clock, milliseconds since 1970.
        time_ms: i64,
        /// The durable head of the user's inbox; above the client's cursor means a hint was lost: `sync`.
        user_index: u64,
    }

    /// The two-call API: what was sent.
    RtmSent {
        /// The conversation it went to.
        #[serde(rename = "conversationID")]
        conversation_id: ConversationId,
        /// Its position.
        pos: u64,
        /// The server's time, milliseconds since 1970.
        #[serde(rename = "timeMs")]
        time_ms: i64,
    }

    /// The two-call API: one message.
    RtmMessage {
        /// Its position.
        pos: u64,
        /// Who sent it.
        #[serde(rename = "sourceID")]
        source_id: UserId,
        /// The text.
        text: String,
        /// The server's time, milliseconds since 1970.
        #[serde(rename = "timeMs")]
        time_ms: i64,
    }

    /// The two-call API: what was received.
    RtmReceived {
        /// In order of position, at most 200.
        messages: Vec<RtmMessage>,
        /// Send this as `lastPos` next time.
        #[serde(rename = "lastPos")]
        last_pos: u64,
        /// Whether there is more now.
        more: bool,
    }
}
