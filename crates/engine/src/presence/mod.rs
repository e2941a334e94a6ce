//! Who is there: derived from the connections of all nodes, told on change and only to those who watch.
//!
//! A heartbeat writes nothing and tells nothing. Coming is told at once, going after a moment, so that a reconnect does
//! not flicker. When somebody was last seen is kept in memory and written now and then.

mod keep;
mod watch;

pub(crate) use keep::keep;
pub(crate) use watch::Sight;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_proto::{Status, UserId};
use parlance_store::Level;
use rustc_hash::FxHashMap;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::hub::Outbox;
use crate::node::Node;
use crate::{Error, keys};
use watch::Watched;

/// Going is told after so long, unless the user is back.
const GRACE: Duration = Duration::from_millis(1_200);

/// Who watches whom, and what is to be told and written.
#[derive(Default)]
pub(crate) struct Presence {
    desk: Mutex<Desk>,
    /// Rung when somebody's state is to be looked at.
    bell: Notify,
}

#[derive(Default)]
struct Desk {
    /// Watched users.
    watched: FxHashMap<UserId, Watched>,
    /// Users to be told about at once.
    now: VecDeque<UserId>,
    /// Users to be looked at later, in the order of the times.
    later: VecDeque<(Instant, UserId)>,
    /// When users were last seen, as far as it is not written yet.
    seen: FxHashMap<UserId, i64>,
}

impl Presence {
    /// A user's connections to this node have changed.
    pub(crate) fn changed(&self, node: &Node, user: UserId) {
        node.fellows.announce(node, user);
        if !node.hub.has(user) {
            self.lock().seen.insert(user, node.clock.now_ms());
        }
        self.changed_elsewhere(node, user);
    }

    /// A user's connections to another node have changed.
    pub(crate) fn changed_elsewhere(&self, node: &Node, user: UserId) {
        let status = node.status(user);
        let mut desk = self.lock();
        if desk.watched.contains_key(&user) {
            if status == Status::Offline {
                desk.later.push_back((Instant::now() + GRACE, user));
            } else {
                desk.now.push_back(user);
            }
            drop(desk);
            self.bell.notify_one();
        }
    }

    /// A user was last seen on another node, which will write it down; who watches here is told before.
    pub(crate) fn seen_elsewhere(&self, user: UserId, seen_ms: i64) {
        let mut desk = self.lock();
        if desk.watched.contains_key(&user) {
            let seen = desk.seen.entry(user).or_default();
            *seen = seen_ms.max(*seen);
        }
    }

    /// When a user was last seen, if ever.
    pub(crate) async fn last_seen(&self, node: &Node, user: UserId) -> Result<Option<i64>, Error> {
        let stored = node.store.get(&keys::last_seen(user), Level::Serial).await?;
        let stored = stored.map(|row| row.version as i64);
        Ok(self.lock().seen.get(&user).copied().max(stored))
    }

    /// Whether anybody watches a user.
    pub(crate) fn is_watched(&self, user: UserId) -> bool {
        self.lock().watched.contains_key(&user)
    }

    /// Begins telling a connection of a user; how the user is now.
    pub(crate) fn watch(&self, node: &Node, user: UserId, outbox: &Arc<Outbox>, sight: Sight) -> Status {
        let mut desk = self.lock();
        let watched = desk.watched.entry(user).or_insert_with(|| Watched::new(node.status(user)));
        watched.add(outbox, sight);
        // What the others were told, so that everybody hears of the next change.
        watched.told()
    }

    /// Ends `watch`.
    pub(crate) fn unwatch(&self, user: UserId, outbox: &Arc<Outbox>) {
        let mut desk = self.lock();
        if let Some(watched) = desk.watched.get_mut(&user)
            && watched.remove(outbox)
        {
            desk.watched.remove(&user);
        }
    }

    /// Who watches a user.
    pub(crate) fn watchers(&self, user: UserId) -> Vec<UserId> {
        self.lock().watched.get(&user).map_or_else(Vec::new, Watched::watchers)
    }

    /// What a watcher may see has been looked up again.
    pub(crate) fn see(
        &self,
        node: &Node,
        user: UserId,
        viewer: UserId,
        (sight, last_seen): (Sight, Option<i64>),
    ) {
        if let Some(watched) = self.lock().watched.get_mut(&user) {
            watched.see(node, (user, viewer), sight, last_seen);
        }
    }

    /// Nobody is told of a user any more: what they may see is not known.
    pub(crate) fn forget(&self, user: UserId) {
        self.lock().watched.remove(&user);
    }

    fn lock(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
