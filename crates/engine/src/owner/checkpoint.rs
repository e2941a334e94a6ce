//! Checkpoints: the fold and the retry keys become rows, so that loading reads a short tail only.
//!
//! Order matters: retry keys first, members next, the `StateRow` last. A crash in between leaves rows that are ahead of
//! `applied`, and folding the tail over them again ends in the same state.
//!
//! In a quiet moment all of it is written at leisure. While asks come in, retry keys are written beside them, and the asks
//! wait for the one small commit at the end only.

use std::sync::Arc;

use parlance_domain::Conversation;
use parlance_store::{Commit, Durability, Guard, Put, Store, Write};
use tokio::sync::oneshot;

use super::run::Task;
use super::settle::{Settled, settle};
use super::touched::{RowChange, Touched};
use crate::{Error, keys, rows};

/// Rows in one commit, below the store's limit.
const ROWS: usize = 400;

/// Retry keys in memory before they are made rows, and before asks wait for that.
pub(super) const RECENT_MAX: usize = 512;
const RECENT_FULL: usize = 2 * RECENT_MAX;

/// Retry keys that become rows while the owner goes on.
pub(super) struct Underway {
    /// All up to this index.
    upto: u64,
    done: oneshot::Receiver<Result<(), Error>>,
}

impl Task {
    /// Writes what the rows lack.
    pub(super) async fn checkpoint(&mut self) -> Result<(), Error> {
        let head = self.shared.state().head.index;
        if head > self.applied {
            write_all(&*self.node.store, self.retry_keys()).await?;
            self.write_touched(head, Durability::Derived).await?;
        }
        self.committed = false;
        Ok(())
    }

    /// Makes the tail shorter if it has grown long, while asks may be waiting.
    pub(super) async fn shorten(&mut self) {
        if self.recent.len() <= RECENT_MAX {
            return;
        }
        let underway = match self.underway.take() {
            Some(underway) => underway,
            None => self.write_ahead(),
        };
        if self.recent.len() <= RECENT_FULL && underway.done.is_empty() {
            self.underway = Some(underway);
            return;
        }
        // Whoever wrote was stopped if there is no word of it.
        let mut written = underway.done.await.unwrap_or(Err(Error::Busy));
        if written.is_ok() && underway.upto > self.applied {
            written = self.write_touched(underway.upto, Durability::Durable).await;
        }
        self.kept_up(written).await;
    }

    /// Writes a checkpoint. False if that failed and has to be tried again.
    pub(super) async fn keep_up(&mut self) -> bool {
        let written = self.checkpoint().await;
        self.kept_up(written).await
    }

    /// What follows from a checkpoint that was written, or was not.
    async fn kept_up(&mut self, written: Result<(), Error>) -> bool {
        let Err(error) = written else { return true };
        if self.node.options.alone {
            tracing::warn!(conversation = %self.conversation, %error, "checkpoint failed; it will be tried again");
        } else {
            tracing::debug!(conversation = %self.conversation, %error, "no checkpoint this time");
        }
        // Another owner's checkpoint stands there, or it is not known whose: go on from what the rows say now.
        if matches!(error, Error::Busy | Error::Unknown)
            && let Err(error) = self.reload().await
        {
            tracing::warn!(conversation = %self.conversation, %error, "the log cannot be read again");
        }
        false
    }

    /// Begins to make the retry keys of up to the head rows.
    fn write_ahead(&self) -> Underway {
        let (done, answer) = oneshot::channel();
        let (store, writes) = (Arc::clone(&self.node.store), self.retry_keys());
        self.node.tasks.spawn(async move {
            // Nobody may be listening any more.
            let _ = done.send(write_all(&*store, writes).await);
        });
        Underway { upto: self.shared.state().head.index, done: answer }
    }

    fn retry_keys(&self) -> Vec<Write> {
        #[cfg(feature = "planted")]
        if self.node.options.planted == Some(crate::Planted::RetryKeyLost) {
            return Vec::new();
        }
        self.recent.writes(self.conversation, self.node.clock.now_ms())
    }

    /// Writes the rows that are behind, and that the tail begins after `applied`: retry keys up to there are rows.
    async fn write_touched(&mut self, applied: u64, durability: Durability) -> Result<(), Error> {
        let mut changes = self.touched.rows(&self.shared.state());
        while changes.len() > ROWS {
            let some = changes.split_off(changes.len() - ROWS);
            self.write_rows(some, self.applied, durability).await?;
        }
        self.write_rows(changes, applied, durability).await?;
        self.applied = applied;
        self.touched = Touched::default();
        self.recent.forget(applied);
        Ok(())
    }

    /// Writes some rows, and the state's with `applied`.
    async fn write_rows(
        &mut self,
        changes: Vec<RowChange>,
        applied: u64,
        durability: Durability,
    ) -> Result<(), Error> {
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
            durability,
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

async fn write_all(store: &dyn Store, writes: Vec<Write>) -> Result<(), Error> {
    for some in writes.chunks(ROWS) {
        store.write(some.to_vec(), Durability::Derived).await?;
    }
    Ok(())
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
