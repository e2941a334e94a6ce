//! Unread mentions: rows of the mentioned user, one a message, from the read index on.
//!
//! Nothing is counted up; rows at or below the read index say nothing and are swept away on reading.

use std::collections::BTreeMap;

use parlance_proto::{ConversationId, UserId};
use parlance_store::{Bound, Durability, Family, Level, Range, Write};

use crate::{Engine, Error, keys};

/// Unread mentions of one user that are looked at; more are shown as so many.
const MENTIONS: usize = 1_000;
/// Rows swept away at once.
const SWEPT: usize = 200;

impl Engine {
    /// The messages that mention a user and may be unread, by conversation.
    pub(super) async fn mentions(&self, user: UserId) -> Result<BTreeMap<ConversationId, Vec<u64>>, Error> {
        let range = Range::prefix(Family::Blind, keys::personal(user), keys::MENTION_PREFIX, MENTIONS);
        let mut mentions: BTreeMap<ConversationId, Vec<u64>> = BTreeMap::new();
        for row in self.0.store.range(range, Level::Serial).await? {
            let (conversation, index) =
                keys::parse_mention(&row.key).ok_or_else(|| Error::corrupt("a mention's key"))?;
            mentions.entry(conversation).or_default().push(index);
        }
        Ok(mentions)
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
