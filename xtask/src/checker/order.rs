//! Real time against order: sweeps over sorted lists, no pairwise comparison.
//!
//! Both rules only judge what cannot be told otherwise: operations that overlap in time may have either order.

use super::history::{Conversation, NEVER, Reading};
use super::verdict::{Promise, Verdict};

/// If A was acknowledged before B was sent, A's index is lower. Sweeps from the last index to the first and keeps the
/// earliest acknowledgement met so far: a message sent after it, but with a lower index, is out of order. Needs the
/// entries sorted by index.
pub(super) fn check_order(conversation: &Conversation, verdict: &mut Verdict) {
    let name = &conversation.name;
    let mut earliest = (NEVER, 0);
    for entry in conversation.entries.iter().rev() {
        let Some(message) = conversation.messages.get(&entry.key) else { continue };
        let index = entry.index;
        if message.sent > earliest.0 {
            let higher = earliest.1;
            verdict.broken(Promise::Order, || {
                format!("{name}: {index} was sent after {higher} had been acknowledged")
            });
        }
        if message.index == index && message.acked < earliest.0 {
            earliest = (message.acked, index);
        }
    }
}

/// A reading that was asked for after another was answered is not lower. Sweeps over the readings by the time they were
/// asked, with the highest value answered before that time.
pub(super) fn check_register(name: &str, readings: &mut [Reading], verdict: &mut Verdict) {
    let mut by_answer = readings.to_vec();
    by_answer.sort_unstable_by_key(|reading| reading.at);
    readings.sort_unstable_by_key(|reading| reading.asked);
    let mut answered = by_answer.iter().peekable();
    let mut highest = 0;
    for reading in readings.iter() {
        while let Some(before) = answered.next_if(|before| before.at < reading.asked) {
            highest = highest.max(before.value);
        }
        let value = reading.value;
        if value < highest {
            verdict.broken(Promise::Back, || format!("{name} went from {highest} back to {value}"));
        }
    }
}
