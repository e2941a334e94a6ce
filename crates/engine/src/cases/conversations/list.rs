//! The conversation list, in an order that the server keeps.
//!
//! A page is read only after the reader's inbox is up to date, so nobody misses what was answered before.

use std::collections::BTreeSet;

use parlance_domain::Rejection;
use parlance_proto::{ConversationId, Conversations, ListConversations, UserId};
use parlance_store::{Bound, Family, Level, Range, RowKey};

use super::summary::Facts;
use crate::cases::page_size;
use crate::{Caller, Engine, Error, keys, owner, rows};

/// Most large groups of one user.
const LARGE_GROUPS: usize = 500;

impl Engine {
    /// A page of the caller's conversations, latest activity first. Large groups have no row in the order; they are all
    /// on the first page, at their place by time.
    pub async fn list_conversations(
        &self,
        caller: Caller,
        input: ListConversations,
    ) -> Result<Conversations, Error> {
        let limit = page_size(input.limit)?;
        let before = input.after.as_deref().map(str::parse::<u64>).transpose();
        let before = before.map_err(|_| Rejection::BadPage)?;
        let lacking = self.settle_inbox(caller.user).await?;
        let (orders, mut facts) = self.listed(caller.user, before, limit).await?;
        facts.retain(|facts| !lacking.contains(&facts.conversation));
        if before.is_none() {
            facts.extend(self.large_groups(caller.user).await?);
            self.refresh(caller.user, &mut facts, &lacking).await?;
        }
        let mut conversations = self.complete(caller.user, facts).await?;
        if before.is_none() {
            conversations.sort_by_key(|row| std::cmp::Reverse(row.activity_ms));
        }
        let next = orders.last().filter(|_| orders.len() == limit).map(u64::to_string);
        Ok(Conversations { conversations, next })
    }

    /// Returns when the inbox of `user` holds all that was committed before the call. While the disk is full some
    /// conversations are lacking in it; those must be asked of their owners.
    pub(in crate::cases) async fn settle_inbox(
        &self,
        user: UserId,
    ) -> Result<BTreeSet<ConversationId>, Error> {
        let stopping = self.0.tasks.stopping();
        let settled = tokio::select! {
            biased;
            settled = self.0.inbox.settle(user) => settled,
            () = stopping => Err(Error::Busy),
        };
        match settled {
            Ok(()) => Ok(BTreeSet::new()),
            Err(Error::Store(parlance_store::Error::Full)) => Ok(self.0.inbox.lacking(user)),
            Err(error) => Err(error),
        }
    }

    /// Puts what the owners know of `lacking` conversations in the place of what stands in the inbox; answers those
    /// that the user is no longer in.
    pub(in crate::cases) async fn refresh(
        &self,
        user: UserId,
        facts: &mut Vec<Facts>,
        lacking: &BTreeSet<ConversationId>,
    ) -> Result<Vec<ConversationId>, Error> {
        facts.retain(|facts| !lacking.contains(&facts.conversation));
        let mut removed = Vec::new();
        for conversation in lacking {
            let shared = owner::shared(&self.0, *conversation).await?;
            match Facts::from_state(&shared.state(), user) {
                Some(found) => facts.push(found),
                None => removed.push(*conversation),
            }
        }
        Ok(removed)
    }

    /// Rows of the list below a place in the order, and their places.
    async fn listed(
        &self,
        user: UserId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<(Vec<u64>, Vec<Facts>), Error> {
        let range = Range {
            family: Family::Fenced,
            partition: keys::user(user),
            from: Bound::Included(keys::order(0)),
            to: Bound::Excluded(keys::order(before.unwrap_or(u64::MAX))),
            limit,
            reverse: true,
        };
        let order = self.0.store.range(range, Level::Serial).await?;
        let mut places = Vec::with_capacity(order.len());
        let mut conversations = Vec::with_capacity(order.len());
        for row in &order {
            places.push(keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a key of the list"))?);
            let conversation = keys::parse_conversation(&row.value);
            conversations.push(conversation.ok_or_else(|| Error::corrupt("a row of the order"))?);
        }
        let rows = self.list_rows(user, &conversations).await?;
        let facts = conversations.into_iter().zip(rows);
        let facts = facts.filter_map(|(id, row)| Some(Facts::from_row(id, row?)));
        Ok((places, facts.collect::<Result<_, _>>()?))
    }

    /// The list's rows of some conversations.
    pub(in crate::cases) async fn list_rows(
        &self,
        user: UserId,
        conversations: &[ConversationId],
    ) -> Result<Vec<Option<rows::ListRow>>, Error> {
        let partition = keys::user(user);
        let wanted: Vec<RowKey> = conversations
            .iter()
            .map(|id| RowKey { family: Family::Fenced, partition: partition.clone(), key: keys::listed(*id) })
            .collect();
        let rows = self.0.store.multi_get(&wanted, Level::Serial).await?;
        rows.into_iter().map(|row| row.map(|row| rows::decode(&row.value)).transpose()).collect()
    }

    /// The large groups a user is in.
    pub(in crate::cases) async fn large_groups(&self, user: UserId) -> Result<Vec<Facts>, Error> {
        let range =
            Range::prefix(Family::Blind, keys::personal(user), keys::LARGE_GROUP_PREFIX, LARGE_GROUPS);
        let mut facts = Vec::new();
        for row in self.0.store.range(range, Level::Serial).await? {
            let conversation = keys::parse_conversation(&row.key[keys::LARGE_GROUP_PREFIX.len()..]);
            let conversation = conversation.ok_or_else(|| Error::corrupt("a large group's key"))?;
            let shared = owner::shared(&self.0, conversation).await?;
            facts.extend(Facts::from_state(&shared.state(), user));
        }
        Ok(facts)
    }
}
