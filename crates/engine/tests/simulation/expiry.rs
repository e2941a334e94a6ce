//! Messages that disappear: gone in the end if their time was up, and only then; and nothing of them left in the store.
//! Pure, as the checker: it gets the record and the logs, and answers what is wrong.

use std::collections::BTreeSet;

use parlance_proto::{Body, ConversationId, DisappearAfter, Entry, GoneReason};

use crate::checker::Logs;
use crate::deeds::SCHEDULED;
use crate::history::{Closed, Outcome, TouchKind};

/// A log's messages against its entries about their time. The clock stands hours after everything that was sent.
pub fn check_expiry(logs: &Logs, wrong: &mut Vec<String>) {
    for (conversation, log) in logs {
        check_log(*conversation, log, wrong);
    }
}

fn check_log(conversation: ConversationId, log: &[Entry], wrong: &mut Vec<String>) {
    let expired: BTreeSet<u64> = log
        .iter()
        .filter_map(|entry| if let Body::Expired { targets } = &entry.body { Some(targets) } else { None })
        .flatten()
        .copied()
        .collect();
    let mut setting = None;
    for entry in log {
        if let Body::DisappearingChanged { disappearing } = &entry.body {
            setting = *disappearing;
        }
        if !entry.body.is_message() {
            continue;
        }
        let at = entry.index;
        let gone = matches!(entry.body, Body::Gone { .. });
        let by_time = entry.body == Body::Gone { reason: GoneReason::Expired };
        match setting {
            None if by_time => {
                wrong.push(format!("{conversation}: {at} expired, and nothing says it should"));
            }
            Some(setting) if setting.after == DisappearAfter::Sending && !gone && !is_late(entry) => {
                wrong.push(format!("{conversation}: the time of {at} is up, and it still says something"));
            }
            _ => {}
        }
        // Readers are shown nothing of it either way; the row itself must be overwritten, and all be told.
        if by_time && !expired.contains(&at) {
            wrong.push(format!("{conversation}: the time of {at} is up, and nobody was told"));
        }
        if expired.contains(&at) && !gone {
            wrong.push(format!("{conversation}: {at} expired, and still says something"));
        }
    }
}

/// Scheduled messages may be sent only when the clock stands in the end.
fn is_late(entry: &Entry) -> bool {
    matches!(&entry.body, Body::Text { text } if text.starts_with(SCHEDULED))
}

/// What messages said that are gone because their time was up, also before an edit.
pub fn erased<'a>(history: &'a Closed, logs: &Logs) -> Vec<&'a str> {
    let gone: BTreeSet<(ConversationId, u64)> = logs
        .iter()
        .flat_map(|(id, log)| log.iter().map(move |entry| (*id, entry)))
        .filter(|(_, entry)| entry.body == Body::Gone { reason: GoneReason::Expired })
        .map(|(id, entry)| (id, entry.index))
        .collect();
    let sent = history.sends.iter().filter_map(|send| match send.outcome {
        Outcome::Ok(index) if gone.contains(&(send.conversation, index)) => Some(&send.text[..]),
        _ => None,
    });
    let edited = history.touches.iter().filter_map(|touch| match &touch.kind {
        TouchKind::Edit(text) if gone.contains(&(touch.conversation, touch.index)) => Some(&text[..]),
        _ => None,
    });
    sent.chain(edited).collect()
}
