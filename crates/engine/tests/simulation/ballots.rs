//! What a device does with polls: it asks, votes, votes anew, and closes; and whether the counts in the end are those of votes
//! that may have been the last.

use std::collections::BTreeMap;

use parlance_proto::{Body, ClosePoll, Content, ConversationId, Entry, Poll, SendMessage, UserId, VotePoll};

use crate::device::{Device, TRIES};
use crate::history::{Outcome, Touch, TouchKind};

/// Options of every poll.
const OPTIONS: u64 = 3;
/// Polls are asked for the last of so many entries.
const NEAR: u64 = 40;

impl Device {
    /// Asks something.
    pub(crate) async fn ask(&mut self) {
        let Some(conversation) = self.any_conversation() else { return };
        let dice = &self.world.dice;
        let options = (0..OPTIONS).map(|number| number.to_string()).collect();
        let (multiple, anonymous) = (dice.per_mille(300), dice.per_mille(300));
        let poll = Poll { question: "Which?".to_owned(), options, multiple, anonymous, closes_ms: None };
        let id = format!("p{}-{}", self.number, dice.below(1_000_000_000));
        let input =
            SendMessage { content: Some(Content::Poll(poll)), ..SendMessage::text(conversation, id, "") };
        if let Outcome::Ok(index) = self.insist(input, TRIES).await {
            self.world.history.asked(conversation, index);
        }
    }

    /// Votes in a poll, or closes it.
    pub(crate) async fn vote(&self) {
        let dice = &self.world.dice;
        let polls = self.world.history.polls();
        let recent = &polls[polls.len().saturating_sub(NEAR as usize)..];
        let Some((conversation_id, index)) = dice.pick(recent).copied() else { return };
        if dice.per_mille(50) {
            let done = self.engine().0.close_poll(self.me(), ClosePoll { conversation_id, index }).await;
            return self.world.history.note(&format!("close {}", done.is_ok()));
        }
        let options = match dice.below(5) {
            0 => Vec::new(),
            1 => vec![0, 2],
            _ => vec![dice.below(OPTIONS) as u32],
        };
        let touch = Touch {
            conversation: conversation_id,
            index,
            kind: TouchKind::Vote(self.me().user, options.clone()),
            invoked: self.world.history.tick(),
            ended: u64::MAX,
            outcome: Outcome::Unknown,
        };
        let place = self.world.history.touch(touch);
        let input = VotePoll { conversation_id, index, options };
        let outcome = self
            .persist(|| {
                let (engine, _) = self.engine();
                let (me, input) = (self.me(), input.clone());
                async move { engine.vote_poll(me, input).await }
            })
            .await;
        self.world.history.touched(place, outcome);
    }
}

/// A poll's counts are those of one ballot a user, each one that may have been the last.
pub fn check_polls(conversation: ConversationId, log: &[Entry], touches: &[Touch], wrong: &mut Vec<String>) {
    for entry in log.iter().filter(|entry| matches!(entry.body, Body::Poll(_))) {
        let shown = entry.details.as_ref().and_then(|details| details.tally.as_deref());
        let shown =
            shown.map_or((vec![0; OPTIONS as usize], 0), |tally| (tally.counts.clone(), tally.voters));
        let mut votes: BTreeMap<UserId, Vec<&Touch>> = BTreeMap::new();
        for touch in
            touches.iter().filter(|touch| (touch.conversation, touch.index) == (conversation, entry.index))
        {
            if let TouchKind::Vote(user, _) = &touch.kind
                && !matches!(touch.outcome, Outcome::Failed(_))
            {
                votes.entry(*user).or_default().push(touch);
            }
        }
        let last: Vec<Vec<&[u32]>> = votes.values().map(|votes| may_be_last(votes)).collect();
        let mut sums = vec![(vec![0; OPTIONS as usize], 0)];
        for ballots in &last {
            sums = sums.iter().flat_map(|sum| ballots.iter().map(|ballot| with(sum, ballot))).collect();
            sums.sort_unstable();
            sums.dedup();
        }
        if !sums.contains(&shown) {
            let at = entry.index;
            wrong.push(format!(
                "{conversation}: the poll {at} shows {shown:?}, its votes make one of {sums:?}"
            ));
        }
    }
}

/// The ballots that may stand in the end: those that no acknowledged later one has replaced, and none at all if none is
/// acknowledged.
fn may_be_last<'a>(votes: &[&'a Touch]) -> Vec<&'a [u32]> {
    let acknowledged = |vote: &&&Touch| matches!(vote.outcome, Outcome::Ok(_));
    let replaced = |ended: u64| votes.iter().filter(acknowledged).any(|vote| vote.invoked > ended);
    let standing = votes.iter().filter(|vote| !replaced(vote.ended));
    let mut last: Vec<&[u32]> = standing
        .filter_map(|vote| match &vote.kind {
            TouchKind::Vote(_, options) => Some(&options[..]),
            _ => None,
        })
        .collect();
    if !votes.iter().any(|vote| acknowledged(&vote)) {
        last.push(&[]);
    }
    last
}

fn with((counts, voters): &(Vec<u64>, u64), ballot: &[u32]) -> (Vec<u64>, u64) {
    let mut counts = counts.clone();
    ballot.iter().for_each(|option| counts[*option as usize] += 1);
    (counts, voters + u64::from(!ballot.is_empty()))
}
