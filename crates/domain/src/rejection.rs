//! Refusals: values, one stable code each, with a sentence that says what to do.
//!
//! No sentence tells a stranger whether a thing exists; faults of the store or the network are not refusals.

use parlance_proto::{ErrorCode, limits};

use crate::{FileRefusal, MessageRefusal};

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
    /// Not a time to send at.
    #[error("send_at_ms must be a time to come, at most 365 days ahead; send it now with message.send")]
    BadSendAt,
    /// Too many scheduled messages.
    #[error("{max} of your messages wait to be sent, which is the most; drop one with message.unschedule", max = limits::SCHEDULED_MAX)]
    TooManyScheduled,
    /// No such scheduled message.
    #[error("you have no such message waiting; list them with message.scheduled")]
    NotScheduled,
    /// Not a time that a message can take.
    #[error("the time must be 5 seconds to 365 days, in milliseconds")]
    BadDisappearing,
    /// Nobody waits for so many readers.
    #[error("in a group of more than 500 members messages can disappear after sending only")]
    CrowdOfReaders,
    /// Too many messages in one request.
    #[error("{0} messages in one request, 1 to {max} are taken; send several requests", max = limits::HIDE_PER_REQUEST)]
    BadNumberToHide(usize),
    /// Too many stretches of hidden messages.
    #[error("you have hidden messages at {max} places of this conversation, which is the most; clear its history for yourself instead", max = limits::HIDDEN_RANGES_MAX)]
    TooManyHidden,
    /// The time for editing is over.
    #[error("a message can be edited within {} hours of sending; send a new one instead", .0 / 3_600_000)]
    TooLateToEdit(i64),
    /// Only what people wrote can be written anew.
    #[error("only the text of a message can be edited; recall this one and send another instead")]
    NotEditable,
    /// Something about what a message carries or what is done with it.
    #[error(transparent)]
    Message(#[from] MessageRefusal),
    /// Something about a file.
    #[error(transparent)]
    File(#[from] FileRefusal),
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
    /// Too many conversations in one request.
    #[error("{0} conversations in one request, at most {max} are taken; send several requests", max = limits::MARKS_PER_REQUEST)]
    TooManyConversations(usize),
    /// Everybody's place is told in smaller groups only.
    #[error("how far everybody has read is told in groups of up to {max}; ask message.readers for a message", max = limits::WRITE_FAN_OUT_MAX_MEMBERS)]
    TooManyReaders,
    /// No such request.
    #[error("there is no such request any more; list them with contact.list")]
    NoContactRequest,
    /// Not a contact.
    #[error("this user is not among your contacts; ask with contact.request")]
    NoContact,
    /// It was accepted meanwhile.
    #[error("the request was accepted already; use contact.remove to end it")]
    ContactAlready,
    /// One has blocked the other side oneself.
    #[error("you have blocked this user; use contact.unblock first")]
    BlockedByYou,
    /// One is nobody's contact of one's own.
    #[error("this is about somebody else, and you named yourself; choose another user")]
    NotOneself,
    /// A contact's name is malformed.
    #[error("a name for a contact has at most {max} characters; empty for none", max = limits::DISPLAY_NAME_MAX_CHARS)]
    BadContactName,
    /// Too many contacts and requests.
    #[error("you have {max} contacts and requests; remove some first", max = limits::CONTACTS_MAX)]
    TooManyContacts,
    /// These people let only contacts add them, if anybody.
    #[error("you cannot add these users yourself: {0}; ask them to be contacts first, or leave them out")]
    NotAddable(String),
    /// Too many people are watched.
    #[error("a connection watches at most {max} users; unwatch some first", max = limits::WATCHED_MAX)]
    TooManyWatched,
    /// Nobody was named.
    #[error("name at least one user")]
    NobodyNamed,
    /// Only direct conversations are requests.
    #[error("only a direct conversation can be accepted; a group is left with conversation.leave")]
    NotDirect,
    /// The group would be too large.
    #[error("the group would have more than {0} members")]
    GroupFull(usize),
    /// The member may not write for so many milliseconds.
    #[error("you are muted in this group for another {} seconds; you can read on", seconds(*.0))]
    Muted(i64),
    /// The member has to wait so many milliseconds.
    #[error("this group is in slow mode; send your next message in {} seconds", seconds(*.0))]
    SlowMode(i64),
    /// The asker may not come in.
    #[error("you are banned from this group; its owner or an admin could lift that")]
    Banned,
    /// The one to be let in is banned.
    #[error("that user is banned from this group; lift the ban with conversation.unban first")]
    BannedUser,
    /// The same answer for a link that never was, is over or does not work now.
    #[error("this link does not work, or not any more; ask for a new one")]
    NoLink,
    /// Nobody of that name waits to be let in.
    #[error("that user does not wait to be let in; see join_request.list")]
    NoRequest,
    /// Too many links or requests.
    #[error("{0}")]
    TooMany(&'static str),
    /// A setting's value is out of its range.
    #[error("{0}")]
    BadGroupSetting(&'static str),
    /// An announcement is too long.
    #[error("the announcement has {0} characters, at most {max} are taken; shorten it", max = limits::GROUP_ANNOUNCEMENT_MAX_CHARS)]
    AnnouncementTooLong(usize),
    /// A name within the group is too long.
    #[error("a name within a group has at most {max} characters", max = limits::ALIAS_MAX_CHARS)]
    BadAlias,
    /// One gives a name to oneself only.
    #[error("only members name themselves; the owner and the admins may take such a name away")]
    NotYourAlias,
    /// The list of members is for the owner and the admins.
    #[error("only the owner and the admins see who the members of this group are")]
    MembersHidden,
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
    /// Not a telephone number.
    #[error("a telephone number has + and the country's code in front, {min} to {max} digits in all", min = limits::PHONE_DIGITS.start(), max = limits::PHONE_DIGITS.end())]
    BadPhone,
    /// Not an e-mail address.
    #[error("an e-mail address looks like name@host.example, of at most {max} bytes", max = limits::EMAIL_MAX_BYTES)]
    BadEmail,
    /// The number or address is another account's.
    #[error(
        "another account has this telephone number or e-mail address; if it is yours, tell an administrator"
    )]
    ReachTaken,
    /// A search goes by one thing.
    #[error("look for a username, a phone or an email: name exactly one")]
    FindByOne,
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
    /// A time that no clock shows.
    #[error("muted_until_ms is milliseconds since 1970: 0 ends it, {forever} is for ever", forever = limits::FOREVER_MS)]
    BadMutedUntil,
    /// The background's name is too long.
    #[error("a background's name has at most {max} characters", max = limits::BACKGROUND_MAX_CHARS)]
    BadBackground,
    /// Hours that are not of a day.
    #[error("from_minute and to_minute are 0 to 1439, utc_offset_minutes -840 to 840")]
    BadQuietHours,
    /// Too many pinned conversations.
    #[error("at most {max} conversations can be pinned; unpin one first", max = limits::PINS_MAX)]
    TooManyPins,
    /// A conversation is among the pinned ones twice.
    #[error("a conversation is in conversation_ids twice; name each once")]
    PinnedTwice,
    /// Too many folders.
    #[error("at most {max} folders can be kept; remove one first", max = limits::FOLDERS_MAX)]
    TooManyFolders,
    /// A folder without a proper name or id.
    #[error("each folder has a name of 1 to {max} characters and a folder_id of its own (letters, digits, -, _)", max = limits::FOLDER_NAME_MAX_CHARS)]
    BadFolder,
    /// A folder names too many conversations.
    #[error("a folder names at most {max} conversations in each of its lists", max = limits::FOLDER_CONVERSATIONS_MAX)]
    FolderTooLarge,
    /// Another device changed them meanwhile.
    #[error(
        "the folders were changed on another device meanwhile; read them with folder.list and apply the change to those"
    )]
    FoldersChanged,
    /// No such folder.
    #[error("you have no such folder; list them with folder.list")]
    NoFolder,
    /// No such session.
    #[error("you have no such session; list them with session.list")]
    NoSession,
    /// The caller's own session has ended.
    #[error("this session was signed out or never was; sign in again")]
    SessionEnded,
    /// The account is disabled.
    #[error("this user is disabled on this server; ask its administrator")]
    Disabled,
    /// A note is too long.
    #[error("this text has at most {0} characters; shorten it")]
    NoteTooLong(usize),
    /// An invite of no use, or of too many, or for too long.
    #[error(
        "an invite is good for 1 to {max} uses and at most 365 days",
        max = limits::INVITE_MAX_USES
    )]
    BadInvite,
    /// No such invite of the asker's.
    #[error("there is no such invite, or it is not yours")]
    NoInvite,
    /// Not, or no longer, an invite to register with.
    #[error("this invite is not good, or not any more; ask for another one")]
    NoGoodInvite,
    /// Only administrators may invite.
    #[error("on this server only administrators may invite; ask one of them")]
    MayNotInvite,
    /// No such report.
    #[error("there is no such report")]
    NoReport,
    /// The report was closed in another way.
    #[error("this report was resolved already, in another way; look at it again")]
    Resolved,
    /// The group would have more members than this server's settings allow.
    #[error("a group on this server has at most {0} members")]
    GroupFullHere(u32),
    /// No such hold.
    #[error("there is no such hold; list them with hold.list")]
    NoHold,
    /// A hold is on one thing.
    #[error("a hold is on a user_id or on a conversation_id: name exactly one")]
    HoldOnOne,
    /// Holds and exports are for a reason.
    #[error("say why, in 1 to {max} characters", max = limits::HOLD_NOTE_MAX_CHARS)]
    NoReason,
    /// A setting out of its range.
    #[error("{0} must be {1} to {2}")]
    BadSetting(&'static str, u32, u32),
    /// No setting has this name.
    #[error("{0} is not a setting that can change while the server runs")]
    UnknownSetting(String),
    /// A change without any setting.
    #[error("name at least one setting to change or to reset")]
    NothingToChange,
    /// One does this to somebody else only.
    #[error("you cannot do that to yourself; ask another administrator, or use the command line")]
    Oneself,
    /// Only administrators of the server know of such things.
    #[error("there is nothing at this address; /docs lists what there is")]
    NotAdministrator,
}

