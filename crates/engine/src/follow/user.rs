//! One user's inbox: consecutive user indexes, one commit for all changes of a round.
//!
//! A user index once durable never means anything else; entries that the list's row covers are not added
//! again.

use std::sync::Arc;

use bytes::Bytes;
use parlance_proto::{ConversationId, Event, FileId, Topic, UserId};
use parlance_store::{Bound, Commit, Durability, Family, Guard, Level, Put, Range, RowKey, Write};

use super::change::{Kind, UserChange};
use crate::hub::{Live, To};
use crate::node::Node;
use crate::owner::{Settled, settle};
use crate::{Error, files, keys, rows};

/// Rows an inbox keeps; older ones are trimmed and their readers get a reset.
pub(crate) const INBOX_ROWS: u64 = 10_000;
/// Rows trimmed at once. With the changes of one commit, four rows each, it stays below the store's limit.
const TRIMMED: usize = 100;
/// Drafts dropped in one commit; others stay hidden until the next message.
const DRAFTS: usize = 8;
/// Conversations that a user leaves with one commit. Each may let go of a background, which takes four rows more.
pub(super) const DEPARTURES: usize = 8;
/// How often a commit that lost against a rival is made anew.
const TRIES: u32 = 8;

/// Writes changes to a user's inbox and answers its head.
pub(super) async fn write(
    node: &Node,
    user: UserId,
    changes: &[UserChange],
    durability: Durability,
) -> Result<u64, Error> {
    for _ in 0..TRIES {
        let (mut page, changes) = Page::read(node, user, changes).await?;
        changes.iter().zip(page.listed.clone()).for_each(|(change, row)| page.add(change, row));
        if page.new_rows == 0 {
            return Ok(page.head.head);
        }
        page.drop_drafts(node, &changes).await?;
        page.drop_backgrounds(node, &changes).await?;
        page.trim(node, user).await?;
        if let Some(head) = page.commit(node, durability).await? {
            return Ok(head);
        }
    }
    Err(Error::Busy)
}

/// Something of a user's own that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Touched {
    /// The user's own view of a conversation.
    Conversation(ConversationId),
    /// One of the user's collections.
    Topic(Topic),
}

/// A change of a user's own rows, all of them in the user's partition.
#[derive(Default)]
pub(crate) struct OwnChange {
    /// Rows to write.
    pub puts: Vec<Put>,
    /// Keys to drop.
    pub deletes: Vec<Bytes>,
    /// What the user's other devices shall look at.
    pub touched: Vec<Touched>,
    /// Blind rows of other partitions that go along.
    pub along: Vec<Write>,
}

/// Changes a user's own rows and notes it in the inbox, in one commit. `make` sees the values under `wanted` as they are now
/// and answers the change, or none if all is as wanted; it is called again if somebody else was faster.
pub(crate) async fn change<T>(
    node: &Node,
    user: UserId,
    wanted: &[Bytes],
    make: impl Fn(&[Option<Bytes>]) -> Result<(Option<OwnChange>, T), Error>,
) -> Result<T, Error> {
    let key = |key| RowKey { family: Family::Fenced, partition: keys::user(user), key };
    let wanted: Vec<RowKey> =
        std::iter::once(keys::INBOX_HEAD).chain(wanted.iter().cloned()).map(key).collect();
    for _ in 0..TRIES {
        let found = node.store.multi_get(&wanted, Level::Serial).await?;
        let mut values: Vec<Option<Bytes>> = found.into_iter().map(|row| row.map(|row| row.value)).collect();
        let head = values.remove(0).map_or(Ok(rows::InboxHead::default()), |row| rows::decode(&row))?;
        let (own, answer) = make(&values)?;
        let Some(own) = own else { return Ok(answer) };
        let mut page = Page::at(user, head);
        own.touched.iter().for_each(|touched| page.touch(*touched));
        page.puts.extend(own.puts);
        page.deletes.extend(own.deletes);
        page.along.extend(own.along);
        page.trim(node, user).await?;
        if let Some(head) = page.commit(node, Durability::Durable).await? {
            tell(node, user, head, &own.touched);
            return Ok(answer);
        }
    }
    Err(Error::Busy)
}

