//! A history in memory: lines folded into numbers, in the shape that the checks need.
//!
//! Invariant: a line is folded once, in the order of the file; nothing is judged before `check` except what only the
//! order of lines can show (a subscriber's stream, two acknowledged indexes of one message).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::line::{Line, Register, Seen, Send, Stored};
use super::verdict::{Promise, Verdict};
use super::{order, stored};

/// No index: the message is not in the log, or its attempt was not acknowledged.
pub(super) const NOWHERE: u64 = 0;
/// Never: an attempt that was not acknowledged.
pub(super) const NEVER: u64 = u64::MAX;

/// What came of a message over all its attempts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message {
    /// Sender, client message id and text.
    pub content: u64,
    /// When the first attempt began.
    pub sent: u64,
    /// When the first acknowledgement arrived, or `NEVER`.
    pub acked: u64,
    /// The acknowledged index, or `NOWHERE`.
    pub index: u64,
    /// Whether an attempt is not known to have failed: then the message may appear.
    pub may_appear: bool,
}

/// An entry of a log, or what somebody saw of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub index: u64,
    /// Sender and client message id; 0 for entries that are not messages.
    pub key: u64,
    /// Sender, client message id and text.
    pub content: u64,
}

/// All about one conversation.
#[derive(Default)]
pub(super) struct Conversation {
    pub name: String,
    /// By `key`.
    pub messages: HashMap<u64, Message>,
    pub entries: Vec<Entry>,
    /// What subscribers saw first at each index, by index; 0 if nothing.
    pub seen: Vec<u64>,
    /// Heads as members were shown them.
    pub shown: Vec<(String, u64)>,
}

/// One reading of a register: when it was asked, when answered, and the answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub asked: u64,
    pub at: u64,
    pub value: u64,
}

/// A history in memory.
#[derive(Default)]
pub struct History {
    conversations: Vec<Conversation>,
    by_name: HashMap<String, usize>,
    /// Attempts under way: conversation and key of each.
    attempts: HashMap<u64, (usize, u64)>,
    /// The last index given to each subscriber, by reader and conversation.
    streams: HashMap<(u64, usize), u64>,
    registers: HashMap<String, Vec<Reading>>,
    /// Faults that show as lines come in.
    early: Verdict,
}

/// A hash that is never 0.
pub(super) fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish().max(1)
}

fn entry_of(stored: &Stored<'_>) -> Entry {
    let key = if stored.key.is_empty() { 0 } else { hash((&*stored.sender, &*stored.key)) };
    Entry { index: stored.index, key, content: hash((&*stored.sender, &*stored.key, &*stored.text)) }
}

impl History {
    /// Adds the next line.
    pub fn add(&mut self, line: &Line<'_>) {
        match line {
            Line::Send(send) => self.send(send),
            Line::Ok { at, attempt, index } => self.end(*attempt, Some((*at, *index)), true),
            Line::Fail { attempt, .. } => self.end(*attempt, None, false),
            Line::Unknown { attempt, .. } => self.end(*attempt, None, true),
            Line::Seen(seen) => self.seen(seen),
            Line::Register(register) => self.register(register),
            Line::Stored(stored) => {
                let entry = entry_of(stored);
                self.conversation(&stored.conversation).1.entries.push(entry);
            }
            Line::Shown(shown) => {
                let conversation = self.conversation(&shown.conversation).1;
                conversation.shown.push((shown.member.clone().into_owned(), shown.head));
            }
            Line::Killed { .. } | Line::Fault { .. } | Line::Refused { .. } => {}
        }
    }

    /// The verdict. Attempts without an end count as unknown.
    pub fn check(mut self) -> Verdict {
        let attempts = std::mem::take(&mut self.attempts);
        for (number, key) in attempts.values() {
            if let Some(message) = self.conversations[*number].messages.get_mut(key) {
                message.may_appear = true;
            }
        }
        let mut verdict = self.early;
        for conversation in &mut self.conversations {
            stored::check(conversation, &mut verdict);
            order::check_order(conversation, &mut verdict);
        }
        for (name, readings) in &mut self.registers {
            order::check_register(name, readings, &mut verdict);
        }
        verdict
    }

    fn conversation(&mut self, name: &str) -> (usize, &mut Conversation) {
        let number = self.by_name.get(name).copied().unwrap_or_else(|| {
            self.conversations.push(Conversation { name: name.to_owned(), ..Conversation::default() });
            self.by_name.insert(name.to_owned(), self.conversations.len() - 1);
            self.conversations.len() - 1
        });
        (number, &mut self.conversations[number])
    }

    fn send(&mut self, send: &Send<'_>) {
        let key = hash((&*send.sender, &*send.key));
        let content = hash((&*send.sender, &*send.key, &*send.text));
        let (number, conversation) = self.conversation(&send.conversation);
        let fresh = Message { content, sent: send.at, acked: NEVER, index: NOWHERE, may_appear: false };
        let message = conversation.messages.entry(key).or_insert(fresh);
        message.sent = message.sent.min(send.at);
        self.attempts.insert(send.attempt, (number, key));
    }

    fn end(&mut self, attempt: u64, acked: Option<(u64, u64)>, may_appear: bool) {
        let Some((number, key)) = self.attempts.remove(&attempt) else { return };
        let conversation = &mut self.conversations[number];
        let Some(message) = conversation.messages.get_mut(&key) else { return };
        message.may_appear |= may_appear;
        let Some((at, index)) = acked else { return };
        message.acked = message.acked.min(at);
        if message.index != NOWHERE && message.index != index {
            let (name, first) = (&conversation.name, message.index);
            self.early.broken(Promise::Duplicate, || {
                format!("one message of {name} was acknowledged at {first} and at {index}")
            });
        }
        message.index = index;
    }

    fn seen(&mut self, seen: &Seen<'_>) {
        let entry = entry_of(&seen.entry);
        let index = entry.index;
        let (number, conversation) = self.conversation(&seen.entry.conversation);
        let name = conversation.name.clone();
        let place = index as usize;
        if conversation.seen.len() <= place {
            conversation.seen.resize(place + 1, 0);
        }
        let before = std::mem::replace(&mut conversation.seen[place], entry.content);
        if before != 0 && before != entry.content {
            self.early.broken(Promise::Stream, || format!("readers of {name} saw two contents at {index}"));
        }
        let last = self.streams.entry((hash(&*seen.reader), number)).or_insert(index - 1);
        let expected = *last + 1;
        *last = index.max(*last);
        if index != expected {
            let reader = &seen.reader;
            self.early.broken(Promise::Stream, || {
                format!("{reader} was given index {index} of {name} instead of {expected}")
            });
        }
    }

    fn register(&mut self, register: &Register<'_>) {
        let reading = Reading { asked: register.asked, at: register.at, value: register.value };
        self.registers.entry(register.name.clone().into_owned()).or_default().push(reading);
    }
}
