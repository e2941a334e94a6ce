//! What follows a commit: live push, inboxes, hints. All of it can be lost and done again from the log.
//!
//! The dirty mark of a conversation stands from before its first commit until inboxes have caught up; after a crash
//! `sweep` loads every marked conversation, and loading notes what inboxes lack.

mod advance;
mod change;
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

use parlance_domain::{Change, changes};
use parlance_proto::{Entry, Event, FanOut, UserId};

use crate::hub::{Live, To};
use crate::node::Node;
use crate::owner::Shared;

/// Notes committed entries for the inboxes.
pub(crate) fn note(node: &Node, shared: &Arc<Shared>, entries: &[Entry]) {
    let Some(first) = entries.first() else { return };
    let mut advance = Advance::from(first.index);
    entries.iter().for_each(|entry| advance.add(entry));
    node.inbox.note(shared, advance);
}

/// Passes committed entries on to those who are connected.
pub(crate) fn push(node: &Node, shared: &Arc<Shared>, entries: Vec<Entry>) {
    if entries.is_empty() {
        return;
    }
    let (conversation, fan_out, members) = {
        let state = shared.state();
        let members: Option<Arc<[UserId]>> =
            (state.fan_out == FanOut::Write).then(|| state.members.keys().copied().collect());
        (state.id, state.fan_out, members)
    };
    for entry in entries {
        let affected = affected(&entry);
        for user in &affected.left {
            node.hub.close_for(conversation, *user);
        }
        let live = Live::new(Event::Entry { conversation_id: conversation, entry });
        match &members {
            Some(members) => node.tell(To::Users(Arc::clone(members)), &live),
            None => node.tell(To::Open(conversation), &live),
        }
        // Who has just left is no member any more, and who has just come has nothing open, yet both shall hear of it.
        if !affected.left.is_empty() {
            node.tell(To::Users(affected.left.into()), &live);
        }
        if members.is_none() && !affected.joined.is_empty() {
            node.tell(To::Users(affected.joined.into()), &live);
        }
    }
    if fan_out == FanOut::Read {
        node.lane.moved(shared);
    }
}

/// Users whom an entry concerns in person.
#[derive(Default)]
struct Affected {
    joined: Vec<UserId>,
    left: Vec<UserId>,
}

fn affected(entry: &Entry) -> Affected {
    let mut affected = Affected::default();
    for change in changes(entry) {
        match change {
            Change::Joined(user) => affected.joined.push(user),
            Change::Left(user) => affected.left.push(user),
            Change::FanOut(_) => {}
        }
    }
    affected
}
