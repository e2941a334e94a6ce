//! Reading the log, for members and from where they may see it.
//!
//! An answer is the whole range it names, without a hole, or an error; nothing from before the reader joined.

use std::sync::Arc;

use parlance_domain::{Rejection, withheld};
use parlance_proto::{ConversationId, Entry, GetHistory, GetMessage, History, UserId};
use parlance_store::{Bound, Family, Level, Range};

use super::filled::Reader;
use super::shown::Shown;
use crate::cases::page_size;
use crate::owner::Shared;
use crate::{Caller, Engine, Error, keys, rows};

/// A reader's window onto the log.
pub(in crate::cases) struct Window {
    /// The first index that the reader may see.
    visible_from: u64,
    /// The last index there is.
    head: u64,
    /// What the reader is shown of it.
    shown: Shown,
    /// The lowest and the highest message that somebody ever liked.
    liked: Option<(u64, u64)>,
    /// The reader, where nobody is told who comes and goes.
    uninformed: Option<(Arc<Shared>, UserId)>,
}

impl Window {
    /// Whether the reader may see what is at `index`.
    pub(in crate::cases) fn contains(&self, index: u64) -> bool {
        (self.visible_from..=self.head).contains(&index)
    }

    pub(super) fn reader(&self, caller: Caller, conversation: ConversationId) -> Reader<'_> {
        let shown = &self.shown;
        let (visible_from, liked) = (self.visible_from, self.liked);
        Reader { user: caller.user, conversation, visible_from, shown, liked }
    }

    /// The entries as far as the reader is told of them.
    pub(super) fn told(&self, entries: Vec<Entry>) -> Vec<Entry> {
        let Some((shared, reader)) = &self.uninformed else { return entries };
        let state = shared.state();
        let told = |entry: Entry| if state.withholds(&entry, *reader) { withheld(&entry) } else { entry };
        entries.into_iter().map(told).collect()
    }
}

impl Engine {
    /// A part of a conversation's log.
    pub async fn get_history(&self, caller: Caller, input: GetHistory) -> Result<History, Error> {
        let limit = page_size(input.limit)? as u64;
        let window = self.window(caller, input.conversation_id).await?;
        let lowest = input.after.map_or(1, |after| after.saturating_add(1)).max(window.visible_from);
        let highest = input.before.map_or(window.head, |before| before.saturating_sub(1)).min(window.head);
        // Going up from `after` the page begins there; otherwise it ends at the highest.
        let (from, to) = if input.after.is_some() {
            (lowest, highest.min(lowest.saturating_add(limit - 1)))
        } else {
            (lowest.max((highest + 1).saturating_sub(limit)), highest)
        };
        let entries = self.entries(input.conversation_id, from, to).await?;
        let entries = self.filled(window.reader(caller, input.conversation_id), window.told(entries)).await?;
        Ok(History { entries, from, to, head: window.head, visible_from: window.visible_from })
    }

    /// One entry.
    pub async fn get_message(&self, caller: Caller, input: GetMessage) -> Result<Entry, Error> {
        let window = self.window(caller, input.conversation_id).await?;
        if !window.contains(input.index) {
            return Err(Rejection::NoMessage.into());
        }
        let entries = self.entries(input.conversation_id, input.index, input.index).await?;
        let mut entries =
            self.filled(window.reader(caller, input.conversation_id), window.told(entries)).await?;
        entries.pop().ok_or_else(|| Error::corrupt("a log entry is missing"))
    }

    pub(in crate::cases) async fn window(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<Window, Error> {
        let shared = self.member_of(caller, conversation).await?;
        let shown = self.shown_to(caller.user, conversation).await?;
        let state = shared.state();
        let visible_from = state.visible_from(caller.user).ok_or(Rejection::NoConversation)?;
        let uninformed = state.settings.members_hidden.then(|| (Arc::clone(&shared), caller.user));
        let (head, liked) = (state.head.index.min(shown.end()), state.marks.liked);
        Ok(Window { visible_from: shown.from(visible_from), head, shown, liked, uninformed })
    }

    /// The entries `from..=to`, which exist.
    pub(in crate::cases) async fn entries(
        &self,
        conversation: ConversationId,
        from: u64,
        to: u64,
    ) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        let mut next = from;
        while next <= to {
            let range = Range {
                family: Family::Fenced,
                partition: keys::log(conversation, next),
                from: Bound::Included(keys::index(next)),
                to: Bound::Included(keys::index(to)),
                limit: (to - next + 1) as usize,
                reverse: false,
            };
            let rows = self.0.range_for_many(range, Level::AtLeast(to)).await?;
            for row in &*rows {
                let index = keys::tail_number(&row.key).filter(|index| *index == next);
                let index = index.ok_or_else(|| Error::corrupt("a gap in a log"))?;
                entries.push(rows::entry(index, rows::decode(&row.value)?)?);
                next += 1;
            }
            // The rest stands in the next bucket; a log without a gap always has a row at `next`.
            if next <= to && next & 0xffff != 0 {
                return Err(Error::corrupt("a gap in a log"));
            }
        }
        Ok(entries)
    }
}
