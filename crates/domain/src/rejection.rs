//! Refusals: values, one stable code each, with a sentence that says what to do.
//!
//! No sentence tells a stranger whether a thing exists; faults of the store or the network are not refusals.

use parlance_proto::{ErrorCode, limits};

/// Why a command was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The same answer for what does not exist and what is not the asker's.
    #[error("there is no such conversation, or you are not in it")]
    NoConversation,
    /// No such message for this reader.
    #[error("there is no such message, or it is not yours to see")]
    NoMessage,
    /// What was to be sent is not a kind of message.
    #[error("this cannot be sent as a message; see the kinds that message.send takes")]
    NotAMessage,
    /// Only the sender may.
    #[error("only the sender of a message may do that")]
    NotYourMessage,
    /// The time for recalling is over.
    #[error("a message can be recalled within {} minutes of sending; hide it for yourself instead", .0 / 60_000)]
    TooLateToRecall(i64),
    /// No such user.
    #[error("there is no such user")]
    NoUser,
    /// The one acted upon is no member.
    #[error("that user is not a member of this group")]
    NoMember,
    /// Direct conversations have no such operation.
    #[error("a direct conversation has two fixed members and no name; create a group for this")]
    DirectConversation,
    /// Only owner and admins may.
    #[error("only the owner and the admins of this group may do that; ask one of them")]
    NeedsAdmin,
    /// Only the owner may.
    #[error("only the owner of this group may do that")]
    NeedsOwner,
    /// Admins and the owner are removed by the owner only.
    #[error(
        "only the owner may remove an admin, and nobody the owner; the owner can hand the group over or leave"
    )]
    Outranked,
    /// Roles are given to others, and ownership by handing over.
    #[error(
        "a role can be admin or member, given to somebody else; use conversation.transfer to hand the group over"
    )]
    BadRole,
    /// The text is empty.
    #[error("the text is empty; write at least one visible character")]
    TextEmpty,
    /// The text is too long.
    #[error("the text has {0} characters, at most {max} are taken; split it", max = limits::TEXT_MAX_CHARS)]
    TextTooLong(usize),
    /// The group's name is empty or too long.
    #[error("a group's name has 1 to {max} characters", max = limits::GROUP_NAME_MAX_CHARS)]
    BadGroupName,
    /// Too many people in one request.
    #[error("{0} users in one request, at most {max} are taken; send several requests", max = limits::MEMBERS_PER_REQUEST)]
    TooManyMembers(usize),
    /// The group would be too large.
    #[error("the group would have more than {max} members", max = limits::GROUP_MAX_MEMBERS)]
    GroupFull,
    /// The retry key is malformed.
    #[error("client_message_id must be 1 to {max} letters, digits, - or _; a new UUID for each message is a good choice", max = limits::CLIENT_MESSAGE_ID_MAX_BYTES)]
    BadClientMessageId,
    /// The retry key came with another message before.
    #[error("this client_message_id was used for another message within the last 7 days; use a new one")]
    RetryKeyReused,
    /// The username is malformed.
    #[error("a username has {min} to {max} of the characters a-z, 0-9, '.', '_' and '-', and starts with a letter", min = limits::USERNAME_CHARS.start(), max = limits::USERNAME_CHARS.end())]
    BadUsername,
    /// The username belongs to somebody.
    #[error("the username {0} is taken; choose another")]
    NameTaken(String),
    /// The display name is empty or too long.
    #[error("a display name has 1 to {max} characters", max = limits::DISPLAY_NAME_MAX_CHARS)]
    BadDisplayName,
    /// The status text is too long.
    #[error("a status text has at most {max} characters", max = limits::STATUS_TEXT_MAX_CHARS)]
    BadStatusText,
    /// A page's size or place is out of range.
    #[error("limit must be 1 to {max}", max = limits::PAGE_MAX)]
    BadLimit,
    /// A page token that this server did not give.
    #[error("`after` is not a place that `next` of a former page gave; leave it out to start over")]
    BadPage,
    /// No such session.
    #[error("you have no such session; list them with session.list")]
    NoSession,
    /// The account is disabled.
    #[error("this user is disabled on this server; ask its administrator")]
    Disabled,
    /// One does this to somebody else only.
    #[error("you cannot do that to yourself; ask another administrator, or use the command line")]
    Oneself,
    /// Only administrators of the server know of such things.
    #[error("there is no such operation")]
    NotAdministrator,
}

impl Rejection {
    /// The stable code on the wire.
    pub fn code(&self) -> ErrorCode {
        match self {
            Rejection::NoConversation
            | Rejection::NoMessage
            | Rejection::NoUser
            | Rejection::NoMember
            | Rejection::NoSession => ErrorCode::NotFound,
            Rejection::NeedsAdmin
            | Rejection::NeedsOwner
            | Rejection::Outranked
            | Rejection::NotYourMessage => ErrorCode::Forbidden,
            Rejection::TooLateToRecall(_) => ErrorCode::TooLate,
            Rejection::Disabled => ErrorCode::UserDisabled,
            Rejection::NotAdministrator => ErrorCode::UnknownOperation,
            Rejection::DirectConversation | Rejection::Oneself => ErrorCode::Conflict,
            Rejection::TextTooLong(_) | Rejection::TooManyMembers(_) => ErrorCode::TooLarge,
            Rejection::GroupFull => ErrorCode::GroupFull,
            Rejection::RetryKeyReused => ErrorCode::RetryKeyReused,
            Rejection::NameTaken(_) => ErrorCode::NameTaken,
            Rejection::NotAMessage
            | Rejection::BadRole
            | Rejection::TextEmpty
            | Rejection::BadGroupName
            | Rejection::BadClientMessageId
            | Rejection::BadUsername
            | Rejection::BadDisplayName
            | Rejection::BadStatusText
            | Rejection::BadLimit
            | Rejection::BadPage => ErrorCode::InvalidInput,
        }
    }
}
