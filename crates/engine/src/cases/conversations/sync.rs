//! Catching up: what changed for a user since a user index, as conversations, never as a replay.
//!
//! A cursor that this server cannot vouch for is answered with a reset; nothing before the cursor is left
//! out.

use std::collections::BTreeSet;
use std::time::Duration;

use parlance_proto::{Changes, ConversationId, Sync, Topic, UserId, limits};
use parlance_store::{Bound, Family, Level, Range, Row};

use super::summary::Facts;
use crate::cases::page_size;
use crate::known::Head;
use crate::{Caller, Engine, Error, keys, owner, rows};

/// The slot of a long poll's connection: nobody reads what it hears.
const NO_SLOT: usize = 0;

/// The inbox rows after a cursor, by conversation.
struct Difference {
    /// The user index after these rows.
    cursor: u64,
    /// Whose conversations changed.
    conversations: BTreeSet<ConversationId>,
    /// The user's own collections that changed.
    topics: BTreeSet<Topic>,
}

impl Engine {
    /// What changed since the caller's cursor; waits for a change if asked to.
    pub async fn sync(&self, caller: Caller, input: Sync) -> Result<Changes, Error> {
        let limit = page_size(input.limit)?;
        let wait_ms = input.wait_ms.unwrap_or(0).min(limits::LONG_POLL_MAX_MS);
        // Listening starts before looking, so that nothing falls in between.
        let listening = (wait_ms > 0).then(|| self.attach(caller, NO_SLOT));
        let changes = self.changes(caller.user, input.since, limit).await?;
        let Some(connection) = listening.filter(|_| is_empty(&changes)) else { return Ok(changes) };
        let wait = tokio::time::timeout(Duration::from_millis(u64::from(wait_ms)), connection.ready());
        let stopping = self.0.tasks.stopping();
        tokio::select! {
            biased;
            () = stopping => return Ok(changes),
            timed_out = wait => if timed_out.is_err() { return Ok(changes) },
        }
        // What woke it may be the end of the session.
        self.check_session(caller).await?;
        self.changes(caller.user, input.since, limit).await
    }

    /// The durable head of a user's inbox.
    pub async fn user_index(&self, user: UserId) -> Result<u64, Error> {
        match self.known_head(user) {
            Some(head) => Ok(head.index),
            None => Ok(self.inbox_head(user).await?.head),
        }
    }

    /// The head of a user's inbox, if this node knows it without asking: where others write too it cannot.
    pub(in crate::cases) fn known_head(&self, user: UserId) -> Option<Head> {
        if self.0.options.alone { self.0.known.heads.of(user) } else { None }
    }

    /// Notes what the store said of the head of a user's inbox.
    pub(in crate::cases) fn learn_head(
        &self,
        user: UserId,
        row: Option<Row>,
    ) -> Result<rows::InboxHead, Error> {
        let head: rows::InboxHead = row.map(|row| rows::decode(&row.value)).transpose()?.unwrap_or_default();
        self.0.known.heads.read(user, Head { index: head.head, lean: false });
        Ok(head)
    }

    async fn inbox_head(&self, user: UserId) -> Result<rows::InboxHead, Error> {
        self.learn_head(user, self.0.store.get(&keys::inbox_head(user), Level::Serial).await?)
    }

