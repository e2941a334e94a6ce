//! Which node does first what any node may do: shards placed by highest random weight over the nodes in sight.
//!
//! Nobody has to agree. Two who see others take the same work, which is idempotent or fenced, or leave it for a moment to each
//! other; what is left is done by whoever looks next. A node that comes or goes moves its own shards and no others.

use parlance_proto::ConversationId;

use crate::keys;
use crate::node::Node;

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

impl Node {
    /// Whether this node comes first in a shard, by what it sees of the others. One that sees nobody does everything.
    pub(crate) fn comes_first(&self, shard: u64) -> bool {
        if self.options.alone || !self.fellows.any() {
            return true;
        }
        let all = self.fellows.nodes().into_iter().chain([self.incarnation]);
        first(shard, all) == Some(self.incarnation)
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
