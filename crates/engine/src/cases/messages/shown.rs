//! What one reader is shown of a log: every way to an entry leads through here.
//!
//! An entry keeps its place; a message that this reader may not see the content of is `gone` in it. It never shows a
//! message past its time, whether or not the row has been overwritten yet.

use parlance_domain::{HiddenRange, OwnView, Progress};
use parlance_proto::{Body, ConversationId, Entry, GoneReason, Span, UserId};
use parlance_store::{Bound, Family, Level, Range};

use crate::cases::conversations::view;
use crate::cases::people::peers::open_stretch;
use crate::{Engine, Error, keys, rows};

/// Rows looked at for a preview in one go, and in all.
const LOOK_BACK: usize = 50;
const LOOK_BACK_MAX: usize = 2_000;

/// One reader's sight of a conversation.
#[derive(Clone, Debug, Default)]
pub(in crate::cases) struct Shown {
    /// What the reader put out of sight.
    pub view: OwnView,
    /// The server's clock.
    pub now_ms: i64,
}

impl Shown {
    /// From the reader's view of the conversation.
    pub(in crate::cases) fn new(row: &rows::ViewRow, now_ms: i64) -> Shown {
        Shown { view: own_view(row), now_ms }
    }

    /// The first index this reader sees, when everybody who came in at `joined` sees from there.
    pub(in crate::cases) fn from(&self, joined: u64) -> u64 {
        // What was cleared while the other side is blocked does not tell how much came.
        joined.max(1).max(self.view.cleared.index + 1).min(self.end().saturating_add(1))
    }

    /// Where the conversation ends for this reader, who may have blocked the other side.
    pub(in crate::cases) fn end(&self) -> u64 {
        open_stretch(&self.view).map_or(u64::MAX, |open| open.from - 1)
    }

    /// The conversation's head for this reader: where it stood when the other side was blocked.
    pub(in crate::cases) fn head(&self, head: Progress) -> Progress {
        open_stretch(&self.view).map_or(head, |open| Progress { index: open.from - 1, ordinal: open.before })
    }

    /// The entry as this reader may see it.
    pub(in crate::cases) fn entry(&self, entry: Entry) -> Entry {
        if !entry.body.is_message() {
            return entry;
        }
        if self.view.hides(entry.index) {
            return gone(entry, GoneReason::Hidden);
        }
        let expires_ms = entry.details.as_ref().and_then(|details| details.expires_ms);
        if expires_ms.is_some_and(|expires_ms| expires_ms <= self.now_ms) {
            return match entry.body {
                Body::Gone { .. } => entry,
                _ => gone(entry, GoneReason::Expired),
            };
        }
        entry
    }

    /// The stretches of hidden messages, as clients are told.
    pub(in crate::cases) fn hidden(&self) -> Vec<Span> {
        self.view.hidden.iter().map(|range| Span { from: range.from, to: range.to }).collect()
    }
}

fn gone(entry: Entry, reason: GoneReason) -> Entry {
    Entry { body: Body::Gone { reason }, details: None, ..entry }
}

impl Engine {
    /// The sight of `user` in a conversation.
    pub(in crate::cases) async fn shown_to(
        &self,
        user: UserId,
        conversation: ConversationId,
    ) -> Result<Shown, Error> {
        let row = self.0.store.get(&view::key(user, conversation), Level::Serial).await?;
        let view = view::view_of(row.as_ref().map(|row| &row.value))?;
        Ok(Shown::new(&view, self.0.clock.now_ms()))
    }

    /// The latest message below `before` and from `from` on that `shown` does not hide, as it is shown.
    pub(in crate::cases) async fn latest_shown(
        &self,
        conversation: ConversationId,
        shown: &Shown,
        (from, before): (u64, u64),
    ) -> Result<Option<Entry>, Error> {
        let mut before = before;
        for _ in 0..LOOK_BACK_MAX / LOOK_BACK {
            while let Some(range) = before.checked_sub(1).and_then(|last| shown.view.range_at(last)) {
                before = range.from;
            }
            if before <= from {
                return Ok(None);
            }
            let bucket_from = (before - 1) & !0xffff;
            let range = Range {
                family: Family::Fenced,
                partition: keys::log(conversation, before - 1),
                from: Bound::Included(keys::index(from.max(bucket_from))),
                to: Bound::Excluded(keys::index(before)),
                limit: LOOK_BACK,
                reverse: true,
            };
            for row in self.0.store.range(range, Level::Serial).await? {
                before = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a log key"))?;
                let entry = rows::entry(before, rows::decode(&row.value)?)?;
                if entry.body.is_message() && !shown.view.hides(before) {
                    return Ok(Some(shown.entry(entry)));
                }
            }
        }
        Ok(None)
    }
}

/// What a view's row says about sight.
pub(in crate::cases) fn own_view(row: &rows::ViewRow) -> OwnView {
    let range = |row: &rows::HiddenRow| HiddenRange {
        from: row.from,
        to: row.to,
        before: row.before,
        last: row.last,
    };
    OwnView {
        hidden: row.hidden.iter().map(range).collect(),
        cleared: Progress { index: row.cleared_index, ordinal: row.cleared_ordinal },
    }
}

/// Puts the sight back into a view's row.
pub(in crate::cases) fn set_own_view(row: &mut rows::ViewRow, view: &OwnView) {
    let hidden = |range: &HiddenRange| rows::HiddenRow {
        from: range.from,
        to: range.to,
        before: range.before,
        last: range.last,
    };
    row.hidden = view.hidden.iter().map(hidden).collect();
    (row.cleared_index, row.cleared_ordinal) = (view.cleared.index, view.cleared.ordinal);
}
