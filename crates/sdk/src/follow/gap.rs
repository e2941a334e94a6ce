//! The gap tracker: for every conversation the highest index delivered, and what an arriving entry means for it.
//!
//! Pure. Invariant: the entries it lets through are, for each conversation, every visible entry exactly once and in
//! index order, whatever is lost, repeated or reordered on the way.

use std::collections::HashMap;

use parlance_proto::{ConversationId, Entry, History};

/// What to do with an entry that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It is the next one: deliver it. The tracker has moved on.
    Deliver,
    /// It was delivered before: drop it.
    Repeat,
    /// Entries are missing before it: pull the history after this index. The entry itself comes with it.
    Gap {
        /// The highest index delivered; 0 for a conversation never seen.
        after: u64,
    },
}

/// A history page that leaves a hole; it must not be delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the history after {after} has a hole before index {found}")]
pub struct Hole {
    /// The highest index delivered.
    pub after: u64,
    /// The index that should not be there yet.
    pub found: u64,
}

/// The highest delivered index of every known conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GapTracker {
    delivered: HashMap<ConversationId, u64>,
    /// The planted bug: an entry above the next one is delivered too.
    #[cfg(feature = "planted")]
    pub(super) planted_no_gap_check: bool,
}

impl GapTracker {
    /// A tracker that goes on from a stored place.
    pub fn from_stored(delivered: impl IntoIterator<Item = (ConversationId, u64)>) -> GapTracker {
        let mut tracker = GapTracker::default();
        tracker.delivered.extend(delivered);
        tracker
    }

    /// Whether the conversation was ever seen.
    pub fn knows(&self, conversation: ConversationId) -> bool {
        self.delivered.contains_key(&conversation)
    }

    /// The highest index delivered; 0 for a conversation never seen.
    pub fn delivered(&self, conversation: ConversationId) -> u64 {
        self.delivered.get(&conversation).copied().unwrap_or(0)
    }

    /// Takes an entry that arrived live.
    pub fn offer(&mut self, conversation: ConversationId, index: u64) -> Offer {
        let after = self.delivered(conversation);
        if index <= after {
            Offer::Repeat
        } else if index == after + 1 || self.planted_no_gap_check() {
            self.delivered.insert(conversation, index);
            Offer::Deliver
        } else {
            Offer::Gap { after }
        }
    }

    /// Takes a page of history and answers what of it is to be delivered, in order. Entries below the reader's
    /// visibility do not exist for the reader and leave no hole.
    pub fn page(&mut self, conversation: ConversationId, page: History) -> Result<Vec<Entry>, Hole> {
        let after = self.delivered(conversation).max(page.visible_from.saturating_sub(1));
        let new: Vec<Entry> = page.entries.into_iter().filter(|entry| entry.index > after).collect();
        let mut expected = after;
        for entry in &new {
            expected += 1;
            if entry.index != expected {
                return Err(Hole { after, found: entry.index });
            }
        }
        self.delivered.insert(conversation, expected);
        Ok(new)
    }

    /// Lets a conversation begin at its present head: what came before is not wanted.
    pub fn begin_at(&mut self, conversation: ConversationId, head: u64) {
        let delivered = self.delivered.entry(conversation).or_insert(head);
        *delivered = head.max(*delivered);
    }

    /// Forgets a conversation that one is no longer in.
    pub fn forget(&mut self, conversation: ConversationId) -> bool {
        self.delivered.remove(&conversation).is_some()
    }

    #[cfg(feature = "planted")]
    fn planted_no_gap_check(&self) -> bool {
        self.planted_no_gap_check
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without the planted bug
    fn planted_no_gap_check(&self) -> bool {
        false
    }

    /// Every known conversation.
    pub fn known(&self) -> Vec<ConversationId> {
        self.delivered.keys().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::{Body, SessionId, UserId};
    use proptest::prelude::*;

    fn conversation() -> ConversationId {
        ConversationId::direct(UserId(1), UserId(2))
    }

    fn entry(index: u64) -> Entry {
        let body = Body::Text { text: index.to_string() };
        let (sender, session) = (UserId(1), SessionId(1));
        Entry {
            index,
            ordinal: index,
            time_ms: 0,
            sender,
            session,
            client_message_id: None,
            body,
            details: None,
        }
    }

    /// What a server with `head` entries answers.
    fn history(head: u64, visible_from: u64, after: u64, limit: u64) -> History {
        let from = (after + 1).max(visible_from);
        let to = (from + limit - 1).min(head);
        History { entries: (from..=to).map(entry).collect(), from, to, head, visible_from }
    }

    #[test]
    fn next_is_delivered_lower_is_dropped_higher_is_a_gap() {
        let mut tracker = GapTracker::default();
        assert_eq!(tracker.offer(conversation(), 1), Offer::Deliver);
        assert_eq!(tracker.offer(conversation(), 1), Offer::Repeat);
        assert_eq!(tracker.offer(conversation(), 3), Offer::Gap { after: 1 });
        assert_eq!(tracker.page(conversation(), history(3, 1, 1, 50)).unwrap().len(), 2);
        assert_eq!(tracker.offer(conversation(), 3), Offer::Repeat);
        assert_eq!(tracker.offer(conversation(), 4), Offer::Deliver);
    }

    #[test]
    fn a_newcomer_begins_where_it_may_see() {
        let mut tracker = GapTracker::default();
        assert_eq!(tracker.offer(conversation(), 57), Offer::Gap { after: 0 });
        let delivered = tracker.page(conversation(), history(57, 57, 0, 50)).unwrap();
        assert_eq!(delivered.iter().map(|entry| entry.index).collect::<Vec<_>>(), [57]);
    }

    #[test]
    fn a_page_with_a_hole_is_refused_and_changes_nothing() {
        let mut tracker = GapTracker::default();
        tracker.begin_at(conversation(), 4);
        let mut page = history(9, 1, 4, 50);
        page.entries.remove(1);
        assert_eq!(tracker.page(conversation(), page), Err(Hole { after: 4, found: 7 }));
        assert_eq!(tracker.delivered(conversation()), 4);
    }

    proptest! {
        /// Arrivals are lost, repeated and reordered at random; what is delivered is always complete and in order.
        #[test]
        fn any_arrival_order_ends_complete_and_in_order(
            visible_from in 1u64..5,
            arrivals in prop::collection::vec(1u64..40, 0..80),
            page in 1u64..7,
        ) {
            let mut tracker = GapTracker::default();
            let mut delivered = Vec::new();
            let mut head = visible_from - 1;
            for index in arrivals.into_iter().filter(|index| *index >= visible_from) {
                head = head.max(index);
                match tracker.offer(conversation(), index) {
                    Offer::Deliver => delivered.push(index),
                    Offer::Repeat => {}
                    Offer::Gap { .. } => {
                        while tracker.delivered(conversation()) < head {
                            let after = tracker.delivered(conversation());
                            let answer = history(head, visible_from, after, page);
                            let new = tracker.page(conversation(), answer).unwrap();
                            delivered.extend(new.into_iter().map(|entry| entry.index));
                        }
                    }
                }
            }
            prop_assert_eq!(delivered, (visible_from..=head).collect::<Vec<_>>());
        }
    }
}
