//! The lane of large groups: their live pushes and hints have a task of their own, so that they never stand in the
//! way of a direct message.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use parlance_proto::{ConversationId, Event, UserId};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::hub::{Live, To};
use crate::node::Node;
use crate::owner::Shared;

/// Pushes that may wait; more are dropped, and hints heal it.
const PUSHES: usize = 1_024;
/// Pushes taken at once.
const TAKEN: usize = 64;
/// The least time between two waves of pushes.
const GATHER_MS: u64 = 4;
/// A group's hints are gathered for so long.
const HINT_MS: u64 = 1_000;
/// Users looked at before other tasks get a turn.
const USERS_PER_TURN: usize = 1_024;

/// A large group's entry on its way.
type Push = (ConversationId, Arc<Live>);

/// What waits in the lane.
pub(crate) struct Lane {
    pushes: mpsc::Sender<Push>,
    /// The other end, until the task takes it.
    waiting: Mutex<Option<mpsc::Receiver<Push>>>,
    /// Groups that moved since their last hint.
    moved: Mutex<BTreeMap<ConversationId, Arc<Shared>>>,
}

impl Lane {
    pub(crate) fn new() -> Lane {
        let (pushes, waiting) = mpsc::channel(PUSHES);
        Lane { pushes, waiting: Mutex::new(Some(waiting)), moved: Mutex::default() }
    }

    /// Queues an entry for the sessions that have the group open.
    pub(crate) fn push(&self, conversation: ConversationId, live: &Arc<Live>) {
        if self.pushes.try_send((conversation, Arc::clone(live))).is_err() {
            metrics::counter!("parlance_lane_drops_total").increment(1);
        }
    }

    /// Notes that a group moved, for the hint to the others.
    pub(crate) fn moved(&self, shared: &Arc<Shared>) {
        let conversation = shared.state().id;
        let mut moved = self.moved.lock().unwrap_or_else(PoisonError::into_inner);
        moved.insert(conversation, Arc::clone(shared));
    }

    fn take_moved(&self) -> BTreeMap<ConversationId, Arc<Shared>> {
        std::mem::take(&mut *self.moved.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The task that pushes. Under load it gathers for a moment, so that each receiver is woken once for many entries; an
/// entry that comes alone goes out at once.
pub(crate) async fn push(node: Arc<Node>) {
    let waiting = node.lane.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut waiting) = waiting else { return };
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    let mut taken: Vec<Push> = Vec::with_capacity(TAKEN);
    let mut next_wave = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            _ = waiting.recv_many(&mut taken, TAKEN) => {}
        }
        tokio::time::sleep_until(next_wave).await;
        while taken.len() < TAKEN
            && let Ok(more) = waiting.try_recv()
        {
            taken.push(more);
        }
        let mut waves: BTreeMap<ConversationId, Vec<Arc<Live>>> = BTreeMap::new();
        for (conversation, live) in taken.drain(..) {
            waves.entry(conversation).or_default().push(live);
        }
        for (conversation, lives) in waves {
            node.hub.push_open(conversation, &lives);
        }
        next_wave = Instant::now() + Duration::from_millis(GATHER_MS);
    }
}

/// The task that hints at what moved.
pub(crate) async fn hint(node: Arc<Node>) {
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = tokio::time::sleep(Duration::from_millis(HINT_MS)) => {}
        }
        for (conversation, shared) in node.lane.take_moved() {
            let (head, away) = members_online(&node, &shared).await;
            let live = Live::new(Event::Hint { conversation_id: conversation, head });
            node.tell(To::Users(away.into()), &live);
        }
    }
}

/// The group's head and those of its members who are connected.
async fn members_online(node: &Node, shared: &Shared) -> (u64, Vec<UserId>) {
    let mut members = Vec::new();
    for users in node.online().chunks(USERS_PER_TURN) {
        {
            let state = shared.state();
            members.extend(users.iter().copied().filter(|user| state.member(*user).is_some()));
        }
        tokio::task::yield_now().await;
    }
    (shared.state().head.index, members)
}
