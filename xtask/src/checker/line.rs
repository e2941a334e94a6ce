//! The history's lines: what was asked, what was answered, what readers saw, and what was stored in the end.
//!
//! One JSON object a line, so that a history can be kept, read by people, and checked again. Times are microseconds of
//! one monotonic clock.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One line of a history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line<'a> {
    /// An attempt to send begins.
    Send(#[serde(borrow)] Send<'a>),
    /// The attempt was acknowledged with an index.
    Ok { at: u64, attempt: u64, index: u64 },
    /// The attempt was refused: it must never appear.
    Fail { at: u64, attempt: u64 },
    /// Nobody knows what came of the attempt.
    Unknown { at: u64, attempt: u64 },
    /// A subscriber was given an entry.
    Seen(#[serde(borrow)] Seen<'a>),
    /// A value that must never fall was read: a read index, a user's cursor.
    Register(#[serde(borrow)] Register<'a>),
    /// At the end: an entry of a conversation's log.
    Stored(#[serde(borrow)] Stored<'a>),
    /// At the end: a conversation's last index, as one member's `sync` shows it.
    Shown(#[serde(borrow)] Shown<'a>),
    /// The server was killed.
    Killed { at: u64 },
    /// Something was done to a cluster. For people.
    Fault {
        at: u64,
        #[serde(borrow)]
        what: Cow<'a, str>,
    },
    /// An ask that nothing was wrong with was refused for good. For people; who expects none counts them.
    Refused {
        at: u64,
        #[serde(borrow)]
        said: Cow<'a, str>,
    },
}

/// The beginning of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Send<'a> {
    /// When.
    pub at: u64,
    /// Its number; never used twice.
    pub attempt: u64,
    /// Where to.
    #[serde(borrow)]
    pub conversation: Cow<'a, str>,
    /// By whom.
    #[serde(borrow)]
    pub sender: Cow<'a, str>,
    /// The client message id; the same for every attempt of one message.
    #[serde(borrow)]
    pub key: Cow<'a, str>,
    /// What it says.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

/// An entry that a subscriber was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen<'a> {
    /// Which subscriber; the stream of one never jumps and never repeats.
    #[serde(borrow)]
    pub reader: Cow<'a, str>,
    /// The entry.
    #[serde(borrow)]
    pub entry: Stored<'a>,
}

/// A value that must never fall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register<'a> {
    /// Which one.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// When the question was asked.
    pub asked: u64,
    /// When the answer arrived.
    pub at: u64,
    /// The answer.
    pub value: u64,
}

/// An entry as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored<'a> {
    /// The conversation.
    #[serde(borrow)]
    pub conversation: Cow<'a, str>,
    /// Its place.
    pub index: u64,
    /// Who sent it.
    #[serde(borrow)]
    pub sender: Cow<'a, str>,
    /// Its client message id; empty for entries that are not messages.
    #[serde(borrow)]
    pub key: Cow<'a, str>,
    /// What it says.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

/// A conversation's end as a member sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown<'a> {
    /// The member.
    #[serde(borrow)]
    pub member: Cow<'a, str>,
    /// The conversation.
    #[serde(borrow)]
    pub conversation: Cow<'a, str>,
    /// Its last index.
    pub head: u64,
}
