//! The inbox worker: notes what inboxes lack, writes it in rounds, and lets a reader settle its own inbox first.
//!
//! Rounds coalesce: however many messages a conversation got since the last one, each member gets one row. Rows are
//! derived, so they ride the syncs of sends. The inbox cursor moves only after every member's row is durable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_proto::{ConversationId, UserId};
use parlance_store::Error as StoreError;
use tokio::sync::{Notify, oneshot};

use super::{Advance, round};
use crate::Error;
use crate::latch::Latch;
use crate::node::Node;
use crate::owner::Shared;

/// Conversations in one round, so that a reader who waits for its turn does not wait long.
const ROUND_CONVERSATIONS: usize = 256;

/// A conversation and what inboxes lack of it.
pub(super) type Lacking = (Arc<Shared>, Advance);

/// A reader who waits for an inbox. Who is not answered may try again.
type Reader = (UserId, oneshot::Sender<Result<(), Error>>);

/// What the worker has to do.
#[derive(Clone, Default)]
pub(super) struct Work {
    /// Conversations whose members lack rows.
    pub advances: BTreeMap<ConversationId, Lacking>,
    /// Users whose read indexes moved, with the conversations.
    pub reads: BTreeMap<UserId, BTreeSet<ConversationId>>,
}

impl Work {
    fn is_empty(&self) -> bool {
        self.advances.is_empty() && self.reads.is_empty()
    }

    fn concerns(&self, user: UserId) -> bool {
        self.reads.contains_key(&user) || self.advances.values().any(|lacking| is_for(lacking, user))
    }

    fn of(&self, user: UserId) -> impl Iterator<Item = ConversationId> {
        let advances = self.advances.iter().filter(move |(_, lacking)| is_for(lacking, user));
        let reads = self.reads.get(&user).into_iter().flatten();
        advances.map(|(conversation, _)| conversation).chain(reads).copied()
    }

    fn note(&mut self, shared: &Arc<Shared>, advance: Advance) {
        let conversation = shared.state().id;
        match self.advances.get_mut(&conversation) {
            Some((known, lacking)) => {
                *known = Arc::clone(shared);
                lacking.then(advance);
            }
            None => _ = self.advances.insert(conversation, (Arc::clone(shared), advance)),
        }
    }
}

fn is_for((shared, advance): &Lacking, user: UserId) -> bool {
    let state = shared.state();
    match state.id {
        ConversationId::Direct(one, other) => one == user || other == user,
        ConversationId::Group(_) => state.member(user).is_some() || advance.moves.contains_key(&user),
    }
}

/// The worker's desk.
#[derive(Default)]
pub(crate) struct Inbox {
    desk: Mutex<Desk>,
    /// Rung when a reader waits.
    bell: Notify,
    /// Closed when everything that an earlier run left unfinished is noted.
    resumed: Latch,
}

#[derive(Default)]
struct Desk {
    /// To be done.
    waiting: Work,
    /// Being written now.
    doing: Arc<Work>,
    /// Readers who wait for their inbox.
    readers: Vec<Reader>,
}

impl Inbox {
    /// Notes that inboxes lack a stretch of a conversation.
    pub(crate) fn note(&self, shared: &Arc<Shared>, advance: Advance) {
        self.lock().waiting.note(shared, advance);
    }

    /// Notes that a user's read index moved, so that the user's other devices learn it by `sync`.
    pub(crate) fn note_read(&self, user: UserId, conversation: ConversationId) {
        self.lock().waiting.reads.entry(user).or_default().insert(conversation);
    }

    /// Drops what is noted about a conversation; only a planted bug does that.
    #[cfg(feature = "planted")]
    pub(crate) fn forget(&self, conversation: ConversationId) {
        self.lock().waiting.advances.remove(&conversation);
    }

    /// Tells readers that everything an earlier run left unfinished is noted.
    pub(crate) fn set_resumed(&self) {
        self.resumed.close();
    }

    /// Returns when all that was committed for `user` before the call is durable in the inbox, also what was committed
    /// before a crash. While the disk is full it says so instead, and `lacking` tells what the inbox does not hold.
    pub(crate) async fn settle(&self, user: UserId) -> Result<(), Error> {
        self.resumed.closed().await;
        let turn = {
            let mut desk = self.lock();
            if !desk.waiting.concerns(user) && !desk.doing.concerns(user) {
                return Ok(());
            }
            let (done, turn) = oneshot::channel();
            desk.readers.push((user, done));
            turn
        };
        self.bell.notify_one();
        turn.await.unwrap_or(Err(Error::Busy))
    }

