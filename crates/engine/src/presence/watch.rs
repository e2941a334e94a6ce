//! A watched user: who watches, what each may see, and what they were told.
//!
//! A watcher who may not see hears nothing, whatever happens.

use std::sync::Arc;

use parlance_proto::{Event, Status, UserId};

use crate::hub::{Live, Outbox};
use crate::node::Node;

/// What a watcher may see of a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sight {
    /// Whether the user is there.
    pub online: bool,
    /// When the user was last seen.
    pub last_seen: bool,
}

/// Those who watch one user.
pub(super) struct Watched {
    /// The connections, and what each may see.
    watchers: Vec<(Arc<Outbox>, Sight)>,
    /// What was told last.
    told: Status,
}

impl Watched {
    pub(super) fn new(told: Status) -> Watched {
        Watched { watchers: Vec::new(), told }
    }

    pub(super) fn told(&self) -> Status {
        self.told
    }

    pub(super) fn add(&mut self, outbox: &Arc<Outbox>, sight: Sight) {
        self.watchers.retain(|(other, _)| !Arc::ptr_eq(other, outbox));
        self.watchers.push((Arc::clone(outbox), sight));
    }

    /// Removes a watcher; whether it was the last one.
    pub(super) fn remove(&mut self, outbox: &Arc<Outbox>) -> bool {
        self.watchers.retain(|(other, _)| !Arc::ptr_eq(other, outbox));
        self.watchers.is_empty()
    }

    pub(super) fn watchers(&self) -> Vec<UserId> {
        let mut users: Vec<UserId> = self.watchers.iter().map(|(outbox, _)| outbox.caller().user).collect();
        users.sort_unstable();
        users.dedup();
        users
    }

    /// Tells all who may see it that the user is in another state.
    pub(super) fn tell(&mut self, node: &Node, user: UserId, (status, last_seen): (Status, Option<i64>)) {
        if self.told == status {
            return;
        }
        self.told = status;
        let live = |sight: Sight| Live::new(Event::Presence(sight.of(user, status, last_seen)));
        let full = live(Sight { online: true, last_seen: true });
        let part = live(Sight { online: true, last_seen: false });
        for (outbox, sight) in self.watchers.iter().filter(|(_, sight)| sight.online) {
            node.hub.push_to(outbox, if sight.last_seen { &full } else { &part });
        }
    }

    /// Goes by another sight of one viewer from now on, and tells if that changes what there is to see.
    pub(super) fn see(
        &mut self,
        node: &Node,
        (user, viewer): (UserId, UserId),
        sight: Sight,
        last_seen: Option<i64>,
    ) {
        let now = sight.of(user, self.told, last_seen);
        let live = Live::new(Event::Presence(now.clone()));
        for (outbox, held) in self.watchers.iter_mut().filter(|(outbox, _)| outbox.caller().user == viewer) {
            if held.of(user, self.told, last_seen) != now {
                node.hub.push_to(outbox, &live);
            }
            *held = sight;
        }
    }
}
