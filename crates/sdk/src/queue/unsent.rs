//! The unsent messages of a client, and which of them may go next.
//!
//! Pure. Invariant: in each conversation at most one is on its way, the oldest, so that retries never change the order
//! in which a person wrote; different conversations do not wait for each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use parlance_proto::{ConversationId, Problem};
use serde::{Deserialize, Serialize};

/// A message that is not acknowledged yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// Its retry key, the same for every attempt.
    pub client_message_id: String,
    /// Where it goes.
    pub conversation_id: ConversationId,
    /// What it says.
    pub text: String,
}

/// A message that the server refused for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// What was refused.
    pub message: Unsent,
    /// Why.
    pub problem: Problem,
}

/// The unsent messages.
#[derive(Debug, Default)]
pub(crate) struct UnsentList {
    /// Oldest first in each conversation. No empty lists.
    conversations: BTreeMap<ConversationId, VecDeque<Unsent>>,
    /// Conversations whose oldest message is on its way.
    on_the_way: BTreeSet<ConversationId>,
    len: usize,
}

impl UnsentList {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Adds one at the end of its conversation.
    pub fn add(&mut self, unsent: Unsent) {
        self.conversations.entry(unsent.conversation_id).or_default().push_back(unsent);
        self.len += 1;
    }

    /// One that may go now; it counts as on its way until `settle`.
    pub fn take_ready(&mut self) -> Option<Unsent> {
        let (conversation, list) =
            self.conversations.iter().find(|(conversation, _)| !self.on_the_way.contains(conversation))?;
        self.on_the_way.insert(*conversation);
        list.front().cloned()
    }

    /// The oldest of a conversation was acknowledged or refused for good.
    pub fn settle(&mut self, conversation: ConversationId) -> Option<Unsent> {
        self.on_the_way.remove(&conversation);
        let list = self.conversations.get_mut(&conversation)?;
        let settled = list.pop_front()?;
        if list.is_empty() {
            self.conversations.remove(&conversation);
        }
        self.len -= 1;
        Some(settled)
    }

    /// Everything unsent, oldest first in each conversation.
    pub fn iter(&self) -> impl Iterator<Item = &Unsent> {
        self.conversations.values().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::UserId;

    fn unsent(conversation: u64, id: &str) -> Unsent {
        Unsent {
            client_message_id: id.to_owned(),
            conversation_id: ConversationId::direct(UserId(conversation), UserId(9)),
            text: "hello".to_owned(),
        }
    }

    #[test]
    fn a_conversation_sends_one_at_a_time_and_in_order() {
        let mut list = UnsentList::default();
        for (conversation, id) in [(1, "a"), (1, "b"), (2, "c")] {
            list.add(unsent(conversation, id));
        }
        assert_eq!(list.take_ready(), Some(unsent(1, "a")));
        assert_eq!(list.take_ready(), Some(unsent(2, "c")));
        assert_eq!(list.take_ready(), None);
        assert_eq!(list.settle(unsent(1, "").conversation_id), Some(unsent(1, "a")));
        assert_eq!(list.take_ready(), Some(unsent(1, "b")));
        assert_eq!(list.len(), 2);
    }
}
