//! What requests carry, one type an operation. Unknown fields are refused, so that nobody believes to have set
//! what the server stamps itself (sender, time, index).

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, Role, SessionId, UserId};

macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
        #[serde(deny_unknown_fields)]
        #[ts(optional_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind),* }
    )* };
}

inputs! {
    /// The profile of the signed-in user.
    GetMe {}

    /// One's own sessions.
    ListSessions {}

    /// The end of this session.
    LogOut {}

    /// A sign of life.
    Ping {}

    /// A new user.
    Register {
        /// 3 to 32 of `a-z`, `0-9`, `.`, `_`, `-`, starting with a letter; upper case is made lower.
        username: String,
        /// 10 to 128 characters of any kind, not a common password.
        password: String,
        /// What others see; the username if not given.
        display_name: Option<String>,
        /// What the device list shows for this device.
        device_name: Option<String>,
    }

    /// A sign-in on a device.
    LogIn {
        /// The username.
        username: String,
        /// The password.
        password: String,
        /// What the device list shows for this device.
        device_name: Option<String>,
    }

    /// A sign-in of a WebSocket with a session's token; no password is hashed.
    Resume {
        /// The token that `account.register` or `session.log_in` answered.
        token: String,
    }

    /// One of one's own sessions.
    EndSession {
        /// The session to end.
        session_id: SessionId,
    }

    /// A new password; every other session ends.
    ChangePassword {
        /// The present password.
        password: String,
        /// The one from now on.
        new_password: String,
    }

    /// Changes to one's profile; what is not given stays.
    UpdateProfile {
        /// What others see.
        display_name: Option<String>,
        /// A line about oneself; empty for none.
        status_text: Option<String>,
    }

    /// One user by id.
    GetUser {
        /// Whom.
        user_id: UserId,
    }

    /// One user by name.
    FindUser {
        /// The exact username.
        username: String,
    }

    /// Several users by id.
    LookUpUsers {
        /// Up to 100 ids; unknown ones are left out of the answer.
        user_ids: Vec<UserId>,
    }

    /// A new group.
    CreateGroup {
        /// 1 to 100 characters.
        name: String,
        /// Up to 100 first members beside oneself.
        member_ids: Vec<UserId>,
        /// The device's retry key: the same one answers the same group.
        client_message_id: String,
    }

    /// One conversation.
    GetConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// A page of the conversation list, latest activity first.
    ListConversations {
        /// Continue after this place: `next` of the page before.
        after: Option<String>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
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

    /// A text message to send.
    SendMessage {
        /// To which conversation.
        conversation_id: ConversationId,
        /// The device's retry key: letters, digits, `-`, `_`; at most 64. Repeating it within 7 days answers the first
        /// index again.
        client_message_id: String,
        /// 1 to 8,000 characters.
        text: String,
    }

    /// A part of a conversation's log. Without `after` and `before`: its end.
    GetHistory {
        /// Which conversation.
        conversation_id: ConversationId,
        /// Entries above this index, lowest first.
        after: Option<u64>,
        /// Entries below this index, the highest ones; with `after` too, the range between.
        before: Option<u64>,
        /// At most so many entries, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// One entry.
    GetMessage {
        /// Of which conversation.
        conversation_id: ConversationId,
        /// Its index.
        index: u64,
    }

    /// How far one has read.
    MarkRead {
        /// Which conversation.
        conversation_id: ConversationId,
        /// The highest index read; above the head counts as the head, lower than before changes nothing.
        index: u64,
    }

    /// A conversation shown on screen: a large group pushes its entries to the sessions that have it open.
    OpenConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// A conversation no longer shown on screen.
    CloseConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// What changed for me since a user index.
    Sync {
        /// The client's cursor; without it the answer is a reset with the cursor to begin from.
        since: Option<u64>,
        /// Inbox rows to read, at most 200; 50 if not given.
        limit: Option<u32>,
        /// If nothing changed, wait up to so many milliseconds (at most 30,000) for a change.
        wait_ms: Option<u32>,
    }

    /// The two-call API: send.
    RtmSend {
        /// The signed-in user.
        #[serde(rename = "sourceID")]
        source_id: UserId,
        /// A user, or a conversation the sender is a member of.
        #[serde(rename = "targetID")]
        target_id: String,
        /// The text to send.
        text: Option<String>,
        /// A picture, voice or file instead of the text; not taken by this server yet.
        #[serde(rename = "encodedMedia")]
        encoded_media: Option<String>,
        /// The device's retry key; without it a repeated call sends again.
        client_message_id: Option<String>,
    }

    /// The two-call API: receive.
    RtmReceive {
        /// The signed-in user.
        #[serde(rename = "sourceID")]
        source_id: UserId,
        /// A user, or a conversation the user is a member of.
        #[serde(rename = "targetID")]
        target_id: String,
        /// Messages above this index; 0 or nothing from the start.
        #[serde(rename = "lastPos")]
        last_pos: Option<u64>,
    }
}
