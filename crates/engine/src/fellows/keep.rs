//! The tasks behind the fellows: one says that this node is there and passes on what changed elsewhere, one mends what
//! lost messages have left behind.
//!
//! Mending is: every session is told to sync, and whoever may not hear any more is found in the store instead of in a message.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::Instant;

use super::{BEAT, Errands, Said, lock};
use crate::node::Node;
use crate::placement::SILENCE;
use crate::{Engine, Error};

/// The least time between two wholes of this node, and between two questions for others'.
const WHOLE_PACE: Duration = Duration::from_millis(500);
/// The least time between two rounds of mending, and the time between them while the others cannot be heard.
const MEND_PACE: Duration = Duration::from_secs(1);
/// While the others cannot be heard, sessions are told to sync this often.
const UNHEARD_SYNC: Duration = Duration::from_secs(20);
/// A node that went without a word may only be cut off: for so long it counts as one that cannot be heard, which is once
/// more than the sync that everybody is told when it goes.
const MISSING: Duration = Duration::from_secs(25);

/// The task that beats.
pub(crate) async fn keep(node: Arc<Node>) {
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    let (mut beat_at, mut whole_at) = (Instant::now(), Instant::now());
    // Whoever is there already shall know of this node at once, and say who is connected there.
    node.fellows.beat(&node);
    loop {
        let due = if lock(&node.fellows.errands).has_slow() { beat_at.min(whole_at) } else { beat_at };
        tokio::select! {
            biased;
            () = &mut stopping => return node.fellows.leave(&node),
            () = node.fellows.bell.notified() => {}
            () = tokio::time::sleep_until(due) => {}
        }
        let changed = std::mem::take(&mut lock(&node.fellows.errands).changed);
        for user in changed {
            node.presence.changed_elsewhere(&node, user);
        }
        if Instant::now() >= whole_at && lock(&node.fellows.errands).has_slow() {
            let (ask, tell_whole) = lock(&node.fellows.errands).take_slow();
            ask.into_iter().for_each(|of| node.fellows.say(&node, Said::Asks { of }));
            if tell_whole {
                node.fellows.announce_all(&node);
            }
            whole_at = Instant::now() + WHOLE_PACE;
        }
        if Instant::now() >= beat_at {
            node.fellows.beat(&node);
            node.placement.settle(node.bus().is_up());
            forget_silent(&node);
            beat_at = Instant::now() + BEAT;
        }
    }
}

/// Lets go of nodes that are silent. They may be cut off and not dead, so what they said may be missing here.
fn forget_silent(node: &Node) {
    let gone = {
        let mut table = lock(&node.fellows.table);
        let gone = table.forget_silent(Instant::now(), SILENCE);
        node.fellows.count(&table);
        gone
    };
    if gone.nodes.is_empty() {
        return;
    }
    tracing::warn!(
        nodes = gone.nodes.len(),
        users = gone.users.len(),
        "silent nodes: their users count as gone"
    );
    let until = Instant::now() + MISSING;
    lock(&node.fellows.missing).extend(gone.nodes.into_iter().map(|silent| (silent, until)));
    node.fellows.lost();
    gone.users.into_iter().for_each(|user| node.presence.changed_elsewhere(node, user));
}

/// The task that mends.
pub(crate) async fn mend(engine: Engine) {
    let node = Arc::clone(&engine.0);
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    let mut sync_at = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = node.fellows.lost_bell.notified() => {}
            () = tokio::time::sleep(MEND_PACE), if node.fellows.is_unheard(&node) => {}
        }
        let lost = node.fellows.lost.swap(false, Ordering::Relaxed);
        if lost || Instant::now() >= sync_at {
            node.hub.unsync_all().await;
            sync_at = Instant::now() + UNHEARD_SYNC;
        }
        // A session may have ended, and a member have been removed, without a word reaching us.
        let looked = async {
            engine.end_ended_sessions().await?;
            if lost { engine.close_to_strangers().await } else { Ok::<(), Error>(()) }
        };
        if let Err(error) = looked.await {
            tracing::debug!(%error, "who may still hear could not be looked up; again soon");
            node.fellows.lost();
        }
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = tokio::time::sleep(MEND_PACE) => {}
        }
    }
}

impl super::Fellows {
    /// Whether something may be said that is not heard here.
    fn is_unheard(&self, node: &Node) -> bool {
        let mut missing = lock(&self.missing);
        missing.retain(|_, until| Instant::now() < *until);
        !missing.is_empty() || !node.bus().is_up()
    }
}

impl Errands {
    /// Whether there is something to do that is not done at any time.
    fn has_slow(&self) -> bool {
        self.tell_whole || !self.ask.is_empty()
    }

    fn take_slow(&mut self) -> (BTreeSet<u64>, bool) {
        (std::mem::take(&mut self.ask), std::mem::take(&mut self.tell_whole))
    }
}
