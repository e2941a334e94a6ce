//! Refusals about what messages carry and what is done with them: values like every refusal.
//!
//! Each says what to do instead; none tells a stranger whether a message exists.

use parlance_proto::{ErrorCode, limits};

/// Why something about a message was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageRefusal {
    /// A like is one emoji.
    #[error("a like is exactly one emoji, such as 👍, or the `:name:` of a custom one")]
    NotAnEmoji,
    /// The server has no such custom emoji.
    #[error("this server has no custom emoji of that name; `emoji.list` shows those there are")]
    NoEmoji,
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
    /// A text is Markdown or comes with spans.
    #[error("a text is Markdown or comes with spans, not both; leave one of them out")]
    FormatAndSpans,
    /// Too many styled parts.
    #[error("{0} spans, at most {max} are taken; style less", max = limits::SPANS_MAX)]
    TooManySpans(usize),
    /// Too many bytes of addresses.
    #[error("the addresses of the links have more than {max} bytes together; link less", max = limits::RICH_MAX_BYTES)]
    TooMuchLinked,
    /// A span out of place.
    #[error(
        "the span from {0} on is out of place: sort spans, nest them properly, keep them within the text, and put nothing into code or a link into a link"
    )]
    BadSpan(u32),
    /// An address that may not be linked.
    #[error(
        "only http, https and mailto addresses of at most 2048 bytes without spaces or invisible characters can be linked"
    )]
    BadUrl,
    /// A language that cannot be named.
    #[error("a language has 1 to 32 letters, digits, +, -, #, _ or .")]
    BadLanguage,
    /// Who is mentioned must be there.
    #[error("only members of the conversation can be mentioned")]
    MentionsStranger,
    /// Too many are mentioned by name.
    #[error("{0} members mentioned, at most {max} can be", max = limits::MENTIONS_MAX)]
    TooManyMentions(usize),
    /// Mentioning all needs the right to.
    #[error("you may not mention everybody here; mention single members")]
    MayNotMentionAll,
    /// A message is a text or something else.
    #[error("a message has a text or a content, not both; leave one of them out")]
    TextAndContent,
    /// Not a place on Earth.
    #[error(
        "a latitude is -90 to 90 degrees and a longitude -180 to 180, times ten million; a label has 1 to 200 characters"
    )]
    BadLocation,
    /// Cards out of shape.
    #[error(
        "1 to 10 cards, each with a title of 1 to 200 characters, a text of at most 2000, at most 6 buttons of 1 to 80 characters and an https picture; at most 10 replies of 1 to 80 characters; 32 KiB in all"
    )]
    BadCards,
    /// Only some kinds of messages can be forwarded.
    #[error(
        "this message cannot be forwarded: only what people wrote can, while it is there; a poll stays with those it asks"
    )]
    NotForwardable,
    /// A poll out of shape.
    #[error("a poll has a question of 1 to {question} characters and {least} to {most} different options of 1 to {option}", question = limits::POLL_QUESTION_MAX_CHARS, least = limits::POLL_OPTIONS.start(), most = limits::POLL_OPTIONS.end(), option = limits::POLL_OPTION_MAX_CHARS)]
    BadPoll,
    /// Not a time at which a poll can close.
    #[error(
        "closes_ms must be a time to come, at most 365 days ahead; leave it out to close the poll yourself"
    )]
    BadClosingTime,
    /// Where members are hidden, votes must not show them.
    #[error("members are hidden here, so polls must be anonymous; set `anonymous`")]
    MustBeAnonymous,
    /// Only polls are voted in.
    #[error("this message is no poll; only polls can be voted in and closed")]
    NotAPoll,
    /// The poll has no such option.
    #[error("this poll has the options 0 to {0}; choose among them")]
    NoSuchOption(usize),
    /// One may choose one option only.
    #[error("in this poll one chooses one option; name only that")]
    OneChoice,
    /// Nobody votes any more.
    #[error("this poll is closed; nobody can vote in it any more")]
    PollClosed,
    /// Who may not close a poll.
    #[error("only who sent a poll, and in a group the owner and the admins, may close it")]
    MayNotClosePoll,
    /// Nobody is told who voted.
    #[error("this poll is anonymous: nobody is told who voted")]
    AnonymousPoll,
    /// Too many to forward, or to forward to.
    #[error("1 to {max} messages can be forwarded to 1 to {max} conversations at once", max = limits::FORWARD_MAX)]
    BadNumberToForward,
}

impl MessageRefusal {
    /// The stable code on the wire.
    pub fn code(&self) -> ErrorCode {
        match self {
            MessageRefusal::NotAnEmoji
            | MessageRefusal::FormatAndSpans
            | MessageRefusal::BadSpan(_)
            | MessageRefusal::BadUrl
            | MessageRefusal::BadLanguage
            | MessageRefusal::MentionsStranger
            | MessageRefusal::TextAndContent
            | MessageRefusal::BadLocation
            | MessageRefusal::BadCards
            | MessageRefusal::BadPoll
            | MessageRefusal::BadClosingTime
            | MessageRefusal::MustBeAnonymous
            | MessageRefusal::NoSuchOption(_)
            | MessageRefusal::OneChoice => ErrorCode::InvalidInput,
            MessageRefusal::NoEmoji => ErrorCode::NotFound,
            MessageRefusal::NotForwardable | MessageRefusal::NotAPoll | MessageRefusal::PollClosed => {
                ErrorCode::Conflict
            }
            MessageRefusal::MayNotMentionAll
            | MessageRefusal::MayNotPin
            | MessageRefusal::MayNotClosePoll
            | MessageRefusal::AnonymousPoll => ErrorCode::Forbidden,
            MessageRefusal::TooManyOwnLikes
            | MessageRefusal::TooManyKindsOfLikes
            | MessageRefusal::TooManyPinned
            | MessageRefusal::TooManySpans(_)
            | MessageRefusal::TooMuchLinked
            | MessageRefusal::TooManyMentions(_)
            | MessageRefusal::BadNumberToForward
            | MessageRefusal::BadNumberOfMessages(_) => ErrorCode::TooLarge,
        }
    }
}
