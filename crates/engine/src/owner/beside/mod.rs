//! What goes beside the log with an entry: blind rows in the same commit, and their erasing with the message.
//!
//! Nothing here outlives the message it belongs to: erasing comes before the answer, and is mended after a crash.

mod ballots;
mod likes;
mod seal;

use bytes::Bytes;
use parlance_domain::{Beside, Rewrite, Swept, Target};
use parlance_proto::{Body, ConversationId, Entry, Style, UserId};
use parlance_store::{Durability, Family, Level, Put, Range, Row, Write};

pub(in crate::owner) use self::ballots::HeldBallot;
use self::ballots::ballot_keys;
pub(in crate::owner) use self::likes::HeldLikes;
use self::likes::like_keys;
pub(in crate::owner) use self::seal::Changing;
use super::target::Held;
use crate::node::Node;
use crate::{Error, files, keys, rows};

/// Rows found at once to be erased. With each ballot go up to 12 rows by option, and the store takes 512 rows a write.
const ERASED: usize = 32;

/// The rows that go with the first entry of a decision.
pub(in crate::owner) fn writes(
    conversation: ConversationId,
    held: Option<&Held>,
    rewrite: Option<&Rewrite>,
    entry: &Entry,
    beside: &[Beside],
) -> Vec<Write> {
    // What is kept is about the target; without one, about the new message itself.
    let target = held.map_or(entry.index, |held| held.target.entry.index);
    let mut writes = Vec::new();
    for one in beside {
        writes.extend(match (one, held) {
            (Beside::Version, Some(held)) => {
                rewrite.map(|rewrite| versions(conversation, held, rewrite, entry)).unwrap_or_default()
            }
            (Beside::Like(emoji), Some(held)) => held.likes.liked(conversation, target, entry, emoji),
            (Beside::Unlike(emoji), Some(held)) => held.likes.unliked(conversation, target, entry, emoji),
            (Beside::Ballot(options), Some(held)) => {
                held.ballot.cast(conversation, &held.target.entry, entry.index, options)
            }
            (Beside::Mention(users), _) => mentions(conversation, target, users, true),
            (Beside::Unmention(users), _) => mentions(conversation, target, users, false),
            (Beside::Version | Beside::Like(_) | Beside::Unlike(_) | Beside::Ballot(_), None) => Vec::new(),
        });
    }
    writes
}

/// The rows by which users know that a message mentions them.
fn mentions(conversation: ConversationId, target: u64, users: &[UserId], mentioned: bool) -> Vec<Write> {
    let key = keys::mention(conversation, target);
    let write = |user: &UserId| {
        let (partition, key) = (keys::personal(*user), key.clone());
        if mentioned {
            Write::Put { partition, put: Put::new(key, Bytes::new()) }
        } else {
            Write::Delete { partition, key }
        }
    };
    users.iter().map(write).collect()
}

/// Has users whom messages mentioned that are gone by now no longer counted as mentioned. Should it fail, reading on does
/// it.
pub(super) async fn unmention(node: &Node, conversation: ConversationId, targets: &[Target], swept: &Swept) {
    let gone = |target: &&Target| {
        let index = target.entry.index;
        swept.rewrites.iter().any(|(at, now)| *at == index && matches!(now.body, Body::Gone { .. }))
    };
    let mut deletes = Vec::new();
    for Target { entry, .. } in targets.iter().filter(gone) {
        let spans = entry.details.as_ref().map_or(&[][..], |details| &details.spans);
        let named = spans.iter().filter_map(|span| match span.style {
            Style::Mention { user_id } => Some(user_id),
            _ => None,
        });
        deletes.extend(mentions(conversation, entry.index, &named.collect::<Vec<_>>(), false));
    }
    for some in deletes.chunks(ERASED) {
        if let Err(error) = node.store.write(some.to_vec(), Durability::Derived).await {
            tracing::debug!(%conversation, %error, "mentions of what is gone count until they are read past");
        }
    }
}