/// Tells the user's devices what changed, and that it is durable.
fn tell(node: &Node, user: UserId, head: u64, touched: &[Touched]) {
    if !node.may_hear(user) {
        return;
    }
    let topics = touched.iter().filter_map(|touched| match touched {
        Touched::Topic(topic) => Some(Event::Topic { topic: *topic }),
        Touched::Conversation(_) => None,
    });
    for event in topics.chain([Event::Cursor { user_index: head }]) {
        node.tell(To::Users(Arc::from([user])), &Live::new(event));
    }
}

/// A user's inbox, read and about to be written.
struct Page {
    user: UserId,
    /// The head, moved along as rows are added.
    head: rows::InboxHead,
    /// The user index before the first new row, whose key guards the commit.
    before: u64,
    /// The list's row of each change's conversation, as it stands.
    listed: Vec<Option<rows::ListRow>>,
    /// Whether it is noted what left the list, for followers that are behind.
    keeps_departures: bool,
    puts: Vec<Put>,
    deletes: Vec<Bytes>,
    along: Vec<Write>,
    new_rows: u64,
    /// Whether the user comes into a large group by it.
    large: bool,
}

/// Whether a change tells of an earlier time than what stands there: another node has followed further.
fn is_behind(kind: &Kind, listed: Option<&rows::ListRow>, departed: u64) -> bool {
    match kind {
        // A membership that ended before the listed one began.
        Kind::Advanced { row, .. } => {
            row.index <= departed || listed.is_some_and(|listed| listed.joined_index > row.joined_index)
        }
        Kind::Large { at, .. } | Kind::Left(at) => {
            *at < departed || listed.is_some_and(|listed| listed.index > *at)
        }
        Kind::Read => false,
    }
}

impl Page {
    /// Reads what the changes are about; the changes that are not behind what stands there.
    async fn read(
        node: &Node,
        user: UserId,
        changes: &[UserChange],
    ) -> Result<(Page, Vec<UserChange>), Error> {
        let partition = keys::user(user);
        let key = |key| RowKey { family: Family::Fenced, partition: partition.clone(), key };
        let mut wanted = vec![key(keys::INBOX_HEAD)];
        wanted.extend(changes.iter().map(|change| key(keys::listed(change.conversation))));
        if !node.options.alone {
            wanted.extend(changes.iter().map(|change| key(keys::departed(change.conversation))));
        }
        let mut found = node.store.multi_get(&wanted, Level::Serial).await?;
        let head: rows::InboxHead = match found.remove(0) {
            Some(row) => rows::decode(&row.value)?,
            None => rows::InboxHead::default(),
        };
        let mut page = Page::at(user, head);
        page.keeps_departures = !node.options.alone;
        let departed = found.split_off(changes.len());
        let (mut kept, mut departed) = (Vec::with_capacity(changes.len()), departed.into_iter());
        for (change, row) in changes.iter().zip(found.drain(..)) {
            let listed: Option<rows::ListRow> = row.map(|row| rows::decode(&row.value)).transpose()?;
            let departed = departed.next().flatten();
            let departed: Option<rows::DepartedRow> =
                departed.map(|row| rows::decode(&row.value)).transpose()?;
            if is_behind(&change.kind, listed.as_ref(), departed.map_or(0, |row| row.index)) {
                continue;
            }
            kept.push(change.clone());
            page.listed.push(listed);
        }
        Ok((page, kept))
    }

    /// A page without changes, at this head.
    fn at(user: UserId, head: rows::InboxHead) -> Page {
        Page {
            user,
            before: head.head,
            head,
            listed: Vec::new(),
            keeps_departures: false,
            puts: Vec::new(),
            deletes: Vec::new(),
            along: Vec::new(),
            new_rows: 0,
            large: false,
        }
    }

    /// Adds a change, unless the inbox has it already.
    fn add(&mut self, change: &UserChange, listed: Option<rows::ListRow>) {
        match &change.kind {
            Kind::Advanced { row, was_large } => {
                if was_large.is_some() {
                    self.along.push(self.large_group(change, false));
                }
                self.advance(change, row.clone(), listed, *was_large);
            }
            Kind::Large { from, to, at } => {
                self.unlist(change, listed, *at);
                self.along.push(self.large_group(change, true));
                self.large = true;
                self.entry(change, *from, *to);
            }
            Kind::Left(at) => {
                self.unlist(change, listed, *at);
                self.along.push(self.large_group(change, false));
                self.entry(change, 0, 0);
            }
            Kind::Read => _ = self.entry(change, 0, 0),
        }
    }

