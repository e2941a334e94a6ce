//! The other nodes, and who is connected to them: heard from themselves, kept in memory, wrong for a moment at most.
//!
//! Each node tells its changes with consecutive numbers and repeats the last number with every beat; whoever notices that one is
//! missing asks for the whole. A node that is silent for two and a half beats is gone, and its users with it.

mod ended;
mod keep;
mod said;
mod table;

pub(crate) use keep::{keep, mend};
pub(crate) use said::{Person, Said, Word, WordRow};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_proto::{SessionId, Status, UserId};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::hub::{Hint, Travelling};
use crate::node::Node;
use table::Table;

/// The subject on which nodes tell who is connected to them.
pub(crate) const SUBJECT: &str = "nodes";
/// A node says this often that it is there.
const BEAT: Duration = Duration::from_secs(2);
/// People in one message.
const PEOPLE_PER_PART: usize = 4_096;

/// What this node knows of the others, and has told them.
#[derive(Default)]
pub(crate) struct Fellows {
    /// The number of the last change that was told. Held while telling, so that numbers go out in order.
    own: Mutex<u64>,
    /// What the others told.
    table: Mutex<Table>,
    /// Whether there are others at all, so that a node that is alone asks nobody.
    any: AtomicBool,
    /// What the task has to do.
    errands: Mutex<Errands>,
    /// Rung when there is something to do.
    bell: Notify,
    /// Nodes that went without a word, and until when they count as cut off.
    missing: Mutex<BTreeMap<u64, Instant>>,
    /// Messages of others may have been lost.
    lost: AtomicBool,
    /// Rung with it.
    lost_bell: Notify,
}

/// What waits for the task.
#[derive(Default)]
struct Errands {
    /// Users of other nodes whose state has changed.
    changed: BTreeSet<UserId>,
    /// Nodes of which a change was missed.
    ask: BTreeSet<u64>,
    /// Somebody has missed a change of this node.
    tell_whole: bool,
}

impl Fellows {
    /// Whether a user has a connection to another node.
    pub(crate) fn has(&self, user: UserId) -> bool {
        self.any() && lock(&self.table).sessions(user).next().is_some()
    }

    /// Whether a user has a connection to another node, or might: what is told needlessly does no harm.
    fn may_have(&self, user: UserId) -> bool {
        if !self.any() {
            return false;
        }
        let table = lock(&self.table);
        !table.is_whole() || table.sessions(user).next().is_some()
    }

    /// Whether a session has a connection to another node.
    pub(crate) fn is_online(&self, user: UserId, session: SessionId) -> bool {
        self.any() && lock(&self.table).sessions(user).any(|(one, _)| one == session)
    }

    /// How a user is there, by the connections to other nodes.
    pub(crate) fn status(&self, user: UserId) -> Status {
        if !self.any() {
            return Status::Offline;
        }
        let table = lock(&self.table);
        table.sessions(user).fold(Status::Offline, |status, (_, away)| match (status, away) {
            (Status::Online, _) | (_, false) => Status::Online,
            _ => Status::Away,
        })
    }

    /// The users connected to other nodes, in no order and perhaps more than once.
    pub(crate) fn online(&self) -> Vec<UserId> {
        if self.any() { lock(&self.table).users() } else { Vec::new() }
    }

    /// Notes how many there are.
    fn count(&self, table: &Table) {
        self.any.store(!table.is_empty(), Ordering::Relaxed);
        metrics::gauge!("parlance_nodes").set((table.len() + 1) as f64);
    }

