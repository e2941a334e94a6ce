//! The inbox worker: notes what inboxes lack, writes it in rounds, and lets a reader settle its own inbox first.
//!
//! Rounds coalesce: however many messages a conversation got since the last one, each member gets one row. Rows are
//! derived, so they ride the syncs of sends. The inbox cursor moves only after every member's row is durable.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_proto::{ConversationId, UserId};
use parlance_store::{Durability, Error as StoreError};
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

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
        ConversationId::Group(_) => state.members.contains_key(&user) || advance.moves.contains_key(&user),
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

    /// Whether somebody waits for an inbox.
    fn has_readers(&self) -> bool {
        !self.lock().readers.is_empty()
    }

    /// Takes a round's work, and the readers whom it serves.
    fn take(&self, part: Part) -> (Arc<Work>, Vec<Reader>) {
        let mut desk = self.lock();
        let readers = std::mem::take(&mut desk.readers);
        let users: BTreeSet<UserId> = readers.iter().map(|(user, _)| *user).collect();
        let mut work = Work::default();
        let waiting = &mut desk.waiting;
        let wanted: Vec<ConversationId> = match part {
            Part::ForReaders => {
                let for_readers = |lacking: &Lacking| users.iter().any(|user| is_for(lacking, *user));
                waiting
                    .advances
                    .iter()
                    .filter(|(_, lacking)| for_readers(lacking))
                    .map(|(id, _)| *id)
                    .collect()
            }
            Part::Everything { after } => {
                let from = after.map_or(Bound::Unbounded, Bound::Excluded);
                let rest = waiting.advances.range((from, Bound::Unbounded));
                rest.map(|(id, _)| *id).take(ROUND_CONVERSATIONS).collect()
            }
        };
        for conversation in wanted {
            if let Some(lacking) = waiting.advances.remove(&conversation) {
                work.advances.insert(conversation, lacking);
            }
        }
        work.reads = match part {
            Part::ForReaders => {
                users.iter().filter_map(|user| Some((*user, waiting.reads.remove(user)?))).collect()
            }
            Part::Everything { .. } => std::mem::take(&mut waiting.reads),
        };
        let work = Arc::new(work);
        desk.doing = Arc::clone(&work);
        // In a round over everything a reader's conversation may not be among these: it waits for its own round.
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

/// What a round is for.
#[derive(Clone, Copy)]
enum Part {
    /// What concerns waiting readers.
    ForReaders,
    /// The next conversations of a pass over everything, in the order of their ids.
    Everything {
        /// Those up to here were in the rounds before.
        after: Option<ConversationId>,
    },
}

/// The worker's task.
pub(crate) async fn work(node: Arc<Node>) {
    let pause = Duration::from_millis(node.options.flush_ms);
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    let mut due = Instant::now() + pause;
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = node.inbox.bell.notified() => serve_readers(&node).await,
            () = tokio::time::sleep_until(due) => {
                pass(&node).await;
                due = Instant::now() + pause;
            }
        }
    }
}

/// Each conversation once. What is noted meanwhile waits for the next pass, so that busy conversations coalesce.
async fn pass(node: &Arc<Node>) {
    let mut after = None;
    while !node.tasks.stopped() {
        match run_round(node, Part::Everything { after }).await {
            Some(work) => after = work.advances.keys().next_back().copied(),
            None => return,
        }
        serve_readers(node).await;
        if after.is_none() {
            return;
        }
    }
}

async fn serve_readers(node: &Arc<Node>) {
    while node.inbox.has_readers() && !node.tasks.stopped() {
        if run_round(node, Part::ForReaders).await.is_none() {
            return;
        }
    }
}

/// One round. It answers what it wrote; none if the store refused, and then it will be tried again in the next pass.
async fn run_round(node: &Arc<Node>, part: Part) -> Option<Arc<Work>> {
    let (work, readers) = node.inbox.take(part);
    // Nobody waits for a pass; it may ride the syncs of sends.
    let durability = match part {
        Part::ForReaders => Durability::Durable,
        Part::Everything { .. } => Durability::Derived,
    };
    let result = round::run(node, &work, durability).await;
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
    (!failed).then_some(work)
}
