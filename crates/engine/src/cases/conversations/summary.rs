//! Rows of the conversation list as clients see them, made from a list row or from the owner's state.
//!
//! Both ways give the same row. A message from before the reader joined is never its preview.

use parlance_domain::{Conversation, Progress, Rejection, farthest};
use parlance_proto::{
    ConversationId, ConversationKind, ConversationSummary, Disappearing, Entry, FanOut, Role, UserId,
};
use parlance_store::Level;

use super::draft::draft_of;
use super::reading::progress;
use super::view::{self, view_of};
use crate::cases::messages::shown::Shown;
use crate::cases::people::peers::Wrote;
use crate::cases::personal::personal;
use crate::{Caller, Engine, Error, keys, rows};

/// What a summary is made from, apart from the read index and the last message's entry.
pub(in crate::cases) struct Facts {
    pub conversation: ConversationId,
    name: String,
    photo: String,
    role: Role,
    member_count: u64,
    fan_out: FanOut,
    channel: bool,
    head: Progress,
    joined: Progress,
    visible_from: u64,
    own: Progress,
    /// The latest message of the other side of a direct conversation.
    peer_own: u64,
    /// In a large group, the latest message that mentions everybody.
    mentions_all: u64,
    last_message: u64,
    time_ms: i64,
    disappearing: Option<Disappearing>,
}

/// What is the reader's own of a summary.
struct Own {
    view: rows::ViewRow,
    shown: Shown,
    /// The place among the pinned ones.
    pinned: Option<u32>,
}

impl Facts {
    /// From the owner's state; none if `user` is no member.
    pub(in crate::cases) fn from_state(state: &Conversation, user: UserId) -> Option<Facts> {
        let place = state.member(user)?;
        Some(Facts {
            conversation: state.id,
            name: state.name.clone(),
            photo: state.settings.photo.clone(),
            role: place.role,
            member_count: state.members.len() as u64,
            fan_out: state.fan_out,
            channel: state.channel,
            head: state.head,
            joined: place.joined,
            visible_from: place.visible_from,
            own: place.own,
            peer_own: state.peer(user).map_or(0, |place| place.own.index),
            last_message: state.last_message,
            time_ms: state.time_ms,
            mentions_all: if state.fan_out == FanOut::Read { state.marks.mentions_all } else { 0 },
            disappearing: state.clocks.setting,
        })
    }

    /// From a row of the list.
    pub(in crate::cases) fn from_row(
        conversation: ConversationId,
        row: rows::ListRow,
    ) -> Result<Facts, Error> {
        Ok(Facts {
            conversation,
            name: row.name,
            photo: row.photo,
            role: rows::role(row.role)?,
            member_count: row.member_count,
            fan_out: FanOut::Write,
            // Channels have no row in the list.
            channel: false,
            head: Progress { index: row.index, ordinal: row.ordinal },
            joined: Progress { index: row.joined_index, ordinal: row.joined_ordinal },
            visible_from: rows::visible_from(row.visible_from, row.joined_index),
            own: Progress { index: row.own_index, ordinal: row.own_ordinal },
            peer_own: row.peer_own_index,
            mentions_all: 0,
            last_message: row.last_message,
            time_ms: row.time_ms,
            disappearing: rows::disappearing(row.disappearing.unwrap_or_default())?,
        })
    }

    /// The last message's index, if this reader may see it.
    fn visible_message(&self, shown: &Shown) -> Option<u64> {
        Some(self.last_message).filter(|index| *index > 0 && *index >= shown.from(self.visible_from))
    }

    fn complete(self, read: Progress, own: &Own, last_message: Option<Entry>) -> ConversationSummary {
        let Own { view, shown, pinned } = own;
        let read = farthest(read, self.own, self.joined);
        let kind = match self.conversation {
            ConversationId::Direct(..) => ConversationKind::Direct,
            ConversationId::Group(_) if self.channel => ConversationKind::Channel,
            ConversationId::Group(_) => ConversationKind::Group,
        };
        ConversationSummary {
            conversation_id: self.conversation,
            kind,
            name: (kind != ConversationKind::Direct).then_some(self.name),
            photo: self.photo.parse().ok(),
            role: self.role,
            member_count: self.member_count,
            fan_out: self.fan_out,
            head: self.head.index.min(shown.end()),
            visible_from: shown.from(self.visible_from),
            read_index: read.max(shown.view.cleared).index.min(shown.end()),
            unread: shown.view.unread(self.head.ordinal, read),
            mentioned: 0,
            marked_unread: view.marked_unread,
            personal: personal(view, *pinned),
            draft: draft_of(view, self.own.index),
            disappearing: self.disappearing,
            deleted: view.deleted && self.last_message.min(shown.end()) <= view.cleared_index,
            hidden: shown.hidden(),
            request: false,
            peer_read_index: None,
            peer_delivered_index: None,
            activity_ms: match &last_message {
                // What came while the other side was blocked is no activity.
                Some(entry) if self.head.index > shown.end() => entry.time_ms,
                None if self.head.index > shown.end() => 0,
                _ => self.time_ms,
            },
            last_message,
        }
    }
}

