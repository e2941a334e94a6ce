//! One round of the inbox worker: from advances to each user's rows, then the cursors, then the users' cursors told.
//!
//! A cursor moves, and is told, only after all that it covers is durable.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use parlance_proto::{Event, UserId};
use parlance_store::{Durability, Level};

use super::change::{Kind, UserChange, changes_of};
use super::inbox::Work;
use super::user;
use crate::cases::people::peers;
use crate::hub::{Live, To};
use crate::node::Node;
use crate::{Error, keys};

/// Users written to at the same time.
const USERS_AT_ONCE: usize = 64;
/// Changes in one commit of a user's inbox; each takes up to four rows.
const CHANGES_PER_COMMIT: usize = 80;

/// Writes a round's work, as soon as `durability` says. An error means that some of it may be missing; doing all of it again is harmless.
pub(super) async fn run(node: &Arc<Node>, work: &Work, durability: Durability) -> Result<(), Error> {
    if !node.options.alone {
        look_for_blocks(node, work).await?;
    }
    let by_user = by_user(node, work);
    metrics::histogram!("parlance_inbox_round_users").record(by_user.len() as f64);
    stream::iter(by_user.into_iter().map(|(user, changes)| write_user(node, user, changes, durability)))
        .buffer_unordered(USERS_AT_ONCE)
        .try_collect::<()>()
        .await?;
    let reached: Vec<_> = work
        .advances
        .iter()
        .map(|(conversation, (shared, advance))| (*conversation, Arc::clone(shared), advance.to.index))
        .collect();
    let cursors = reached.into_iter().map(|(conversation, shared, to)| async move {
        let key = keys::inbox_cursor(conversation);
        node.store.merge_max(key, to, bytes::Bytes::new(), durability).await?;
        shared.set_followed(to);
        Ok::<(), Error>(())
    });
    stream::iter(cursors).buffer_unordered(USERS_AT_ONCE).try_collect::<()>().await
}

/// Who has blocked whom, by the rows: blocks made on other nodes count from then on, too.
async fn look_for_blocks(node: &Node, work: &Work) -> Result<(), Error> {
    let directs: Vec<_> = work
        .advances
        .iter()
        .filter_map(|(conversation, (shared, _))| Some((shared, peers::relations_of(*conversation)?)))
        .collect();
    for some in directs.chunks(USERS_AT_ONCE) {
        let wanted: Vec<_> = some.iter().flat_map(|(_, relations)| relations.iter().cloned()).collect();
        let found = node.store.multi_get(&wanted, Level::Serial).await?;
        for ((shared, _), rows) in some.iter().zip(found.chunks(2)) {
            shared.set_all_blocks(peers::blocks_in(rows)?);
        }
    }
    Ok(())
}

/// What each user gets.
fn by_user(node: &Node, work: &Work) -> BTreeMap<UserId, Vec<UserChange>> {
    let mut by_user: BTreeMap<UserId, Vec<UserChange>> = BTreeMap::new();
    for (shared, advance) in work.advances.values() {
        for (user, change) in changes_of(&shared.state(), advance) {
            // Nothing reaches somebody of a person they have blocked; the next advance after that heals the row.
            if shared.blocks(user) {
                continue;
            }
            by_user.entry(user).or_default().push(change);
        }
    }
    for (user, conversations) in &work.reads {
        let changes = by_user.entry(*user).or_default();
        for conversation in conversations {
            // An advance of the same conversation brings the read index along.
            if !changes.iter().any(|change| change.conversation == *conversation) {
                changes.push(UserChange { conversation: *conversation, kind: Kind::Read });
            }
        }
    }
    skip_one(node, &mut by_user);
    by_user
}

/// The planted bug that leaves one user out of a round.
#[cfg(feature = "planted")]
fn skip_one(node: &Node, by_user: &mut BTreeMap<UserId, Vec<UserChange>>) {
    if node.options.planted == Some(crate::Planted::InboxEntrySkipped) && by_user.len() > 1 {
        by_user.pop_last();
    }
}

#[cfg(not(feature = "planted"))]
fn skip_one(_: &Node, _: &mut BTreeMap<UserId, Vec<UserChange>>) {}

async fn write_user(
    node: &Arc<Node>,
    user: UserId,
    changes: Vec<UserChange>,
    durability: Durability,
) -> Result<(), Error> {
    let mut head = 0;
    let mut left = &changes[..];
    while !left.is_empty() {
        let (some, others) = left.split_at(fit_in_a_commit(left));
        head = user::write(node, user, some, durability).await?;
        left = others;
    }
    if node.may_hear(user) {
        let live = Live::new(Event::Cursor { user_index: head });
        node.tell(To::Users(Arc::from([user])), &live);
    }
    Ok(())
}

/// How many of these changes, from the first on, one commit takes.
fn fit_in_a_commit(changes: &[UserChange]) -> usize {
    let mut departures = 0;
    let fits = |change: &&UserChange| {
        departures += usize::from(matches!(change.kind, Kind::Left(_)));
        departures <= user::DEPARTURES
    };
    changes.iter().take(CHANGES_PER_COMMIT).take_while(fits).count()
}

#[cfg(test)]
mod tests {
    use parlance_proto::{ConversationId, GroupId};

    use super::*;

    #[test]
    fn a_commit_takes_so_many_changes_and_so_many_departures() {
        let change = |kind| UserChange { conversation: ConversationId::Group(GroupId(1)), kind };
        let [read, left] = [Kind::Read, Kind::Left(9)].map(|kind| vec![change(kind); 100]);
        assert_eq!(fit_in_a_commit(&read), CHANGES_PER_COMMIT);
        assert_eq!(fit_in_a_commit(&left), user::DEPARTURES);
        assert_eq!(fit_in_a_commit(&[&read[..9], &left, &read].concat()), 9 + user::DEPARTURES);
        assert_eq!(fit_in_a_commit(&[&left[..3], &read[..4]].concat()), 7);
        assert_eq!(fit_in_a_commit(&left[..1]), 1);
    }
}
