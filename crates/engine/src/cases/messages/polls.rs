//! Polls: voting, closing, and reading how they stand.
//!
//! A page without polls costs nothing more; one with polls one look at their counts and the reader's own ballots.

use std::collections::BTreeMap;

use parlance_domain::{Command, MessageRefusal, Rejection};
use parlance_proto::{
    Accepted, Body, ClosePoll, ConversationId, Details, Entry, ListVoters, Poll, Tally, UserId, VotePoll,
    Voter, VoterPage,
};
use parlance_store::{Bound, Family, Level, Range, RowKey};

use super::filled::Reader;
use crate::cases::page_size;
use crate::{Caller, Engine, Error, keys, rows};

/// A direct conversation has so many voters.
const BOTH: usize = 2;

impl Engine {
    /// Votes in a poll. Repeating it changes nothing.
    pub async fn vote_poll(&self, caller: Caller, input: VotePoll) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Vote(input.index, input.options)).await
    }

    /// Closes a poll. Repeating it changes nothing.
    pub async fn close_poll(&self, caller: Caller, input: ClosePoll) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::ClosePoll(input.index)).await
    }

    /// A page of those who chose an option of a poll.
    pub async fn list_voters(&self, caller: Caller, input: ListVoters) -> Result<VoterPage, Error> {
        let limit = page_size(input.limit)?;
        let (conversation, target) = (input.conversation_id, input.index);
        let window = self.window(caller, conversation).await?;
        let poll = match self.several(caller, conversation, &[target]).await?.pop().map(|entry| entry.body) {
            Some(Body::Poll(poll)) => poll,
            Some(body) if body.is_message() && !matches!(body, Body::Gone { .. }) => {
                return Err(MessageRefusal::NotAPoll.into());
            }
            _ => return Err(Rejection::NoMessage.into()),
        };
        if poll.anonymous {
            return Err(MessageRefusal::AnonymousPoll.into());
        }
        self.member_of(caller, conversation).await?.state().check_list_members(caller.user)?;
        let option = input.option;
        if option as usize >= poll.options.len() {
            return Err(MessageRefusal::NoSuchOption(poll.options.len() - 1).into());
        }
        let range = Range {
            family: Family::Blind,
            partition: keys::ballots(conversation, target),
            from: Bound::Excluded(keys::vote(target, option, input.after.unwrap_or(0))),
            to: Bound::Included(keys::vote(target, option, u64::MAX)),
            limit,
            reverse: false,
        };
        let found = self.0.store.range(range, Level::Serial).await?;
        let reader = window.reader(caller, conversation);
        let (mut voters, mut last) = (Vec::with_capacity(found.len()), None);
        for row in &found {
            let ballot: rows::BallotRow = rows::decode(&row.value)?;
            last = Some(ballot.index);
            if reader.counts(&ballot) {
                voters.push(Voter { user_id: UserId(ballot.user), index: ballot.index });
            }
        }
        Ok(VoterPage { voters, next: last.filter(|_| found.len() == limit) })
    }

    /// Adds to the polls among the entries of a page how they stand.
    pub(super) async fn fill_tallies(&self, reader: Reader<'_>, entries: &mut [Entry]) -> Result<(), Error> {
        let is_poll = |entry: &&Entry| matches!(entry.body, Body::Poll(_));
        let polls: Vec<u64> = entries.iter().filter(is_poll).map(|entry| entry.index).collect();
        if polls.is_empty() {
            return Ok(());
        }
        let mut tallies = match reader.conversation {
            ConversationId::Direct(..) => self.tallies_of_both(reader, &polls).await?,
            ConversationId::Group(_) => self.tallies(reader, &polls).await?,
        };
        for entry in entries {
            let Body::Poll(Poll { options, .. }) = &entry.body else { continue };
            let Some(mut tally) = tallies.remove(&entry.index) else { continue };
            tally.counts.resize(options.len(), 0);
            entry.details.get_or_insert_with(Box::<Details>::default).tally = Some(Box::new(tally));
        }
        Ok(())
    }

    /// How some polls stand, as they were counted.
    async fn tallies(&self, reader: Reader<'_>, polls: &[u64]) -> Result<BTreeMap<u64, Tally>, Error> {
        let row = |target: u64, key| RowKey {
            family: Family::Blind,
            partition: keys::ballots(reader.conversation, target),
            key,
        };
        let wanted: Vec<RowKey> = polls
            .iter()
            .flat_map(|poll| [row(*poll, keys::tally(*poll)), row(*poll, keys::ballot(*poll, reader.user))])
            .collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let mut tallies = BTreeMap::new();
        for (poll, rows) in polls.iter().zip(found.chunks(2)) {
            let Some(row) = &rows[0] else { continue };
            let counted: rows::TallyRow = rows::decode(&row.value)?;
            let mine = match &rows[1] {
                Some(row) => rows::decode::<rows::BallotRow>(&row.value)?.options,
                None => Vec::new(),
            };
            if counted.voters > 0 {
                tallies.insert(*poll, Tally { counts: counted.counts, voters: counted.voters, mine });
            }
        }
        Ok(tallies)
    }

    /// How some polls of a direct conversation stand for one side, who may have blocked the other.
    async fn tallies_of_both(
        &self,
        reader: Reader<'_>,
        polls: &[u64],
    ) -> Result<BTreeMap<u64, Tally>, Error> {
        let mut tallies = BTreeMap::new();
        for poll in polls {
            let partition = keys::ballots(reader.conversation, *poll);
            let range = Range::prefix(Family::Blind, partition, &keys::ballot_prefix(*poll), BOTH);
            let mut tally = Tally::default();
            for row in self.0.store.range(range, Level::Serial).await? {
                let ballot: rows::BallotRow = rows::decode(&row.value)?;
                if reader.counts(&ballot) {
                    count(&mut tally, &ballot, reader.user);
                }
            }
            if tally.voters > 0 {
                tallies.insert(*poll, tally);
            }
        }
        Ok(tallies)
    }
}

impl Reader<'_> {
    /// Whether a ballot counts for this reader: to who has blocked the other side, nothing of theirs shows.
    fn counts(&self, ballot: &rows::BallotRow) -> bool {
        ballot.user == self.user.0 || ballot.index <= self.shown.end()
    }
}

fn count(tally: &mut Tally, ballot: &rows::BallotRow, reader: UserId) {
    tally.voters += 1;
    for option in &ballot.options {
        let at = *option as usize;
        tally.counts.resize(tally.counts.len().max(at + 1), 0);
        tally.counts[at] += 1;
    }
    if ballot.user == reader.0 {
        tally.mine.clone_from(&ballot.options);
    }
}
