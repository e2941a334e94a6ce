//! The message that a command is about: read before the decision, rewritten with the commit that decides it.
//!
//! A target in the bucket of the new entry is rewritten in the same commit. One in an older bucket is rewritten right after
//! it and before the answer; a crash in between is mended when the log's tail is folded again.

use parlance_domain::{Command, Progress, Rewrite, Target};
use parlance_proto::{Body, ConversationId, Entry, GoneReason};
use parlance_store::{Commit, Durability, Guard, Level, Put, Write};

use super::beside::{HeldBallot, HeldLikes};
use super::settle::{Settled, settle};
use super::{Ask, beside};
use crate::node::Node;
use crate::{Error, keys, rows};

/// Tries to rewrite a row against a rival.
const TRIES: u32 = 8;

/// A target as the owner holds it between reading and rewriting.
pub(crate) struct Held {
    /// What the decision sees.
    pub target: Target,
    /// The row it was read from.
    row: rows::LogRow,
    /// Its likes, if the command is about them.
    pub(super) likes: HeldLikes,
    /// The actor's ballot, if the command votes.
    pub(super) ballot: HeldBallot,
}

impl Held {
    /// Reads what `ask` is about; none if it is about no entry, or there is none.
    pub(super) async fn read(
        node: &Node,
        conversation: ConversationId,
        ask: &Ask,
    ) -> Result<Option<Held>, Error> {
        let Some(index) = ask.command.target() else { return Ok(None) };
        let found = node.store.get(&keys::log_row(conversation, index), Level::Serial).await?;
        let Some(found) = found else { return Ok(None) };
        let row: rows::LogRow = rows::decode(&found.value)?;
        let entry = rows::entry(index, row.clone())?;
        let likes = match &ask.command {
            Command::Like(target, emoji) | Command::Unlike(target, emoji) => {
                HeldLikes::read(node, conversation, *target, ask.caller.user, emoji).await?
            }
            _ => HeldLikes::default(),
        };
        let ballot = match &ask.command {
            Command::Vote(target, _) => {
                HeldBallot::read(node, conversation, *target, ask.caller.user).await?
            }
            _ => HeldBallot::default(),
        };
        let target = Target { entry, likes: likes.seen(), ballot: ballot.options() };
        Ok(Some(Held { target, row, likes, ballot }))
    }

    /// The rewritten row, for a commit in the same bucket.
    pub(super) fn put(&self, rewrite: &Rewrite) -> Put {
        Put::new(keys::index(self.target.entry.index), rows::encode(&self.rewritten(rewrite)))
    }

    /// The target's row with other content.
    pub(super) fn rewritten(&self, rewrite: &Rewrite) -> rows::LogRow {
        rows::rewritten(&self.row, &rewrite.body, rewrite.details.as_deref())
    }

    /// The target's row as it was read.
    pub(super) fn row(&self) -> &rows::LogRow {
        &self.row
    }

    /// Whether the target stands in another bucket than `index`.
    pub(super) fn is_elsewhere(&self, index: u64) -> bool {
        is_elsewhere(self.target.entry.index, index)
    }
}

/// The hint that goes with a rewrite which leaves nothing of the content.
pub(super) fn erased(rewrite: &Rewrite) -> Option<Write> {
    matches!(rewrite.body, Body::Gone { .. }).then_some(Write::Erased)
}

/// The index of the message with this ordinal; the one after the head if there is none.
pub(super) async fn message_at(
    node: &Node,
    conversation: ConversationId,
    ordinal: u64,
    head: Progress,
) -> Result<u64, Error> {
    // Ordinals never fall along the log: the message is the first entry that has reached its own.
    let (mut low, mut high) = (1, head.index + 1);
    while low < high {
        let middle = low.midpoint(high);
        let row = node.store.get(&keys::log_row(conversation, middle), Level::Serial).await?;
        let row = row.ok_or_else(|| Error::corrupt("a gap in a log"))?;
        if rows::decode::<rows::LogRow>(&row.value)?.ordinal < ordinal {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// Rewrites an entry in an older bucket. Doing it again changes nothing.
pub(super) async fn rewrite_elsewhere(
    node: &Node,
    conversation: ConversationId,
    index: u64,
    rewrite: &Rewrite,
) -> Result<(), Error> {
    let key = keys::log_row(conversation, index);
    for _ in 0..TRIES {
        let found = node.store.get(&key, Level::Serial).await?;
        let found = found.ok_or_else(|| Error::corrupt("a target is missing in its log"))?;
        let row: rows::LogRow = rows::decode(&found.value)?;
        let wanted = rows::rewritten(&row, &rewrite.body, rewrite.details.as_deref());
        // What is gone never comes back.
        if wanted == row || (rows::is_gone(&row) && !rows::is_gone(&wanted)) {
            return Ok(());
        }
        let commit = Commit {
            partition: key.partition.clone(),
            guard: Guard::Version(key.key.clone(), found.version),
            puts: vec![Put::new(key.key.clone(), rows::encode(&wanted))],
            deletes: Vec::new(),
            token: node.token(),
            along: erased(rewrite).into_iter().collect(),
            durability: Durability::Durable,
        };
        if matches!(settle(&*node.store, &commit).await?, Settled::Applied) {
            return Ok(());
        }
    }
    Err(Error::Busy)
}

/// Does again what an entry of the log's tail may still owe to its target.
pub(super) async fn mend(node: &Node, conversation: ConversationId, entry: &Entry) -> Result<(), Error> {
    match entry.body {
        Body::Recalled { target } => {
            if is_elsewhere(target, entry.index) {
                let gone = Rewrite { body: Body::Gone { reason: GoneReason::Recalled }, details: None };
                rewrite_elsewhere(node, conversation, target, &gone).await?;
            }
            beside::erase(node, conversation, target).await
        }
        Body::Edited { target, .. } if is_elsewhere(target, entry.index) => {
            match beside::latest_version(node, conversation, target).await? {
                Some(rewrite) => rewrite_elsewhere(node, conversation, target, &rewrite).await,
                None => Ok(()),
            }
        }
        Body::PollClosed { target } if is_elsewhere(target, entry.index) => {
            close_poll(node, conversation, target, entry.time_ms).await
        }
        _ => Ok(()),
    }
}

/// Notes on a poll that it is closed.
async fn close_poll(
    node: &Node,
    conversation: ConversationId,
    index: u64,
    closed_ms: i64,
) -> Result<(), Error> {
    let found = node.store.get(&keys::log_row(conversation, index), Level::Serial).await?;
    let found = found.ok_or_else(|| Error::corrupt("a target is missing in its log"))?;
    let entry = rows::entry(index, rows::decode(&found.value)?)?;
    let mut details = entry.details.unwrap_or_default();
    if !matches!(entry.body, Body::Poll(_)) || details.closed_ms.is_some() {
        return Ok(());
    }
    details.closed_ms = Some(closed_ms);
    rewrite_elsewhere(node, conversation, index, &Rewrite { body: entry.body, details: Some(details) }).await
}

/// Whether two entries stand in different buckets.
pub(super) fn is_elsewhere(one: u64, other: u64) -> bool {
    keys::bucket(one) != keys::bucket(other)
}