    fn advance(
        &mut self,
        change: &UserChange,
        mut row: rows::ListRow,
        listed: Option<rows::ListRow>,
        was_large: Option<u64>,
    ) {
        // A row of an earlier membership has nothing to say about this one.
        let (current, order) = match listed {
            Some(listed) => {
                let order = listed.order;
                (Some(listed).filter(|listed| listed.joined_index == row.joined_index), Some(order))
            }
            None => (None, None),
        };
        // Going on from the row, not from the advance, makes a skipped advance heal with the next and a repeat harmless.
        let from = match &current {
            Some(current) => current.index + 1,
            None => was_large.unwrap_or(row.joined_index.max(1)),
        };
        if from > row.index {
            return;
        }
        if let Some(current) = current {
            row.last_message = row.last_message.max(current.last_message);
            row.own_index = row.own_index.max(current.own_index);
            row.own_ordinal = row.own_ordinal.max(current.own_ordinal);
            row.peer_own_index = row.peer_own_index.max(current.peer_own_index);
        }
        if self.keeps_departures && order.is_none() {
            self.deletes.push(keys::departed(change.conversation));
        }
        self.deletes.extend(order.map(keys::order));
        row.order = self.entry(change, from, row.index);
        self.puts.push(Put::new(keys::order(row.order), keys::conversation(change.conversation)));
        self.puts.push(Put::new(keys::listed(change.conversation), rows::encode(&row)));
    }

    /// Drops the drafts of conversations in which the user has written since.
    async fn drop_drafts(&mut self, node: &Node, changes: &[UserChange]) -> Result<(), Error> {
        let wrote = |(change, listed): (&UserChange, &Option<rows::ListRow>)| match &change.kind {
            Kind::Advanced { row, .. } => {
                let before = listed.as_ref().map_or(0, |listed| listed.own_index);
                (row.own_index > before).then(|| (keys::view(change.conversation), row.own_index))
            }
            _ => None,
        };
        let wrote: Vec<(Bytes, u64)> =
            changes.iter().zip(&self.listed).filter_map(wrote).take(DRAFTS).collect();
        if wrote.is_empty() {
            return Ok(());
        }
        let partition = keys::user(self.user);
        let key =
            |key: &Bytes| RowKey { family: Family::Fenced, partition: partition.clone(), key: key.clone() };
        let wanted: Vec<RowKey> = wrote.iter().map(|(view, _)| key(view)).collect();
        let found = node.store.multi_get(&wanted, Level::Serial).await?;
        for ((key, own_index), row) in wrote.into_iter().zip(found) {
            let Some(row) = row else { continue };
            let view: rows::ViewRow = rows::decode(&row.value)?;
            if view.draft.as_ref().is_some_and(|draft| draft.own_index < own_index) {
                self.puts.push(Put::new(key, rows::encode(&rows::ViewRow { draft: None, ..view })));
                self.along.push(Write::Erased);
            }
        }
        Ok(())
    }

    /// Lets go of the pictures behind conversations that the user is no longer in; at most `DEPARTURES` come here.
    async fn drop_backgrounds(&mut self, node: &Node, changes: &[UserChange]) -> Result<(), Error> {
        let left = changes.iter().filter(|change| matches!(change.kind, Kind::Left(_)));
        for conversation in left.map(|change| change.conversation) {
            let (partition, key) = (keys::user(self.user), keys::view(conversation));
            let row = RowKey { family: Family::Fenced, partition, key };
            let Some(found) = node.store.get(&row, Level::Serial).await? else { continue };
            let mut view: rows::ViewRow = rows::decode(&found.value)?;
            let Ok(file) = std::mem::take(&mut view.background).parse::<FileId>() else { continue };
            let due_ms = node.clock.now_ms().saturating_add(node.options.file_grace_ms);
            let holder = keys::Holder::View(self.user, conversation);
            self.along.extend(files::exchange(holder, (Some(file), self.user.0), None, due_ms));
            self.puts.push(Put::new(row.key, rows::encode(&view)));
        }
        Ok(())
    }

