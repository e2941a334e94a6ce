//! Likes as the owner keeps them: a summary a message, and rows by order, by emoji and by user.
//!
//! All rows of a like come with its entry in one commit. A summary names the first likers, so that a page of history
//! needs no look at the rows.

use bytes::Bytes;
use parlance_domain::TargetLikes;
use parlance_proto::{ConversationId, Entry, UserId, limits};
use parlance_store::{Family, Level, Put, Range, Write};

use crate::node::Node;
use crate::{Error, keys, rows};

/// A message's likes, as far as a decision about one of them needs.
#[derive(Default)]
pub(in crate::owner) struct HeldLikes {
    /// The summary.
    row: rows::LikesRow,
    /// The actor's own likes: emoji, and the entry of each.
    own: Vec<(String, u64)>,
    /// The first likers with the emoji that the command names, one more than a summary shows.
    first: Vec<u64>,
}

impl HeldLikes {
    /// Reads what a command of `actor` about likes with `emoji` needs.
    pub(in crate::owner) async fn read(
        node: &Node,
        conversation: ConversationId,
        target: u64,
        actor: UserId,
        emoji: &str,
    ) -> Result<HeldLikes, Error> {
        let partition = keys::likes(conversation, target);
        let summary = keys::like_summary_row(conversation, target);
        let row = match node.store.get(&summary, Level::Serial).await? {
            Some(row) => rows::decode(&row.value)?,
            None => rows::LikesRow::default(),
        };
        let own = keys::own_likes(actor, target);
        let range = Range::prefix(Family::Blind, partition.clone(), &own, limits::LIKES_PER_USER + 1);
        let mut held = HeldLikes { row, ..HeldLikes::default() };
        for row in node.store.range(range, Level::Serial).await? {
            let like: rows::LikeRow = rows::decode(&row.value)?;
            held.own.push((like.emoji, like.index));
        }
        let same = keys::likes_with(target, emoji);
        let range = Range::prefix(Family::Blind, partition, &same, limits::LIKERS_SHOWN + 1);
        for row in node.store.range(range, Level::Serial).await? {
            held.first.push(rows::decode::<rows::LikeRow>(&row.value)?.user);
        }
        Ok(held)
    }

    /// What the decision sees.
    pub(in crate::owner) fn seen(&self) -> TargetLikes {
        TargetLikes {
            own: self.own.iter().map(|(emoji, _)| emoji.clone()).collect(),
            kinds: self.row.kinds.iter().map(|kind| kind.emoji.clone()).collect(),
        }
    }

    /// The rows of a new like.
    pub(in crate::owner) fn liked(
        &self,
        conversation: ConversationId,
        target: u64,
        entry: &Entry,
        emoji: &str,
    ) -> Vec<Write> {
        let partition = keys::likes(conversation, target);
        let user = entry.sender;
        let mut summary = self.row.clone();
        let position = summary.kinds.iter().position(|kind| kind.emoji == emoji).unwrap_or_else(|| {
            let kind = rows::LikeKindRow { emoji: emoji.to_owned(), ..rows::LikeKindRow::default() };
            summary.kinds.push(kind);
            summary.kinds.len() - 1
        });
        let kind = &mut summary.kinds[position];
        kind.count += 1;
        if kind.first.len() < limits::LIKERS_SHOWN {
            kind.first.push(user.0);
        }
        let like = rows::LikeRow { user: user.0, emoji: emoji.to_owned(), index: entry.index };
        let value = rows::encode(&like);
        let rows = like_keys(target, user, emoji, entry.index).map(|key| (key, value.clone()));
        let summary = (keys::like_summary(target), rows::encode(&summary));
        let put = |(key, value): (Bytes, Bytes)| Write::Put {
            partition: partition.clone(),
            put: Put::new(key, value),
        };
        rows.into_iter().chain([summary]).map(put).collect()
    }

    /// The rows of a like that is taken back.
    pub(in crate::owner) fn unliked(
        &self,
        conversation: ConversationId,
        target: u64,
        entry: &Entry,
        emoji: &str,
    ) -> Vec<Write> {
        let partition = keys::likes(conversation, target);
        let user = entry.sender;
        let Some((_, index)) = self.own.iter().find(|(own, _)| own == emoji) else { return Vec::new() };
        let mut summary = self.row.clone();
        for kind in summary.kinds.iter_mut().filter(|kind| kind.emoji == emoji) {
            kind.count = kind.count.saturating_sub(1);
            let others = self.first.iter().copied().filter(|first| *first != user.0);
            kind.first = others.take(limits::LIKERS_SHOWN).collect();
        }
        summary.kinds.retain(|kind| kind.count > 0);
        let delete = |key| Write::Delete { partition: partition.clone(), key };
        let mut writes: Vec<Write> = like_keys(target, user, emoji, *index).map(delete).into();
        writes.push(if summary.kinds.is_empty() {
            delete(keys::like_summary(target))
        } else {
            let put = Put::new(keys::like_summary(target), rows::encode(&summary));
            Write::Put { partition: partition.clone(), put }
        });
        writes
    }
}

/// The keys under which a like stands.
pub(in crate::owner) fn like_keys(target: u64, user: UserId, emoji: &str, index: u64) -> [Bytes; 3] {
    [keys::like(target, index), keys::like_with(target, emoji, index), keys::own_like(user, target, emoji)]
}
