//! Which node does first what any node may do: shards placed by highest random weight over the nodes in sight. Sends are
//! carried there, in one hop.
//!
//! Nobody has to agree. Two who see others take the same work, which is idempotent or fenced, or leave it for a moment to each
//! other; what is left is done by whoever looks next. A node that comes or goes moves its own shards and no others.

mod carried;
mod echoes;
mod lanes;
mod roles;
mod serve;
mod view;

pub(crate) use carried::{Answers, AnswersRow, Asks, AsksRow};
pub(crate) use lanes::{Lanes, ask};
pub use roles::Roles;
pub(crate) use serve::serve;
pub(crate) use view::SILENCE;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_proto::ConversationId;
use tokio::time::Instant;

use crate::keys;
use crate::node::Node;
use view::View;

/// How long handing over waits until the others know, and for what is under way here for them.
const HEARD: Duration = Duration::from_millis(20);
const FINISHING: Duration = Duration::from_secs(1);

/// The subject on which a node is asked.
pub(crate) fn subject(node: u64) -> String {
    format!("own.{node:016x}")
}

/// Shards of all conversations.
pub(crate) const SHARDS: u64 = 16_384;

/// The shard of a conversation: FNV-1a of its id.
pub(crate) fn shard(conversation: ConversationId) -> u64 {
    let id = keys::conversation(conversation);
    let hash = id.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash % SHARDS
}

/// The one of these nodes that comes first in a shard.
pub(crate) fn first(shard: u64, nodes: impl IntoIterator<Item = u64>) -> Option<u64> {
    nodes.into_iter().max_by_key(|node| (weight(shard, *node), *node))
}

/// A number by shard and node that nothing else moves (SplitMix64).
fn weight(shard: u64, node: u64) -> u64 {
    let mut mixed = node ^ shard.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// What this node sees of the others, and what it does itself.
pub(crate) struct Placement {
    view: Mutex<View>,
    /// What it does, until it hands over.
    own: Roles,
    handing_over: AtomicBool,
}

impl Placement {
    pub(crate) fn new(own: Roles) -> Placement {
        Placement { view: Mutex::default(), own, handing_over: AtomicBool::new(false) }
    }

    /// What this node does.
    fn roles(&self) -> Roles {
        let own = self.own;
        let is_leaving = self.handing_over.load(Ordering::Relaxed);
        if is_leaving { Roles { owner: false, worker: false, ..own } } else { own }
    }

    /// Another node said something.
    pub(crate) fn hear(&self, node: u64, roles: Roles) {
        self.view().hear(node, roles, Instant::now());
    }

    /// Another node said that it goes.
    pub(crate) fn leave(&self, node: u64) {
        self.view().leave(node);
    }

    /// Another node did not answer.
    fn doubt(&self, node: u64) {
        self.view().doubt(node);
    }

    /// Lets go of those who are silent, unless all are.
    pub(crate) fn settle(&self, is_up: bool) {
        let (roles, mut view) = (self.roles(), self.view());
        view.settle(Instant::now(), is_up);
        metrics::gauge!("parlance_view_frozen").set(if view.is_frozen() { 1.0 } else { 0.0 });
        let count = |role, does: fn(Roles) -> bool| {
            let all = view.those(does).count() + usize::from(does(roles));
            metrics::gauge!("parlance_nodes_with_role", "role" => role).set(all as f64);
        };
        count("gateway", |roles| roles.gateway);
        count("owner", |roles| roles.owner);
        count("worker", |roles| roles.worker);
    }

    fn view(&self) -> MutexGuard<'_, View> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Node {
    /// What this node does now.
    pub(crate) fn roles(&self) -> Roles {
        self.placement.roles()
    }

    /// Whether this node comes first in a shard with what is due, by what it sees of the others. One that sees nobody does
    /// everything.
    pub(crate) fn comes_first(&self, shard: u64) -> bool {
        if self.options.alone {
            return true;
        }
        let own = self.roles().worker.then_some(self.incarnation);
        first(shard, self.placement.view().those(|roles| roles.worker).chain(own)) == Some(self.incarnation)
    }

    /// The other node that comes first for a conversation; none if that is this one, or there is no other.
    pub(crate) fn elsewhere(&self, conversation: ConversationId) -> Option<u64> {
        if self.options.alone {
            return None;
        }
        let own = self.roles().owner.then_some(self.incarnation);
        let first = first(shard(conversation), self.placement.view().owners().chain(own));
        first.filter(|node| *node != self.incarnation)
    }

    /// Leaves what this node comes first in to the others, and finishes what it does for them.
    pub(crate) async fn hand_over(&self) {
        if self.options.alone {
            return;
        }
        self.placement.handing_over.store(true, Ordering::Relaxed);
        self.fellows.beat(self);
        let finished = async {
            tokio::time::sleep(HEARD).await;
            while !self.lanes.serves_nobody() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        if tokio::time::timeout(FINISHING, finished).await.is_err() {
            tracing::debug!("some of what other nodes have asked is still under way");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use parlance_proto::{GroupId, UserId};

    use super::*;

    const SHARDS_OF_THESE: (u64, u64) = (15_670, 6_534);
    const NODES: [u64; 5] = [0x1111, 0x2222, 0x3333, 0x4444, u64::MAX];

    fn shares(nodes: &[u64]) -> BTreeMap<u64, u64> {
        let mut shares = BTreeMap::new();
        for shard in 0..SHARDS {
            *shares.entry(first(shard, nodes.iter().copied()).unwrap_or_default()).or_default() += 1;
        }
        shares
    }

    #[test]
    fn every_node_has_about_its_share() {
        for count in 1..=NODES.len() {
            let shares = shares(&NODES[..count]);
            let fair = SHARDS / count as u64;
            assert_eq!(shares.len(), count);
            assert!(
                shares.values().all(|share| (fair * 9 / 10..=fair * 11 / 10).contains(share)),
                "{shares:?}"
            );
        }
    }

    #[test]
    fn a_node_that_goes_or_comes_moves_its_own_shards_only() {
        let without = [NODES[0], NODES[1], NODES[3], NODES[4]];
        for shard in 0..SHARDS {
            let (before, after) = (first(shard, NODES), first(shard, without));
            assert!(before == after || before == Some(NODES[2]), "shard {shard}");
        }
    }

    #[test]
    fn the_order_in_which_nodes_are_seen_does_not_matter() {
        let backwards = || NODES.iter().rev().copied();
        assert!((0..SHARDS).all(|shard| first(shard, NODES) == first(shard, backwards())));
        assert_eq!(first(3, []), None);
    }

    #[test]
    fn shards_stay_where_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let direct = ConversationId::direct(UserId(1), UserId(2));
        assert_eq!((shard(group), shard(direct)), SHARDS_OF_THESE);
    }
}
