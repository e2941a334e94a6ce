//! What administrators do: users, invites, settings, reports, retention, legal holds, exports, the audit log.
//!
//! Whoever calls shows an `Administrator`, which only a session of one and the command line can get. Everything that
//! changes something is in the audit log before it is answered.

mod export;
mod groups;
mod holds;
mod invites;
mod log;
mod reports;
mod retention;
mod settings;
mod users;

pub use invites::Inviter;
pub use settings::Settings;

use std::collections::BTreeSet;

use parlance_domain::Rejection;
use parlance_store::{Bound, Level, Range};

use crate::{Actor, Caller, Engine, Error, keys};

/// The proof that somebody administers this server.
#[derive(Clone, Copy, Debug)]
pub struct Administrator {
    /// Whose acts the audit log shows.
    pub(in crate::cases) actor: Actor,
}

impl Engine {
    /// The right to administer, if the caller has it. For others there is no such operation.
    pub async fn administrator(&self, caller: Caller) -> Result<Administrator, Error> {
        let account = self.account(caller.user).await?.filter(|account| account.admin);
        let account = account.filter(|account| account.disabled_ms.is_none());
        account.ok_or(Rejection::NotAdministrator)?;
        Ok(Administrator { actor: Actor::User(caller.user) })
    }

    /// The right to administer of whoever can reach the data folder.
    pub fn operator(&self) -> Administrator {
        Administrator { actor: Actor::Operator }
    }

    /// Up to `limit` ids of an index below `before`, highest first, which is newest first.
    pub(crate) async fn index_page(
        &self,
        what: keys::Indexed,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<u64>, Error> {
        let mut found = BTreeSet::new();
        for shard in 0..keys::INDEX_SHARDS {
            let range = Range {
                family: keys::index_family(what),
                partition: keys::index_of(what, shard),
                from: Bound::Open,
                to: before.map_or(Bound::Open, |before| Bound::Excluded(keys::index(before))),
                limit,
                reverse: true,
            };
            for row in self.0.store.range(range, Level::Serial).await? {
                found.insert(keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a key of an index"))?);
            }
        }
        Ok(found.into_iter().rev().take(limit).collect())
    }

    /// How many ids an index has.
    async fn index_count(&self, what: keys::Indexed) -> Result<u64, Error> {
        const ROWS: usize = 1_000;
        let mut count = 0;
        for shard in 0..keys::INDEX_SHARDS {
            let mut from = Bound::Open;
            loop {
                let range = Range {
                    family: keys::index_family(what),
                    partition: keys::index_of(what, shard),
                    from,
                    to: Bound::Open,
                    limit: ROWS,
                    reverse: false,
                };
                let rows = self.0.store.range(range, Level::Serial).await?;
                count += rows.len() as u64;
                match rows.last() {
                    Some(last) if rows.len() == ROWS => from = Bound::Excluded(last.key.clone()),
                    _ => break,
                }
            }
        }
        Ok(count)
    }
}
