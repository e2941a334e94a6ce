//! The rows two people have about each other, and making them agree.
//!
//! Each side's row is changed in a commit of its own. What a crash leaves apart is mended by whoever comes next, with
//! the same outcome whoever that is.

use parlance_domain::{Side, Tie, mend};
use parlance_proto::{ConversationId, Topic, UserId, limits};
use parlance_store::{Family, Level, Put, Range, RowKey, Write};

use crate::follow::{OwnChange, Touched, change_own};
use crate::{Engine, Error, keys, owner, rows};

/// What each of two people is to the other.
pub(super) type Pair = (rows::RelationRow, rows::RelationRow);

/// Rounds of mending before giving up; a round suffices unless both sides act at once.
const TRIES: u32 = 8;

impl Engine {
    /// What `other` is to `user`.
    pub(in crate::cases) async fn relation(
        &self,
        user: UserId,
        other: UserId,
    ) -> Result<rows::RelationRow, Error> {
        let row = self.0.store.get(&row_key(user, other), Level::Serial).await?;
        row.map_or(Ok(rows::RelationRow::default()), |row| rows::decode(&row.value))
    }

    /// What the second is to the first, for each pair.
    pub(in crate::cases) async fn relations(
        &self,
        pairs: &[(UserId, UserId)],
    ) -> Result<Vec<rows::RelationRow>, Error> {
        let wanted: Vec<RowKey> = pairs.iter().map(|(user, other)| row_key(*user, *other)).collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let rows = found
            .into_iter()
            .map(|row| row.map_or(Ok(rows::RelationRow::default()), |row| rows::decode(&row.value)));
        rows.collect()
    }

    /// Changes a user's row about another and tells the user's devices; the row as it is then.
    pub(super) async fn change_relation(
        &self,
        user: UserId,
        other: UserId,
        change: impl Fn(&mut rows::RelationRow) -> Result<(), Error>,
    ) -> Result<rows::RelationRow, Error> {
        let key = keys::relation(other);
        change_own(&self.0, user, std::slice::from_ref(&key), |found| {
            let before = relation_in(found[0].as_ref())?;
            let mut row = before.clone();
            change(&mut row)?;
            if row == before {
                return Ok((None, row));
            }
            if side(&row).tie() != side(&before).tie() {
                row.since_ms = self.0.clock.now_ms();
            }
            let mut own =
                OwnChange { touched: vec![Touched::Topic(Topic::Contacts)], ..OwnChange::default() };
            if is_empty(&row) {
                own.deletes.push(key.clone());
            } else {
                own.puts.push(Put::new(key.clone(), rows::encode(&row)));
            }
            Ok((Some(own), row))
        })
        .await
    }

    /// What each of two people is to the other: the first one's row, then the second one's.
    pub(super) async fn pair(&self, user: UserId, other: UserId) -> Result<Pair, Error> {
        let mut found = self.relations(&[(user, other), (other, user)]).await?;
        let (theirs, own) = (found.pop().unwrap_or_default(), found.pop().unwrap_or_default());
        Ok((own, theirs))
    }

    /// The same as `settle_pair` after the first one's deed, and as long for who is blocked or was declined: telling
    /// the other takes a write, and so does not telling.
    pub(super) async fn settle_evenly(
        &self,
        user: UserId,
        other: UserId,
        before: &Pair,
    ) -> Result<rows::RelationRow, Error> {
        let row = self.settle_pair(user, other).await?;
        if row != before.0 && self.relation(other, user).await? == before.1 {
            let never = Write::Delete { partition: keys::personal(other), key: keys::NEVER };
            self.0.write(vec![never]).await?;
        }
        Ok(row)
    }

    /// Makes the rows of two people agree; the first one's row then.
    pub(super) async fn settle_pair(&self, user: UserId, other: UserId) -> Result<rows::RelationRow, Error> {
        for _ in 0..TRIES {
            let (own, theirs) = self.pair(user, other).await?;
            let (one, two) = mend(side(&own), side(&theirs));
            let (is_one, is_two) = (one == side(&own), two == side(&theirs));
            // Whoever has no room for one more request is not asked, and the asker is not told.
            let no_room = !is_two && is_empty(&theirs) && !self.has_room(other).await?;
            if is_one && (is_two || no_room) {
                self.clocks_go_on(user, other, &own).await?;
                return Ok(own);
            }
            if !is_one {
                self.change_relation(user, other, |row| {
                    take(row, &theirs);
                    Ok(())
                })
                .await?;
            }
            if !is_two && !no_room {
                self.change_relation(other, user, |row| {
                    take(row, &own);
                    Ok(())
                })
                .await?;
            }
            self.review_presence(user);
            self.review_presence(other);
        }
        Err(Error::Busy)
    }

    /// Who asks or accepts becomes welcome: what was read before may start clocks from now on.
    async fn clocks_go_on(&self, user: UserId, other: UserId, own: &rows::RelationRow) -> Result<(), Error> {
        if own.wants && own.blocked_ms == 0 {
            let conversation = ConversationId::direct(user, other);
            self.0.timers.moved(&owner::current(&self.0, conversation).await?.state());
        }
        Ok(())
    }

    /// Whether a user may have one more relation.
    pub(super) async fn has_room(&self, user: UserId) -> Result<bool, Error> {
        let (partition, max) = (keys::user(user), limits::CONTACTS_MAX);
        let range = Range::prefix(Family::Fenced, partition, keys::RELATION_PREFIX, max);
        Ok(self.0.store.range(range, Level::Serial).await?.len() < max)
    }
}

/// Mends a row by the other side's.
fn take(row: &mut rows::RelationRow, other: &rows::RelationRow) {
    let (mended, _) = mend(side(row), side(other));
    set_side(row, mended);
    row.note = if mended.tie() == Tie::Asking { other.own_note.clone() } else { String::new() };
}

/// The full name of a user's row about another.
pub(super) fn row_key(user: UserId, other: UserId) -> RowKey {
    RowKey { family: Family::Fenced, partition: keys::user(user), key: keys::relation(other) }
}

/// The relation in a row; a stranger's if there is none.
pub(super) fn relation_in(value: Option<&bytes::Bytes>) -> Result<rows::RelationRow, Error> {
    value.map_or(Ok(rows::RelationRow::default()), |value| rows::decode(value))
}

/// A row as the rules see it.
pub(in crate::cases) fn side(row: &rows::RelationRow) -> Side {
    Side {
        wants: row.wants,
        wanted: row.wanted,
        declined: row.declined,
        blocked: row.blocked_ms != 0,
        round: row.round,
    }
}

/// Puts what the rules say back into a row; blocking has its own way.
pub(super) fn set_side(row: &mut rows::RelationRow, side: Side) {
    (row.wants, row.wanted, row.declined, row.round) = (side.wants, side.wanted, side.declined, side.round);
}

/// Whether a row says no more than none would.
pub(super) fn is_empty(row: &rows::RelationRow) -> bool {
    let nothing = rows::RelationRow { since_ms: row.since_ms, ..rows::RelationRow::default() };
    *row == nothing
}
