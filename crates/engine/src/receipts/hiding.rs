//! The users who do not show what they have read, all of them in memory: a list asks for thousands at once.
//!
//! A choice counts from the moment it is durable; the rows are written with it in one batch.

use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use bytes::Bytes;
use parlance_proto::UserId;
use parlance_store::{Bound, Family, Put, Range, Write};
use rustc_hash::FxHashSet;
use tokio::sync::OnceCell;

use crate::node::Node;
use crate::{Error, keys};

/// Rows read at once.
const PAGE: usize = 1_000;

/// Who does not show the own reading.
#[derive(Default)]
pub(crate) struct Hiding {
    users: RwLock<FxHashSet<UserId>>,
    /// Set when the rows have been read.
    filled: OnceCell<()>,
}

impl Hiding {
    /// Reads the rows, the first time. `users` is empty before.
    pub(crate) async fn fill(&self, node: &Node) -> Result<(), Error> {
        self.filled.get_or_try_init(|| self.read(node)).await.copied()
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

    /// The row that goes along with a choice.
    pub(crate) fn row(user: UserId, hides: bool) -> Write {
        let (partition, key) = (keys::hides_reads(), keys::index(user.0));
        if hides {
            Write::Put { partition, put: Put::new(key, Bytes::new()) }
        } else {
            Write::Delete { partition, key }
        }
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
        node.each(range, |row| {
            let user = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a hiding user's key"))?;
            self.set(UserId(user), true);
            Ok(())
        })
        .await
    }
}
