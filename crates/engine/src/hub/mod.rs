//! The hub: who is connected to this node, and the way of an event to their outboxes.
//!
//! Everything here may be lost; nothing waits. It knows neither sockets nor frames, only bytes that a door encoded.

mod connection;
mod live;
mod outbox;
mod wire;

pub use connection::Connection;
pub use live::{EncodeEvent, Hint};
pub(crate) use live::{Live, To, Travelling};
pub(crate) use outbox::Outbox;
pub use outbox::Taken;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_proto::{ConversationId, EndReason, Event, SessionId, Status, UserId};
use rustc_hash::FxHashMap;

use crate::Caller;

/// Locks over which the users are spread.
const SHARDS: usize = 16;
/// Between telling the users of one lock and those of the next to sync, for each so many connections; and at most.
const UNSYNC_PACE: Duration = Duration::from_millis(50);
const UNSYNC_AT_ONCE: u32 = 256;
const UNSYNC_PACE_MAX: Duration = Duration::from_millis(1_250);

/// The connections of some users.
type Users = FxHashMap<UserId, Vec<Arc<Outbox>>>;

/// The table from user to outboxes.
pub(crate) struct Hub {
    /// Connections by user.
    users: [Mutex<Users>; SHARDS],
    /// Connections that have a conversation open, by conversation.
    open: Mutex<FxHashMap<ConversationId, Vec<Arc<Outbox>>>>,
    /// How the doors write events.
    encode: EncodeEvent,
}

impl Hub {
    pub(crate) fn new(encode: EncodeEvent) -> Hub {
        Hub { users: std::array::from_fn(|_| Mutex::default()), open: Mutex::default(), encode }
    }

    /// Lets a connection hear from now on.
    pub(crate) fn attach(&self, caller: Caller, slot: usize) -> Arc<Outbox> {
        let unsynced = (self.encode)(slot, &Event::Unsynced {});
        let outbox = Arc::new(Outbox::new(caller, slot, unsynced));
        self.shard(caller.user).entry(caller.user).or_default().push(Arc::clone(&outbox));
        metrics::gauge!("parlance_connections").increment(1);
        outbox
    }

    /// Forgets a connection.
    pub(crate) fn detach(&self, outbox: &Arc<Outbox>) {
        let user = outbox.caller().user;
        let mut users = self.shard(user);
        if let Some(outboxes) = users.get_mut(&user) {
            outboxes.retain(|other| !Arc::ptr_eq(other, outbox));
            if outboxes.is_empty() {
                users.remove(&user);
            }
        }
        metrics::gauge!("parlance_connections").decrement(1);
    }

    /// Delivers what the bus brought.
    pub(crate) fn deliver(&self, to: &To, live: &Arc<Live>) {
        match to {
            To::Users(users) => users.iter().for_each(|user| self.push(*user, live)),
            To::All => self.push_all(live),
            To::Open(conversation) => self.push_open(*conversation, std::slice::from_ref(live)),
            To::OpenBut(conversation, but) => self.push_open_but(*conversation, but, live),
            // Whom they have blocked is read from the store, by a task.
            To::Unblocked(..) => {}
            To::Left(conversation, users) => {
                for user in users.iter() {
                    self.close_for(*conversation, *user);
                    self.push(*user, live);
                }
            }
            To::Over(conversation, members) => {
                self.close_all(*conversation);
                members.iter().for_each(|user| self.push(*user, live));
            }
            To::Session(caller) => self.end(*caller, live),
        }
    }

    fn push(&self, user: UserId, live: &Live) {
        for outbox in self.shard(user).get(&user).into_iter().flatten() {
            outbox.push([live.bytes(outbox.slot(), self.encode)]);
        }
    }

    fn push_all(&self, live: &Live) {
        for shard in &self.users {
            for outbox in lock(shard).values().flatten() {
                outbox.push([live.bytes(outbox.slot(), self.encode)]);
            }
        }
    }

    /// Pushes to the connections that have a large group open: several events cost each of them one wake.
    pub(crate) fn push_open(&self, conversation: ConversationId, lives: &[Arc<Live>]) {
        let open = lock(&self.open);
        for outbox in open.get(&conversation).into_iter().flatten() {
            outbox.push(lives.iter().map(|live| live.bytes(outbox.slot(), self.encode)));
        }
    }

    pub(crate) fn push_open_but(&self, conversation: ConversationId, but: &[UserId], live: &Live) {
        for outbox in lock(&self.open).get(&conversation).into_iter().flatten() {
            if !but.contains(&outbox.caller().user) {
                outbox.push([live.bytes(outbox.slot(), self.encode)]);
            }
        }
    }

    /// The users who have a conversation open, each once.
    pub(crate) fn openers(&self, conversation: ConversationId) -> Vec<UserId> {
        let open = lock(&self.open);
        let users = open.get(&conversation).into_iter().flatten().map(|outbox| outbox.caller().user);
        let mut users: Vec<UserId> = users.collect();
        users.sort_unstable();
        users.dedup();
        users
    }

