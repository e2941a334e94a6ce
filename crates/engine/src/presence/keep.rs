//! The task that tells watchers of changes and writes when users were last seen.
//!
//! It costs only what changed and is watched.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use parlance_proto::{Status, UserId};
use parlance_store::Durability;
use tokio::time::Instant;

use super::Presence;
use crate::keys;
use crate::node::Node;

/// Last seen times are written this often.
const FLUSH: Duration = Duration::from_secs(30);
/// Written at the same time.
const AT_ONCE: usize = 64;

/// The task.
pub(crate) async fn keep(node: Arc<Node>) {
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    let mut flush = Instant::now() + FLUSH;
    loop {
        let due = node.presence.lock().later.front().map_or(flush, |(at, _)| (*at).min(flush));
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = node.presence.bell.notified() => {}
            () = tokio::time::sleep_until(due) => {}
        }
        for user in node.presence.take_due() {
            tell(&node, user).await;
        }
        if Instant::now() >= flush {
            node.presence.flush(&node).await;
            flush = Instant::now() + FLUSH;
        }
    }
}

async fn tell(node: &Arc<Node>, user: UserId) {
    let status = node.status(user);
    let last_seen = match status {
        Status::Offline => node.presence.last_seen(node, user).await.unwrap_or_default(),
        _ => None,
    };
    if let Some(watched) = node.presence.lock().watched.get_mut(&user) {
        watched.tell(node, user, (status, last_seen));
    }
}

impl Presence {
    /// Users whose time has come.
    fn take_due(&self) -> Vec<UserId> {
        let mut desk = self.lock();
        let mut due: Vec<UserId> = desk.now.drain(..).collect();
        let now = Instant::now();
        while desk.later.front().is_some_and(|(at, _)| *at <= now) {
            due.extend(desk.later.pop_front().map(|(_, user)| user));
        }
        due
    }

    /// Writes when users were last seen. What fails is tried again with the next.
    pub(crate) async fn flush(&self, node: &Node) {
        let seen: Vec<(UserId, i64)> = self.lock().seen.iter().map(|(user, at)| (*user, *at)).collect();
        let writes = seen.into_iter().map(|(user, at)| async move {
            let at_number = u64::try_from(at).unwrap_or_default();
            let written =
                node.store.merge_max(keys::last_seen(user), at_number, Bytes::new(), Durability::Derived);
            if written.await.is_ok() {
                let mut desk = self.lock();
                if desk.seen.get(&user) == Some(&at) {
                    desk.seen.remove(&user);
                }
            }
        });
        stream::iter(writes).buffer_unordered(AT_ONCE).collect::<()>().await;
    }
}
