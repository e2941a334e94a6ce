//! The marks of one conversation's members: two numbers each.
//!
//! Marks only rise, so a mark noted while the registers are being read loses nothing.

use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use parlance_domain::Marks;
use parlance_proto::{ConversationId, UserId};
use parlance_store::{Bound, Family, Range};
use rustc_hash::FxHashMap;
use tokio::sync::OnceCell;
use tokio::time::Instant;

use crate::node::Node;
use crate::turns::Turns;
use crate::{Error, keys};

/// A table that nobody asked for in this time is dropped.
const IDLE: Duration = Duration::from_secs(60);
/// Registers read at once.
const PAGE: usize = 1_000;

/// How far the members of a conversation got.
pub(crate) struct Table {
    /// By member; who is not here has read nothing and got nothing.
    marks: RwLock<FxHashMap<UserId, Marks>>,
    /// Set when the registers have been read.
    filled: OnceCell<()>,
    /// Reads the registers anew, where other nodes raise them too.
    turns: Turns<()>,
    /// When it was last asked for.
    used_at: RwLock<Instant>,
}

impl Default for Table {
    fn default() -> Table {
        Table {
            marks: RwLock::default(),
            filled: OnceCell::new(),
            turns: Turns::default(),
            used_at: RwLock::new(Instant::now()),
        }
    }
}

impl Table {
    /// The marks. Hold them briefly, never across an await.
    pub(crate) fn marks(&self) -> RwLockReadGuard<'_, FxHashMap<UserId, Marks>> {
        self.marks.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes durable marks of a member.
    pub(super) fn note(&self, user: UserId, marks: Marks) {
        let mut all = self.marks.write().unwrap_or_else(PoisonError::into_inner);
        let known = all.entry(user).or_default();
        *known = known.max(marks);
    }

    pub(super) fn used_at(&self) -> Instant {
        *self.used_at.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_idle(&self) -> bool {
        self.used_at().elapsed() >= IDLE
    }

    /// Reads the registers, the first time; where other nodes raise them too, each time.
    pub(super) async fn fill(&self, node: &Node, conversation: ConversationId) -> Result<(), Error> {
        *self.used_at.write().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        let fill = async || {
            // Both partitions have the same keys; any user's name their partition.
            let read = keys::receipt(conversation, UserId::SERVER).partition;
            let delivered = keys::delivered(conversation, UserId::SERVER).partition;
            self.take(node, read, |index| Marks { read: index, delivered: 0 }).await?;
            self.take(node, delivered, |index| Marks { read: 0, delivered: index }).await
        };
        if node.options.alone {
            return self.filled.get_or_try_init(fill).await.copied();
        }
        self.turns.next(fill).await
    }

    async fn take(
        &self,
        node: &Node,
        partition: bytes::Bytes,
        marks: impl Fn(u64) -> Marks,
    ) -> Result<(), Error> {
        let range = Range {
            family: Family::Register,
            partition,
            from: Bound::Open,
            to: Bound::Open,
            limit: PAGE,
            reverse: false,
        };
        node.each(range, |row| {
            let user = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a receipt's key"))?;
            self.note(UserId(user), marks(row.version));
            Ok(())
        })
        .await
    }
}
