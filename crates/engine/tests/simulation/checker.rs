//! The history checker (H7): what was answered against what the logs hold in the end.
//! Pure: it gets the record and the logs, and answers what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use parlance_domain::{Change, Conversation, changes};
use parlance_proto::{Body, ConversationId, Entry, GoneReason, Role, UserId};

use crate::ballots::check_polls;
use crate::deeds::SCHEDULED;
use crate::expiry::check_expiry;
use crate::history::{Closed, Outcome, Send, Touch, TouchKind};

/// The logs in the end, as far as somebody may read them; a log starts at its first readable index.
pub type Logs = BTreeMap<ConversationId, Vec<Entry>>;

/// Everything that is wrong.
pub fn check(history: &Closed, logs: &Logs) -> Vec<String> {
    let mut wrong = history.violations.clone();
    for (conversation, log) in logs {
        check_log(*conversation, log, &mut wrong);
        check_order(*conversation, log, &history.sends, &mut wrong);
    }
    let by_key: BTreeMap<(ConversationId, UserId, &str), &Entry> = logs
        .iter()
        .flat_map(|(conversation, log)| {
            log.iter().filter_map(|entry| {
                Some(((*conversation, entry.sender, entry.client_message_id.as_deref()?), entry))
            })
        })
        .collect();
    for send in &history.sends {
        check_send(send, &history.touches, (logs, &by_key), &mut wrong);
    }
    check_touches(history, logs, &mut wrong);
    for (conversation, log) in logs {
        check_likes(*conversation, log, &mut wrong);
        check_polls(*conversation, log, &history.touches, &mut wrong);
    }
    check_expiry(logs, &mut wrong);
    check_scheduled(logs, &mut wrong);
    check_readings(history, &mut wrong);
    wrong
}

/// Consecutive indexes, ordinals that count, nothing twice, senders who were members.
fn check_log(conversation: ConversationId, log: &[Entry], wrong: &mut Vec<String>) {
    let mut keys = BTreeSet::new();
    let mut folded = Conversation::empty(conversation);
    for (entry, index) in log.iter().zip(1..) {
        if entry.index != index {
            wrong.push(format!("{conversation}: index {} stands where {index} should", entry.index));
            return;
        }
        let ordinal = folded.head.ordinal + u64::from(entry.body.is_message());
        if entry.ordinal != ordinal {
            wrong.push(format!("{conversation}: ordinal {} at {index}, not {ordinal}", entry.ordinal));
        }
        let key = (entry.sender, entry.client_message_id.clone());
        if key.1.is_some() && !keys.insert(key) {
            let id = entry.client_message_id.as_deref().unwrap_or_default();
            wrong.push(format!("{conversation}: duplicate of {id} at {index}"));
        }
        // Who founds a group or comes in by a link is a member from that entry on.
        let entering = changes(entry).contains(&Change::Joined(entry.sender));
        let follows_leaving = matches!(entry.body, Body::FanOutChanged { .. });
        // Nobody is told who votes in an anonymous poll.
        let anonymous = matches!(entry.body, Body::Voted { .. });
        let expiry = matches!(entry.body, Body::Expired { .. } | Body::ExpirySet { .. });
        let by_server = (anonymous || expiry) && entry.sender == UserId::SERVER;
        if !entering && !follows_leaving && !by_server && folded.member(entry.sender).is_none() {
            wrong.push(format!("{conversation}: {} wrote {index} without being a member", entry.sender));
        }
        if matches!(entry.body, Body::Text { .. }) && !may_write(&folded, entry) {
            wrong.push(format!("{conversation}: {} wrote {index} and may not", entry.sender));
        }
        folded.apply(entry);
        if let Some(banned) = folded.members.keys().find(|user| folded.is_banned(**user)) {
            wrong.push(format!("{conversation}: {banned} is banned and a member after {index}"));
        }
        let owners = folded.members.values().filter(|place| place.role == Role::Owner).count();
        if conversation_is_group(conversation) && owners != usize::from(!folded.members.is_empty()) {
            wrong.push(format!("{conversation}: {owners} owners after {index}"));
        }
    }
}

