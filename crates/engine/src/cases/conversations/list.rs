//! The conversation list, in an order that the server keeps.
//!
//! A page is read only after the reader's inbox is up to date, so nobody misses what this node answered before.

use std::collections::BTreeSet;

use futures_util::{StreamExt, TryStreamExt, stream};
use parlance_domain::{Rejection, holds};
use parlance_proto::{
    ConversationId, ConversationKind, ConversationSummary, Conversations, Folder, ListConversations,
    ListFilter, UserId,
};
use parlance_store::{Bound, Family, Level, Range, RowKey};

use super::summary::Facts;
use crate::cases::page_size;
use crate::{Caller, Engine, Error, keys, owner, rows};

/// Stretches of the list looked at for one page of a filter: a page may be short, and still not be the last.
const LOOKS_MAX: usize = 20;
/// Most large groups of one user.
const LARGE_GROUPS: usize = 500;

/// Large groups looked at in the log at the same time.
const LOOKS_AT_ONCE: usize = 16;

/// A page in the making.
struct Page {
    rows: Vec<ConversationSummary>,
    /// Where to read on; none at the end of the list, and before the beginning.
    next: Option<u64>,
    /// Rows wanted.
    limit: usize,
}

/// Which rows of the list are wanted.
struct Wanted {
    filter: Option<ListFilter>,
    folder: Option<Folder>,
}

impl Wanted {
    fn is_everything(&self) -> bool {
        self.filter.is_none() && self.folder.is_none()
    }

    fn takes(&self, row: &ConversationSummary) -> bool {
        let unread = row.unread > 0 || row.marked_unread;
        let archived = row.personal.as_ref().is_some_and(|personal| personal.archived);
        let filtered = match self.filter {
            None => true,
            Some(ListFilter::Inbox) => !archived && !row.request,
            Some(ListFilter::Requests) => row.request,
            Some(ListFilter::Unread) => unread,
            Some(ListFilter::Groups) => row.kind != ConversationKind::Direct,
            Some(ListFilter::Direct) => row.kind == ConversationKind::Direct,
            Some(ListFilter::Archived) => archived,
        };
        let in_folder = |folder: &Folder| holds(folder, row.conversation_id, row.kind, unread);
        !row.deleted && filtered && self.folder.as_ref().is_none_or(in_folder)
    }
}

impl Engine {
    /// A page of the caller's conversations. The first has the pinned ones on top, in their order; the others follow by
    /// latest activity. Large groups have no row in the order; they are all on the first page, at their place by time.
    pub async fn list_conversations(
        &self,
        caller: Caller,
        input: ListConversations,
    ) -> Result<Conversations, Error> {
        let limit = page_size(input.limit)?;
        let before = input.after.as_deref().map(str::parse::<u64>).transpose();
        let before = before.map_err(|_| Rejection::BadPage)?;
        let wanted = self.wanted(caller.user, &input).await?;
        let lacking = self.settle_inbox(caller.user).await?;
        let pins = self.pins(caller.user).await?;
        let mut page = Page { rows: Vec::new(), next: before, limit };
        for _ in 0..LOOKS_MAX {
            let full = self
                .read_on(caller.user, &mut page, &wanted, |id| !lacking.contains(&id) && !pins.contains(&id));
            if !full.await? || wanted.is_everything() || page.rows.len() >= limit {
                break;
            }
        }
        let mut conversations = page.rows;
        if before.is_none() {
            conversations.extend(
                self.top(caller.user, &pins, &lacking).await?.into_iter().filter(|row| wanted.takes(row)),
            );
            let pin = |row: &ConversationSummary| row.personal.as_ref().and_then(|personal| personal.pinned);
            conversations
                .sort_by_key(|row| (pin(row).unwrap_or(u32::MAX), std::cmp::Reverse(row.activity_ms)));
        }
        Ok(Conversations { conversations, next: page.next.map(|place| place.to_string()) })
    }

