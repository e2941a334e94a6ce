//! Loading a conversation: its checkpoint, then the log's tail folded over it.
//!
//! It writes only what a crash left undone at an entry's targets, and trusts the log over every derived row: a lost
//! checkpoint costs time only.

use parlance_domain::{Clocks, Conversation, Membership, Progress};
use parlance_proto::{ConversationId, Entry, UserId};
use parlance_store::{Bound, Family, Level, Range, Row, RowKey};

use super::recent::Recent;
use super::sweep;
use super::target::mend;
use super::touched::Touched;
use crate::follow::Advance;
use crate::node::Node;
use crate::{Error, keys, rows};

/// Rows read at once.
const PAGE: usize = 500;

/// What an owner starts from.
pub(super) struct Loaded {
    /// The state at the head of the log.
    pub conversation: Conversation,
    /// The index up to which the checkpoint and its retry keys are rows.
    pub applied: u64,
    /// The version of the checkpoint's row; 0 if there is none.
    pub version: u64,
    /// Retry keys above `applied`.
    pub recent: Recent,
    /// Rows that are behind the state.
    pub touched: Touched,
    /// Inboxes are durable up to here.
    pub followed: u64,
    /// Which sides of a direct conversation have blocked the other.
    pub blocks: u8,
    /// What inboxes still lack.
    pub advance: Option<Advance>,
}

/// Reads a conversation from the store.
pub(super) async fn load(node: &Node, id: ConversationId) -> Result<Loaded, Error> {
    let cursor = node.store.get(&keys::inbox_cursor(id), Level::Serial).await?.map_or(0, |row| row.version);
    let mut loaded = Loaded {
        conversation: Conversation::empty(id),
        applied: 0,
        version: 0,
        recent: Recent::default(),
        touched: Touched::default(),
        followed: cursor,
        blocks: crate::cases::people::peers::blocks(node, id).await?,
        advance: None,
    };
    load_checkpoint(node, &mut loaded).await?;
    fold_tail(node, &mut loaded).await?;
    Ok(loaded)
}

async fn load_checkpoint(node: &Node, loaded: &mut Loaded) -> Result<(), Error> {
    let partition = keys::state(loaded.conversation.id);
    let key = RowKey { family: Family::Fenced, partition: partition.clone(), key: keys::STATE };
    let Some(row) = node.store.get(&key, Level::Serial).await? else { return Ok(()) };
    let state: rows::StateRow = rows::decode(&row.value)?;
    loaded.version = row.version;
    loaded.applied = state.applied;
    let conversation = &mut loaded.conversation;
    conversation.head = Progress { index: state.applied, ordinal: state.ordinal };
    conversation.last_message = state.last_message;
    conversation.time_ms = state.time_ms;
    conversation.name = state.name;
    conversation.marks = rows::marks(state.marks);
    conversation.fan_out = rows::fan_out(state.fan_out)?;
    conversation.clocks = Clocks {
        setting: rows::disappearing(state.disappearing.unwrap_or_default())?,
        last_waiting: state.last_waiting,
        started: state.clocks_started,
    };
    conversation.channel = state.channel;
    conversation.dissolved = state.dissolved;
    let mut members = Vec::new();
    let range = Range::prefix(Family::Fenced, partition, b"", PAGE);
    node.each(range, |row| take_row(conversation, &mut members, row)).await?;
    if conversation.members.is_empty() {
        // Made at once from what is in order already: a map without gaps, half as large as one that grew.
        conversation.members = members.into_iter().collect();
    } else {
        // The two of a direct conversation are in it whether or not they have a row.
        conversation.members.extend(members);
    }
    Ok(())
}

