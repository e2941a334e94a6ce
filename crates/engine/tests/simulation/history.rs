//! What happened, as those saw it who asked: invocations and outcomes in one order.
//! The checker judges by this and by what the logs hold in the end, never by the engine's own account.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use parlance_proto::{Body, ConversationId, Entry, ErrorCode, UserId};

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, durable: the index it has.
    Ok(u64),
    /// Certainly not done.
    Failed(Option<ErrorCode>),
    /// It may or may not have been done.
    Unknown,
}

/// A send from the first attempt to the last.
#[derive(Clone, Debug)]
pub struct Send {
    pub sender: UserId,
    pub conversation: ConversationId,
    pub client_message_id: String,
    pub text: String,
    /// When it was first asked for.
    pub invoked: u64,
    /// When its outcome was known; `u64::MAX` while it is not.
    pub ended: u64,
    pub outcome: Outcome,
}

/// A message whose content somebody changed or took back.
#[derive(Clone, Debug)]
pub struct Touch {
    pub conversation: ConversationId,
    /// The message.
    pub index: u64,
    pub kind: TouchKind,
    /// When it was first asked for.
    pub invoked: u64,
    /// When the change was acknowledged; `u64::MAX` if that is not known.
    pub ended: u64,
    pub outcome: Outcome,
}

/// What was done to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TouchKind {
    Recall,
    /// The message was given this text.
    Edit(String),
    /// Somebody voted so in the poll.
    Vote(UserId, Vec<u32>),
}

/// Somebody has blocked somebody.
#[derive(Clone, Debug)]
struct Block {
    by: UserId,
    of: UserId,
    /// When it was acknowledged.
    began: u64,
    /// When its end was first asked for; `u64::MAX` while it lasts.
    ended: u64,
}

/// An observed number that must never fall: a read index or a user index.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Who observed what: readings of the same thing are compared.
    pub of: String,
    pub invoked: u64,
    pub ended: u64,
    pub value: u64,
}

/// The record.
#[derive(Default)]
pub struct History {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    time: u64,
    sends: Vec<Send>,
    touches: Vec<Touch>,
    readings: Vec<Reading>,
    blocks: Vec<Block>,
    /// Who may ever have blocked whom.
    tried: BTreeSet<(UserId, UserId)>,
    /// Polls that were asked, in order.
    polls: Vec<(ConversationId, u64)>,
    violations: Vec<String>,
    /// A hash over everything recorded, in order.
    trace: u64,
    operations: u64,
}

/// The record, closed.
pub struct Closed {
    pub sends: Vec<Send>,
    pub touches: Vec<Touch>,
    pub readings: Vec<Reading>,
    pub violations: Vec<String>,
    pub trace: u64,
    pub operations: u64,
}

impl History {
    /// The next moment.
    pub fn tick(&self) -> u64 {
        self.with(|inner| {
            inner.time += 1;
            inner.time
        })
    }

    /// Records the start of a send; its place in the record.
    pub fn send(&self, send: Send) -> usize {
        self.note(&format!("{send:?}"));
        self.with(|inner| {
            inner.sends.push(send);
            inner.sends.len() - 1
        })
    }

    /// Records the outcome of a send.
    pub fn ended(&self, place: usize, outcome: Outcome) {
        let now = self.tick();
        self.note(&format!("{place} {outcome:?}"));
        self.with(|inner| {
            inner.sends[place].ended = now;
            inner.sends[place].outcome = outcome;
        });
    }

    /// A send whose outcome is known to be an index, to repeat.
    pub fn acknowledged(&self, sender: UserId) -> Vec<Send> {
        self.with(|inner| {
            let own = inner.sends.iter().filter(|send| send.sender == sender);
            own.filter(|send| matches!(send.outcome, Outcome::Ok(_))).cloned().collect()
        })
    }

    /// Records what was done to a message; its place in the record. Begun before the first attempt.
    pub fn touch(&self, touch: Touch) -> usize {
        self.note(&format!("{touch:?}"));
        self.with(|inner| {
            inner.touches.push(touch);
            inner.touches.len() - 1
        })
    }

    /// Records what came of it.
    pub fn touched(&self, place: usize, outcome: Outcome) {
        let now = self.tick();
        self.note(&format!("touch {place} {outcome:?}"));
        self.with(|inner| {
            inner.touches[place].ended = now;
            inner.touches[place].outcome = outcome;
        });
    }

    /// What a reader who asked at `invoked` was shown: nothing whose recall was acknowledged before.
    pub fn shown(&self, conversation: ConversationId, entries: &[Entry], invoked: u64) {
        let stale = self.with(|inner| {
            let gone = |index| {
                inner.touches.iter().any(|touch| {
                    touch.kind == TouchKind::Recall
                        && matches!(touch.outcome, Outcome::Ok(_))
                        && (touch.conversation, touch.index) == (conversation, index)
                        && touch.ended < invoked
                })
            };
            entries
                .iter()
                .find(|entry| gone(entry.index) && !matches!(entry.body, Body::Gone { .. }))
                .cloned()
        });
        if let Some(entry) = stale {
            self.violation(format!("recalled, and shown all the same: {} of {conversation}", entry.index));
        }
    }

