//! Entries: the elements of a conversation's log as clients see them.
//!
//! A new kind of body is added here first and never changes its meaning: what is in a log stays readable for
//! ever.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{
    Attachment, Cards, Location, Origin, PagePreview, Poll, SessionId, SettingsChange, Tally, TextSpan,
    UserId,
};

/// One element of a conversation's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct Entry {
    /// Place in the log, consecutive from 1.
    pub index: u64,
    /// Count of messages up to and including this entry; unread counts are differences of it.
    pub ordinal: u64,
    /// The server's clock at the commit, milliseconds since 1970. For people; the order is the index.
    pub time_ms: i64,
    /// Who did it.
    pub sender: UserId,
    /// The session it came from, so that a device knows its own.
    pub session: SessionId,
    /// The sending device's retry key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub client_message_id: Option<String>,
    /// What happened.
    pub body: Body,
    /// What a message carries beside its body; nothing for a plain one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub details: Option<Box<Details>>,
}

/// What a message carries beside its body. Every field is absent unless it says something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[ts(optional_fields)]
pub struct Details {
    /// The message it answers, by its index in the same conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<u64>,
    /// When it was last edited, milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_ms: Option<i64>,
    /// When it disappears, milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_ms: Option<i64>,
    /// It disappears so many milliseconds after every other member has read it; then `expires_ms` stands in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_after_ms: Option<u64>,
    /// If no device of another member has it by then, it expires. Milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliver_by_ms: Option<i64>,
    /// How parts of its text are styled: sorted, properly nested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub spans: Vec<TextSpan>,
    /// Where it comes from, if it was forwarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<Origin>,
    /// The pictures, videos, voice messages and files it carries, 1 to 10; its text is their caption then, and may be
    /// empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub attachments: Vec<Attachment>,
    /// A card of the first link in its text, once the server has made one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Box<PagePreview>>,
    /// What it is liked with, the emoji that came first first. Added when it is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub likes: Vec<Likes>,
    /// When somebody closed the poll, milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_ms: Option<i64>,
    /// How the poll stands, once somebody voted. Added when it is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tally: Option<Box<Tally>>,
}

/// Those who like a message with the same emoji.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct Likes {
    /// The emoji.
    pub emoji: String,
    /// How many.
    pub count: u64,
    /// The first of them in order of liking, at most 5.
    pub first: Vec<UserId>,
    /// Whether one is among them oneself.
    pub mine: bool,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// A text message.
    Text {
        /// What was written: 1 to 8,000 characters; may be empty if the message carries attachments.
        text: String,
    },
    /// A place.
    Location(Location),
    /// Somebody on this server.
    Contact {
        /// Who.
        user_id: UserId,
    },
    /// Cards to read and to act on.
    Cards(Cards),
    /// A poll.
    Poll(Poll),
    /// The group was made. Always the entry with index 1 of a group.
    Created {
        /// The group's name.
        name: String,
        /// Its first members beside the sender, who is the owner.
        members: Vec<UserId>,
        /// Whether it is a channel.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<_>", optional)]
        channel: bool,
    },
    /// People were added by the sender.
    MembersAdded {
        /// Who came in.
        members: Vec<UserId>,
        /// The first index that they may read; this entry's own if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        visible_from: Option<u64>,
    },
    /// A member was removed by the sender.
    MemberRemoved {
        /// Who was removed.
        member: UserId,
    },
    /// The sender left.
    MemberLeft {
        /// Who owns the group now, when the owner left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        new_owner: Option<UserId>,
    },
    /// The owner changed a member's role.
    RoleChanged {
        /// Whose role.
        member: UserId,
        /// The role from now on: admin or member.
        role: Role,
    },
    /// The sender handed the group over and is an admin from now on.
    OwnerChanged {
        /// The owner from now on.
        owner: UserId,
    },
    /// The group has another name.
    Renamed {
        /// The name from now on.
        name: String,
    },
    /// The sender withdrew one of the own messages for all. Its content is gone from here on.
    Recalled {
        /// The message withdrawn.
        target: u64,
    },
    /// The sender changed one of the own messages.
    Edited {
        /// The message changed.
        target: u64,
        /// What it says now. Read from the message itself: nothing once that is gone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        text: Option<String>,
        /// How parts of that are styled.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<_>", optional)]
        spans: Vec<TextSpan>,
    },
    /// From here on messages disappear after a time, or no longer do.
    DisappearingChanged {
        /// When; nothing for never.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        disappearing: Option<Disappearing>,
    },
    /// The time of some messages is up: their content is gone from here on. By the server.
    Expired {
        /// The messages.
        targets: Vec<u64>,
    },
    /// Every other member has read some messages, and the time after which they disappear runs. By the server.
    ExpirySet {
        /// The messages; there may be none.
        targets: Vec<u64>,
        /// When they disappear, milliseconds since 1970.
        expires_ms: i64,
        /// Everybody has read up to here.
        upto: u64,
    },
    /// The sender likes a message.
    Liked {
        /// The message.
        target: u64,
        /// With what.
        emoji: String,
    },
    /// The sender took a like back.
    Unliked {
        /// The message.
        target: u64,
        /// Of what.
        emoji: String,
    },
    /// The sender pinned a message for all.
    Pinned {
        /// The message.
        target: u64,
    },
    /// The sender took a pin away.
    Unpinned {
        /// The message.
        target: u64,
    },
    /// The sender voted in a poll, otherwise than before, or took the vote back; by the server if the poll is anonymous.
    Voted {
        /// The poll.
        target: u64,
    },
    /// The sender closed a poll.
    PollClosed {
        /// The poll.
        target: u64,
    },
    /// A message has a card of its link from here on. By the server.
    Previewed {
        /// The message. The card is read from it.
        target: u64,
    },
    /// Stands in the place of a message whose content is gone.
    Gone {
        /// Why.
        reason: GoneReason,
    },
    /// The sender came in by a link.
    MemberJoined {
        /// Which link.
        link_id: u64,
        /// How many came in by it so far, this one included.
        uses: u32,
        /// The first index that the sender may read; this entry's own if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        visible_from: Option<u64>,
    },
    /// The sender changed settings of the group.
    SettingsChanged {
        /// Those that are others from now on.
        changes: Box<SettingsChange>,
    },
    /// The sender put up an announcement for all, in place of the one before.
    Announced {
        /// What it says; empty if it was only taken down.
        text: String,
    },
    /// A member goes by another name in this group.
    AliasChanged {
        /// Who.
        member: UserId,
        /// The name from now on; empty for none.
        alias: String,
    },
    /// A member may not write for a while.
    MemberMuted {
        /// Who.
        member: UserId,
        /// Until when, milliseconds since 1970; 0 if the member may write again.
        until_ms: i64,
    },
    /// Somebody may not come into the group any more.
    MemberBanned {
        /// Who.
        member: UserId,
    },
    /// Somebody may come into the group again.
    MemberUnbanned {
        /// Who.
        member: UserId,
    },
    /// The owner dissolved the group: everybody is out, and nothing of it can be read any more.
    Dissolved {},
    /// Something that this reader is not told; it only takes its place.
    Withheld {},
    /// The group grew or shrank past the size at which delivery changes its ways.
    FanOutChanged {
        /// How its messages reach inboxes from now on.
        fan_out: FanOut,
    },
}

