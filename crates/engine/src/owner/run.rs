//! The life of an owner: load, serve batches, tidy up in quiet moments, retire when idle.
//!
//! An ask is answered after its commit is durable or certainly refused; after a doubt the log is read again
//! first.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parlance_domain::Rewrite;
use parlance_proto::{Body, ConversationId, Entry};
use parlance_store::{Commit, Durability, Guard, Write};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::batch::{Batch, Sight};
use super::beside::{self, Changing};
use super::checkpoint::Underway;
use super::load::{Loaded, load};
use super::look::Renewal;
use super::recent::Recent;
use super::settle::{Settled, settle};
use super::target::{Held, erased};
use super::touched::Touched;
use super::{Ask, Board, Desk, Letter, Shared, Stage, sweep};
use crate::follow::Advance;
use crate::node::Node;
use crate::{Error, files, follow, keys, timers};

/// Asks taken at once.
const ASKS: usize = 256;

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
    /// Those of them that are being made rows.
    pub(super) underway: Option<Underway>,
    /// Rows that are behind.
    pub(super) touched: Touched,
    /// Whether this incarnation's dirty mark stands in the store.
    pub(super) marked: bool,
    /// Whether it has committed since the last checkpoint. What others committed is theirs to checkpoint.
    pub(super) committed: bool,
    /// Whether the log may hold more of this owner's own than the state does.
    pub(super) doubtful: bool,
    /// Since when a commit of this owner may still come through, right behind the head: its outcome is not known.
    pub(super) late: Option<Instant>,
    /// What others committed since inboxes were last noted here: it goes before the next of this owner's own, so that the
    /// inbox cursor never passes over it.
    pub(super) unnoted: Option<Advance>,
    /// Who waits to see what other nodes wrote.
    pub(super) renewals: Vec<Renewal>,
    /// Tells readers which state to look at.
    pub(super) board: Arc<Board>,
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
            while let Some(letter) = desk.mailbox.recv().await {
                letter.refuse(error.clone());
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
            underway: None,
            touched: loaded.touched,
            marked: false,
            committed: false,
            doubtful: false,
            late: None,
            unnoted: None,
            renewals: Vec::new(),
            board,
        }
    }

    async fn serve(&mut self, mailbox: &mut mpsc::Receiver<Letter>) {
        let mut asks = VecDeque::new();
        let mut quiet_ms = 0;
        loop {
            match self.wait(mailbox, &mut asks).await {
                Wake::Asks => {
                    quiet_ms = 0;
                    self.serve_all(&mut asks).await;
                    self.renew().await;
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

    async fn wait(&mut self, mailbox: &mut mpsc::Receiver<Letter>, asks: &mut VecDeque<Ask>) -> Wake {
        let mut taken = Vec::new();
        tokio::select! {
            biased;
            count = mailbox.recv_many(&mut taken, ASKS) => {
                taken.into_iter().for_each(|letter| self.take(letter, asks));
                if count == 0 { Wake::End } else { Wake::Asks }
            }
            () = self.node.tasks.stopping() => Wake::End,
            () = tokio::time::sleep(Duration::from_millis(self.node.options.tidy_ms)) => Wake::Quiet,
        }
    }

    fn take(&mut self, letter: Letter, asks: &mut VecDeque<Ask>) {
        match letter {
            Letter::Ask(ask) => asks.push_back(ask),
            Letter::Renew { seen, answer } => self.renewals.push((seen, answer)),
        }
    }

    /// Ends: what is queued is still served, what the rows lack is written.
    async fn retire(&mut self, mailbox: &mut mpsc::Receiver<Letter>) {
        mailbox.close();
        let mut asks = VecDeque::new();
        while let Some(letter) = mailbox.recv().await {
            self.take(letter, &mut asks);
        }
        // Who waits to see more turns to the successor.
        self.renewals.clear();
        self.serve_all(&mut asks).await;
        let alone = self.node.options.alone;
        if (self.committed || alone)
            && let Err(error) = self.checkpoint().await
        {
            tracing::debug!(conversation = %self.conversation, %error, "no checkpoint at the end; the log has it all");
        }
        // Nobody has to follow up what is followed; a node alone looks when it starts again.
        if !alone && self.marked && !self.doubtful && self.has_followed().await {
            self.unmark().await;
        }
    }

    /// Does what can wait for a quiet moment. True if nothing is left to do.
    async fn tidy(&mut self) -> bool {
        let is_ours = self.committed || self.node.options.alone;
        if self.be_certain().await.is_err() || (is_ours && !self.keep_up().await) {
            return false;
        }
        if !self.has_followed().await && !self.planted_mark_removed_early() {
            return false;
        }
        self.unmark().await && !self.waits_for_late()
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
        // What may still come through may rest on it.
        if !self.marked || self.late.is_some() {
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
        self.shorten().await;
    }

    /// Decides and commits the next batch. An error is one that concerns every ask.
    async fn serve_some(&mut self, asks: &mut VecDeque<Ask>) -> Result<(), Error> {
        self.be_certain().await?;
        if let Some((ask, wish)) = sweep::take(asks) {
            return self.sweep(asks, ask, &wish).await;
        }
        let found = self.look_up(asks).await?;
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
        if batch.entries.is_empty() {
            // No guard will tell whether this was decided on all there is.
            if batch.rests_on_state() && !self.is_current().await? {
                batch.into_asks().rev().for_each(|ask| asks.push_front(ask));
                return self.read_on().await;
            }
        } else {
            self.planted_index_before_guard(&mut batch);
            match self.commit(&batch, held.as_ref()).await {
                Ok(Settled::Applied) => self.apply(&batch),
                Ok(Settled::Lost) => {
                    batch.into_asks().rev().for_each(|ask| asks.push_front(ask));
                    return self.read_on().await;
                }
                Err(error) => {
                    // Nobody waits for a filler alone: it is the asks behind it that have failed.
                    let filler = batch.is_filler();
                    batch.fail(&error);
                    // What the log holds now is not certain: look again before the next commit.
                    self.doubt(&error).await?;
                    return if filler { Err(error) } else { Ok(()) };
                }
            }
        }
        // Noted before the answer: who is answered and then reads must find it noted.
        if batch.is_done_already() {
            self.note_unnoted();
        }
        self.note(&batch.entries);
        let stored = batch.answer(self.head());
        if let Some(first) = batch.entries.first_mut() {
            beside::fill(first, batch.rewrite.as_ref());
        }
        self.node.links.notice(self.conversation, &batch.entries, held.as_ref().zip(batch.rewrite.as_ref()));
        follow::push(&self.node, &self.shared, batch.entries);
        self.answer_stored(stored).await;
        Ok(())
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
    async fn planted_stale_owner(&self, settled: Settled, commit: Commit) -> Result<Settled, Error> {
        let planted = self.node.options.planted == Some(crate::Planted::StaleOwner);
        if !planted || matches!(settled, Settled::Applied) {
            return Ok(settled);
        }
        let first = parlance_store::RowKey {
            family: parlance_store::Family::Fenced,
            partition: commit.partition.clone(),
            key: commit.guard.key().clone(),
        };
        let found = self.node.store.get(&first, parlance_store::Level::Serial).await?;
        let guard = Guard::Version(first.key, found.map_or(0, |row| row.version));
        settle(&*self.node.store, &Commit { guard, ..commit }).await
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self, clippy::unused_async)] // the same call with and without planted bugs
    async fn planted_stale_owner(&self, settled: Settled, _: Commit) -> Result<Settled, Error> {
        Ok(settled)
    }

    #[cfg(feature = "planted")]
    fn planted_recall_forgotten(&self) -> bool {
        self.node.options.planted == Some(crate::Planted::RecallForgotten)
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_recall_forgotten(&self) -> bool {
        false
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
        let mut along = self.marks(batch.entries.last().map_or(first, |entry| entry.index));
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
        let settled = self.planted_stale_owner(settled, commit).await?;
        // A commit that lost has left no mark.
        self.marked |= matches!(settled, Settled::Applied);
        self.committed |= matches!(settled, Settled::Applied);
        if matches!(settled, Settled::Applied) {
            self.goes_on();
            // The entry stands whatever becomes of this; loading again mends it.
            self.finish(&batch.entries[0], rewrite, elsewhere.is_some()).await.map_err(|_| Error::Unknown)?;
        }
        Ok(settled)
    }

    /// Does what a commit leaves to be done at other places.
    async fn finish(
        &self,
        entry: &Entry,
        rewrite: Option<(&Held, &Rewrite)>,
        is_elsewhere: bool,
    ) -> Result<(), Error> {
        let Some((held, rewrite)) = rewrite else { return Ok(()) };
        let target = held.target.entry.index;
        if is_elsewhere {
            held.rewrite(&self.node, self.conversation, entry, rewrite).await?;
        }
        if matches!(rewrite.body, Body::Gone { .. }) {
            beside::erase(&self.node, self.conversation, target).await?;
        }
        Ok(())
    }

    /// The dirty mark that goes with a commit up to `index`. Where other nodes may take it away, as of a node that is gone,
    /// it goes with every commit anew.
    pub(super) fn marks(&self, index: u64) -> Vec<Write> {
        if self.marked && self.node.options.alone {
            return Vec::new();
        }
        vec![follow::sweep::mark(self.conversation, self.node.incarnation, index)]
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
}
