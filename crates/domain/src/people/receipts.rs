//! How far members got: what was delivered to them and what they have read, as others may know it.
//!
//! It takes two numbers a member and answers for every message; nobody's mark is stored for a single message. Who
//! does not show the own reading learns nothing about anybody else's.

use parlance_proto::UserId;

use crate::{Conversation, Membership};

/// What is stored of how far a member got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The highest index read.
    pub read: u64,
    /// The highest index that one of the member's devices holds.
    pub delivered: u64,
}

impl Marks {
    /// The higher of each.
    #[must_use]
    pub fn max(self, other: Marks) -> Marks {
        Marks { read: self.read.max(other.read), delivered: self.delivered.max(other.delivered) }
    }

    /// As others may know it: who wrote has read what stood before, and what was read was delivered.
    pub fn shown(self, place: &Membership, hides_reads: bool) -> Reached {
        let read = self.read.max(place.own.index).max(place.joined.index);
        Reached { read: (!hides_reads).then_some(read), delivered: self.delivered.max(read) }
    }
}

/// How far a member got, as others may know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The highest index read; none if that is not to be known.
    pub read: Option<u64>,
    /// The highest index delivered.
    pub delivered: u64,
}

/// How a message stands with a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// On none of the member's devices.
    Sent,
    /// On one of the member's devices.
    Delivered,
    /// Read.
    Read,
}

impl Reached {
    /// How the message at `index` stands.
    pub fn standing(self, index: u64) -> Standing {
        if self.read.is_some_and(|read| read >= index) {
            Standing::Read
        } else if self.delivered >= index {
            Standing::Delivered
        } else {
            Standing::Sent
        }
    }
}

/// How a message stands with each member who was in when it came, its sender left out, by id.
pub fn standings<'a>(
    conversation: &'a Conversation,
    index: u64,
    sender: UserId,
    reached: impl Fn(UserId, &Membership) -> Reached + 'a,
) -> impl Iterator<Item = (UserId, Standing)> + 'a {
    let members = conversation.members.iter();
    let readers = members.filter(move |(user, place)| **user != sender && place.joined.index <= index);
    readers.map(move |(user, place)| (*user, reached(*user, place).standing(index)))
}