/// Whether the sender had the right to write, and was not muted then.
fn may_write(folded: &Conversation, entry: &Entry) -> bool {
    folded.may_post(entry.sender) && folded.muted_until_ms(entry.sender, entry.time_ms).is_none()
}

fn conversation_is_group(conversation: ConversationId) -> bool {
    matches!(conversation, ConversationId::Group(_))
}

/// Ack(A) before send(B) means index A < index B.
fn check_order(conversation: ConversationId, log: &[Entry], sends: &[Send], wrong: &mut Vec<String>) {
    let times: BTreeMap<(UserId, &str), &Send> = sends
        .iter()
        .filter(|send| send.conversation == conversation)
        .map(|send| ((send.sender, send.client_message_id.as_str()), send))
        .collect();
    let mut earliest_ack_above = u64::MAX;
    for entry in log.iter().rev() {
        let Some(id) = entry.client_message_id.as_deref() else { continue };
        let Some(send) = times.get(&(entry.sender, id)) else { continue };
        if earliest_ack_above < send.invoked {
            wrong.push(format!(
                "{conversation}: {id} at {} was sent after a higher index was acknowledged",
                entry.index
            ));
        }
        if matches!(send.outcome, Outcome::Ok(_)) {
            earliest_ack_above = earliest_ack_above.min(send.ended);
        }
    }
}

/// Acknowledged means there, at that index, with that text; failed means nowhere.
fn check_send(
    send: &Send,
    touches: &[Touch],
    (logs, by_key): (&Logs, &BTreeMap<(ConversationId, UserId, &str), &Entry>),
    wrong: &mut Vec<String>,
) {
    let Some(log) = logs.get(&send.conversation) else {
        if matches!(send.outcome, Outcome::Ok(_)) {
            wrong.push(format!(
                "lost: the whole log of {} with {}",
                send.conversation, send.client_message_id
            ));
        }
        return;
    };
    let id = send.client_message_id.as_str();
    let found = by_key.get(&(send.conversation, send.sender, id));
    match (&send.outcome, found) {
        (Outcome::Ok(index), None) => {
            wrong.push(format!(
                "lost: {id} acknowledged at {index} of {} ({})",
                send.conversation,
                log.len()
            ));
        }
        (Outcome::Ok(index), Some(entry)) if entry.index != *index => {
            wrong.push(format!("moved: {id} acknowledged at {index}, stands at {}", entry.index));
        }
        // Whether it may be gone is for `check_touches` to say.
        (Outcome::Ok(_), Some(Entry { body: Body::Gone { .. }, .. })) => {}
        (Outcome::Ok(index), Some(Entry { body: Body::Text { text }, .. }))
            if may_say(touches, send, *index, text) => {}
        (Outcome::Ok(_), Some(entry)) => wrong.push(format!("changed: {id} became {:?}", entry.body)),
        (Outcome::Failed(code), Some(entry)) => {
            wrong.push(format!("ghost: {id} failed with {code:?} and stands at {}", entry.index));
        }
        _ => {}
    }
}

/// Whether a message may say this in the end: what was sent, or an edit; and nothing that a later acknowledged edit, which
/// began after this one was over, has replaced.
fn may_say(touches: &[Touch], send: &Send, index: u64, text: &str) -> bool {
    let edits = touches.iter().filter(|touch| {
        (touch.conversation, touch.index) == (send.conversation, index)
            && matches!(touch.kind, TouchKind::Edit(_))
            && !matches!(touch.outcome, Outcome::Failed(_))
    });
    let replaced = |ended: u64| {
        let mut later = edits.clone();
        later.any(|edit| matches!(edit.outcome, Outcome::Ok(_)) && edit.invoked > ended)
    };
    let edited = |edit: &Touch| edit.kind == TouchKind::Edit(text.to_owned()) && !replaced(edit.ended);
    (text == send.text && !replaced(send.ended)) || edits.clone().any(edited)
}

/// A scheduled message is sent once at most, whatever crashed while it was due.
fn check_scheduled(logs: &Logs, wrong: &mut Vec<String>) {
    let mut sent = BTreeSet::new();
    for (conversation, entry) in logs.iter().flat_map(|(id, log)| log.iter().map(move |entry| (id, entry))) {
        let Body::Text { text } = &entry.body else { continue };
        if text.starts_with(SCHEDULED) && !sent.insert(text) {
            wrong.push(format!("{conversation}: {} was scheduled once and sent twice: {text}", entry.index));
        }
    }
}

