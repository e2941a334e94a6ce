//! What a direct conversation's row says of the other side: how far messages reached it and what it has read.
//!
//! Shown only if neither side hides its reading; absent otherwise, never zero.

use parlance_domain::{Marks, Membership, Progress};
use parlance_proto::{ConversationId, ConversationSummary, Role, UserId};
use parlance_store::Level;

use crate::{Engine, Error, keys};

impl Engine {
    /// Adds the other side's marks to the rows of direct conversations. `peer_own` are the other side's latest
    /// messages, row by row.
    pub(in crate::cases) async fn add_peers(
        &self,
        user: UserId,
        rows: &mut [ConversationSummary],
        peer_own: &[u64],
    ) -> Result<(), Error> {
        self.0.receipts.hiding().fill(&self.0).await?;
        let peers: Vec<(usize, UserId)> = rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((at, peer(row.conversation_id, user)?)))
            .collect();
        let of = |at: usize| rows[at].conversation_id;
        let registers: Vec<_> = peers
            .iter()
            .flat_map(|(at, peer)| [keys::receipt(of(*at), *peer), keys::delivered(of(*at), *peer)])
            .collect();
        let registers = self.0.store.multi_get(&registers, Level::Serial).await?;
        let hiding = self.0.receipts.hiding().users();
        for ((at, peer), found) in peers.into_iter().zip(registers.chunks(2)) {
            let at_index = |row: &Option<parlance_store::Row>| row.as_ref().map_or(0, |row| row.version);
            let marks = Marks { read: at_index(&found[0]), delivered: at_index(&found[1]) };
            let unseen = hiding.contains(&user) || hiding.contains(&peer);
            let reached = marks.shown(&place(peer_own[at]), unseen);
            rows[at].peer_read_index = reached.read;
            rows[at].peer_delivered_index = Some(reached.delivered);
        }
        Ok(())
    }
}

/// The other side, if the conversation is a direct one with somebody else.
pub(in crate::cases) fn peer(conversation: ConversationId, user: UserId) -> Option<UserId> {
    conversation.peer_of(user).filter(|peer| *peer != user)
}

/// A place in a direct conversation by what its member wrote last.
fn place(own: u64) -> Membership {
    Membership {
        own_s: 0,
        role: Role::Member,
        joined: Progress::default(),
        visible_from: 1,
        own: Progress { index: own, ordinal: 0 },
    }
}