impl Engine {
    /// The summary of one conversation for the caller.
    pub(in crate::cases) async fn summary_of(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<ConversationSummary, Error> {
        let shared = self.member_of(caller, conversation).await?;
        let facts = Facts::from_state(&shared.state(), caller.user).ok_or(Rejection::NoConversation)?;
        self.complete(caller.user, vec![facts]).await?.pop().ok_or_else(|| Rejection::NoConversation.into())
    }

    /// Adds read indexes and last messages, for all at once.
    pub(in crate::cases) async fn complete(
        &self,
        user: UserId,
        facts: Vec<Facts>,
    ) -> Result<Vec<ConversationSummary>, Error> {
        let receipts: Vec<_> = facts.iter().map(|facts| keys::receipt(facts.conversation, user)).collect();
        let views: Vec<_> = facts.iter().map(|facts| view::key(user, facts.conversation)).collect();
        let receipts = self.0.store.multi_get(&receipts, Level::Serial).await?;
        let views = self.0.store.multi_get(&views, Level::Serial).await?;
        let pins = self.pins(user).await?;
        let now_ms = self.0.clock.now_ms();
        let own = facts.iter().zip(views).map(|(facts, view)| {
            let view = view_of(view.as_ref().map(|row| &row.value))?;
            let pinned = pins.iter().position(|pin| *pin == facts.conversation).map(|place| place as u32 + 1);
            Ok(Own { shown: Shown::new(&view, now_ms), view, pinned })
        });
        let own = own.collect::<Result<Vec<Own>, Error>>()?;
        let mentions_all: Vec<u64> = facts.iter().map(|facts| facts.mentions_all).collect();
        let entries = self.previews(user, &facts, &own).await?;
        let wrote: Vec<Wrote> =
            facts.iter().map(|facts| Wrote { own: facts.own.index, peer: facts.peer_own }).collect();
        let seen = facts.into_iter().zip(receipts).zip(own.iter().zip(entries));
        let rows = seen.map(|((facts, receipt), (own, entry))| {
            let read = receipt.map_or(Ok(Progress::default()), |row| progress(&row))?;
            Ok(facts.complete(read, own, entry))
        });
        let mut rows = rows.collect::<Result<Vec<_>, Error>>()?;
        self.add_peers(user, &mut rows, &wrote).await?;
        for (row, (own, mentions_all)) in rows.iter_mut().zip(own.iter().zip(mentions_all)) {
            if row.unread == 0 {
                continue;
            }
            let from = row.visible_from.max(row.read_index + 1);
            let mut unread = self.mentions(user, row.conversation_id, from).await?;
            unread.extend(Some(mentions_all).filter(|index| *index > 0 && !unread.contains(index)));
            let counts = |index: &&u64| **index >= from && !own.shown.view.hides(**index);
            row.mentioned = unread.iter().filter(counts).count() as u64;
        }
        Ok(rows)
    }

    /// The latest message of each that its reader is shown.
    async fn previews(
        &self,
        user: UserId,
        facts: &[Facts],
        own: &[Own],
    ) -> Result<Vec<Option<Entry>>, Error> {
        let wanted: Vec<(usize, u64)> = facts
            .iter()
            .zip(own)
            .enumerate()
            .filter_map(|(position, (facts, own))| Some((position, facts.visible_message(&own.shown)?)))
            .collect();
        let messages: Vec<_> = wanted
            .iter()
            .map(|(position, index)| keys::log_row(facts[*position].conversation, *index))
            .collect();
        let messages = self.0.store.multi_get(&messages, Level::Serial).await?;
        let mut entries: Vec<Option<Entry>> = vec![None; facts.len()];
        for ((position, index), row) in wanted.into_iter().zip(messages) {
            let row = row.ok_or_else(|| Error::corrupt("a list points to no entry"))?;
            let (facts, shown) = (&facts[position], &own[position].shown);
            entries[position] = if shown.view.hides(index) {
                let window = (shown.from(facts.visible_from), index);
                self.latest_shown(facts.conversation, shown, window).await?
            } else {
                Some(shown.entry(rows::entry(index, rows::decode(&row.value)?)?))
            };
        }
        for ((facts, own), entry) in facts.iter().zip(own).zip(&mut entries) {
            if let Some(entry) = entry {
                self.take_back_to_block((user, facts.conversation), &own.shown, entry).await?;
            }
        }
        let shown = facts.iter().zip(own).zip(&mut entries);
        let previews =
            shown.filter_map(|((facts, own), entry)| Some((facts.conversation, &own.shown, entry.as_mut()?)));
        self.fill_previews(user, previews.collect()).await?;
        Ok(entries)
    }
}
