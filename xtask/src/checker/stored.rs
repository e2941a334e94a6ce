//! The log against what was answered: nothing lost, nothing twice, no gap, nothing from nowhere.
//!
//! The stored log is taken as it is at the end; whether it changed before is seen by what readers were given.

use std::collections::HashSet;

use super::history::{Conversation, NOWHERE};
use super::verdict::{Promise, Verdict};

/// Checks one conversation's stored log. Leaves its entries sorted by index.
pub(super) fn check(conversation: &mut Conversation, verdict: &mut Verdict) {
    conversation.entries.sort_unstable_by_key(|entry| entry.index);
    verdict.stored += conversation.entries.len() as u64;
    check_indexes(conversation, verdict);
    check_keys(conversation, verdict);
    check_acked(conversation, verdict);
    check_readers(conversation, verdict);
}

fn check_indexes(conversation: &Conversation, verdict: &mut Verdict) {
    let name = &conversation.name;
    let mut expected = 1;
    for entry in &conversation.entries {
        let index = entry.index;
        if index < expected {
            verdict.broken(Promise::Gap, || format!("{name} has index {index} twice"));
        } else if index > expected {
            verdict.broken(Promise::Gap, || format!("{name} has nothing from {expected} to {}", index - 1));
        }
        expected = expected.max(index + 1);
    }
}

fn check_keys(conversation: &Conversation, verdict: &mut Verdict) {
    let name = &conversation.name;
    let mut keys = HashSet::with_capacity(conversation.entries.len());
    for entry in conversation.entries.iter().filter(|entry| entry.key != 0) {
        let index = entry.index;
        if !keys.insert(entry.key) {
            verdict.broken(Promise::Duplicate, || format!("{name} holds the message at {index} twice"));
        }
        match conversation.messages.get(&entry.key) {
            None => verdict.broken(Promise::Ghost, || format!("nobody sent what {name} holds at {index}")),
            Some(message) if !message.may_appear => {
                verdict.broken(Promise::Ghost, || format!("what {name} holds at {index} was refused"));
            }
            Some(message) if message.content != entry.content => {
                verdict.broken(Promise::Lost, || format!("{name} holds another text at {index}"));
            }
            Some(_) => {}
        }
    }
}

fn check_acked(conversation: &Conversation, verdict: &mut Verdict) {
    let name = &conversation.name;
    for message in conversation.messages.values().filter(|message| message.index != NOWHERE) {
        verdict.acked += 1;
        let index = message.index;
        let held = conversation.entries.binary_search_by_key(&index, |entry| entry.index);
        match held.map(|place| conversation.entries[place].content) {
            Ok(content) if content == message.content => {}
            Ok(_) => {
                verdict.broken(Promise::Lost, || format!("{name} holds something else at acked {index}"));
            }
            Err(_) => verdict.broken(Promise::Lost, || format!("{name} does not hold acked {index}")),
        }
    }
}

/// What subscribers were given must be what is stored.
fn check_readers(conversation: &Conversation, verdict: &mut Verdict) {
    let name = &conversation.name;
    let mut stored = conversation.entries.iter().peekable();
    for (index, content) in conversation.seen.iter().enumerate().filter(|(_, content)| **content != 0) {
        while stored.next_if(|entry| entry.index < index as u64).is_some() {}
        let same =
            stored.peek().is_some_and(|entry| entry.index == index as u64 && entry.content == *content);
        if !same {
            verdict.broken(Promise::Stream, || {
                format!("a reader of {name} was given at {index} what is not stored")
            });
        }
    }
    let head = conversation.entries.last().map_or(0, |entry| entry.index);
    for (member, shown) in conversation.shown.iter().filter(|(_, shown)| *shown != head) {
        verdict.broken(Promise::Behind, || {
            format!("{member} is shown {shown} as the end of {name}, not {head}")
        });
    }
}