    fn unlist(&mut self, change: &UserChange, listed: Option<rows::ListRow>, at: u64) {
        if self.keeps_departures {
            let departed = rows::encode(&rows::DepartedRow { index: at });
            self.puts.push(Put::new(keys::departed(change.conversation), departed));
        }
        if let Some(listed) = listed {
            self.deletes.push(keys::order(listed.order));
            self.deletes.push(keys::listed(change.conversation));
        }
    }

    fn large_group(&self, change: &UserChange, is_in: bool) -> Write {
        let (partition, key) = (keys::personal(self.user), keys::large_group(change.conversation));
        if is_in {
            Write::Put { partition, put: Put::new(key, Bytes::new()) }
        } else {
            Write::Delete { partition, key }
        }
    }

    /// Adds an inbox row for entries `from..=to` (0 and 0 for a change without entries); its first user index.
    fn entry(&mut self, change: &UserChange, from: u64, to: u64) -> u64 {
        let count = if to == 0 { 1 } else { to - from + 1 };
        let conversation = keys::conversation(change.conversation);
        self.row(rows::InboxRow { conversation, from, to, count, topic: 0 })
    }

    fn row(&mut self, row: rows::InboxRow) -> u64 {
        let user_index = self.head.head + 1;
        self.head.head += row.count;
        self.head.rows += 1;
        self.new_rows += 1;
        self.puts.push(Put::new(keys::inbox_row(user_index), rows::encode(&row)));
        user_index
    }

    /// Adds an inbox row for something of the user's own.
    fn touch(&mut self, touched: Touched) {
        let (conversation, topic) = match touched {
            Touched::Conversation(id) => (keys::conversation(id), 0),
            Touched::Topic(topic) => (Bytes::new(), rows::topic_number(topic)),
        };
        self.row(rows::InboxRow { conversation, from: 0, to: 0, count: 1, topic });
    }

    /// Drops the oldest rows of an inbox that has too many.
    async fn trim(&mut self, node: &Node, user: UserId) -> Result<(), Error> {
        if self.head.rows <= INBOX_ROWS {
            return Ok(());
        }
        let range = Range {
            family: Family::Fenced,
            partition: keys::user(user),
            from: Bound::Included(keys::inbox_row(self.head.floor)),
            // The newest durable row stays: its absence would let a rival write under its number.
            to: Bound::Excluded(keys::inbox_row(self.head.head)),
            limit: TRIMMED,
            reverse: false,
        };
        for row in node.store.range(range, Level::Serial).await? {
            let first = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("an inbox key"))?;
            let count = rows::decode::<rows::InboxRow>(&row.value)?.count;
            self.head.floor = first + count;
            self.head.rows -= 1;
            self.deletes.push(row.key);
        }
        Ok(())
    }

    /// Commits it; the head it came to, or none if a rival was faster.
    async fn commit(mut self, node: &Node, durability: Durability) -> Result<Option<u64>, Error> {
        self.puts.push(Put::new(keys::INBOX_HEAD, rows::encode(&self.head)));
        let commit = Commit {
            partition: keys::user(self.user),
            guard: Guard::Absent(keys::inbox_row(self.before + 1)),
            puts: self.puts,
            deletes: self.deletes,
            token: node.token(),
            along: self.along,
            durability,
        };
        // From here on it may come through, even if nobody waits for it any more.
        node.known.heads.begin(self.user, self.before);
        match settle(&*node.store, &commit).await? {
            Settled::Applied => {
                node.known.heads.written(self.user, self.before, self.head.head, self.large);
                Ok(Some(self.head.head))
            }
            Settled::Lost => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advanced(index: u64, joined_index: u64) -> Kind {
        let row = rows::ListRow { index, joined_index, ..rows::ListRow::default() };
        Kind::Advanced { row, was_large: None }
    }

    #[test]
    fn who_follows_from_further_back_changes_nothing() {
        let listed = rows::ListRow { index: 17, joined_index: 17, ..rows::ListRow::default() };
        let is_behind = |kind: &Kind, departed| is_behind(kind, Some(&listed), departed);
        assert!(is_behind(&advanced(15, 15), 0), "it had begun, ended, and begun anew since");
        assert!(!is_behind(&advanced(18, 17), 0) && !is_behind(&advanced(20, 19), 0));
        assert!(is_behind(&advanced(18, 17), 18) && is_behind(&Kind::Left(16), 0));
        assert!(!is_behind(&Kind::Left(18), 0) && !is_behind(&Kind::Read, 99));
    }
}
