//! How far members got, in memory as long as somebody asks: a table a conversation, filled from its registers.
//!
//! The registers are the truth. A table only ever gains, takes every mark made on this node after it is durable, and
//! is dropped when nobody has asked for a while. Where other nodes raise registers too, they are read each time.

mod hiding;
mod table;
mod tell;

pub(crate) use hiding::Hiding;
pub(crate) use table::Table;
pub(crate) use tell::{keep, member_progress};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use parlance_domain::Marks;
use parlance_proto::{ConversationId, UserId};
use rustc_hash::FxHashMap;
use tokio::sync::Notify;

use crate::Error;
use crate::node::Node;

/// Tables kept at the same time; the one asked for longest ago makes room.
const TABLES_MAX: usize = 1_024;

/// The tables, and what is to be told.
#[derive(Default)]
pub(crate) struct Receipts {
    /// Tables by conversation.
    tables: Mutex<FxHashMap<ConversationId, Arc<Table>>>,
    /// Who does not show the own reading.
    hiding: Hiding,
    /// Members who moved since it was last told.
    moved: Mutex<BTreeMap<ConversationId, BTreeSet<UserId>>>,
    /// Rung when somebody moved.
    bell: Notify,
}

impl Receipts {
    /// The table of a conversation, filled.
    pub(crate) async fn table(&self, node: &Node, conversation: ConversationId) -> Result<Arc<Table>, Error> {
        let table = {
            let mut tables = lock(&self.tables);
            if tables.len() >= TABLES_MAX && !tables.contains_key(&conversation) {
                let oldest = tables.iter().min_by_key(|(_, table)| table.used_at()).map(|(id, _)| *id);
                oldest.map(|id| tables.remove(&id));
            }
            // It must stand here before its registers are read, so that no mark made meanwhile is missed.
            Arc::clone(tables.entry(conversation).or_default())
        };
        table.fill(node, conversation).await?;
        Ok(table)
    }

    /// Notes durable marks of a member.
    pub(crate) fn note(&self, conversation: ConversationId, user: UserId, marks: Marks) {
        let table = lock(&self.tables).get(&conversation).cloned();
        if let Some(table) = table {
            table.note(user, marks);
        }
    }

    /// Notes that others are to be told how far a member is.
    pub(crate) fn moved(&self, conversation: ConversationId, user: UserId) {
        lock(&self.moved).entry(conversation).or_default().insert(user);
        self.bell.notify_one();
    }

    /// Who does not show the own reading.
    pub(crate) fn hiding(&self) -> &Hiding {
        &self.hiding
    }

    fn take_moved(&self) -> BTreeMap<ConversationId, BTreeSet<UserId>> {
        std::mem::take(&mut *lock(&self.moved))
    }

    /// Drops tables that nobody has asked for in a while.
    fn drop_idle(&self) {
        lock(&self.tables).retain(|_, table| !table.is_idle());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
