//! What this node has acknowledged and another has committed: by user and conversation, until inboxes certainly have it.
//!
//! Whoever got an answer here reads here what it led to. It may be lost with the node that gave the answer.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_proto::{ConversationId, UserId};
use rustc_hash::FxHashMap;
use tokio::time::Instant;

/// Longer than a round of inboxes takes, and than another node needs to take over from one that is gone.
const FRESH: Duration = Duration::from_secs(10);

/// When a user's send in a conversation was last acknowledged, by user.
type Sent = FxHashMap<UserId, BTreeMap<ConversationId, Instant>>;

/// The table.
#[derive(Default)]
pub(crate) struct Echoes(Mutex<Table>);

#[derive(Default)]
struct Table {
    sent: Sent,
    /// When it was last cleared of what is old.
    cleared_at: Option<Instant>,
}

impl Echoes {
    /// Notes that a user's send was acknowledged.
    pub(crate) fn note(&self, user: UserId, conversation: ConversationId) {
        let now = Instant::now();
        let mut table = self.lock();
        if table.cleared_at.is_none_or(|at| now - at > FRESH) {
            table.cleared_at = Some(now);
            table.sent.retain(|_, sent| {
                sent.retain(|_, at| now - *at <= FRESH);
                !sent.is_empty()
            });
        }
        table.sent.entry(user).or_default().insert(conversation, now);
    }

    /// Conversations of which a user's inbox may lack what was acknowledged to the user here, and since when.
    pub(crate) fn of(&self, user: UserId) -> Vec<(ConversationId, Instant)> {
        let now = Instant::now();
        let table = self.lock();
        let sent = table.sent.get(&user).into_iter().flatten();
        sent.filter(|(_, at)| now - **at <= FRESH).map(|(id, at)| (*id, *at)).collect()
    }

    /// Forgets one, unless something was acknowledged since.
    pub(crate) fn forget(&self, user: UserId, (conversation, at): (ConversationId, Instant)) {
        let mut table = self.lock();
        let Some(sent) = table.sent.get_mut(&user) else { return };
        if sent.get(&conversation) == Some(&at) {
            sent.remove(&conversation);
        }
        if sent.is_empty() {
            table.sent.remove(&user);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