/// What was seen later is never less than what was seen before.
fn check_readings(history: &Closed, wrong: &mut Vec<String>) {
    let mut readings: Vec<_> = history.readings.iter().collect();
    readings.sort_by_key(|reading| reading.invoked);
    let mut by_thing: BTreeMap<&str, Vec<(u64, u64)>> = BTreeMap::new();
    for reading in readings {
        let seen = by_thing.entry(&reading.of).or_default();
        let before = seen.iter().filter(|(ended, _)| *ended < reading.invoked).map(|(_, value)| *value).max();
        if let Some(before) = before.filter(|before| *before > reading.value) {
            wrong.push(format!("cursor back: {} was {before}, then {}", reading.of, reading.value));
        }
        seen.push((reading.ended, reading.value));
    }
}

/// A message is gone if its recall was acknowledged, and only if somebody may have recalled it; only the sender may.
fn check_touches(history: &Closed, logs: &Logs, wrong: &mut Vec<String>) {
    let recalls = |conversation: ConversationId, index: u64| {
        history.touches.iter().filter(move |touch| {
            touch.kind == TouchKind::Recall && (touch.conversation, touch.index) == (conversation, index)
        })
    };
    for (conversation, log) in logs {
        for entry in log {
            let gone = matches!(entry.body, Body::Gone { .. });
            let done = |touch: &Touch| matches!(touch.outcome, Outcome::Ok(_));
            let mut tried = recalls(*conversation, entry.index);
            if !gone && recalls(*conversation, entry.index).any(done) {
                wrong.push(format!("recalled {} of {conversation} still says something", entry.index));
            }
            // Whether its time was up is for `expiry` to say.
            let expired = entry.body == Body::Gone { reason: GoneReason::Expired };
            if gone && !expired && !tried.any(|touch| !matches!(touch.outcome, Outcome::Failed(_))) {
                wrong.push(format!("{} of {conversation} is gone and nobody recalled it", entry.index));
            }
            if let Body::Recalled { target } = entry.body {
                let of = log.get(target as usize - 1).filter(|of| of.index == target);
                if of.is_none_or(|of| of.sender != entry.sender || !matches!(of.body, Body::Gone { .. })) {
                    wrong.push(format!("{} of {conversation} recalls {target} wrongly", entry.index));
                }
            }
        }
    }
}

/// A message shows the likes that the log's entries make, once a user and emoji; one whose content is gone shows none.
fn check_likes(conversation: ConversationId, log: &[Entry], wrong: &mut Vec<String>) {
    let mut likes: BTreeMap<u64, BTreeMap<&str, BTreeSet<UserId>>> = BTreeMap::new();
    for entry in log {
        match &entry.body {
            Body::Liked { target, emoji } => {
                let by_emoji = likes.entry(*target).or_default();
                if !by_emoji.entry(emoji).or_default().insert(entry.sender) {
                    wrong.push(format!("{conversation}: {} is a second like", entry.index));
                }
            }
            Body::Unliked { target, emoji } => {
                let by_emoji = likes.entry(*target).or_default();
                if !by_emoji.entry(emoji).or_default().remove(&entry.sender) {
                    wrong.push(format!("{conversation}: {} takes back no like", entry.index));
                }
            }
            _ => {}
        }
    }
    for entry in log.iter().filter(|entry| entry.body.is_message()) {
        let gone = matches!(entry.body, Body::Gone { .. });
        let made = likes.remove(&entry.index).unwrap_or_default();
        let made: BTreeMap<&str, u64> = made
            .into_iter()
            .filter(|(_, users)| !users.is_empty() && !gone)
            .map(|(emoji, users)| (emoji, users.len() as u64))
            .collect();
        let shown = entry.details.iter().flat_map(|details| &details.likes);
        let shown: BTreeMap<&str, u64> = shown.map(|like| (like.emoji.as_str(), like.count)).collect();
        if made != shown {
            let at = entry.index;
            wrong.push(format!("{conversation}: {at} shows the likes {shown:?}, its log has {made:?}"));
        }
    }
}
