//! Likes and pins: putting them on messages, and reading them.
//!
//! A page of history costs one look at likes, and none where nobody ever liked anything; pins are part of the state.

use std::collections::{BTreeMap, BTreeSet};

use parlance_domain::{Command, MessageRefusal, Rejection, normal_like};
use parlance_proto::{
    Accepted, Body, ConversationId, Details, Entries, Entry, Like, LikeMessage, LikePage, Likes, ListLikes,
    ListPinned, LookUpMessages, PinMessage, UnlikeMessage, UnpinMessage, UserId, limits,
};
use parlance_store::{Bound, Family, Level, Range, Row, RowKey};

use super::filled::Reader;
use super::shown::Shown;
use crate::cases::page_size;
use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// Likes a message. Repeating it changes nothing.
    pub async fn like_message(&self, caller: Caller, input: LikeMessage) -> Result<Accepted, Error> {
        let emoji = normal_like(&input.emoji)?;
        self.check_like(&emoji).await?;
        self.command(caller, input.conversation_id, Command::Like(input.index, emoji)).await
    }

    /// Takes a like back. Repeating it changes nothing.
    pub async fn unlike_message(&self, caller: Caller, input: UnlikeMessage) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Unlike(input.index, normal_like(&input.emoji)?))
            .await
    }

    /// Pins a message for all. Repeating it changes nothing.
    pub async fn pin_message(&self, caller: Caller, input: PinMessage) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Pin(input.index)).await
    }

    /// Takes a pin away. Repeating it changes nothing.
    pub async fn unpin_message(&self, caller: Caller, input: UnpinMessage) -> Result<Accepted, Error> {
        self.command(caller, input.conversation_id, Command::Unpin(input.index)).await
    }

    /// The pinned messages that the caller may see, the latest pin first.
    pub async fn list_pinned(&self, caller: Caller, input: ListPinned) -> Result<Entries, Error> {
        let shared = self.member_of(caller, input.conversation_id).await?;
        let pins = shared.state().marks.pins();
        let mut entries = self.several(caller, input.conversation_id, &pins).await?;
        entries.retain(|entry| !matches!(entry.body, Body::Gone { .. }));
        Ok(Entries { entries })
    }

    /// Several entries; those that the caller may not see are left out.
    pub async fn look_up_messages(&self, caller: Caller, input: LookUpMessages) -> Result<Entries, Error> {
        let count = input.indexes.len();
        if !(1..=limits::MESSAGES_PER_REQUEST).contains(&count) {
            return Err(MessageRefusal::BadNumberOfMessages(count).into());
        }
        let entries = self.several(caller, input.conversation_id, &input.indexes).await?;
        Ok(Entries { entries })
    }

    /// Those of some entries that the caller may see, in the order asked.
    pub(in crate::cases) async fn several(
        &self,
        caller: Caller,
        conversation: ConversationId,
        indexes: &[u64],
    ) -> Result<Vec<Entry>, Error> {
        let window = self.window(caller, conversation).await?;
        let mut seen = BTreeSet::new();
        let indexes: Vec<u64> =
            indexes.iter().copied().filter(|index| window.contains(*index) && seen.insert(*index)).collect();
        let keys: Vec<_> = indexes.iter().map(|index| keys::log_row(conversation, *index)).collect();
        let found = self.0.store.multi_get(&keys, Level::Serial).await?;
        let rows = indexes.into_iter().zip(found).filter_map(|(index, row)| Some((index, row?)));
        let entries = rows.map(|(index, row)| rows::entry(index, rows::decode(&row.value)?));
        let entries = entries.collect::<Result<Vec<Entry>, Error>>()?;
        self.filled(window.reader(caller, conversation), window.told(entries)).await
    }

    /// A page of a message's likes.
    pub async fn list_likes(&self, caller: Caller, input: ListLikes) -> Result<LikePage, Error> {
        let limit = page_size(input.limit)?;
        let emoji = input.emoji.as_deref().map(normal_like).transpose()?;
        let (conversation, target) = (input.conversation_id, input.index);
        let message = self.several(caller, conversation, &[target]).await?.pop();
        let there = message.is_some_and(|entry| entry.body.is_message() && !is_gone(&entry));
        if !there {
            return Err(Rejection::NoMessage.into());
        }
        let key = |index| match &emoji {
            Some(emoji) => keys::like_with(target, emoji, index),
            None => keys::like(target, index),
        };
        let range = Range {
            family: Family::Blind,
            partition: keys::likes(conversation, target),
            from: Bound::Excluded(key(input.after.unwrap_or(0))),
            to: Bound::Included(key(u64::MAX)),
            limit,
            reverse: false,
        };
        let found = self.0.store.range(range, Level::Serial).await?;
        let likes = found.iter().map(|row| {
            let like: rows::LikeRow = rows::decode(&row.value)?;
            Ok(Like { user_id: UserId(like.user), emoji: like.emoji, index: like.index })
        });
        let mut likes = likes.collect::<Result<Vec<Like>, Error>>()?;
        let next = likes.last().filter(|_| likes.len() == limit).map(|like| like.index);
        if let Some(peer) = conversation.peer_of(caller.user) {
            let end = self.shown_to(caller.user, conversation).await?.end();
            likes.retain(|like| like.user_id != peer || like.index <= end);
        }
        Ok(LikePage { likes, next })
    }

    /// Adds their likes to entries of a page.
    pub(super) async fn fill_likes(&self, reader: Reader<'_>, entries: &mut [Entry]) -> Result<(), Error> {
        let likeable = |entry: &&Entry| entry.body.is_message() && !is_gone(entry);
        let mut indexes = entries.iter().filter(likeable).map(|entry| entry.index);
        let Some(first) = indexes.next() else { return Ok(()) };
        let (low, high) = indexes.fold((first, first), |(low, high), at| (low.min(at), high.max(at)));
        let Some((from, to)) = reader.liked else { return Ok(()) };
        let (low, high) = (low.max(from), high.min(to));
        if low > high {
            return Ok(());
        }
        let mut summaries = self.like_summaries(reader, entries, (low, high)).await?;
        self.take_likes_back_to_block(reader, &mut summaries).await?;
        if summaries.is_empty() {
            return Ok(());
        }
        let own = self.own_likes(reader, &summaries).await?;
        for entry in entries.iter_mut().filter(|entry| entry.body.is_message() && !is_gone(entry)) {
            let Some(summary) = summaries.get(&entry.index) else { continue };
            let likes = summary.kinds.iter().map(|kind| likes(kind, reader.user, entry.index, &own));
            entry.details.get_or_insert_with(Box::<Details>::default).likes = likes.collect();
        }
        Ok(())
    }

    /// Adds their likes and votes to the latest messages of several conversations.
    pub(in crate::cases) async fn fill_previews(
        &self,
        user: UserId,
        previews: Vec<(ConversationId, &Shown, &mut Entry)>,
    ) -> Result<(), Error> {
        let keys: Vec<_> =
            previews.iter().map(|(id, _, entry)| keys::like_summary_row(*id, entry.index)).collect();
        let found = self.0.store.multi_get(&keys, Level::Serial).await?;
        for ((conversation, shown, entry), summary) in previews.into_iter().zip(found) {
            let liked = summary.map(|_| (entry.index, entry.index));
            let reader = Reader { user, conversation, visible_from: entry.index, shown, liked };
            let entry = std::slice::from_mut(entry);
            self.fill_likes(reader, entry).await?;
            self.fill_tallies(reader, entry).await?;
        }
        Ok(())
    }

    /// While the other side is blocked, what they have liked since is not shown.
    async fn take_likes_back_to_block(
        &self,
        reader: Reader<'_>,
        summaries: &mut BTreeMap<u64, rows::LikesRow>,
    ) -> Result<(), Error> {
        let (conversation, end) = (reader.conversation, reader.shown.end());
        let Some(peer) = conversation.peer_of(reader.user).filter(|_| end != u64::MAX) else { return Ok(()) };
        let theirs = |kind: &&rows::LikeKindRow| kind.first.contains(&peer.0);
        let of_message = |(target, row): (&u64, &rows::LikesRow)| {
            let emoji = row.kinds.iter().filter(theirs).map(|kind| kind.emoji.clone());
            emoji.map(|emoji| (*target, emoji)).collect::<Vec<_>>()
        };
        let liked: Vec<(u64, String)> = summaries.iter().flat_map(of_message).collect();
        let key = |(target, emoji): &(u64, String)| RowKey {
            family: Family::Blind,
            partition: keys::likes(conversation, *target),
            key: keys::own_like(peer, *target, emoji),
        };
        let wanted: Vec<RowKey> = liked.iter().map(key).collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        for ((target, emoji), row) in liked.into_iter().zip(found) {
            let index =
                row.map_or(Ok(0), |row| rows::decode::<rows::LikeRow>(&row.value).map(|row| row.index))?;
            let Some(summary) = summaries.get_mut(&target).filter(|_| index > end) else { continue };
            for kind in summary.kinds.iter_mut().filter(|kind| kind.emoji == emoji) {
                kind.first.retain(|user| *user != peer.0);
                kind.count = kind.count.saturating_sub(1);
            }
            summary.kinds.retain(|kind| kind.count > 0);
        }
        summaries.retain(|_, summary| !summary.kinds.is_empty());
        Ok(())
    }

    /// The summaries of likes of a page.
    async fn like_summaries(
        &self,
        reader: Reader<'_>,
        entries: &[Entry],
        (low, high): (u64, u64),
    ) -> Result<BTreeMap<u64, rows::LikesRow>, Error> {
        let mut found: Vec<Row> = Vec::new();
        let wanted: BTreeSet<u64> = entries.iter().map(|entry| entry.index).collect();
        if high - low < 2 * entries.len() as u64 {
            for bucket in keys::bucket(low)..=keys::bucket(high) {
                let partition = keys::likes(reader.conversation, bucket << 16);
                let range = Range {
                    family: Family::Blind,
                    partition,
                    from: Bound::Included(keys::like_summary(low)),
                    to: Bound::Included(keys::like_summary(high)),
                    limit: (high - low + 1) as usize,
                    reverse: false,
                };
                found.extend(self.0.range_for_many(range, Level::Serial).await?.iter().cloned());
            }
        } else {
            // Single messages from far apart.
            let keys: Vec<_> =
                wanted.iter().map(|index| keys::like_summary_row(reader.conversation, *index)).collect();
            found.extend(self.0.store.multi_get(&keys, Level::Serial).await?.into_iter().flatten());
        }
        let summary = |row: Row| {
            let index = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a key of likes"))?;
            Ok((index, rows::decode(&row.value)?))
        };
        found.into_iter().map(summary).collect()
    }

    /// The reader's own likes on messages whose summaries do not tell.
    async fn own_likes(
        &self,
        reader: Reader<'_>,
        summaries: &BTreeMap<u64, rows::LikesRow>,
    ) -> Result<BTreeSet<(u64, String)>, Error> {
        let more = |row: &&rows::LikesRow| row.kinds.iter().any(|kind| kind.count > kind.first.len() as u64);
        let unclear = summaries.iter().filter(|(_, row)| more(row)).map(|(index, _)| *index);
        let mut own = BTreeSet::new();
        let Some((low, high)) = unclear
            .fold(None, |range: Option<(u64, u64)>, at| Some(range.map_or((at, at), |(low, _)| (low, at))))
        else {
            return Ok(own);
        };
        for bucket in keys::bucket(low)..=keys::bucket(high) {
            let range = Range {
                family: Family::Blind,
                partition: keys::likes(reader.conversation, bucket << 16),
                from: Bound::Included(keys::own_likes(reader.user, low)),
                to: Bound::Excluded(keys::own_likes(reader.user, high + 1)),
                limit: (high - low + 1) as usize * limits::LIKES_PER_USER,
                reverse: false,
            };
            for row in self.0.store.range(range, Level::Serial).await? {
                let target = keys::own_like_target(&row.key).ok_or_else(|| Error::corrupt("a like's key"))?;
                own.insert((target, rows::decode::<rows::LikeRow>(&row.value)?.emoji));
            }
        }
        Ok(own)
    }
}

fn is_gone(entry: &Entry) -> bool {
    matches!(entry.body, Body::Gone { .. })
}

fn likes(row: &rows::LikeKindRow, reader: UserId, index: u64, own: &BTreeSet<(u64, String)>) -> Likes {
    let named = row.first.contains(&reader.0);
    Likes {
        emoji: row.emoji.clone(),
        count: row.count,
        first: row.first.iter().map(|user| UserId(*user)).collect(),
        mine: named || own.contains(&(index, row.emoji.clone())),
    }
}