    /// How far a log certainly went at that moment: whoever asked then, on whichever node, is shown as much.
    pub fn reached(&self, conversation: ConversationId, at: u64) -> u64 {
        self.with(|inner| {
            let before =
                inner.sends.iter().filter(|send| send.conversation == conversation && send.ended < at);
            let index = |send: &Send| if let Outcome::Ok(index) = send.outcome { Some(index) } else { None };
            before.filter_map(index).max().unwrap_or_default()
        })
    }

    /// What a reader was shown at that time: nothing whose time was up.
    pub fn in_time(&self, conversation: ConversationId, entries: &[Entry], now_ms: i64) {
        let late = |entry: &&Entry| {
            let expires_ms = entry.details.as_ref().and_then(|details| details.expires_ms);
            expires_ms.is_some_and(|expires_ms| expires_ms <= now_ms)
                && !matches!(entry.body, Body::Gone { .. })
        };
        if let Some(entry) = entries.iter().find(late) {
            self.violation(format!(
                "past its time, and shown all the same: {} of {conversation}",
                entry.index
            ));
        }
    }

    /// Records a poll.
    pub fn asked(&self, conversation: ConversationId, index: u64) {
        self.note(&format!("asked {index}"));
        self.with(|inner| inner.polls.push((conversation, index)));
    }

    /// The polls so far.
    pub fn polls(&self) -> Vec<(ConversationId, u64)> {
        self.with(|inner| inner.polls.clone())
    }

    /// Records that a block is asked for: it may stand although nobody is told.
    pub fn blocking(&self, by: UserId, of: UserId) {
        self.with(|inner| inner.tried.insert((by, of)));
    }

    /// Records that a block was acknowledged.
    pub fn blocked(&self, by: UserId, of: UserId) {
        let began = self.tick();
        if !self.blocks(by, of) {
            self.with(|inner| inner.blocks.push(Block { by, of, began, ended: u64::MAX }));
        }
    }

    /// Records that a block is about to end.
    pub fn unblocking(&self, by: UserId, of: UserId) {
        let now = self.tick();
        self.with(|inner| {
            let open = |block: &&mut Block| (block.by, block.of, block.ended) == (by, of, u64::MAX);
            inner.blocks.iter_mut().filter(open).for_each(|block| block.ended = now);
        });
    }

    /// Whether somebody certainly blocks somebody.
    pub fn blocks(&self, by: UserId, of: UserId) -> bool {
        self.with(|inner| {
            inner.blocks.iter().any(|block| (block.by, block.of, block.ended) == (by, of, u64::MAX))
        })
    }

    /// Who may ever have blocked whom.
    pub fn tried_blocks(&self) -> Vec<(UserId, UserId)> {
        self.with(|inner| inner.tried.iter().copied().collect())
    }

    /// What somebody is told now of an entry: nothing that the other side wrote since it is blocked.
    pub fn heard(&self, user: UserId, conversation: ConversationId, entry: &Entry) {
        let (Body::Text { text } | Body::Edited { text: Some(text), .. }) = &entry.body else { return };
        if entry.sender == user || conversation.peer_of(user) != Some(entry.sender) {
            return;
        }
        let unheard = self.with(|inner| {
            let written = |after: u64| {
                inner.sends.iter().any(|send| send.text == *text && send.invoked > after)
                    || inner
                        .touches
                        .iter()
                        .any(|touch| touch.kind == TouchKind::Edit(text.clone()) && touch.invoked > after)
            };
            let open = |block: &&Block| (block.by, block.of, block.ended) == (user, entry.sender, u64::MAX);
            inner.blocks.iter().filter(open).any(|block| written(block.began))
        });
        if unheard {
            self.violation(format!("blocked, and told all the same: {} of {conversation}", entry.index));
        }
    }

    /// What was written to somebody while its sender was blocked from before to after; by retry keys.
    pub fn unheard(&self, user: UserId) -> Vec<(ConversationId, String)> {
        self.with(|inner| {
            let unheard = |send: &&Send| {
                inner.blocks.iter().any(|block| {
                    (block.by, block.of) == (user, send.sender)
                        && send.conversation == ConversationId::direct(user, send.sender)
                        && matches!(send.outcome, Outcome::Ok(_))
                        && (block.began < send.invoked && send.ended < block.ended)
                })
            };
            let sends = inner.sends.iter().filter(unheard);
            sends.map(|send| (send.conversation, send.client_message_id.clone())).collect()
        })
    }

    pub fn read(&self, reading: Reading) {
        self.note(&format!("{reading:?}"));
        self.with(|inner| inner.readings.push(reading));
    }

    /// Something that must not be, seen at once.
    pub fn violation(&self, what: String) {
        self.with(|inner| inner.violations.push(what));
    }

    /// Adds to the trace (FNV-1a).
    pub fn note(&self, what: &str) {
        self.with(|inner| {
            inner.operations += 1;
            for byte in what.bytes() {
                inner.trace = (inner.trace ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        });
    }

    pub fn close(&self) -> Closed {
        self.with(|inner| Closed {
            sends: std::mem::take(&mut inner.sends),
            touches: std::mem::take(&mut inner.touches),
            readings: std::mem::take(&mut inner.readings),
            violations: std::mem::take(&mut inner.violations),
            trace: inner.trace,
            operations: inner.operations,
        })
    }

    fn with<T>(&self, f: impl FnOnce(&mut Inner) -> T) -> T {
        f(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