/// The version that the entry makes, and at the first change the one that was sent.
fn versions(conversation: ConversationId, held: &Held, rewrite: &Rewrite, entry: &Entry) -> Vec<Write> {
    let target = held.target.entry.index;
    let partition = keys::versions(conversation, target);
    let put = |index: u64, row: &rows::LogRow| Write::Put {
        partition: partition.clone(),
        put: Put::new(keys::version(target, index), rows::encode(row)),
    };
    let edited = held.target.entry.details.as_ref().is_some_and(|details| details.edited_ms.is_some());
    let sent = (!edited).then(|| put(target, held.row()));
    let new = rows::LogRow { time_ms: entry.time_ms, ..held.rewritten(rewrite) };
    sent.into_iter().chain([put(entry.index, &new)]).collect()
}

/// The latest version of a message that was changed.
pub(in crate::owner) async fn latest_version(
    node: &Node,
    conversation: ConversationId,
    target: u64,
) -> Result<Option<Rewrite>, Error> {
    let range = Range {
        reverse: true,
        ..Range::prefix(Family::Blind, keys::versions(conversation, target), &keys::version_prefix(target), 1)
    };
    let Some(row) = node.store.range(range, Level::Serial).await?.pop() else { return Ok(None) };
    let version = rows::entry(target, rows::decode(&row.value)?)?;
    Ok(Some(Rewrite { body: version.body, details: version.details }))
}

/// Erases all that is kept beside a message whose content is gone. Doing it again changes nothing.
pub(in crate::owner) async fn erase(
    node: &Node,
    conversation: ConversationId,
    target: u64,
) -> Result<(), Error> {
    files::erase(node, conversation, target).await?;
    erase_prefix(node, &keys::versions(conversation, target), &keys::version_prefix(target), |row| {
        Ok(vec![row.key.clone()])
    })
    .await?;
    let partition = keys::likes(conversation, target);
    erase_prefix(node, &partition, &keys::like_prefix(target), |row| {
        let like: rows::LikeRow = rows::decode(&row.value)?;
        Ok(like_keys(target, UserId(like.user), &like.emoji, like.index).into())
    })
    .await?;
    erase_prefix(node, &partition, &keys::like_summary(target), |row| Ok(vec![row.key.clone()])).await?;
    let partition = keys::ballots(conversation, target);
    erase_prefix(node, &partition, &keys::ballot_prefix(target), |row| {
        let ballot: rows::BallotRow = rows::decode(&row.value)?;
        Ok(ballot_keys(target, &ballot))
    })
    .await?;
    erase_prefix(node, &partition, &keys::tally(target), |row| Ok(vec![row.key.clone()])).await
}

/// Erases the rows under a prefix, each with the keys that belong to it.
async fn erase_prefix(
    node: &Node,
    partition: &Bytes,
    prefix: &[u8],
    keys_of: impl Fn(&Row) -> Result<Vec<Bytes>, Error>,
) -> Result<(), Error> {
    loop {
        let range = Range::prefix(Family::Blind, partition.clone(), prefix, ERASED);
        let found = node.store.range(range, Level::Serial).await?;
        let count = found.len();
        let mut deletes = Vec::new();
        for row in &found {
            let keys = keys_of(row)?.into_iter();
            deletes.extend(keys.map(|key| Write::Delete { partition: partition.clone(), key }));
        }
        if !deletes.is_empty() {
            deletes.push(Write::Erased);
            node.store.write(deletes, Durability::Durable).await?;
        }
        if count < ERASED {
            return Ok(());
        }
    }
}

/// Fills into an entry that is about to be pushed what its readers would read from its target.
pub(in crate::owner) fn fill(entry: &mut Entry, rewrite: Option<&Rewrite>) {
    if let (Body::Edited { text, spans, .. }, Some(rewrite)) = (&mut entry.body, rewrite)
        && let Body::Text { text: now } = &rewrite.body
    {
        *text = Some(now.clone());
        *spans = rewrite.details.as_ref().map(|details| details.spans.clone()).unwrap_or_default();
    }
}
