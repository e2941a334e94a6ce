//! The message that a command is about: read before the decision, rewritten with the commit that decides it.
//!
//! A target in the bucket of the new entry is rewritten in the same commit. One in an older bucket is rewritten right after
//! it and before the answer; a crash in between is mended when the log's tail is folded again.

use parlance_domain::{Command, Progress, Rewrite, Target};
use parlance_proto::{Body, ConversationId, Details, Entry, GoneReason};
use parlance_store::{Commit, Durability, Guard, Level, Put, RowKey, Write};

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
    /// That row's version.
    version: u64,
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
        Ok(Some(Held { target, row, version: found.version, likes, ballot }))
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

    /// Rewrites the target, in an older bucket than the entry that says so. Somebody who has done more to it meanwhile has
    /// done this before.
    pub(super) async fn rewrite(
        &self,
        node: &Node,
        conversation: ConversationId,
        entry: &Entry,
        rewrite: &Rewrite,
    ) -> Result<(), Error> {
        let key = keys::log_row(conversation, self.target.entry.index);
        if replace(node, &key, self.version, (&self.rewritten(rewrite), rewrite)).await? {
            return Ok(());
        }
        mend(node, conversation, entry).await
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

/// What a later entry makes of a message in an older bucket, drawn from the message as it stands: two who do it, in
/// whatever order and however late, end in the same.
#[derive(Clone, Copy)]
pub(super) enum Owed<'a> {
    /// Its content is gone, for good.
    Gone(&'a Rewrite),
    /// It says what its latest version says.
    Edited,
    /// It is a poll that is closed.
    Closed(i64),
    /// It disappears at this time, unless it does sooner.
    Expires(i64),
}

impl Owed<'_> {
    /// The message from now on; none if nothing is owed any more.
    async fn of(
        &self,
        node: &Node,
        conversation: ConversationId,
        entry: Entry,
    ) -> Result<Option<Rewrite>, Error> {
        let mut details = entry.details.unwrap_or_default();
        let body = match (self, entry.body) {
            // What is gone never comes back.
            (_, Body::Gone { .. }) => return Ok(None),
            (Owed::Gone(rewrite), _) => return Ok(Some((*rewrite).clone())),
            (Owed::Edited, _) => {
                let latest = beside::latest_version(node, conversation, entry.index).await?;
                let Some(Rewrite { body, details: said }) = latest else { return Ok(None) };
                let said = said.unwrap_or_default();
                let times = (details.expires_ms, details.expires_after_ms);
                details = Box::new(Details { expires_ms: times.0, expires_after_ms: times.1, ..*said });
                body
            }
            (Owed::Closed(closed_ms), body @ Body::Poll(_)) => {
                details.closed_ms.get_or_insert(*closed_ms);
                body
            }
            (Owed::Closed(_), _) => return Ok(None),
            (Owed::Expires(expires_ms), body) => {
                let sooner = details.expires_ms.map_or(*expires_ms, |kept| kept.min(*expires_ms));
                (details.expires_ms, details.expires_after_ms) = (Some(sooner), None);
                body
            }
        };
        Ok(Some(Rewrite { body, details: Some(details) }))
    }
}

/// Rewrites a message in an older bucket. Doing it again changes nothing.
pub(super) async fn rewrite_elsewhere(
    node: &Node,
    conversation: ConversationId,
    index: u64,
    owed: Owed<'_>,
) -> Result<(), Error> {
    let key = keys::log_row(conversation, index);
    for _ in 0..TRIES {
        let found = node.store.get(&key, Level::Serial).await?;
        let found = found.ok_or_else(|| Error::corrupt("a target is missing in its log"))?;
        let row: rows::LogRow = rows::decode(&found.value)?;
        let rewrite = owed.of(node, conversation, rows::entry(index, row.clone())?).await?;
        let Some(rewrite) = rewrite else { return Ok(()) };
        let wanted = rows::rewritten(&row, &rewrite.body, rewrite.details.as_deref());
        if wanted == row || replace(node, &key, found.version, (&wanted, &rewrite)).await? {
            return Ok(());
        }
    }
    Err(Error::Busy)
}

/// Puts another row in the place of this version of one. False if that one stands there no more.
async fn replace(
    node: &Node,
    key: &RowKey,
    version: u64,
    (wanted, rewrite): (&rows::LogRow, &Rewrite),
) -> Result<bool, Error> {
    let commit = Commit {
        partition: key.partition.clone(),
        guard: Guard::Version(key.key.clone(), version),
        puts: vec![Put::new(key.key.clone(), rows::encode(wanted))],
        deletes: Vec::new(),
        token: node.token(),
        along: erased(rewrite).into_iter().collect(),
        durability: Durability::Durable,
    };
    Ok(matches!(settle(&*node.store, &commit).await?, Settled::Applied))
}

/// Does again what an entry of the log's tail may still owe to its target.
pub(super) async fn mend(node: &Node, conversation: ConversationId, entry: &Entry) -> Result<(), Error> {
    let owe = async |target, owed: Owed<'_>| {
        if is_elsewhere(target, entry.index) {
            rewrite_elsewhere(node, conversation, target, owed).await?;
        }
        Ok::<(), Error>(())
    };
    match entry.body {
        Body::Recalled { target } => {
            let gone = Rewrite { body: Body::Gone { reason: GoneReason::Recalled }, details: None };
            owe(target, Owed::Gone(&gone)).await?;
            beside::erase(node, conversation, target).await
        }
        Body::Edited { target, .. } => owe(target, Owed::Edited).await,
        Body::PollClosed { target } => owe(target, Owed::Closed(entry.time_ms)).await,
        _ => Ok(()),
    }
}

/// Whether two entries stand in different buckets.
pub(super) fn is_elsewhere(one: u64, other: u64) -> bool {
    keys::bucket(one) != keys::bucket(other)
}
