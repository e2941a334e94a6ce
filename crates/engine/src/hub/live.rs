//! An event on its way to sessions: encoded once per encoding, whoever and how many get it.
//!
//! It says nothing that cannot be read again from the log; whoever gets it may get it twice or not at all.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use parlance_proto::{ConversationId, Event, UserId};

use crate::Caller;

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
}

impl Live {
    /// An event to push.
    pub(crate) fn new(event: Event) -> Arc<Live> {
        Arc::new(Live { event, encoded: [OnceLock::new(), OnceLock::new()] })
    }

    /// The event's bytes in the encoding of `slot`.
    pub(crate) fn bytes(&self, slot: usize, encode: EncodeEvent) -> Bytes {
        self.encoded[slot % SLOTS].get_or_init(|| encode(slot, &self.event)).clone()
    }
}

/// What travels on the bus.
#[derive(Clone)]
pub struct Hint {
    /// To whom.
    pub(crate) to: To,
    /// What.
    pub(crate) live: Arc<Live>,
}

/// Whom an event is for.
#[derive(Clone)]
pub enum To {
    /// Every connection.
    All,
    /// Every connection of these users.
    Users(Arc<[UserId]>),
    /// The connections that have this conversation open.
    Open(ConversationId),
    /// The connections that have this conversation open, but not those of these users.
    OpenBut(ConversationId, Arc<[UserId]>),
    /// The connections of a session that has ended: the last they hear.
    Session(Caller),
}
