//! Owners: one task a conversation in use, which decides and commits what is asked of it, in batches.
//!
//! An owner may batch and cache; it is never what makes things correct. Two owners of one conversation cannot both
//! commit: the guard of the log is the fence, and the loser reloads.

mod batch;
mod beside;
mod checkpoint;
mod current;
mod load;
mod look;
mod recent;
mod run;
mod settle;
mod sweep;
mod target;
mod touched;

pub(crate) use current::{current, followed_up};
pub(crate) use settle::{Settled, settle};
pub(crate) use target::Held;

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

use parlance_domain::{Command, Conversation};
use parlance_proto::{Accepted, ConversationId, UserId};
use rustc_hash::FxHashMap;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::node::Node;
use crate::turns::Turns;
use crate::{Caller, Error};

/// Asks that may wait for one owner; further askers wait themselves.
const MAILBOX: usize = 256;

/// What somebody wants of a conversation.
pub(crate) struct Ask {
    /// Who.
    pub caller: Caller,
    /// The retry key, where the operation has one.
    pub key: Option<RetryKey>,
    /// What.
    pub command: Command,
    /// Where the answer goes; nobody may be listening any more.
    pub answer: oneshot::Sender<Result<Accepted, Error>>,
}

/// What an owner finds in its mailbox.
#[expect(clippy::large_enum_variant, reason = "nearly all are asks")]
enum Letter {
    /// Somebody wants something.
    Ask(Ask),
    /// Somebody wants to see what other nodes wrote.
    Renew {
        /// The log is known to go up to here; none has inboxes follow all there is.
        seen: Option<u64>,
        /// Where it is told that it is done.
        answer: oneshot::Sender<Result<(), Error>>,
    },
}

impl Letter {
    /// Answers that nothing comes of it.
    fn refuse(self, error: Error) {
        // Nobody may be listening any more.
        match self {
            Letter::Ask(ask) => _ = ask.answer.send(Err(error)),
            Letter::Renew { answer, .. } => _ = answer.send(Err(error)),
        }
    }
}

/// A device's retry key and what it was used for.
pub(crate) struct RetryKey {
    /// The client message id.
    pub id: String,
    /// SHA-256 of the payload, cut to 16 bytes.
    pub payload_hash: [u8; 16],
}

/// The part of an owner that readers see.
pub(crate) struct Shared {
    /// The committed state; written by the owner only.
    state: RwLock<Conversation>,
    /// Inboxes are durable up to this index.
    followed: AtomicU64,
    /// Which conversation it is.
    id: ConversationId,
    /// Which sides of a direct conversation have blocked the other, as bits: 1 the lower id, 2 the higher one.
    blocks: Arc<AtomicU8>,
    /// Whether there was somebody at the other side of this direct conversation when it was looked for.
    found_peer: AtomicBool,
}

impl Shared {
    fn new(state: Conversation, followed: u64, blocks: Arc<AtomicU8>) -> Shared {
        let id = state.id;
        let found_peer = AtomicBool::new(false);
        Shared { state: RwLock::new(state), followed: AtomicU64::new(followed), id, blocks, found_peer }
    }

    /// Whether this direct conversation is known to have two sides: it has entries, or the other side was found.
    pub(crate) fn has_peer(&self) -> bool {
        self.found_peer.load(Ordering::Relaxed) || self.state().head.index > 0
    }

    /// The other side is there. Of a conversation that other nodes commit to, no entry may ever come to this node.
    pub(crate) fn find_peer(&self) {
        self.found_peer.store(true, Ordering::Relaxed);
    }

    /// Whether `user` has blocked the other side of this direct conversation: nothing of it is told to `user`.
    pub(crate) fn blocks(&self, user: UserId) -> bool {
        self.blocks.load(Ordering::Acquire) & self.block_bit(user) != 0
    }

    /// Goes by what the rows said of both sides, as bits.
    pub(crate) fn set_all_blocks(&self, blocks: u8) {
        self.blocks.store(blocks, Ordering::Release);
    }

    /// Goes by another choice of `user` from now on.
    pub(crate) fn set_blocks(&self, user: UserId, blocks: bool) {
        let bit = self.block_bit(user);
        if blocks {
            self.blocks.fetch_or(bit, Ordering::AcqRel);
        } else {
            self.blocks.fetch_and(!bit, Ordering::AcqRel);
        }
    }

    fn block_bit(&self, user: UserId) -> u8 {
        match self.id {
            ConversationId::Direct(one, other) if one == other => 0,
            ConversationId::Direct(one, _) if one == user => 1,
            ConversationId::Direct(_, other) if other == user => 2,
            _ => 0,
        }
    }

    /// The committed state. Hold it briefly, never across an await.
    pub(crate) fn state(&self) -> RwLockReadGuard<'_, Conversation> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Conversation)) {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// Notes that inboxes are durable up to `index`.
    pub(crate) fn set_followed(&self, index: u64) {
        self.followed.fetch_max(index, Ordering::AcqRel);
    }

    /// Inboxes are durable up to this index.
    pub(crate) fn followed(&self) -> u64 {
        self.followed.load(Ordering::Acquire)
    }
}

