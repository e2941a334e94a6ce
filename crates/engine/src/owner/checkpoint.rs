//! Checkpoints: the fold and the retry keys become rows, so that loading reads a short tail only.
//!
//! Order matters: retry keys first, members next, the `StateRow` last. A crash in between leaves rows that are ahead of
//! `applied`, and folding the tail over them again ends in the same state.

use parlance_domain::Conversation;
use parlance_store::{Commit, Durability, Guard, Put};

use super::run::Task;
use super::settle::{Settled, settle};
use super::touched::{RowChange, Touched};
use crate::{Error, keys, rows};

/// Rows in one commit, below the store's limit.
const ROWS: usize = 400;

impl Task {
    /// Writes what the rows lack.
    pub(super) async fn checkpoint(&mut self) -> Result<(), Error> {
        let head = self.shared.state().head.index;
        if head == self.applied {
            self.committed = false;
            return Ok(());
        }
        self.write_retry_keys().await?;
        let mut changes = self.touched.rows(&self.shared.state());
        while changes.len() > ROWS {
            let some = changes.split_off(changes.len() - ROWS);
            self.write_rows(some, self.applied).await?;
        }
        self.write_rows(changes, head).await?;
        self.applied = head;
        self.committed = false;
        self.touched = Touched::default();
        self.recent.clear();
        Ok(())
    }

    async fn write_retry_keys(&self) -> Result<(), Error> {
        #[cfg(feature = "planted")]
        if self.node.options.planted == Some(crate::Planted::RetryKeyLost) {
            return Ok(());
        }
        let writes = self.recent.writes(self.conversation, self.node.clock.now_ms());
        for chunk in writes.chunks(ROWS) {
            self.node.store.write(chunk.to_vec(), Durability::Derived).await?;
        }
        Ok(())
    }

    /// Writes some rows, and the state's with `applied`.
    async fn write_rows(&mut self, changes: Vec<RowChange>, applied: u64) -> Result<(), Error> {
        let (mut puts, mut deletes) = (Vec::with_capacity(changes.len() + 1), Vec::new());
        for change in changes {
            match change {
                RowChange::Put(put) => puts.push(put),
                RowChange::Delete(key) => deletes.push(key),
            }
        }
        puts.push(Put::new(keys::STATE, rows::encode(&state_row(&self.shared.state(), applied))));
        let commit = Commit {
            partition: keys::state(self.conversation),
            guard: match self.version {
                0 => Guard::Absent(keys::STATE),
                version => Guard::Version(keys::STATE, version),
            },
            puts,
            deletes,
            token: self.node.token(),
            along: Vec::new(),
            durability: Durability::Derived,
        };
        match settle(&*self.node.store, &commit).await? {
            Settled::Applied => {
                self.version += 1;
                Ok(())
            }
            // Another owner checkpoints: this one's view is not to be trusted any more.
            Settled::Lost => Err(Error::Busy),
        }
    }
}

/// Every field but `applied` is as of the head. Until `applied` reaches it, the tail is folded over it again, which
/// ends in the same state because entries carry absolute facts.
fn state_row(state: &Conversation, applied: u64) -> rows::StateRow {
    rows::StateRow {
        applied,
        ordinal: state.head.ordinal,
        last_message: state.last_message,
        time_ms: state.time_ms,
        name: state.name.clone(),
        fan_out: rows::fan_out_number(state.fan_out),
        disappearing: state.clocks.setting.map(|setting| rows::disappearing_row(Some(setting))),
        last_waiting: state.clocks.last_waiting,
        clocks_started: state.clocks.started,
        marks: rows::marks_row(&state.marks),
        channel: state.channel,
        dissolved: state.dissolved,
    }
}