    /// Tells every connection to sync, some at a time, so that they do not all come at once.
    pub(crate) async fn unsync_all(&self) {
        for shard in &self.users {
            let mut told = 0;
            for outbox in lock(shard).values().flatten() {
                outbox.unsync();
                told += 1;
            }
            let pace = UNSYNC_PACE * (1 + told / UNSYNC_AT_ONCE);
            tokio::time::sleep(pace.min(UNSYNC_PACE_MAX)).await;
        }
    }

    /// The sessions connected here, each once.
    pub(crate) fn callers(&self) -> Vec<Caller> {
        let of = |users: &Users| users.values().flatten().map(|outbox| outbox.caller()).collect::<Vec<_>>();
        let mut callers: Vec<Caller> = self.users.iter().flat_map(|shard| of(&lock(shard))).collect();
        callers.sort_unstable_by_key(|caller| (caller.user, caller.session));
        callers.dedup();
        callers
    }

    /// What is open here, and to whom.
    pub(crate) fn opened(&self) -> Vec<(ConversationId, Caller)> {
        let open = lock(&self.open);
        open.iter().flat_map(|(id, all)| all.iter().map(|outbox| (*id, outbox.caller()))).collect()
    }

    /// A user's sessions here, and whether nobody is at the device.
    pub(crate) fn sessions(&self, user: UserId) -> Vec<(SessionId, bool)> {
        let users = self.shard(user);
        let mut sessions: Vec<(SessionId, bool)> = Vec::new();
        for outbox in users.get(&user).into_iter().flatten() {
            let (session, away) = (outbox.caller().session, outbox.is_away());
            match sessions.iter_mut().find(|(other, _)| *other == session) {
                Some((_, all_away)) => *all_away &= away,
                None => sessions.push((session, away)),
            }
        }
        sessions
    }

    /// Says goodbye to a session's connections.
    pub(crate) fn end(&self, caller: Caller, live: &Live) {
        for outbox in self.shard(caller.user).get(&caller.user).into_iter().flatten() {
            if outbox.caller().session == caller.session {
                outbox.end(live.bytes(outbox.slot(), self.encode));
            }
        }
    }

    /// Pushes to one connection.
    pub(crate) fn push_to(&self, outbox: &Outbox, live: &Live) {
        outbox.push([live.bytes(outbox.slot(), self.encode)]);
    }

    /// Whether a user is there, by all connections together.
    pub(crate) fn status(&self, user: UserId) -> Status {
        match self.shard(user).get(&user) {
            None => Status::Offline,
            Some(outboxes) if outboxes.iter().all(|outbox| outbox.is_away()) => Status::Away,
            Some(_) => Status::Online,
        }
    }

    /// Whether a session has a connection here.
    pub(crate) fn is_online(&self, user: UserId, session: SessionId) -> bool {
        self.shard(user).get(&user).is_some_and(|all| all.iter().any(|one| one.caller().session == session))
    }

    /// Whether a user has a connection here.
    pub(crate) fn has(&self, user: UserId) -> bool {
        self.shard(user).contains_key(&user)
    }

    /// The users with a connection here, in the order of their ids.
    pub(crate) fn online(&self) -> Vec<UserId> {
        let mut users: Vec<UserId> =
            self.users.iter().flat_map(|shard| lock(shard).keys().copied().collect::<Vec<_>>()).collect();
        users.sort_unstable();
        users
    }

    /// Has what only open conversations hear pushed to this connection: entries of large groups, who read what.
    pub(crate) fn open(&self, conversation: ConversationId, outbox: &Arc<Outbox>) {
        let mut open = lock(&self.open);
        let outboxes = open.entry(conversation).or_default();
        if !outboxes.iter().any(|other| Arc::ptr_eq(other, outbox)) {
            outboxes.push(Arc::clone(outbox));
        }
    }

    /// Ends `open`.
    pub(crate) fn close(&self, conversation: ConversationId, outbox: &Arc<Outbox>) {
        self.close_where(conversation, |other| Arc::ptr_eq(other, outbox));
    }

    /// Ends `open` for all connections of a user who is no member any more.
    pub(crate) fn close_for(&self, conversation: ConversationId, user: UserId) {
        self.close_where(conversation, |other| other.caller().user == user);
    }

    /// Ends `open` for everybody: the conversation is over.
    pub(crate) fn close_all(&self, conversation: ConversationId) {
        lock(&self.open).remove(&conversation);
    }

    fn close_where(&self, conversation: ConversationId, gone: impl Fn(&Arc<Outbox>) -> bool) {
        let mut open = lock(&self.open);
        if let Some(outboxes) = open.get_mut(&conversation) {
            outboxes.retain(|other| !gone(other));
            if outboxes.is_empty() {
                open.remove(&conversation);
            }
        }
    }

    fn shard(&self, user: UserId) -> MutexGuard<'_, Users> {
        // The low bits of an id are chance.
        lock(&self.users[user.0 as usize % SHARDS])
    }
}

/// What a connection is told when its session ends.
pub(crate) fn goodbye(reason: EndReason) -> Event {
    Event::Goodbye { reason, retry_after_ms: 0, place: None }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