    /// Reads the next rows in the order of activity and keeps those wanted, up to the limit. False at the end of the list.
    async fn read_on(
        &self,
        user: UserId,
        page: &mut Page,
        wanted: &Wanted,
        here: impl Fn(ConversationId) -> bool,
    ) -> Result<bool, Error> {
        let listed = self.listed(user, page.next, page.limit).await?;
        let full = listed.len() == page.limit;
        let end = listed.last().map(|(place, _)| *place);
        let found = listed.into_iter().filter_map(|(place, facts)| Some((place, facts?)));
        let (places, facts): (Vec<u64>, Vec<Facts>) =
            found.filter(|(_, facts)| here(facts.conversation)).unzip();
        let rows = self.complete(user, facts).await?;
        page.next = end.filter(|_| full);
        for (place, row) in places.into_iter().zip(rows).filter(|(_, row)| wanted.takes(row)) {
            page.rows.push(row);
            if page.rows.len() == page.limit && end != Some(place) {
                page.next = Some(place);
                break;
            }
        }
        Ok(full)
    }

    /// What stands on the first page beside the order: pinned conversations, large groups, and those of which the inbox
    /// lacks something.
    async fn top(
        &self,
        user: UserId,
        pins: &[ConversationId],
        lacking: &BTreeSet<ConversationId>,
    ) -> Result<Vec<ConversationSummary>, Error> {
        let (mut facts, _) = self.resolve(user, pins.iter().copied().collect()).await?;
        let large = self.large_groups(user).await?;
        facts.retain(|pinned| large.iter().all(|other| other.conversation != pinned.conversation));
        facts.extend(large);
        self.refresh(user, &mut facts, lacking).await?;
        self.complete(user, facts).await
    }

    /// What the list is asked for.
    async fn wanted(&self, user: UserId, input: &ListConversations) -> Result<Wanted, Error> {
        let folder = match &input.folder_id {
            Some(folder_id) => Some(self.folder(user, folder_id).await?),
            None => None,
        };
        Ok(Wanted { filter: input.filter, folder })
    }

    /// Returns when the inbox of `user` holds all that was committed before the call. While the disk is full some
    /// conversations are lacking in it; those must be asked of their owners.
    pub(in crate::cases) async fn settle_inbox(
        &self,
        user: UserId,
    ) -> Result<BTreeSet<ConversationId>, Error> {
        // What was acknowledged here and committed elsewhere may not be in anybody's inbox yet.
        for echo in self.0.lanes.echoes.of(user) {
            owner::followed_up(&self.0, echo.0).await?;
            self.0.lanes.echoes.forget(user, echo);
        }
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
            let shared = owner::current(&self.0, *conversation).await?;
            match Facts::from_state(&shared.state(), user) {
                Some(found) => facts.push(found),
                None => removed.push(*conversation),
            }
        }
        Ok(removed)
    }

    /// Rows of the list below a place in the order, each with its place.
    async fn listed(
        &self,
        user: UserId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, Option<Facts>)>, Error> {
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
        let listed = places.into_iter().zip(conversations.into_iter().zip(rows));
        listed
            // Who left between the two reads has no row any more.
            .map(|(place, (id, row))| Ok((place, row.map(|row| Facts::from_row(id, row)).transpose()?)))
            .collect()
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
        let rows = self.0.store.range(range, Level::Serial).await?;
        let conversation = |row: &parlance_store::Row| {
            let conversation = keys::parse_conversation(&row.key[keys::LARGE_GROUP_PREFIX.len()..]);
            conversation.ok_or_else(|| Error::corrupt("a large group's key"))
        };
        let groups = rows.iter().map(conversation).collect::<Result<Vec<ConversationId>, Error>>()?;
        let looks = groups.into_iter().map(|group| owner::current(&self.0, group));
        let groups: Vec<_> = stream::iter(looks).buffered(LOOKS_AT_ONCE).try_collect().await?;
        let facts = groups.iter().filter_map(|shared| Facts::from_state(&shared.state(), user)).collect();
        Ok(facts)
    }
}
