//! Unread mentions: rows of the mentioned user, one a message, from the read index on.
//!
//! Nothing is counted up; rows at or below the read index say nothing and are swept away on reading.

use parlance_proto::{ConversationId, UserId};
use parlance_store::{Bound, Durability, Family, Level, Range, Write};

use crate::{Engine, Error, keys};

/// Unread mentions in one conversation that are looked at; more are shown as so many.
const MENTIONS: usize = 1_000;
/// Rows swept away at once.
const SWEPT: usize = 200;

impl Engine {
    /// The messages of a conversation from an index on that mention a user.
    pub(super) async fn mentions(
        &self,
        user: UserId,
        conversation: ConversationId,
        from: u64,
    ) -> Result<Vec<u64>, Error> {
        let range = Range {
            family: Family::Blind,
            partition: keys::personal(user),
            from: Bound::Included(keys::mention(conversation, from)),
            to: Bound::Included(keys::mention(conversation, u64::MAX)),
            limit: MENTIONS,
            reverse: false,
        };
        let rows = self.0.store.range(range, Level::Serial).await?;
        let index = |key| keys::tail_number(key).ok_or_else(|| Error::corrupt("a mention's key"));
        rows.iter().map(|row| index(&row.key)).collect()
    }

    /// Sweeps away what was read.
    pub(super) async fn sweep_mentions(
        &self,
        user: UserId,
        conversation: ConversationId,
        read: u64,
    ) -> Result<(), Error> {
        let partition = keys::personal(user);
        let range = Range {
            family: Family::Blind,
            partition: partition.clone(),
            from: Bound::Included(keys::mention(conversation, 0)),
            to: Bound::Included(keys::mention(conversation, read)),
            limit: SWEPT,
            reverse: false,
        };
        let found = self.0.store.range(range, Level::Serial).await?;
        if found.is_empty() {
            return Ok(());
        }
        let delete = |key| Write::Delete { partition: partition.clone(), key };
        let deletes = found.into_iter().map(|row| delete(row.key)).collect();
        self.0.store.write(deletes, Durability::Derived).await?;
        Ok(())
    }
}