/// Whole seconds, rounded up.
fn seconds(milliseconds: i64) -> i64 {
    milliseconds.saturating_add(999) / 1_000
}

impl Rejection {
    /// How long to wait before it may go through, in milliseconds.
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Rejection::Muted(wait_ms) | Rejection::SlowMode(wait_ms) => u64::try_from(*wait_ms).ok(),
            _ => None,
        }
    }

    /// The stable code on the wire.
    #[allow(clippy::too_many_lines)] // one list of all refusals, so that none is forgotten
    pub fn code(&self) -> ErrorCode {
        match self {
            Rejection::NoConversation
            | Rejection::NoMessage
            | Rejection::NotScheduled
            | Rejection::NoUser
            | Rejection::NoContactRequest
            | Rejection::NoContact
            | Rejection::NoMember
            | Rejection::NoFolder
            | Rejection::NoSession
            | Rejection::NoInvite
            | Rejection::NoReport
            | Rejection::NoHold
            | Rejection::NoLink
            | Rejection::NoRequest => ErrorCode::NotFound,
            Rejection::NoGoodInvite => ErrorCode::InviteNeeded,
            Rejection::NeedsAdmin
            | Rejection::NeedsOwner
            | Rejection::Outranked
            | Rejection::NotYourMessage
            | Rejection::NotYourAlias
            | Rejection::MembersHidden
            | Rejection::MayNotInvite
            | Rejection::NotAddable(_) => ErrorCode::Forbidden,
            Rejection::Message(refusal) => refusal.code(),
            Rejection::File(refusal) => refusal.code(),
            Rejection::Muted(_) => ErrorCode::Muted,
            Rejection::SlowMode(_) => ErrorCode::SlowMode,
            Rejection::Banned => ErrorCode::Banned,
            Rejection::TooLateToRecall(_) | Rejection::TooLateToEdit(_) => ErrorCode::TooLate,
            Rejection::SessionEnded => ErrorCode::SessionEnded,
            Rejection::Disabled => ErrorCode::UserDisabled,
            Rejection::NotAdministrator => ErrorCode::UnknownOperation,
            Rejection::NotEditable
            | Rejection::DirectConversation
            | Rejection::Oneself
            | Rejection::BannedUser
            | Rejection::TooMany(_)
            | Rejection::Resolved
            | Rejection::FoldersChanged
            | Rejection::TooManyHidden
            | Rejection::CrowdOfReaders
            | Rejection::TooManyScheduled
            | Rejection::TooManyReaders
            | Rejection::ContactAlready
            | Rejection::BlockedByYou
            | Rejection::NotOneself
            | Rejection::NotDirect
            | Rejection::ReachTaken
            | Rejection::TooManyContacts => ErrorCode::Conflict,
            Rejection::TextTooLong(_)
            | Rejection::AnnouncementTooLong(_)
            | Rejection::TooManyMembers(_)
            | Rejection::TooManyConversations(_)
            | Rejection::TooManyWatched
            | Rejection::TooManyPins
            | Rejection::TooManyFolders
            | Rejection::FolderTooLarge
            | Rejection::NoteTooLong(_) => ErrorCode::TooLarge,
            Rejection::GroupFull(_) | Rejection::GroupFullHere(_) => ErrorCode::GroupFull,
            Rejection::RetryKeyReused => ErrorCode::RetryKeyReused,
            Rejection::NameTaken(_) => ErrorCode::NameTaken,
            Rejection::NotAMessage
            | Rejection::BadInvite
            | Rejection::BadSetting(..)
            | Rejection::UnknownSetting(_)
            | Rejection::NothingToChange
            | Rejection::BadNumberToHide(_)
            | Rejection::BadDisappearing
            | Rejection::BadSendAt
            | Rejection::BadRole
            | Rejection::TextEmpty
            | Rejection::BadGroupName
            | Rejection::BadGroupSetting(_)
            | Rejection::BadAlias
            | Rejection::BadClientMessageId
            | Rejection::BadUsername
            | Rejection::BadContactName
            | Rejection::NobodyNamed
            | Rejection::BadDisplayName
            | Rejection::BadStatusText
            | Rejection::BadMutedUntil
            | Rejection::BadBackground
            | Rejection::BadQuietHours
            | Rejection::PinnedTwice
            | Rejection::BadFolder
            | Rejection::BadLimit
            | Rejection::BadPage
            | Rejection::BadPhone
            | Rejection::BadEmail
            | Rejection::FindByOne
            | Rejection::HoldOnOne
            | Rejection::NoReason => ErrorCode::InvalidInput,
        }
    }
}
