//! The life of an owner: load, serve batches, tidy up in quiet moments, retire when idle.
//!
//! An ask is answered after its commit is durable or certainly refused; after a doubt the log is read again
//! first.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parlance_domain::{Progress, Rewrite};
use parlance_proto::{Accepted, Body, ConversationId, Entry, UserId};
use parlance_store::{Commit, Durability, Guard, Level, Put, Write};
use rustc_hash::FxHashMap;
use tokio::sync::{mpsc, oneshot};

use super::batch::{Batch, Sight, accepted};
use super::beside;
use super::load::{Loaded, load};
use super::recent::{Recent, Use};
use super::seal::Changing;
use super::settle::{Settled, settle};
use super::target::{Held, erased, message_at, rewrite_elsewhere};
use super::touched::Touched;
use super::{Ask, Board, Desk, Shared, Stage, sweep};
use crate::node::Node;
use crate::{Error, files, follow, keys, rows, timers};

/// Asks taken at once.
const ASKS: usize = 256;
/// Retry keys kept in memory before a checkpoint makes them rows.
const RECENT_MAX: usize = 512;

/// An owner at work.
pub(super) struct Task {
    pub(super) node: Arc<Node>,
    pub(super) conversation: ConversationId,
    /// The state that readers see.
    pub(super) shared: Arc<Shared>,
    /// The index up to which the checkpoint's rows stand.
    pub(super) applied: u64,
    /// The version of the checkpoint's row.
    pub(super) version: u64,
    /// Retry keys above `applied`.
    pub(super) recent: Recent,
    /// Rows that are behind.
    pub(super) touched: Touched,
    /// Whether this incarnation's dirty mark stands in the store.
    pub(super) marked: bool,
    /// Tells readers which state to look at.
    board: Arc<Board>,
}

/// What a wait for asks ended with.
enum Wake {
    Asks,
    Quiet,
    End,
}

/// Owns a conversation until nobody needs it any more.
pub(super) async fn own(node: Arc<Node>, conversation: ConversationId, mut desk: Desk) {
    let loaded = match load(&node, conversation).await {
        Ok(loaded) => loaded,
        Err(error) => {
            node.owners.forget(conversation, |_| true);
            desk.mailbox.close();
            desk.board.show(Stage::Over(error.clone()));
            while let Some(ask) = desk.mailbox.recv().await {
                let _ = ask.answer.send(Err(error.clone()));
            }
            return;
        }
    };
    let mut task = Task::new(Arc::clone(&node), conversation, loaded, Arc::clone(&desk.board));
    task.serve(&mut desk.mailbox).await;
    node.owners.forget(conversation, |owner| owner.mailbox.is_closed());
}

impl Task {
    fn new(node: Arc<Node>, conversation: ConversationId, loaded: Loaded, board: Arc<Board>) -> Task {
        let shared =
            Arc::new(Shared::new(loaded.conversation, loaded.followed, Arc::new(loaded.blocks.into())));
        if let Some(advance) = loaded.advance {
            node.inbox.note(&shared, advance);
        }
        board.show(Stage::Ready(Arc::clone(&shared)));
        Task {
            node,
            conversation,
            shared,
            applied: loaded.applied,
            version: loaded.version,
            recent: loaded.recent,
            touched: loaded.touched,
            marked: false,
            board,
        }
    }

    async fn serve(&mut self, mailbox: &mut mpsc::Receiver<Ask>) {
        let mut asks = VecDeque::new();
        let mut quiet_ms = 0;
        loop {
            match self.wait(mailbox, &mut asks).await {
                Wake::Asks => {
                    quiet_ms = 0;
                    self.serve_all(&mut asks).await;
                }
                Wake::Quiet => {
                    quiet_ms += self.node.options.tidy_ms;
                    if self.tidy().await && quiet_ms >= self.node.options.idle_ms {
                        break;
                    }
                }
                Wake::End => break,
            }
        }
        self.retire(mailbox).await;
    }

    async fn wait(&self, mailbox: &mut mpsc::Receiver<Ask>, asks: &mut VecDeque<Ask>) -> Wake {
        let mut taken = Vec::new();
        tokio::select! {
            biased;
            count = mailbox.recv_many(&mut taken, ASKS) => {
                asks.extend(taken);
                if count == 0 { Wake::End } else { Wake::Asks }
            }
            () = self.node.tasks.stopping() => Wake::End,
            () = tokio::time::sleep(Duration::from_millis(self.node.options.tidy_ms)) => Wake::Quiet,
        }
    }