    /// The conversations of which a user's inbox lacks something.
    pub(crate) fn lacking(&self, user: UserId) -> BTreeSet<ConversationId> {
        let desk = self.lock();
        [&desk.waiting, &*desk.doing].into_iter().flat_map(|work| work.of(user)).collect()
    }

    /// Whether nothing is noted.
    pub(crate) fn is_idle(&self) -> bool {
        let desk = self.lock();
        desk.waiting.is_empty() && desk.doing.is_empty()
    }

    /// Takes a round's work: what concerns waiting readers, or else as much as fits of everything.
    fn take(&self, everything: bool) -> (Arc<Work>, Vec<Reader>) {
        let mut desk = self.lock();
        let readers = std::mem::take(&mut desk.readers);
        let users: BTreeSet<UserId> = readers.iter().map(|(user, _)| *user).collect();
        let mut work = Work::default();
        let wanted: Vec<ConversationId> = if everything {
            desk.waiting.advances.keys().copied().take(ROUND_CONVERSATIONS).collect()
        } else {
            let for_readers = |lacking: &Lacking| users.iter().any(|user| is_for(lacking, *user));
            desk.waiting
                .advances
                .iter()
                .filter(|(_, lacking)| for_readers(lacking))
                .map(|(id, _)| *id)
                .collect()
        };
        for conversation in wanted {
            if let Some(lacking) = desk.waiting.advances.remove(&conversation) {
                work.advances.insert(conversation, lacking);
            }
        }
        work.reads = std::mem::take(&mut desk.waiting.reads);
        let work = Arc::new(work);
        desk.doing = Arc::clone(&work);
        // In a round over everything a reader's conversation may not be among the first: it waits for its own round.
        let (served, later): (Vec<_>, Vec<_>) =
            readers.into_iter().partition(|(user, _)| !desk.waiting.concerns(*user));
        desk.readers = later;
        (work, served)
    }

    /// Puts back what a round could not write.
    fn put_back(&self, failed: Work) {
        let mut desk = self.lock();
        for (conversation, (shared, mut advance)) in failed.advances {
            if let Some((newer, later)) = desk.waiting.advances.remove(&conversation) {
                advance.then(later);
                desk.waiting.advances.insert(conversation, (newer, advance));
            } else {
                desk.waiting.advances.insert(conversation, (shared, advance));
            }
        }
        for (user, conversations) in failed.reads {
            desk.waiting.reads.entry(user).or_default().extend(conversations);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The worker's task.
pub(crate) async fn work(node: Arc<Node>) {
    let pause = Duration::from_millis(node.options.flush_ms);
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    loop {
        let everything = tokio::select! {
            biased;
            () = &mut stopping => return,
            () = node.inbox.bell.notified() => false,
            () = tokio::time::sleep(pause) => true,
        };
        run_round(&node, everything).await;
        while (everything && !node.inbox.lock().waiting.is_empty()) || !node.inbox.lock().readers.is_empty() {
            let readers = !node.inbox.lock().readers.is_empty();
            if !run_round(&node, !readers).await || node.tasks.stopped() {
                break;
            }
        }
    }
}

/// One round. False if the store refused; what failed is tried again after a pause.
async fn run_round(node: &Arc<Node>, everything: bool) -> bool {
    let (work, readers) = node.inbox.take(everything);
    let result = round::run(node, &work).await;
    let (failed, full) = (result.is_err(), matches!(result, Err(Error::Store(StoreError::Full))));
    if let Err(error) = result {
        tracing::warn!(%error, "inboxes could not be written; they will be tried again");
        node.inbox.put_back(Work::clone(&work));
    }
    node.inbox.lock().doing = Arc::default();
    for (_, done) in readers {
        let answer = match (failed, full) {
            (false, _) => Ok(()),
            // They can read past the inbox, by what is lacking in it.
            (true, true) => Err(Error::Store(StoreError::Full)),
            // The next attempt is theirs to make.
            (true, false) => Err(Error::Busy),
        };
        let _ = done.send(answer);
    }
    !failed
}