impl Body {
    /// Whether people read this entry as a message: such entries move the ordinal and the unread count. What stands in
    /// the place of a message counts as it did.
    pub fn is_message(&self) -> bool {
        match self {
            Body::Text { .. }
            | Body::Location(_)
            | Body::Contact { .. }
            | Body::Cards(_)
            | Body::Poll(_)
            | Body::Gone { .. } => true,
            Body::Created { .. }
            | Body::MembersAdded { .. }
            | Body::MemberRemoved { .. }
            | Body::MemberLeft { .. }
            | Body::RoleChanged { .. }
            | Body::OwnerChanged { .. }
            | Body::Renamed { .. }
            | Body::Recalled { .. }
            | Body::Edited { .. }
            | Body::DisappearingChanged { .. }
            | Body::Expired { .. }
            | Body::ExpirySet { .. }
            | Body::Liked { .. }
            | Body::Unliked { .. }
            | Body::Pinned { .. }
            | Body::Unpinned { .. }
            | Body::Voted { .. }
            | Body::PollClosed { .. }
            | Body::Previewed { .. }
            | Body::MemberJoined { .. }
            | Body::SettingsChanged { .. }
            | Body::Announced { .. }
            | Body::AliasChanged { .. }
            | Body::MemberMuted { .. }
            | Body::MemberBanned { .. }
            | Body::MemberUnbanned { .. }
            | Body::Dissolved {}
            | Body::Withheld {}
            | Body::FanOutChanged { .. } => false,
        }
    }
}

/// When the messages of a conversation disappear, for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct Disappearing {
    /// From when the time runs.
    pub after: DisappearAfter,
    /// For how long a message stays, milliseconds: 5 seconds to 365 days.
    pub ms: u64,
}

/// From when the time of a disappearing message runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum DisappearAfter {
    /// From when it was sent.
    Sending,
    /// From when every other member has read it. Groups of up to 500 members.
    Reading,
}

/// Why a message has no content any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoneReason {
    /// Its sender withdrew it.
    Recalled,
    /// Its time was up.
    Expired,
    /// The reader hid it for oneself; others see it.
    Hidden,
}

/// What kind of conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// Two users.
    Direct,
    /// A group of members with roles.
    Group,
    /// A group in which few write and any number read.
    Channel,
}

/// A user's place in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May write, read and leave.
    Member,
    /// May also add and remove members and change the name.
    Admin,
    /// May also give roles and hand the group over. Every group has exactly one.
    Owner,
}

/// How messages reach the members' inboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum FanOut {
    /// A row in each member's inbox (up to 500 members).
    Write,
    /// No row a member: readers look at the log, sessions that do not have it open get a hint.
    Read,
}
