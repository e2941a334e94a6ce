//! The engine makes the rules durable and ordered: owners and their commits, what follows a commit, inboxes, queries.
//!
//! It knows no sockets, no HTTP and no frames, and no concrete store or bus. Its invariant: whatever is answered with
//! `Ok` is durable, and whatever is derived can be made again from the log.

mod audit;
mod cases;
mod error;
mod everybody;
mod fellows;
mod files;
mod follow;
mod holds;
mod hub;
mod keys;
mod known;
mod latch;
mod linked;
mod node;
mod options;
mod owner;
mod placement;
mod presence;
mod receipts;
mod rows;
mod tasks;
mod timers;
mod turns;
mod world;

pub use audit::{Actor, AuditEntry, Broken, Hash, Verdict};
pub use cases::accounts::{Account, NewUser};
pub use cases::administration::{Administrator, Inviter, Settings};
pub use cases::files::{Due, Made, NewUpload, Piece, Stored, Upload, has_bytes};
pub use cases::messages::Pending;
pub use error::Error;
pub use hub::{Connection, EncodeEvent, Hint, Taken};
pub use linked::Linked;
pub use options::Options;
#[cfg(feature = "planted")]
pub use options::Planted;
pub use placement::Roles;
pub use world::{Chance, Clock};

use std::sync::Arc;
use std::time::Duration;

use parlance_bus::Bus;
use parlance_proto::{SessionId, UserId};
use parlance_store::Store;

use crate::node::Node;

/// What the engine is joined from.
pub struct Parts {
    /// Where rows survive.
    pub store: Arc<dyn Store>,
    /// How nodes hint at each other.
    pub bus: Arc<dyn Bus<Hint>>,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// How the doors write events.
    pub encode: EncodeEvent,
}

/// Who calls: stamped by the door from the session, never by the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The user.
    pub user: UserId,
    /// The device's session.
    pub session: SessionId,
}

/// The engine; clones are the same engine.
#[derive(Clone)]
pub struct Engine(Arc<Node>);

impl Engine {
    /// Starts an engine. What an earlier run left unfinished is followed up in the background.
    pub fn start(parts: Parts, options: Options) -> Engine {
        let (audit, records) = audit::open();
        let node = Arc::new_cyclic(|this| Node::new(parts, options, audit, this));
        node.tasks.spawn(audit::keep(Arc::clone(&node), records));
        node.tasks.spawn(follow::inbox_worker(Arc::clone(&node)));
        node.tasks.spawn(follow::lane_pusher(Arc::clone(&node)));
        node.tasks.spawn(follow::lane_hinter(Arc::clone(&node)));
        node.tasks.spawn(receipts::keep(Arc::clone(&node)));
        node.tasks.spawn(everybody::keep(Arc::clone(&node)));
        node.tasks.spawn(presence::keep(Arc::clone(&node)));
        node.tasks.spawn(fellows::keep(Arc::clone(&node)));
        node.tasks.spawn(follow::sweep::sweep(Arc::clone(&node)));
        let engine = Engine(node);
        if engine.0.roles().worker {
            engine.0.tasks.spawn(timers::work(engine.clone()));
            engine.0.tasks.spawn(timers::keep(engine.clone()));
        }
        engine.0.tasks.spawn(fellows::mend(engine.clone()));
        engine.0.tasks.spawn(cases::people::show_typing(engine.clone()));
        engine
    }

    /// Says that this node stops: the others come first from now on where it did, and what they have asked of it is finished.
    /// It goes on answering whoever asks it directly, by asking them.
    pub async fn hand_over(&self) {
        self.0.hand_over().await;
    }

    /// Stops: inboxes are brought up to date if that is quick, what is queued is committed, all tasks end. Requests are
    /// answered `Busy` from then on. The store stays open and is the caller's to close.
    pub async fn stop(&self) {
        let patience = Duration::from_millis(self.0.options.stop_patience_ms);
        let idle = async {
            while !self.0.inbox.is_idle() {
                tokio::time::sleep(Duration::from_millis(self.0.options.flush_ms)).await;
            }
        };
        if tokio::time::timeout(patience, idle).await.is_err() {
            tracing::info!("inboxes will be brought up to date after the next start");
        }
        self.0.presence.flush(&self.0).await;
        self.0.tasks.stop().await;
    }

    /// Ends everything where it stands, as a crash would: for simulations, and where the store takes no writes any more.
    pub fn crash(&self) {
        self.0.tasks.abort();
    }

    /// Lets a connection of `caller` hear events, encoded for `slot`, until it is dropped.
    pub fn attach(&self, caller: Caller, slot: usize) -> Connection {
        let outbox = self.0.hub.attach(caller, slot);
        self.0.presence.changed(&self.0, caller.user);
        Connection::new(self.clone(), outbox)
    }

    /// Whether what other nodes do is heard here, if there are any.
    pub fn hears_others(&self) -> bool {
        self.0.bus().is_up()
    }

    /// A connection of a user is gone.
    pub(crate) fn left(&self, user: UserId) {
        self.0.presence.changed(&self.0, user);
    }

    pub(crate) fn hub(&self) -> &hub::Hub {
        &self.0.hub
    }
}
