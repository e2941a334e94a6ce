//! What a direct conversation's row says of the other side: whether it is a request, how far messages reached the
//! other and what the other has read.
//!
//! Marks are shown only to those who are welcome, and reads only if neither side hides its own. What is not shown is
//! absent, never zero; to somebody who was blocked the marks stand still.

use parlance_domain::{HiddenRange, Marks, Membership, OwnView, Progress, welcome};
use parlance_proto::{ConversationId, ConversationSummary, Role, UserId, limits};
use parlance_store::{Family, Level, Row, RowKey};

use super::privacy::privacy_in;
use super::relations::{relation_in, row_key, side};
use crate::cases::conversations::view::{self, view_of};
use crate::{Engine, Error, keys, rows};

/// The latest messages of both sides of a direct conversation.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::cases) struct Wrote {
    /// The reader's own.
    pub own: u64,
    /// The other's.
    pub peer: u64,
}

/// Rows looked at for one conversation.
const ROWS: usize = 6;

/// How far the other side got: the highest index read and delivered, as far as they are shown.
type Marked = (Option<u64>, Option<u64>);

impl Engine {
    /// Adds what there is to say of the other side to the rows of direct conversations; `wrote` goes row by row.
    pub(in crate::cases) async fn add_peers(
        &self,
        user: UserId,
        rows: &mut [ConversationSummary],
        wrote: &[Wrote],
    ) -> Result<(), Error> {
        self.0.receipts.hiding().fill(&self.0).await?;
        let peers: Vec<(usize, UserId)> = rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((at, peer(row.conversation_id, user)?)))
            .collect();
        let mut wanted = vec![privacy_key(user)];
        for (at, peer) in &peers {
            wanted.extend(wanted_rows(rows[*at].conversation_id, user, *peer));
        }
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let open = privacy_in(found[0].as_ref().map(|row| &row.value))?.open_to_anyone;
        for ((at, peer), found) in peers.into_iter().zip(found[1..].chunks(ROWS)) {
            let own = relation_in(found[5].as_ref().map(|row| &row.value))?;
            let is_welcome = welcome(side(&own), own.accepted, open, wrote[at].own > 0);
            rows[at].request = wrote[at].peer > 0 && !is_welcome && own.blocked_ms == 0;
            // How far the blocked are would tell that they write.
            (rows[at].peer_read_index, rows[at].peer_delivered_index) =
                if own.blocked_ms == 0 { self.marked((user, peer), found, wrote[at])? } else { (None, None) };
        }
        Ok(())
    }

    /// How far `peer` is in the eyes of `user`, from the rows of `wanted_rows`.
    fn marked(
        &self,
        (user, peer): (UserId, UserId),
        found: &[Option<Row>],
        wrote: Wrote,
    ) -> Result<Marked, Error> {
        let at_index = |row: &Option<Row>| row.as_ref().map_or(0, |row| row.version);
        let regard = relation_in(found[2].as_ref().map(|row| &row.value))?;
        let privacy = privacy_in(found[3].as_ref().map(|row| &row.value))?;
        let view = view_of(found[4].as_ref().map(|row| &row.value))?;
        let hides = {
            let hiding = self.0.receipts.hiding().users();
            hiding.contains(&user) || hiding.contains(&peer)
        };
        if regard.blocked_ms != 0 {
            let read = view.frozen_read.checked_sub(1).filter(|_| !hides);
            return Ok((read, view.frozen_delivered.checked_sub(1)));
        }
        if !welcome(side(&regard), regard.accepted, privacy.open_to_anyone, wrote.peer > 0) {
            return Ok((None, None));
        }
        let marks = Marks { read: at_index(&found[0]), delivered: at_index(&found[1]) };
        let reached = marks.shown(&place(wrote.peer), hides);
        Ok((reached.read, Some(reached.delivered)))
    }

    /// How far `of` is in the eyes of `viewer`.
    pub(crate) async fn marks_shown_to(
        &self,
        viewer: UserId,
        of: UserId,
        conversation: ConversationId,
    ) -> Result<Marked, Error> {
        self.0.receipts.hiding().fill(&self.0).await?;
        let wrote = self.wrote(viewer, conversation).await?;
        let found = self.0.store.multi_get(&wanted_rows(conversation, viewer, of), Level::Serial).await?;
        self.marked((viewer, of), &found, wrote)
    }

    /// Whether both sides of a direct conversation want to hear of each other now: neither blocks, both are welcome.
    pub(crate) async fn on_terms(&self, user: UserId, conversation: ConversationId) -> Result<bool, Error> {
        let Some(peer) = peer(conversation, user) else { return Ok(true) };
        let wrote = self.wrote(user, conversation).await?;
        let mut regards = self.regards(&[peer], user).await?;
        regards.extend(self.regards(&[user], peer).await?);
        let on_terms = regards.iter().zip([wrote.peer, wrote.own]).all(|(regard, wrote)| {
            let side = side(&regard.relation);
            !side.blocked && welcome(side, regard.relation.accepted, regard.privacy.open_to_anyone, wrote > 0)
        });
        Ok(on_terms)
    }

    async fn wrote(&self, user: UserId, conversation: ConversationId) -> Result<Wrote, Error> {
        let shared = crate::owner::shared(&self.0, conversation).await?;
        let state = shared.state();
        let own = |place: Option<&Membership>| place.map_or(0, |place| place.own.index);
        Ok(Wrote { own: own(state.member(user)), peer: own(state.peer(user)) })
    }
}

/// The rows that say what `user` may know of `peer`, and at the end what `peer` is to `user`.
fn wanted_rows(conversation: ConversationId, user: UserId, peer: UserId) -> [RowKey; ROWS] {
    [
        keys::receipt(conversation, peer),
        keys::delivered(conversation, peer),
        row_key(peer, user),
        privacy_key(peer),
        view::key(peer, conversation),
        row_key(user, peer),
    ]
}

fn privacy_key(user: UserId) -> RowKey {
    RowKey { family: Family::Fenced, partition: keys::user(user), key: keys::PRIVACY }
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

/// What stays out of sight while the other side is blocked: it has a beginning and no end yet.
pub(in crate::cases) fn open_stretch(view: &OwnView) -> Option<&HiddenRange> {
    view.hidden.last().filter(|range| range.to == limits::OPEN_END)
}

/// Which sides of a direct conversation have blocked the other, read when its owner loads.
pub(crate) async fn blocks(node: &crate::node::Node, conversation: ConversationId) -> Result<u8, Error> {
    let Some(wanted) = relations_of(conversation) else { return Ok(0) };
    blocks_in(&node.store.multi_get(&wanted, Level::Serial).await?)
}

/// The rows that say whether a side of a direct conversation has blocked the other.
pub(crate) fn relations_of(conversation: ConversationId) -> Option<[RowKey; 2]> {
    match conversation {
        ConversationId::Direct(one, other) if one != other => {
            Some([row_key(one, other), row_key(other, one)])
        }
        _ => None,
    }
}

/// What these rows say, as bits: the lower id's is 1, the higher one's 2.
pub(crate) fn blocks_in(found: &[Option<Row>]) -> Result<u8, Error> {
    let mut bits = 0;
    for (bit, row) in [1, 2].into_iter().zip(found) {
        let row: rows::RelationRow = relation_in(row.as_ref().map(|row| &row.value))?;
        bits |= if row.blocked_ms == 0 { 0 } else { bit };
    }
    Ok(bits)
}
