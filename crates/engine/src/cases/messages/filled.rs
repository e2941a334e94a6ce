//! What is added to entries when they are read: it stands elsewhere and changes, so no entry keeps it.
//!
//! What an entry says about another is read from that other one as it stands now, so nothing outlives a recall.

use std::collections::BTreeMap;

use parlance_proto::{Body, ConversationId, Entry, TextSpan, UserId};
use parlance_store::{Bound, Family, Level, Range};

use super::shown::Shown;
use crate::{Engine, Error, keys, rows};

/// Who reads, and what of.
#[derive(Clone, Copy)]
pub(in crate::cases) struct Reader<'a> {
    /// Who.
    pub user: UserId,
    /// Which conversation.
    pub conversation: ConversationId,
    /// The first index that the reader may see.
    pub visible_from: u64,
    /// What the reader is shown of it.
    pub shown: &'a Shown,
    /// The lowest and the highest message that may have likes.
    pub liked: Option<(u64, u64)>,
}

impl Reader<'_> {
    /// Whether the reader may see what stands at an index.
    fn sees(&self, index: u64) -> bool {
        index >= self.visible_from && !self.shown.view.hides(index)
    }
}

impl Engine {
    /// Entries of the log as the reader is shown them, with what is added.
    pub(in crate::cases) async fn filled(
        &self,
        reader: Reader<'_>,
        entries: Vec<Entry>,
    ) -> Result<Vec<Entry>, Error> {
        let mut entries: Vec<Entry> = entries.into_iter().map(|entry| reader.shown.entry(entry)).collect();
        for entry in &mut entries {
            self.take_back_to_block((reader.user, reader.conversation), reader.shown, entry).await?;
        }
        self.fill_edited(reader, &mut entries).await?;
        self.fill_likes(reader, &mut entries).await?;
        self.fill_tallies(reader, &mut entries).await?;
        Ok(entries)
    }

    /// While the other side is blocked, a message says what it said when the block began.
    pub(in crate::cases) async fn take_back_to_block(
        &self,
        (reader, conversation): (UserId, ConversationId),
        shown: &Shown,
        entry: &mut Entry,
    ) -> Result<(), Error> {
        let Some(details) = entry.details.as_mut().filter(|_| shown.end() != u64::MAX) else { return Ok(()) };
        // Only its sender closes a poll between two.
        if let Some(closed_ms) = details.closed_ms.filter(|_| entry.sender != reader)
            && closed_ms > self.sent_ms(conversation, shown.end()).await?
        {
            details.closed_ms = None;
        }
        if details.edited_ms.is_none() {
            return Ok(());
        }
        let range = Range {
            family: Family::Blind,
            partition: keys::versions(conversation, entry.index),
            from: Bound::Included(keys::version_prefix(entry.index)),
            to: Bound::Included(keys::version(entry.index, shown.end())),
            limit: 1,
            reverse: true,
        };
        if let Some(row) = self.0.store.range(range, Level::Serial).await?.pop() {
            let then = rows::entry(entry.index, rows::decode(&row.value)?)?;
            (entry.body, entry.details) = (then.body, then.details);
        }
        Ok(())
    }

    /// When an entry was written.
    async fn sent_ms(&self, conversation: ConversationId, index: u64) -> Result<i64, Error> {
        let row = self.0.store.get(&keys::log_row(conversation, index), Level::Serial).await?;
        let row = row.ok_or_else(|| Error::corrupt("a gap in a log"))?;
        Ok(rows::decode::<rows::LogRow>(&row.value)?.time_ms)
    }

    /// Fills in what edited messages say now.
    async fn fill_edited(&self, reader: Reader<'_>, entries: &mut [Entry]) -> Result<(), Error> {
        let edited = |entry: &Entry| match entry.body {
            Body::Edited { target, .. } => Some(target),
            _ => None,
        };
        let mut targets: Vec<u64> = entries.iter().filter_map(edited).collect();
        targets.retain(|target| reader.sees(*target));
        if targets.is_empty() {
            return Ok(());
        }
        targets.sort_unstable();
        targets.dedup();
        let now = self.bodies(reader, &targets).await?;
        for entry in entries {
            if let Body::Edited { target, text, spans } = &mut entry.body
                && let Some((Body::Text { text: says }, styled)) = now.get(target)
            {
                *text = Some(says.clone());
                spans.clone_from(styled);
            }
        }
        Ok(())
    }

    /// What some entries say to the reader, by index.
    async fn bodies(
        &self,
        reader: Reader<'_>,
        indexes: &[u64],
    ) -> Result<BTreeMap<u64, (Body, Vec<TextSpan>)>, Error> {
        let keys: Vec<_> = indexes.iter().map(|index| keys::log_row(reader.conversation, *index)).collect();
        let found = self.0.store.multi_get(&keys, Level::Serial).await?;
        let rows = indexes.iter().zip(found).filter_map(|(index, row)| Some((*index, row?)));
        let mut bodies = BTreeMap::new();
        for (index, row) in rows {
            let mut entry = reader.shown.entry(rows::entry(index, rows::decode(&row.value)?)?);
            self.take_back_to_block((reader.user, reader.conversation), reader.shown, &mut entry).await?;
            let spans = entry.details.map(|details| details.spans).unwrap_or_default();
            bodies.insert(index, (entry.body, spans));
        }
        Ok(bodies)
    }
}
