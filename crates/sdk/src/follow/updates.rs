//! What a subscriber reads: the updates of one user, in order, through a bounded channel.
//!
//! Asking for the next update means that the one before is finished with: only then does the stored place move.

use std::sync::Arc;

use parlance_proto::{ConversationId, Entry};
use tokio::sync::mpsc;

use super::state::{State, Step};

/// Something that happened to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Update {
    /// The next entry of a conversation. Every entry comes exactly once and in index order.
    Entry {
        /// The conversation.
        conversation_id: ConversationId,
        /// The entry.
        entry: Entry,
    },
    /// The user's read index moved, perhaps on another device. A hint: several may be told as one.
    Read {
        /// The conversation.
        conversation_id: ConversationId,
        /// The highest index read.
        read_index: u64,
        /// Messages after it that others sent.
        unread: u64,
    },
    /// The user is no longer in this conversation.
    Removed {
        /// The conversation.
        conversation_id: ConversationId,
    },
}

/// What travels in the channel.
pub(super) enum Item {
    /// For the reader.
    Update(Update),
    /// For the place only: it counts once everything before it is finished with.
    Step(Step),
}

/// The stream of updates. Dropping it ends the following, not the client.
pub struct Updates {
    items: mpsc::Receiver<Item>,
    state: Arc<State>,
    /// The update that the reader has in hand.
    in_hand: Option<Step>,
}

impl Updates {
    pub(super) fn new(items: mpsc::Receiver<Item>, state: Arc<State>) -> Updates {
        Updates { items, state, in_hand: None }
    }

    /// The next update; nothing when the client was closed or its session ended. Cancel-safe.
    pub async fn next(&mut self) -> Option<Update> {
        self.finish();
        loop {
            match self.items.recv().await? {
                Item::Step(step) => self.state.step(step),
                Item::Update(update) => {
                    self.in_hand = step_of(&update);
                    return Some(update);
                }
            }
        }
    }

    /// Says that the update in hand is finished with, without asking for another.
    pub fn finish(&mut self) {
        if let Some(step) = self.in_hand.take() {
            self.state.step(step);
        }
    }
}

fn step_of(update: &Update) -> Option<Step> {
    match update {
        Update::Entry { conversation_id, entry } => Some(Step::Entry(*conversation_id, entry.index)),
        Update::Removed { conversation_id } => Some(Step::Forget(*conversation_id)),
        Update::Read { .. } => None,
    }
}
