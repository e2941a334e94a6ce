//! What operations between people carry: contacts, blocks, who is there, how far others have read, what one lets see.
//!
//! Whose marks and choices they are is never said here: that is the session's.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{ConversationId, UserId};

inputs! {
    /// What one's device holds.
    MarkDelivered {
        /// Up to 100 conversations; those one is not in are passed over.
        marks: Vec<DeliveredMark>,
    }

    /// How far one's device has got in a conversation.
    DeliveredMark {
        /// Which.
        conversation_id: ConversationId,
        /// The highest index held; above the head counts as the head, lower than before changes nothing.
        index: u64,
    }

    /// Everybody's place in a conversation of up to 500 members.
    GetProgress {
        /// Which.
        conversation_id: ConversationId,
    }

    /// Who has read a message. Asked of are the members who were in when it came, its sender left out.
    ListReaders {
        /// In which conversation.
        conversation_id: ConversationId,
        /// The message.
        index: u64,
        /// Which of them to list; those who have read it if not given.
        state: Option<ReaderState>,
        /// Continue after this member.
        after: Option<UserId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// What one lets others see.
    GetPrivacy {}

    /// Choices about what others see, in effect at once; what is not given stays.
    UpdatePrivacy {
        /// Whether others see what one has read. Who does not show it sees nobody else's.
        show_reads: Option<bool>,
        /// Who sees when one was last seen.
        last_seen: Option<Audience>,
        /// Who sees whether one is there.
        online: Option<Audience>,
        /// Who sees one's picture.
        picture: Option<Audience>,
        /// Who sees one's status text.
        status: Option<Audience>,
        /// Who may add one to groups.
        groups: Option<Audience>,
        /// Whose first direct message goes straight to one's list; others' waits among the requests.
        messages: Option<Writers>,
        /// Whether others may find one by one's telephone number.
        find_by_phone: Option<bool>,
        /// Whether others may find one by one's e-mail address.
        find_by_email: Option<bool>,
    }

    /// A request to be contacts. Who is asking one already is accepted.
    RequestContact {
        /// Whom.
        user_id: UserId,
        /// A word to go with it: up to 300 characters.
        note: Option<String>,
    }

    /// A request to accept.
    AcceptContact {
        /// Whose.
        user_id: UserId,
    }

    /// A request to decline. The other side is not told, and asking again is not shown.
    DeclineContact {
        /// Whose.
        user_id: UserId,
    }

    /// An own request to take back.
    WithdrawContact {
        /// To whom it went.
        user_id: UserId,
    }

    /// A contact to remove, on both sides.
    RemoveContact {
        /// Whom.
        user_id: UserId,
    }

    /// A name of one's own for a contact.
    RenameContact {
        /// For whom.
        user_id: UserId,
        /// Up to 64 characters; empty for none.
        name: String,
    }

    /// A page of contacts and requests in the order of user ids.
    ListContacts {
        /// Only these; all of them if not given.
        state: Option<ContactState>,
        /// Continue after this user.
        after: Option<UserId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// Somebody to hear nothing of any more.
    BlockUser {
        /// Whom.
        user_id: UserId,
    }

    /// Somebody to hear of again.
    UnblockUser {
        /// Whom.
        user_id: UserId,
    }

    /// A page of the people one has blocked, in the order of user ids.
    ListBlocked {
        /// Continue after this user.
        after: Option<UserId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// People to start a chat with: one is the direct conversation, oneself are notes, several are a group.
    StartConversation {
        /// Up to 100.
        user_ids: Vec<UserId>,
        /// The group's name; its members' names if not given. With a name even one person makes a group.
        name: Option<String>,
        /// The device's retry key: the same one answers the same group.
        client_message_id: String,
    }

    /// A stranger's direct conversation to take into the list.
    AcceptConversation {
        /// Which.
        conversation_id: ConversationId,
    }

    /// Somebody is writing. It is over 6 seconds after it was last told.
    SetTyping {
        /// In which conversation.
        conversation_id: ConversationId,
        /// What.
        activity: Activity,
    }

    /// People whose coming and going is shown on screen.
    WatchPresence {
        /// Up to 200 in a request, 1,000 on a connection.
        user_ids: Vec<UserId>,
    }

    /// People who are no longer shown.
    UnwatchPresence {
        /// Whom; everybody if none is named.
        user_ids: Vec<UserId>,
    }

    /// Whether somebody is at this device.
    SetPresence {
        /// Away after five minutes without input, say.
        state: Attention,
    }
}

/// Who may see something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody who is signed in, but nobody who is blocked.
    Everybody,
    /// Contacts.
    Contacts,
    /// Nobody.
    Nobody,
}

/// Whose first direct message goes straight to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Writers {
    /// Those of contacts; others' wait among the requests.
    Contacts,
    /// Anyone's.
    Anyone,
}

/// How two people stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ContactState {
    /// Contacts.
    Contact,
    /// One has asked.
    Outgoing,
    /// The other asks.
    Incoming,
}

/// What somebody is doing in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Writing.
    Typing,
    /// Recording a voice message.
    Recording,
}

/// Whether somebody is at a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// Yes.
    Active,
    /// Not for a while.
    Away,
}

/// How a message stands with a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReaderState {
    /// Read.
    #[default]
    Read,
    /// Not read, whether it has reached a device or not.
    Unread,
    /// Not read, but on one of the member's devices.
    Delivered,
}