    /// Whether there are other nodes.
    pub(crate) fn any(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    /// Tells the others that this node is there, and what it does.
    pub(crate) fn beat(&self, node: &Node) {
        self.say(node, Said::Beat);
    }

    /// Tells the others how a user is connected here now.
    pub(crate) fn announce(&self, node: &Node, user: UserId) {
        // Read under the lock: the last word is the true one.
        let mut number = lock(&self.own);
        *number += 1;
        let person = Person { user, sessions: node.hub.sessions(user), seen_ms: node.clock.now_ms() };
        say(node, *number, Said::Changed(person));
    }

    /// Tells the others all that is connected here.
    fn announce_all(&self, node: &Node) {
        let number = lock(&self.own);
        let people: Vec<Person> =
            node.hub.online().into_iter().map(|user| Person::at(user, node.hub.sessions(user))).collect();
        let parts = people.chunks(PEOPLE_PER_PART).count().max(1) as u32;
        let mut chunks = people.chunks(PEOPLE_PER_PART);
        for part in 0..parts {
            let people = chunks.next().unwrap_or_default().to_vec();
            say(node, *number, Said::Whole { part, parts, people });
        }
    }

    /// Tells the others that this node is there, or that it goes.
    fn say(&self, node: &Node, said: Said) {
        let number = lock(&self.own);
        say(node, *number, said);
    }

    /// Hears another node.
    pub(crate) fn hear(&self, node: &Node, word: &Word) {
        if word.node == node.incarnation {
            return;
        }
        match word.said {
            Said::Leaves => node.placement.leave(word.node),
            _ => node.placement.hear(word.node, word.roles),
        }
        if let Said::Asks { of } = word.said {
            lock(&self.errands).tell_whole |= of == node.incarnation;
            return self.bell.notify_one();
        }
        if lock(&self.missing).remove(&word.node).is_some() {
            self.lost();
        }
        let heard = {
            let mut table = lock(&self.table);
            let heard = table.hear(word, Instant::now());
            self.count(&table);
            heard
        };
        if let Said::Changed(Person { user, sessions, seen_ms }) = &word.said
            && sessions.is_empty()
        {
            node.presence.seen_elsewhere(*user, *seen_ms);
        }
        let mut errands = lock(&self.errands);
        errands.changed.extend(heard.changed);
        errands.ask.extend(heard.missed.then_some(word.node));
        // Whoever is new does not know this node either.
        errands.tell_whole |= heard.is_new;
        drop(errands);
        self.bell.notify_one();
    }

    /// Notes that messages of other nodes may have been lost.
    pub(crate) fn lost(&self) {
        self.lost.store(true, Ordering::Relaxed);
        self.lost_bell.notify_one();
    }

    /// Says goodbye to the others.
    pub(crate) fn leave(&self, node: &Node) {
        self.say(node, Said::Leaves);
    }
}

/// Publishes a word of this node.
fn say(node: &Node, number: u64, said: Said) {
    let word = Word { node: node.incarnation, number, roles: node.roles(), said };
    node.bus().publish(SUBJECT, &Hint(Travelling::Node(Arc::new(word))));
}

impl Node {
    /// Whether a user has a connection to any node.
    pub(crate) fn is_connected(&self, user: UserId) -> bool {
        self.hub.has(user) || self.fellows.has(user)
    }

    /// Whether there may be somebody to tell something to.
    pub(crate) fn may_hear(&self, user: UserId) -> bool {
        self.hub.has(user) || self.fellows.may_have(user)
    }

    /// Whether a session has a connection to any node.
    pub(crate) fn is_online(&self, user: UserId, session: SessionId) -> bool {
        self.hub.is_online(user, session) || self.fellows.is_online(user, session)
    }

    /// Whether a user is there, by all connections to all nodes together.
    pub(crate) fn status(&self, user: UserId) -> Status {
        match (self.hub.status(user), self.fellows.status(user)) {
            (Status::Online, _) | (_, Status::Online) => Status::Online,
            (Status::Away, _) | (_, Status::Away) => Status::Away,
            _ => Status::Offline,
        }
    }

    /// The users with a connection to any node, in the order of their ids.
    pub(crate) fn online(&self) -> Vec<UserId> {
        let mut users = self.hub.online();
        let elsewhere = self.fellows.online();
        if !elsewhere.is_empty() {
            users.extend(elsewhere);
            users.sort_unstable();
            users.dedup();
        }
        users
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