/// Takes one row of the checkpoint into the state.
fn take_row(
    conversation: &mut Conversation,
    members: &mut Vec<(UserId, Membership)>,
    row: &Row,
) -> Result<(), Error> {
    let number =
        || keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a key of a conversation's state"));
    match &row.key[..1] {
        keys::MEMBER_PREFIX => {
            let (user, member) = (UserId(number()?), rows::decode::<rows::MemberRow>(&row.value)?);
            members.push((user, membership(&member)?));
            if !member.alias.is_empty() {
                conversation.aliases.insert(user, member.alias);
            }
        }
        keys::RESTRAINT_PREFIX => {
            let restraint = rows::restraint_of(rows::decode(&row.value)?);
            conversation.restraints.insert(UserId(number()?), restraint);
        }
        keys::USES_PREFIX => {
            conversation.links.insert(number()?, rows::decode::<rows::UsesRow>(&row.value)?.uses);
        }
        _ if row.key == keys::SHARED => {
            let shared: rows::SharedRow = rows::decode(&row.value)?;
            if let Some(settings) = shared.settings {
                conversation.settings.apply(&rows::settings_of(settings)?);
            }
            conversation.announcement = shared.announcement.map(|row| Box::new(rows::announcement_of(row)));
        }
        _ => {}
    }
    Ok(())
}

fn membership(row: &rows::MemberRow) -> Result<Membership, Error> {
    Ok(Membership {
        role: rows::role(row.role)?,
        own_s: row.own_s,
        joined: Progress { index: row.joined_index, ordinal: row.joined_ordinal },
        visible_from: rows::visible_from(row.visible_from, row.joined_index),
        own: Progress { index: row.own_index, ordinal: row.own_ordinal },
    })
}

/// Folds what the checkpoint lacks, and gathers what inboxes lack.
async fn fold_tail(node: &Node, loaded: &mut Loaded) -> Result<(), Error> {
    let id = loaded.conversation.id;
    let mut next = loaded.applied.min(loaded.followed) + 1;
    loop {
        let page = tail(node, id, next).await?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        next = last.index + 1;
        for (entry, payload_hash) in &page {
            // A crash may have come between the entry and the rewriting of its target.
            if entry.index > loaded.applied {
                mend(node, id, entry).await?;
                sweep::mend(node, id, entry).await?;
            }
            fold(loaded, entry, *payload_hash);
        }
    }
}

/// The next rows of the log from `from` on, within its bucket.
pub(super) async fn tail(
    node: &Node,
    id: ConversationId,
    from: u64,
) -> Result<Vec<(Entry, [u8; 16])>, Error> {
    let range = Range {
        family: Family::Fenced,
        partition: keys::log(id, from),
        from: Bound::Included(keys::index(from)),
        to: Bound::Open,
        limit: PAGE,
        reverse: false,
    };
    let page = node.store.range(range, Level::Serial).await?;
    page.iter()
        .map(|row| {
            let index = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a log key"))?;
            let row: rows::LogRow = rows::decode(&row.value)?;
            let hash = <[u8; 16]>::try_from(row.payload_hash.as_ref()).unwrap_or_default();
            Ok((rows::entry(index, row)?, hash))
        })
        .collect()
}

/// How far inboxes are durable, and what they lack up to `head`.
pub(super) async fn lacking(
    node: &Node,
    id: ConversationId,
    head: u64,
) -> Result<(u64, Option<Advance>), Error> {
    let cursor = node.store.get(&keys::inbox_cursor(id), Level::Serial).await?.map_or(0, |row| row.version);
    let (mut next, mut advance) = (cursor + 1, None);
    while next <= head {
        let page = tail(node, id, next).await?;
        let Some((last, _)) = page.last() else { break };
        next = last.index + 1;
        for (entry, _) in page.iter().filter(|(entry, _)| entry.index <= head) {
            advance.get_or_insert_with(|| Advance::from(entry.index)).add(entry);
        }
    }
    Ok((cursor, advance))
}

fn fold(loaded: &mut Loaded, entry: &Entry, payload_hash: [u8; 16]) {
    if entry.index > loaded.applied {
        loaded.conversation.apply(entry);
        loaded.recent.remember(entry, payload_hash);
        loaded.touched.add(entry);
    }
    if entry.index > loaded.followed {
        loaded.advance.get_or_insert_with(|| Advance::from(entry.index)).add(entry);
    }
}
