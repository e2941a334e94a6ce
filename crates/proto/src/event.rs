//! What the server says unasked on a WebSocket. Every event is a hint: a client that missed one repairs itself from
//! indexes (`sync`, `message.history`).

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{
    Activity, Announcement, ConversationId, ConversationSummary, Entry, MemberProgress, PresenceOf,
    SessionId, UserId,
};

/// A frame that answers no request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum Event {
    /// The connection is signed in. Also the answer of `session.resume`.
    Hello(Hello),
    /// A new entry of a conversation.
    Entry {
        /// The conversation it belongs to.
        conversation_id: ConversationId,
        /// The entry. Apply it at `local + 1`; lower is a repeat; higher opens a gap that must be pulled first.
        entry: Entry,
    },
    /// The user's inbox is durable up to here; a `sync` from this number misses nothing up to it.
    Cursor {
        /// The user index.
        user_index: u64,
    },
    /// A large group has moved on; at most once a second. A session that has it open heals lost entries with it.
    Hint {
        /// The group.
        conversation_id: ConversationId,
        /// Its last index.
        head: u64,
    },
    /// This user's read index moved, perhaps on another device.
    Read {
        /// The conversation.
        conversation_id: ConversationId,
        /// The highest index read.
        read_index: u64,
        /// Messages after it that others sent.
        unread: u64,
    },
    /// Others have got messages or read them; at most two of these a second for a conversation.
    Progress {
        /// The conversation.
        conversation_id: ConversationId,
        /// Who moved and how far they are now. One's own other devices may be among them.
        moved: Vec<MemberProgress>,
    },
    /// Somebody is writing. Show it for 6 seconds, or until a message of theirs is there.
    Typing {
        /// Where.
        conversation_id: ConversationId,
        /// Who.
        user_id: UserId,
        /// What they do.
        activity: Activity,
    },
    /// Somebody whom this connection watches came or went.
    Presence(PresenceOf),
    /// The user's own view of a conversation changed, perhaps on another device: here is its row of the list.
    Summary(Box<ConversationSummary>),
    /// One of the user's own collections changed, perhaps on another device: read it again.
    Topic {
        /// Which.
        topic: Topic,
    },
    /// Events may have been missed, because this session's outbox overflowed or nodes could not hear each other: `sync` now.
    Unsynced {},
    /// The administrators tell every user something; without one, they take it back.
    Announcement {
        /// What.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        announcement: Option<Announcement>,
    },
    /// The connection ends; the socket closes next.
    Goodbye {
        /// Why.
        reason: EndReason,
        /// Come back after so many milliseconds; the server spreads its clients with it.
        retry_after_ms: u64,
        /// The place that was kept: connect with `?place=` and this, so as not to stand at the end again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        place: Option<String>,
    },
}

/// What a client needs to know once signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct Hello {
    /// Who is signed in.
    pub user_id: UserId,
    /// This device's session.
    pub session_id: SessionId,
    /// The durable head of the user's inbox; equal to the client's own cursor means nothing was missed.
    pub user_index: u64,
    /// The server's clock, milliseconds since 1970.
    pub time_ms: i64,
    /// Send `ping` after so many milliseconds of silence.
    pub heartbeat_ms: u64,
    /// The server's version; a web client reloads when it changes.
    pub version: String,
    /// What the administrators tell every user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub announcement: Option<Announcement>,
}

/// The user's own collections beside conversations. `sync` names those that changed since the client's cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The profile: `profile.get`.
    Profile,
    /// The pinned conversations: the first page of `conversation.list`.
    Pins,
    /// The folders: `folder.list`.
    Folders,
    /// The settings of notifications: `notification.get`.
    Notifications,
    /// What one lets others see: `privacy.get`.
    Privacy,
    /// The messages that wait to be sent: `message.scheduled`.
    Scheduled,
    /// Requests to come into groups: the own ones, `join_request.mine`, and those one decides, `join_request.list`.
    JoinRequests,
    /// Contacts and requests: `contact.list`.
    Contacts,
    /// Blocked people: `contact.blocked`.
    Blocks,
    /// The server's packs of stickers, for everybody: `sticker.packs`. Told to those who are connected only.
    Stickers,
    /// The server's custom emoji, for everybody: `emoji.list`. Told to those who are connected only.
    Emoji,
}

/// Why the server ends a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The server restarts or moves its clients: come back.
    Draining,
    /// Many come at once: come back when it is your turn. Nothing is wrong, and nobody need be told.
    Busy,
    /// The session was ended: sign in again.
    SessionEnded,
}