    /// Ends: what is queued is still served, what the rows lack is written.
    async fn retire(&mut self, mailbox: &mut mpsc::Receiver<Ask>) {
        mailbox.close();
        let mut asks = VecDeque::new();
        while let Some(ask) = mailbox.recv().await {
            asks.push_back(ask);
        }
        self.serve_all(&mut asks).await;
        if let Err(error) = self.checkpoint().await {
            tracing::debug!(conversation = %self.conversation, %error, "no checkpoint at the end; the log has it all");
        }
    }

    /// Does what can wait for a quiet moment. True if nothing is left to do.
    async fn tidy(&mut self) -> bool {
        if !self.keep_up().await {
            return false;
        }
        let head = self.shared.state().head.index;
        if self.shared.followed() < head && !self.planted_mark_removed_early() {
            return false;
        }
        self.unmark().await
    }

    #[cfg(feature = "planted")]
    fn planted_mark_removed_early(&self) -> bool {
        let planted = self.node.options.planted == Some(crate::Planted::MarkRemovedEarly);
        if planted {
            self.node.inbox.forget(self.conversation);
        }
        planted
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_mark_removed_early(&self) -> bool {
        false
    }

    /// Removes the dirty mark: everything up to the head has been followed.
    async fn unmark(&mut self) -> bool {
        if !self.marked {
            return true;
        }
        let unmark = Write::Delete {
            partition: keys::marks(keys::shard(self.conversation)),
            key: keys::mark(self.conversation, self.node.incarnation),
        };
        let removed = self.node.store.write(vec![unmark], Durability::Derived).await;
        // An error may come after the mark is gone: the next commit writes it in any case.
        self.marked = false;
        if let Err(error) = &removed {
            tracing::debug!(%error, "a dirty mark may stay until the conversation is quiet again");
        }
        removed.is_ok()
    }

    async fn serve_all(&mut self, asks: &mut VecDeque<Ask>) {
        while !asks.is_empty() {
            if let Err(error) = self.serve_some(asks).await {
                for ask in asks.drain(..) {
                    let _ = ask.answer.send(Err(error.clone()));
                }
            }
        }
        if self.recent.len() > RECENT_MAX {
            self.keep_up().await;
        }
    }

    /// Writes a checkpoint. False if that failed and has to be tried again.
    async fn keep_up(&mut self) -> bool {
        let Err(error) = self.checkpoint().await else { return true };
        tracing::warn!(conversation = %self.conversation, %error, "checkpoint failed; it will be tried again");
        // Another owner's checkpoint stands there, or it is not known whose: go on from what the rows say now.
        if matches!(error, Error::Busy | Error::Unknown)
            && let Err(error) = self.reload().await
        {
            tracing::warn!(conversation = %self.conversation, %error, "the log cannot be read again");
        }
        false
    }

    /// Decides and commits the next batch. An error is one that concerns every ask.
    async fn serve_some(&mut self, asks: &mut VecDeque<Ask>) -> Result<(), Error> {
        if let Some((ask, wish)) = sweep::take(asks) {
            return self.sweep(asks, ask, &wish).await;
        }
        let found = self.look_up_keys(asks).await?;
        let held = self.held(asks).await?;
        let last_from = self.last_from(asks).await?;
        let rules = self.node.rules_for(&self.shared.state());
        let mut batch = {
            let state = self.shared.state();
            let sight = Sight {
                state: &state,
                shared: &self.shared,
                now_ms: self.node.clock.now_ms(),
                rules: &rules,
                target: held.as_ref().map(|held| &held.target),
                last_from,
            };
            let known = |ask: &Ask| {
                let id = &ask.key.as_ref()?.id;
                let sender = ask.caller.user;
                self.recent.get(sender, id).or_else(|| found.get(&(sender, id.clone())).copied())
            };
            Batch::fill(sight, asks, known)
        };
        if !batch.entries.is_empty() {
            self.planted_index_before_guard(&mut batch);
            match self.commit(&batch, held.as_ref()).await {
                Ok(Settled::Applied) => self.apply(&batch),
                Ok(Settled::Lost) => {
                    batch.into_asks().rev().for_each(|ask| asks.push_front(ask));
                    return self.reload().await;
                }
                Err(error) => {
                    // Nobody waits for a filler alone: it is the asks behind it that have failed.
                    let filler = batch.is_filler();
                    batch.fail(&error);
                    // What the log holds now is not certain: look again before the next commit.
                    self.reload().await?;
                    return if filler { Err(error) } else { Ok(()) };
                }
            }
        }
        // Noted before the answer: who is answered and then reads must find it noted.
        follow::note(&self.node, &self.shared, &batch.entries);
        let stored = batch.answer(self.head());
        if let Some(first) = batch.entries.first_mut() {
            beside::fill(first, batch.rewrite.as_ref());
        }
        self.node.links.notice(self.conversation, &batch.entries, held.as_ref().zip(batch.rewrite.as_ref()));
        follow::push(&self.node, &self.shared, batch.entries);
        self.answer_stored(stored).await;
        Ok(())
    }

    /// The message that the first ask is about. Such an ask stands alone in its batch.
    async fn held(&self, asks: &VecDeque<Ask>) -> Result<Option<Held>, Error> {
        match asks.front() {
            Some(ask) => Held::read(&self.node, self.conversation, ask).await,
            None => Ok(None),
        }
    }

    /// The first of the last messages that the group shows to newcomers, if the first ask brings people in.
    async fn last_from(&self, asks: &VecDeque<Ask>) -> Result<Option<u64>, Error> {
        let (shows, head) = {
            let state = self.shared.state();
            (state.shows_last(), state.head)
        };
        match (asks.front(), shows) {
            (Some(ask), Some(count)) if ask.command.brings_in() => {
                let wanted = (head.ordinal + 1).saturating_sub(count).max(1);
                message_at(&self.node, self.conversation, wanted, head).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    #[cfg(feature = "planted")]
    fn planted_index_before_guard(&self, batch: &mut Batch) {
        if self.node.options.planted == Some(crate::Planted::IndexBeforeGuard) {
            batch.answer(self.head());
        }
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_index_before_guard(&self, _: &mut Batch) {}

    #[cfg(feature = "planted")]
    fn planted_recall_forgotten(&self) -> bool {
        self.node.options.planted == Some(crate::Planted::RecallForgotten)
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_recall_forgotten(&self) -> bool {
        false
    }

    /// Retry keys that are rows already, of those asks that carry one not in memory.
    async fn look_up_keys(&self, asks: &VecDeque<Ask>) -> Result<FxHashMap<(UserId, String), Use>, Error> {
        let unknown: Vec<(UserId, &String)> = asks
            .iter()
            .filter_map(|ask| Some((ask.caller.user, &ask.key.as_ref()?.id)))
            .filter(|(sender, id)| self.recent.get(*sender, id).is_none())
            .collect();
        let keys: Vec<_> =
            unknown.iter().map(|(sender, id)| keys::retry_key(self.conversation, *sender, id)).collect();
        let mut found = FxHashMap::default();
        if keys.is_empty() {
            return Ok(found);
        }
        let rows = self.node.store.multi_get(&keys, Level::Serial).await?;
        for ((sender, id), row) in unknown.into_iter().zip(rows) {
            if let Some(row) = row {
                let row: rows::RetryRow = rows::decode(&row.value)?;
                let hash = <[u8; 16]>::try_from(row.payload_hash.as_ref()).unwrap_or_default();
                found.insert((sender, id.clone()), (row.index, hash));
            }
        }
        Ok(found)
    }

    async fn commit(&mut self, batch: &Batch, held: Option<&Held>) -> Result<Settled, Error> {
        let first = batch.entries[0].index;
        let rewrite = held.zip(batch.rewrite.as_ref()).filter(|_| !self.planted_recall_forgotten());
        let (elsewhere, here) = match rewrite {
            Some((held, rewrite)) if held.is_elsewhere(first) => (Some((held, rewrite)), None),
            here => (None, here),
        };
        if let Some((held, rewrite)) = rewrite {
            let index = held.target.entry.index;
            self.seal(&[Changing { index, row: held.row(), rewrite }]).await?;
        }
        let mut puts = batch.puts();
        puts.extend(here.map(|(held, rewrite)| held.put(rewrite)));
        let mut along = if self.marked { Vec::new() } else { vec![self.mark()] };
        for (position, kept) in &batch.beside {
            let entry = &batch.entries[*position];
            along.extend(beside::writes(self.conversation, held, batch.rewrite.as_ref(), entry, kept));
        }
        along.extend(here.and_then(|(_, rewrite)| erased(rewrite)));
        along.extend(timers::of_entries(&self.node, self.conversation, &batch.entries));
        let rewritten = rewrite.map(|(held, to)| (&held.target.entry, to));
        files::carry((&self.node, self.conversation), &batch.entries, rewritten, &mut along).await?;
        let photo = self.shared.state().settings.photo.clone();
        along.extend(files::photo((&self.node, self.conversation), &photo, &batch.entries).await?);
        let commit = Commit {
            partition: keys::log(self.conversation, first),
            guard: Guard::Absent(keys::index(first)),
            puts,
            deletes: Vec::new(),
            token: self.node.token(),
            along,
            durability: Durability::Durable,
        };
        let settled = settle(&*self.node.store, &commit).await?;
        // A commit that lost has left no mark.
        self.marked |= matches!(settled, Settled::Applied);
        if matches!(settled, Settled::Applied) {
            // The entry stands whatever becomes of this; loading again mends it.
            self.finish(rewrite, elsewhere.is_some()).await.map_err(|_| Error::Unknown)?;
        }
        Ok(settled)
    }

    /// Does what a commit leaves to be done at other places.
    async fn finish(&self, rewrite: Option<(&Held, &Rewrite)>, is_elsewhere: bool) -> Result<(), Error> {
        let Some((held, rewrite)) = rewrite else { return Ok(()) };
        let target = held.target.entry.index;
        if is_elsewhere {
            rewrite_elsewhere(&self.node, self.conversation, target, rewrite).await?;
        }
        if matches!(rewrite.body, Body::Gone { .. }) {
            beside::erase(&self.node, self.conversation, target).await?;
        }
        Ok(())
    }

    pub(super) fn mark(&self) -> Write {
        let put = Put::new(keys::mark(self.conversation, self.node.incarnation), Vec::new());
        Write::Put { partition: keys::marks(keys::shard(self.conversation)), put }
    }

    /// Takes durable entries into the state.
    fn apply(&mut self, batch: &Batch) {
        self.shared.change(|state| batch.entries.iter().for_each(|entry| state.apply(entry)));
        self.node.timers.moved(&self.shared.state());
        for (entry, hash) in batch.entries.iter().zip(&batch.hashes) {
            self.recent.remember(entry, *hash);
            self.touched.add(entry);
        }
    }

    pub(super) fn head(&self) -> Accepted {
        let state = self.shared.state();
        let Progress { index, ordinal } = state.head;
        Accepted { index, ordinal, time_ms: state.time_ms }
    }

    /// Answers repeats with what was answered the first time.
    async fn answer_stored(&self, stored: Vec<(u64, oneshot::Sender<Result<Accepted, Error>>)>) {
        for (index, answer) in stored {
            let _ = answer.send(self.stored(index).await);
        }
    }

    async fn stored(&self, index: u64) -> Result<Accepted, Error> {
        let row = self.node.store.get(&keys::log_row(self.conversation, index), Level::Serial).await?;
        let row = row.ok_or_else(|| Error::corrupt("a retry key points to no entry"))?;
        let entry: Entry = rows::entry(index, rows::decode(&row.value)?)?;
        Ok(accepted(&entry))
    }

    /// Drops what is cached and reads the log again.
    pub(super) async fn reload(&mut self) -> Result<(), Error> {
        let loaded = load(&self.node, self.conversation).await?;
        let shared =
            Arc::new(Shared::new(loaded.conversation, loaded.followed, Arc::clone(&self.shared.blocks)));
        if let Some(advance) = loaded.advance {
            self.node.inbox.note(&shared, advance);
        }
        self.shared = Arc::clone(&shared);
        self.applied = loaded.applied;
        self.version = loaded.version;
        self.recent = loaded.recent;
        self.touched = loaded.touched;
        self.board.show(Stage::Ready(shared));
        Ok(())
    }
}
