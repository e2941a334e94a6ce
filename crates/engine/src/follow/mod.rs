//! What follows a commit: live push, inboxes, hints. All of it can be lost and done again from the log.
//!
//! The dirty mark of a conversation stands from before its first commit until inboxes have caught up; after a crash
//! `sweep` loads every marked conversation, and loading notes what inboxes lack.

mod advance;
mod change;
mod chase;
mod inbox;
mod lane;
mod round;
pub(crate) mod sweep;
mod user;

pub(crate) use advance::Advance;
pub(crate) use inbox::{Inbox, work as inbox_worker};
pub(crate) use lane::{Lane, hint as lane_hinter, push as lane_pusher};
pub(crate) use user::{OwnChange, Touched, change as change_own};

use std::sync::Arc;

use parlance_domain::{Change, changes, withheld};
use parlance_proto::{Body, ConversationId, Entry, Event, FanOut, UserId};

use crate::hub::{Hub, Live, To};
use crate::node::Node;
use crate::owner::Shared;

/// Notes committed entries for the inboxes.
pub(crate) fn note(node: &Node, shared: &Arc<Shared>, entries: &[Entry]) {
    let Some(first) = entries.first() else { return };
    let mut advance = Advance::from(first.index);
    entries.iter().for_each(|entry| advance.add(entry));
    node.inbox.note(shared, advance);
}

/// Notes that inboxes may lack what leads to the head, although the cursor has passed it.
pub(crate) fn note_head(node: &Node, shared: &Arc<Shared>) {
    let advance = {
        let state = shared.state();
        let last = Advance { to: state.head, time_ms: state.time_ms, ..Advance::from(state.head.index) };
        Advance { last_message: state.last_message, ..last }
    };
    if advance.to.index > 0 {
        node.inbox.note(shared, advance);
    }
}

/// Passes committed entries on to those who are connected.
pub(crate) fn push(node: &Node, shared: &Arc<Shared>, entries: Vec<Entry>) {
    if entries.is_empty() {
        return;
    }
    let room = Room::of(shared);
    for entry in entries {
        push_one(node, shared, &room, entry);
    }
    if room.members.is_none() {
        node.lane.moved(shared);
    }
}

/// A conversation as far as pushing needs to know it.
struct Room {
    id: ConversationId,
    /// Its members, where each is told in person; a large group's are not even looked at.
    members: Option<Arc<[UserId]>>,
    /// Whether nobody is told who comes and goes.
    members_hidden: bool,
}

impl Room {
    fn of(shared: &Shared) -> Room {
        let state = shared.state();
        // Who has blocked the other side of a direct conversation hears nothing of it.
        let hearers = state.members.keys().copied().filter(|user| !shared.blocks(*user));
        let members = (state.fan_out == FanOut::Write).then(|| hearers.collect());
        Room { id: state.id, members, members_hidden: state.settings.members_hidden }
    }
}

fn push_one(node: &Node, shared: &Arc<Shared>, room: &Room, entry: Entry) {
    let conversation_id = room.id;
    // At once and without the bus, which may lose it; the other nodes hear it below.
    close(&node.hub, conversation_id, &entry);
    let affected = affected(&entry);
    if affected.dissolved {
        push_end(node, shared, entry);
        return;
    }
    // Only those concerned are told in person; what all the others see goes out after it, and is a repeat for them.
    let others = (room.members_hidden && shared.state().withholds(&entry, UserId::SERVER))
        .then(|| Live::new(Event::Entry { conversation_id, entry: withheld(&entry) }));
    let index = entry.index;
    let mut concerned = vec![entry.sender];
    if let Body::MemberMuted { member, .. } | Body::AliasChanged { member, .. } = &entry.body {
        concerned.push(*member);
    }
    concerned.retain(|user| !affected.joined.contains(user));
    let live = Live::new(Event::Entry { conversation_id, entry });
    // Who has just left is no member any more, and who has just come has nothing open, yet both shall hear of it.
    if !affected.left.is_empty() {
        node.tell(To::Left(conversation_id, affected.left.into()), &live);
    }
    if others.is_some() {
        node.tell(To::Users(concerned.into()), &live);
    }
    let blind = affected.visible_from.is_some_and(|from| from > index);
    if blind {
        // They may not see the entry that let them in: they are told that there is something to look at.
        let hint = Live::new(Event::Hint { conversation_id, head: index });
        node.tell(To::Users(affected.joined.as_slice().into()), &hint);
    } else if !affected.joined.is_empty() && (room.members.is_none() || others.is_some()) {
        node.tell(To::Users(affected.joined.as_slice().into()), &live);
    }
    let live = others.unwrap_or(live);
    match &room.members {
        Some(members) if blind => {
            let sighted = members.iter().filter(|user| !affected.joined.contains(user));
            node.tell(To::Users(sighted.copied().collect()), &live);
        }
        Some(members) => node.tell(To::Users(Arc::clone(members)), &live),
        None => node.tell(To::Open(conversation_id), &live),
    }
}

/// Closes a conversation on this node for those whom an entry puts out.
pub(crate) fn close(hub: &Hub, conversation: ConversationId, entry: &Entry) {
    for change in changes(entry) {
        match change {
            Change::Left(user) => hub.close_for(conversation, user),
            Change::Dissolved => hub.close_all(conversation),
            Change::Joined(_) | Change::FanOut(_) => {}
        }
    }
}

/// Tells everybody who is connected that the conversation is over.
fn push_end(node: &Node, shared: &Arc<Shared>, entry: Entry) {
    let (conversation_id, members): (_, Vec<UserId>) = {
        let state = shared.state();
        let online = node.online();
        (state.id, online.into_iter().filter(|user| state.members.contains_key(user)).collect())
    };
    let live = Live::new(Event::Entry { conversation_id, entry });
    node.tell(To::Over(conversation_id, members.into()), &live);
}

/// Users whom an entry concerns in person.
#[derive(Default)]
struct Affected {
    joined: Vec<UserId>,
    left: Vec<UserId>,
    /// From where those who joined may read, if the entry says.
    visible_from: Option<u64>,
    /// Everybody is out.
    dissolved: bool,
}

fn affected(entry: &Entry) -> Affected {
    let mut affected = Affected::default();
    for change in changes(entry) {
        match change {
            Change::Joined(user) => affected.joined.push(user),
            Change::Left(user) => affected.left.push(user),
            Change::FanOut(_) => {}
            Change::Dissolved => affected.dissolved = true,
        }
    }
    if let Body::MembersAdded { visible_from, .. } | Body::MemberJoined { visible_from, .. } = entry.body {
        affected.visible_from = visible_from;
    }
    affected
}
