//! Ballots as the owner keeps them: one a voter, a count a poll, and who chose each option.
//!
//! All rows of a ballot come with its entry in one commit, so the counts are those of the ballots at any moment. An
//! anonymous poll has no rows by option: nothing but the voter's own ballot says who chose what.

use bytes::Bytes;
use parlance_proto::{Body, ConversationId, Entry, UserId};
use parlance_store::{Family, Level, Put, RowKey, Write};

use crate::node::Node;
use crate::{Error, keys, rows};

/// A poll's count and the actor's ballot, as far as a vote needs.
#[derive(Default)]
pub(in crate::owner) struct HeldBallot {
    /// Who votes.
    user: u64,
    /// The count.
    tally: rows::TallyRow,
    /// The ballot; empty for none.
    own: rows::BallotRow,
}

impl HeldBallot {
    /// Reads what a vote of `user` needs.
    pub(in crate::owner) async fn read(
        node: &Node,
        conversation: ConversationId,
        target: u64,
        user: UserId,
    ) -> Result<HeldBallot, Error> {
        let partition = keys::ballots(conversation, target);
        let key = |key| RowKey { family: Family::Blind, partition: partition.clone(), key };
        let wanted = [key(keys::tally(target)), key(keys::ballot(target, user))];
        let found = node.store.multi_get(&wanted, Level::Serial).await?;
        let mut held = HeldBallot { user: user.0, ..HeldBallot::default() };
        if let Some(row) = &found[0] {
            held.tally = rows::decode(&row.value)?;
        }
        if let Some(row) = &found[1] {
            held.own = rows::decode(&row.value)?;
        }
        held.planted_vote_counted_twice(node);
        Ok(held)
    }

    #[cfg(feature = "planted")]
    fn planted_vote_counted_twice(&mut self, node: &Node) {
        if node.options.planted == Some(crate::Planted::VoteCountedTwice) {
            self.own = rows::BallotRow::default();
        }
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_vote_counted_twice(&mut self, _: &Node) {}

    /// What the actor has chosen so far.
    pub(in crate::owner) fn options(&self) -> Vec<u32> {
        self.own.options.clone()
    }

    /// The rows of another ballot in the place of the actor's; `index` is that of its entry.
    pub(in crate::owner) fn cast(
        &self,
        conversation: ConversationId,
        poll: &Entry,
        index: u64,
        options: &[u32],
    ) -> Vec<Write> {
        let partition = keys::ballots(conversation, poll.index);
        let Body::Poll(asked) = &poll.body else { return Vec::new() };
        let ballot = rows::BallotRow { user: self.user, options: options.to_vec(), index };
        let put = |key, value| Write::Put { partition: partition.clone(), put: Put::new(key, value) };
        let delete = |key| Write::Delete { partition: partition.clone(), key };
        let mut writes: Vec<Write> = Vec::new();
        if !self.own.options.is_empty() {
            writes.extend(ballot_keys(poll.index, &self.own).into_iter().map(delete));
        }
        if !options.is_empty() {
            let value = rows::encode(&ballot);
            let mut keys = ballot_keys(poll.index, &ballot);
            if asked.anonymous {
                keys.truncate(1);
            }
            writes.extend(keys.into_iter().map(|key| put(key, value.clone())));
        }
        writes.push(put(keys::tally(poll.index), rows::encode(&self.counted(asked.options.len(), options))));
        writes
    }

    /// The count with another ballot in the place of the actor's.
    fn counted(&self, options: usize, now: &[u32]) -> rows::TallyRow {
        let mut tally = self.tally.clone();
        tally.counts.resize(options, 0);
        let mut add = |chosen: &[u32], by: i64| {
            for option in chosen {
                if let Some(count) = tally.counts.get_mut(*option as usize) {
                    *count = count.saturating_add_signed(by);
                }
            }
            tally.voters = tally.voters.saturating_add_signed(if chosen.is_empty() { 0 } else { by });
        };
        add(&self.own.options, -1);
        add(now, 1);
        tally
    }
}

/// The keys under which a ballot stands, the voter's own first.
pub(super) fn ballot_keys(target: u64, ballot: &rows::BallotRow) -> Vec<Bytes> {
    let by_option = |option: &u32| keys::vote(target, *option, ballot.index);
    std::iter::once(keys::ballot(target, UserId(ballot.user)))
        .chain(ballot.options.iter().map(by_option))
        .collect()
}
