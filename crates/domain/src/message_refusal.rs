//! Refusals about what messages carry and what is done with them: values like every refusal.
//!
//! Each says what to do instead; none tells a stranger whether a message exists.

use parlance_proto::{ErrorCode, limits};

/// Why something about a message was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageRefusal {
    /// A like is one emoji.
    #[error("a like is exactly one emoji, such as 👍")]
    NotAnEmoji,
    /// One user has liked this message in as many ways as one can.
    #[error("you have put {max} different emoji on this message, which is the most; take one away first", max = limits::LIKES_PER_USER)]
    TooManyOwnLikes,
    /// The message has as many different emoji as one can have.
    #[error("this message has {max} different emoji, which is the most; choose one of them", max = limits::LIKE_KINDS)]
    TooManyKindsOfLikes,
    /// Pinning needs the right to.
    #[error("only the owner and the admins of this group may pin messages; ask one of them")]
    MayNotPin,
    /// As many messages are pinned as can be.
    #[error("{max} messages are pinned, which is the most; unpin one first", max = limits::PINNED_MESSAGES_MAX)]
    TooManyPinned,
    /// Too many messages in one request.
    #[error("{0} messages in one request, 1 to {max} are taken; send several requests", max = limits::MESSAGES_PER_REQUEST)]
    BadNumberOfMessages(usize),
}

impl MessageRefusal {
    /// The stable code on the wire.
    pub fn code(&self) -> ErrorCode {
        match self {
            MessageRefusal::NotAnEmoji => ErrorCode::InvalidInput,
            MessageRefusal::MayNotPin => ErrorCode::Forbidden,
            MessageRefusal::TooManyOwnLikes
            | MessageRefusal::TooManyKindsOfLikes
            | MessageRefusal::TooManyPinned
            | MessageRefusal::BadNumberOfMessages(_) => ErrorCode::TooLarge,
        }
    }
}