    async fn changes(&self, user: UserId, since: Option<u64>, limit: usize) -> Result<Changes, Error> {
        let lacking = self.settle_inbox(user).await?;
        let missed_nothing = |head: Head| lacking.is_empty() && head.lean && since == Some(head.index);
        if let Some(head) = self.known_head(user).filter(|head| missed_nothing(*head)) {
            return Ok(unchanged(head.index));
        }
        let inbox = self.inbox_head(user).await?;
        // What belongs to a head holds as long as that is the head, whoever writes.
        let known = self.0.known.heads.of(user).filter(|known| known.index == inbox.head);
        if let Some(head) = known.filter(|head| missed_nothing(*head)) {
            return Ok(unchanged(head.index));
        }
        let usable = since.filter(|since| *since <= inbox.head && since.saturating_add(1) >= inbox.floor);
        let Some(since) = usable else {
            return Ok(Changes {
                user_index: inbox.head,
                reset: true,
                more: false,
                changed: Vec::new(),
                removed: Vec::new(),
                topics: Vec::new(),
            });
        };
        let difference = self.difference(user, since, limit).await?;
        let more = difference.cursor < inbox.head;
        let topics = difference.topics.into_iter().collect();
        let (mut facts, mut removed) = self.resolve(user, difference.conversations).await?;
        if !more {
            let large = self.large_groups(user).await?;
            self.0.known.heads.read(user, Head { index: inbox.head, lean: large.is_empty() });
            facts.retain(|facts| large.iter().all(|other| other.conversation != facts.conversation));
            facts.extend(large);
            removed.retain(|conversation| !lacking.contains(conversation));
            removed.extend(self.refresh(user, &mut facts, &lacking).await?);
        }
        let (deleted, changed): (Vec<_>, Vec<_>) =
            self.complete(user, facts).await?.into_iter().partition(|row| row.deleted);
        removed.extend(deleted.iter().map(|row| row.conversation_id));
        Ok(Changes { user_index: difference.cursor, reset: false, more, changed, removed, topics })
    }

    /// Reads the inbox after `since`.
    async fn difference(&self, user: UserId, since: u64, limit: usize) -> Result<Difference, Error> {
        let range = |from, to, limit, reverse| Range {
            family: Family::Fenced,
            partition: keys::user(user),
            from,
            to,
            limit,
            reverse,
        };
        // A cursor in the middle of a row's indexes gets the whole row again.
        let upto = (Bound::Included(keys::inbox_row(0)), Bound::Included(keys::inbox_row(since)));
        let covering = self.0.store.range(range(upto.0, upto.1, 1, true), Level::Serial).await?;
        let after = (Bound::Excluded(keys::inbox_row(since)), Bound::Included(keys::inbox_row(u64::MAX)));
        let following = self.0.store.range(range(after.0, after.1, limit, false), Level::Serial).await?;
        let mut difference =
            Difference { cursor: since, conversations: BTreeSet::new(), topics: BTreeSet::new() };
        for row in covering.into_iter().chain(following) {
            let first = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("an inbox key"))?;
            let row: rows::InboxRow = rows::decode(&row.value)?;
            let last = first + row.count - 1;
            if last > difference.cursor {
                difference.cursor = last;
                if row.topic != 0 {
                    difference.topics.extend(rows::topic(row.topic));
                    continue;
                }
                let conversation = keys::parse_conversation(&row.conversation);
                difference.conversations.insert(conversation.ok_or_else(|| Error::corrupt("an inbox row"))?);
            }
        }
        Ok(difference)
    }

    /// The conversations as they are now, and those the user is no longer in.
    pub(super) async fn resolve(
        &self,
        user: UserId,
        conversations: BTreeSet<ConversationId>,
    ) -> Result<(Vec<Facts>, Vec<ConversationId>), Error> {
        let conversations: Vec<ConversationId> = conversations.into_iter().collect();
        let rows = self.list_rows(user, &conversations).await?;
        let (mut facts, mut removed) = (Vec::new(), Vec::new());
        for (conversation, row) in conversations.into_iter().zip(rows) {
            let found = match row {
                Some(row) => Some(Facts::from_row(conversation, row)?),
                // Not in the list: a large group, a conversation only read so far, or one that was left.
                None => Facts::from_state(&owner::current(&self.0, conversation).await?.state(), user),
            };
            match found {
                Some(found) => facts.push(found),
                None => removed.push(conversation),
            }
        }
        Ok((facts, removed))
    }
}

/// The answer to who has missed nothing, and is in no large group.
fn unchanged(user_index: u64) -> Changes {
    Changes {
        user_index,
        reset: false,
        more: false,
        changed: Vec::new(),
        removed: Vec::new(),
        topics: Vec::new(),
    }
}

/// Whether there is nothing to tell. Large groups are always told; they alone do not end a wait.
fn is_empty(changes: &Changes) -> bool {
    !changes.reset && !changes.more && changes.removed.is_empty() && changes.topics.is_empty() && {
        changes.changed.iter().all(|row| row.fan_out == parlance_proto::FanOut::Read)
    }
}
