//! An event on its way to sessions: encoded once per encoding, whoever and how many get it.
//!
//! It says nothing that cannot be read again from the log; whoever gets it may get it twice or not at all.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use parlance_proto::{ConversationId, Event, UserId};

use crate::Caller;
use crate::fellows::Word;
use crate::placement::{Answers, Asks};

/// Encodings a door may use; a slot each.
const SLOTS: usize = 2;

/// How a door writes an event in the encoding of a slot.
pub type EncodeEvent = fn(slot: usize, event: &Event) -> Bytes;

/// An event and its bytes, as far as somebody needed them.
pub struct Live {
    /// What is told.
    event: Event,
    /// Its bytes by slot.
    encoded: [OnceLock<Bytes>; SLOTS],
    /// Its bytes for other nodes.
    between_nodes: OnceLock<Bytes>,
}

impl Live {
    /// An event to push.
    pub(crate) fn new(event: Event) -> Arc<Live> {
        Arc::new(Live { event, encoded: Default::default(), between_nodes: OnceLock::new() })
    }

    /// The event's bytes in the encoding of `slot`.
    pub(crate) fn bytes(&self, slot: usize, encode: EncodeEvent) -> Bytes {
        self.encoded[slot % SLOTS].get_or_init(|| encode(slot, &self.event)).clone()
    }

    #[cfg(test)]
    pub(super) fn event(&self) -> &Event {
        &self.event
    }

    /// The event's bytes for other nodes.
    pub(super) fn between_nodes(&self, encode: fn(&Event) -> Bytes) -> Bytes {
        self.between_nodes.get_or_init(|| encode(&self.event)).clone()
    }
}

/// What travels on the bus.
#[derive(Clone)]
pub struct Hint(pub(crate) Travelling);

/// The kinds of it; each has a subject of its own.
#[derive(Clone)]
pub(crate) enum Travelling {
    /// A live push.
    Live(To, Arc<Live>),
    /// A word of a node about itself.
    Node(Arc<Word>),
    /// What a node has another one do.
    Asks(Arc<Asks>),
    /// What became of it.
    Answers(Arc<Answers>),
}

/// Whom an event is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// Every connection.
    All,
    /// Every connection of these users.
    Users(Arc<[UserId]>),
    /// The connections that have this conversation open.
    Open(ConversationId),
    /// The connections that have this conversation open, but not those of these users.
    OpenBut(ConversationId, Arc<[UserId]>),
    /// The connections that have this conversation open, of users who are not this one and have not blocked this one.
    Unblocked(ConversationId, UserId),
    /// Every connection of these users, who are not in this conversation any more: it is closed to them.
    Left(ConversationId, Arc<[UserId]>),
    /// Every connection of these users, who were in this conversation when it ended: it is closed to all.
    Over(ConversationId, Arc<[UserId]>),
    /// The connections of a session that has ended: the last they hear.
    Session(Caller),
}
