//! What a device holds against what the logs say, at the end of a run.
//! A device that caught up holds all it may see, and its list counts as the logs do.

use parlance_engine::{Caller, Engine};
use parlance_proto::{
    ConversationId, ConversationSummary, Entry, GetConversation, ListConversations, UserId,
};

use crate::checker::Logs;
use crate::device::Device;
use crate::govern::is_away;
use crate::replica::lasting;
use crate::world::{World, insist};
/// The device's list and entries against the logs.
pub async fn compare(world: &World, engine: &Engine, device: &Device, logs: &Logs) {
    let mut listed = Vec::new();
    let mut after = None;
    loop {
        let input =
            ListConversations { after: after.clone(), limit: Some(3), ..ListConversations::default() };
        let page = insist(|| engine.list_conversations(device.replica.caller, input.clone())).await;
        listed.extend(page.conversations);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let me = device.replica.caller.user;
    for (conversation, log) in logs {
        let row = listed.iter().find(|row| row.conversation_id == *conversation);
        let member = is_member(*conversation, me, log);
        match row {
            Some(row) if member => compare_row(world, device, row, log),
            None if !member || log.is_empty() => {}
            None if world.lock_deleted().contains(&(me, *conversation)) => {
                let caller = device.replica.caller;
                compare_deleted(world, engine, caller, (*conversation, log)).await;
            }
            _ => world.history.violation(format!(
                "list of {me}: {conversation} with {} entries, listed {}, member {member}",
                log.len(),
                row.is_some()
            )),
        }
    }
}

/// A conversation that its user took off the list stays off it until something new is said; likes and such are pulled then.
async fn compare_deleted(
    world: &World,
    engine: &Engine,
    caller: Caller,
    (conversation_id, log): (ConversationId, &[Entry]),
) {
    let row = insist(|| engine.get_conversation(caller, GetConversation { conversation_id })).await;
    let new =
        |entry: &&Entry| entry.body.is_message() && !is_away(row.visible_from, &row.hidden, entry.index);
    if let Some(new) = log.iter().rfind(new) {
        let wrong = format!("{conversation_id} is off the list of {} and has {}", caller.user, new.index);
        world.history.violation(wrong);
    }
}

fn is_member(conversation: ConversationId, user: UserId, log: &[Entry]) -> bool {
    let mut folded = parlance_domain::Conversation::empty(conversation);
    log.iter().for_each(|entry| folded.apply(entry));
    folded.member(user).is_some()
}

fn compare_row(world: &World, device: &Device, row: &ConversationSummary, log: &[Entry]) {
    let (id, me) = (row.conversation_id, device.replica.caller.user);
    let head = log.len() as u64;
    let unread = log.iter().filter(|entry| {
        entry.body.is_message()
            && entry.index > row.read_index
            && !is_away(row.visible_from, &row.hidden, entry.index)
    });
    let unread = unread.count() as u64;
    if row.head != head {
        world.history.violation(format!("list of {me}: {id} at {} although the log is at {head}", row.head));
    } else if row.unread != unread {
        world.history.violation(format!("unread of {me} in {id}: {} instead of {unread}", row.unread));
    }
    let held = device.replica.entries.get(&id);
    for entry in log.iter().filter(|entry| !is_away(row.visible_from, &row.hidden, entry.index)) {
        if held.and_then(|held| held.get(&entry.index)) != Some(&lasting(entry)) {
            world.history.violation(format!("hole: device {} lacks {} of {id}", device.number, entry.index));
        }
    }
}