/// What an owner's task has come to.
#[derive(Clone)]
enum Stage {
    /// Reading the log.
    Loading,
    /// Serving.
    Ready(Arc<Shared>),
    /// It could not load, or has ended.
    Over(Error),
}

/// Where an owner's task shows its stage to readers.
struct Board {
    stage: Mutex<Stage>,
    /// Rung at each change.
    bell: Notify,
}

impl Board {
    fn show(&self, stage: Stage) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
        self.bell.notify_waiters();
    }

    fn stage(&self) -> Stage {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The stage after loading.
    async fn loaded(&self) -> Stage {
        self.wait_for(|stage| !matches!(stage, Stage::Loading)).await
    }

    /// Resolves when the task does nothing any more.
    async fn over(&self) {
        self.wait_for(|stage| matches!(stage, Stage::Over(_))).await;
    }

    async fn wait_for(&self, wanted: impl Fn(&Stage) -> bool) -> Stage {
        loop {
            let mut change = std::pin::pin!(self.bell.notified());
            change.as_mut().enable();
            let stage = self.stage();
            if wanted(&stage) {
                return stage;
            }
            change.await;
        }
    }
}

/// An owner's own side of its mailbox and board. When its task ends, in whatever way, nobody is left waiting.
struct Desk {
    mailbox: mpsc::Receiver<Letter>,
    board: Arc<Board>,
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.mailbox.close();
        if !matches!(self.board.stage(), Stage::Over(_)) {
            self.board.show(Stage::Over(Error::Busy));
        }
    }
}

/// A way to an owner's task.
struct Owner {
    mailbox: mpsc::Sender<Letter>,
    board: Arc<Board>,
    /// Looks whether the log goes on behind what is cached.
    looks: Turns<bool>,
}

/// The owners of this node, by conversation.
#[derive(Default)]
pub(crate) struct Owners {
    table: Mutex<FxHashMap<ConversationId, Arc<Owner>>>,
}

impl Owners {
    /// The owner of a conversation, started if there is none, and whether it was.
    fn of(&self, node: &Arc<Node>, conversation: ConversationId) -> (Arc<Owner>, bool) {
        let mut started = false;
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let owner = table.entry(conversation).or_insert_with(|| {
            started = true;
            let (mailbox, asks) = mpsc::channel(MAILBOX);
            let board = Arc::new(Board { stage: Mutex::new(Stage::Loading), bell: Notify::new() });
            let desk = Desk { mailbox: asks, board: Arc::clone(&board) };
            node.tasks.spawn(run::own(Arc::clone(node), conversation, desk));
            Arc::new(Owner { mailbox, board, looks: Turns::default() })
        });
        (Arc::clone(owner), started)
    }

    /// Drops an owner from the table, unless another has taken its place.
    fn forget(&self, conversation: ConversationId, gone: impl Fn(&Owner) -> bool) {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        if table.get(&conversation).is_some_and(|owner| gone(owner)) {
            table.remove(&conversation);
        }
    }
}

/// Puts an ask to the conversation's owner. When this returns, the ask has its place in the order.
pub(crate) async fn ask(node: &Arc<Node>, conversation: ConversationId, ask: Ask) -> Result<(), Error> {
    let mut letter = Letter::Ask(ask);
    loop {
        if node.tasks.stopped() {
            return Err(Error::Busy);
        }
        let (owner, _) = node.owners.of(node, conversation);
        match owner.mailbox.send(letter).await {
            Ok(()) => return Ok(()),
            Err(mpsc::error::SendError(returned)) => letter = returned,
        }
        // That owner is retiring. Its successor must not load before it has committed its last.
        owner.board.over().await;
        node.owners.forget(conversation, |other| other.mailbox.is_closed());
    }
}

/// Returns when all that was put to this node's owner of a conversation before is done.
pub(crate) async fn settled(node: &Node, conversation: ConversationId) {
    let owner = {
        let table = node.owners.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.get(&conversation).map(Arc::clone)
    };
    let Some(owner) = owner else { return };
    let (answer, done) = oneshot::channel();
    // Whoever waits to see what is there already is answered after the asks before.
    let put = owner.mailbox.send(Letter::Renew { seen: Some(0), answer }).await;
    if put.is_err() || done.await.is_err() {
        owner.board.over().await;
    }
}

/// The readable side of a conversation, loaded if need be: as of some moment, if other nodes write too. It is for what a
/// commit's guard or a later look decides; who answers from it takes `current`.
pub(crate) async fn shared(node: &Arc<Node>, conversation: ConversationId) -> Result<Arc<Shared>, Error> {
    loop {
        if node.tasks.stopped() {
            return Err(Error::Busy);
        }
        let (owner, _) = node.owners.of(node, conversation);
        match owner.board.loaded().await {
            Stage::Ready(shared) => return Ok(shared),
            Stage::Over(Error::Busy) | Stage::Loading => {
                node.owners.forget(conversation, |other| other.mailbox.is_closed());
            }
            Stage::Over(error) => return Err(error),
        }
    }
}
