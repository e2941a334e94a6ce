//! A session's bounded queue of encoded events. When its reader is too slow the events are dropped, not kept: the
//! session is told to sync instead, which costs no memory and loses nothing.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use parlance_proto::limits::OUTBOX_MAX_BYTES;
use tokio::sync::Notify;

use crate::Caller;

/// What may wait here. As much again may have been taken and be on its way to a slow reader, and both together are
/// what a connection may cost.
const WAITING_MAX_BYTES: usize = OUTBOX_MAX_BYTES / 2;
/// Room for frames that a drained queue may keep.
const KEPT_FRAMES: usize = 16;

/// What `take` found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// More may come.
    Open,
    /// These were the last; close the connection.
    Ended,
}

/// The queue between the engine and one connection.
pub(crate) struct Outbox {
    /// Who hears.
    caller: Caller,
    /// The encoding.
    slot: usize,
    /// The event that says "sync now", encoded.
    unsynced: Bytes,
    /// Whether nobody is at the device.
    away: AtomicBool,
    /// What waits.
    queue: Mutex<Queue>,
    /// Rung when the queue stops being empty.
    bell: Notify,
}

#[derive(Default)]
struct Queue {
    /// Encoded events, oldest first.
    frames: VecDeque<Bytes>,
    /// Their bytes together.
    bytes: usize,
    /// Events were dropped since the connection was last told to sync.
    overflowed: bool,
    /// The session has ended; nothing comes after what is here.
    ended: bool,
}

impl Outbox {
    pub(crate) fn new(caller: Caller, slot: usize, unsynced: Bytes) -> Outbox {
        Outbox {
            caller,
            slot,
            unsynced,
            away: AtomicBool::new(false),
            queue: Mutex::default(),
            bell: Notify::new(),
        }
    }

    pub(crate) fn caller(&self) -> Caller {
        self.caller
    }

    /// Notes whether nobody is at the device.
    pub(crate) fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::Relaxed);
    }

    pub(crate) fn is_away(&self) -> bool {
        self.away.load(Ordering::Relaxed)
    }

    pub(crate) fn slot(&self) -> usize {
        self.slot
    }

    /// Queues events, or drops all that wait if there is no room.
    pub(crate) fn push(&self, frames: impl IntoIterator<Item = Bytes>) {
        let mut queue = self.lock();
        if queue.ended || queue.overflowed {
            return;
        }
        let was_empty = queue.frames.is_empty();
        for frame in frames {
            queue.bytes += frame.len();
            queue.frames.push_back(frame);
        }
        if queue.bytes > WAITING_MAX_BYTES {
            queue.frames = VecDeque::new();
            queue.bytes = 0;
            queue.overflowed = true;
            metrics::counter!("parlance_outbox_overflows_total").increment(1);
        }
        drop(queue);
        if was_empty {
            self.bell.notify_one();
        }
    }

    /// Queues the word to sync, unless it is there already.
    pub(crate) fn unsync(&self) {
        if !self.lock().overflowed {
            self.push([self.unsynced.clone()]);
        }
    }

    /// Queues the last event.
    pub(crate) fn end(&self, goodbye: Bytes) {
        let mut queue = self.lock();
        queue.frames.push_back(goodbye);
        queue.ended = true;
        drop(queue);
        self.bell.notify_one();
    }

    /// Resolves when there is something to take. Safe to cancel.
    pub(crate) async fn ready(&self) {
        loop {
            {
                let queue = self.lock();
                if !queue.frames.is_empty() || queue.overflowed || queue.ended {
                    return;
                }
            }
            self.bell.notified().await;
        }
    }

    /// Moves out all that waits.
    pub(crate) fn take(&self, into: &mut Vec<Bytes>) -> Taken {
        let mut queue = self.lock();
        if std::mem::take(&mut queue.overflowed) {
            into.push(self.unsynced.clone());
        }
        into.extend(queue.frames.drain(..));
        queue.frames.shrink_to(KEPT_FRAMES);
        queue.bytes = 0;
        if queue.ended { Taken::Ended } else { Taken::Open }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parlance_proto::{SessionId, UserId};

    fn outbox() -> Outbox {
        let caller = Caller { user: UserId(1), session: SessionId(1) };
        Outbox::new(caller, 0, Bytes::from_static(b"sync"))
    }

    #[test]
    fn a_reader_that_is_too_slow_is_told_to_sync_and_costs_no_memory() {
        let outbox = outbox();
        for _ in 0..1_000 {
            outbox.push([Bytes::from(vec![0; 1_024])]);
        }
        assert!(outbox.lock().bytes <= WAITING_MAX_BYTES);
        let mut taken = Vec::new();
        assert_eq!(outbox.take(&mut taken), Taken::Open);
        assert_eq!(taken, [Bytes::from_static(b"sync")]);
        outbox.push([Bytes::from_static(b"next")]);
        taken.clear();
        outbox.take(&mut taken);
        assert_eq!(taken, [Bytes::from_static(b"next")]);
    }

    #[test]
    fn nothing_follows_the_goodbye() {
        let outbox = outbox();
        outbox.end(Bytes::from_static(b"bye"));
        outbox.push([Bytes::from_static(b"late")]);
        let mut taken = Vec::new();
        assert_eq!(outbox.take(&mut taken), Taken::Ended);
        assert_eq!(taken, [Bytes::from_static(b"bye")]);
    }
}
