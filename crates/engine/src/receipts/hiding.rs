//! The users who do not show what they have read, all of them in memory: a list asks for thousands at once.
//!
//! A choice counts from the moment it is durable; the rows are written with it in one batch. One of them changes with every
//! choice, so that a node sees with one read whether another has written any.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use bytes::Bytes;
use parlance_proto::UserId;
use parlance_store::{Bound, Family, Level, Put, Range, Write};
use rustc_hash::FxHashSet;
use tokio::sync::OnceCell;

use crate::node::Node;
use crate::turns::Turns;
use crate::{Error, keys};

/// Rows read at once.
const PAGE: usize = 1_000;

/// Who does not show the own reading.
#[derive(Default)]
pub(crate) struct Hiding {
    users: RwLock<FxHashSet<UserId>>,
    /// Set when the rows have been read.
    filled: OnceCell<()>,
    /// As of which choice, where other nodes take them too; empty before the first.
    version: Mutex<Option<Bytes>>,
    /// Looks for that.
    turns: Turns<()>,
}

impl Hiding {
    /// Reads the rows, the first time; where other nodes write them too, whenever they have. `users` is empty before.
    pub(crate) async fn fill(&self, node: &Node) -> Result<(), Error> {
        if node.options.alone {
            return self.filled.get_or_try_init(|| self.read(node)).await.copied();
        }
        self.turns.next(|| self.renew(node)).await
    }

    async fn renew(&self, node: &Node) -> Result<(), Error> {
        let found = node.store.get(&keys::hiding_version(), Level::Serial).await?;
        let version = found.map(|row| row.value).unwrap_or_default();
        if self.version().as_ref() == Some(&version) {
            return Ok(());
        }
        self.read(node).await?;
        *self.version() = Some(version);
        Ok(())
    }

    fn version(&self) -> MutexGuard<'_, Option<Bytes>> {
        self.version.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The users. Hold them briefly, never across an await.
    pub(crate) fn users(&self) -> RwLockReadGuard<'_, FxHashSet<UserId>> {
        self.users.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a durable choice.
    pub(crate) fn set(&self, user: UserId, hides: bool) {
        let mut users = self.users.write().unwrap_or_else(PoisonError::into_inner);
        if hides {
            users.insert(user);
        } else {
            users.remove(&user);
        }
    }

    /// The rows that go along with a choice.
    pub(crate) fn rows(node: &Node, user: UserId, hides: bool) -> Vec<Write> {
        let (partition, key) = (keys::hides_reads(), keys::index(user.0));
        let choice = if hides {
            Write::Put { partition, put: Put::new(key, Bytes::new()) }
        } else {
            Write::Delete { partition, key }
        };
        let version = keys::hiding_version();
        let put = Put::new(version.key, node.token().to_vec());
        vec![choice, Write::Put { partition: version.partition, put }]
    }

    async fn read(&self, node: &Node) -> Result<(), Error> {
        let range = Range {
            family: Family::Blind,
            partition: keys::hides_reads(),
            from: Bound::Open,
            to: Bound::Open,
            limit: PAGE,
            reverse: false,
        };
        let mut users = FxHashSet::default();
        node.each(range, |row| {
            let user = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a hiding user's key"))?;
            users.insert(UserId(user));
            Ok(())
        })
        .await?;
        *self.users.write().unwrap_or_else(PoisonError::into_inner) = users;
        Ok(())
    }
}
