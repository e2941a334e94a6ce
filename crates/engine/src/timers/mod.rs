//! Timers: what has to happen at a time, also when the server was off then.
//!
//! A timer is a row, written in the commit that makes it due some day. A worker does what is due and deletes the row
//! afterwards; what it does can be done again, so a crash in between costs nothing.

mod readers;
mod retention;
mod scheduled;
mod worker;

pub(crate) use readers::clocks_of_strangers;
pub(crate) use retention::keep;
pub(crate) use worker::work;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use parlance_domain::{Conversation, waits};
use parlance_proto::{Body, ConversationId, Entry};
use parlance_store::{Put, Write};
use tokio::time::Instant;

use crate::keys::{self, Timer};
use crate::node::Node;

/// The longest time between two looks for what is due.
const LOOK: Duration = Duration::from_secs(5);

/// What this node knows of timers without looking; all of it can be lost.
pub(crate) struct Timers {
    /// Nothing is due before; 0 until the first look.
    next_ms: AtomicI64,
    /// When it was last looked for what is due.
    looked: Mutex<Option<Instant>>,
    /// Conversations in which somebody has read on while messages wait for that.
    read: Mutex<BTreeSet<ConversationId>>,
    /// Whether this node does what is due. What others do they find by themselves.
    works: bool,
}

impl Timers {
    pub(crate) fn new(works: bool) -> Timers {
        Timers { next_ms: AtomicI64::new(0), looked: Mutex::default(), read: Mutex::default(), works }
    }

    /// Notes that something is due then.
    pub(crate) fn note(&self, due_ms: i64) {
        self.next_ms.fetch_min(due_ms, Ordering::AcqRel);
    }

    /// Whether something may be due now. Other nodes write timers too, and the clock may jump: a look is never far.
    fn is_time(&self, now_ms: i64) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let is_long = looked.is_none_or(|at| at.elapsed() >= LOOK);
        let is_time = is_long || self.next_ms.load(Ordering::Acquire) <= now_ms;
        if is_time {
            *looked = Some(Instant::now());
        }
        is_time
    }

    /// Notes that somebody has read on, left, or come in where messages wait for readers.
    pub(crate) fn moved(&self, state: &Conversation) {
        if self.works && state.clocks.waiting() {
            self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(state.id);
        }
    }

    fn take_moved(&self) -> BTreeSet<ConversationId> {
        std::mem::take(&mut *self.read.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The write of a timer, which the worker is told of.
pub(crate) fn set(node: &Node, due_ms: i64, timer: &Timer) -> Write {
    node.timers.note(due_ms);
    let (partition, key) = keys::timer(due_ms, timer);
    Write::Put { partition, put: Put::new(key, Vec::new()) }
}

/// The timers that go with new entries.
pub(crate) fn of_entries(node: &Node, conversation: ConversationId, entries: &[Entry]) -> Vec<Write> {
    let mut writes = Vec::new();
    for entry in entries {
        if matches!(&entry.body, Body::SettingsChanged { changes } if changes.keep_s.is_some()) {
            writes.push(set(node, entry.time_ms, &Timer::Retain(conversation)));
        }
        let Some(details) = &entry.details else { continue };
        let expires = details.expires_ms.map(|at| set(node, at, &Timer::Expire(conversation, entry.index)));
        let deliver =
            details.deliver_by_ms.map(|at| set(node, at, &Timer::Undelivered(conversation, entry.index)));
        writes.extend(expires.into_iter().chain(deliver));
    }
    if entries.iter().any(waits) {
        writes.push(waiting(conversation, true));
    }
    writes
}

/// The timers that go with a sweep's entry.
pub(crate) fn of_sweep(node: &Node, state: &Conversation, entry: &Entry) -> Vec<Write> {
    let Body::ExpirySet { targets, expires_ms, upto } = &entry.body else { return Vec::new() };
    let expire = targets.iter().map(|target| set(node, *expires_ms, &Timer::Expire(state.id, *target)));
    let mut writes: Vec<Write> = expire.collect();
    if *upto >= state.clocks.last_waiting {
        writes.push(waiting(state.id, false));
    }
    writes
}

/// Notes that a conversation has messages that wait for being read, or has none any more.
fn waiting(conversation: ConversationId, waits: bool) -> Write {
    let (partition, key) = (keys::timers(keys::timer_shard(conversation)), keys::waiting(conversation));
    if waits {
        Write::Put { partition, put: Put::new(key, Vec::new()) }
    } else {
        Write::Delete { partition, key }
    }
}
