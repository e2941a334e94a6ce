//! A connection's end of its outbox, as the doors hold it.
//!
//! It hears of conversations that its caller may see, and of none that the caller was removed from.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parlance_proto::{ConversationId, Done, UserId, limits};

use super::{Taken, outbox::Outbox};
use crate::{Caller, Engine, Error};

/// Most conversations a connection may have open at once; opening another closes the oldest.
const OPEN_MAX: usize = 16;

/// A connection that hears events until it is dropped.
pub struct Connection {
    /// The engine it is attached to.
    engine: Engine,
    /// What it hears.
    outbox: Arc<Outbox>,
    /// The conversations it has open, oldest first.
    open: Mutex<Vec<ConversationId>>,
    /// The users it watches.
    watching: Mutex<BTreeSet<UserId>>,
}

impl Connection {
    pub(crate) fn new(engine: Engine, outbox: Arc<Outbox>) -> Connection {
        Connection { engine, outbox, open: Mutex::default(), watching: Mutex::default() }
    }

    /// Who is connected.
    pub fn caller(&self) -> Caller {
        self.outbox.caller()
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }

    /// Notes that it watches these users; false if they would be too many.
    pub(crate) fn begin_watching(&self, users: &[UserId]) -> bool {
        let mut watching = self.watching.lock().unwrap_or_else(PoisonError::into_inner);
        let new: BTreeSet<UserId> = users.iter().copied().filter(|user| !watching.contains(user)).collect();
        let fits = watching.len() + new.len() <= limits::WATCHED_MAX;
        if fits {
            watching.extend(new);
        }
        fits
    }

    /// Notes that it watches these users no more; all if none is named.
    pub(crate) fn is_watching(&self, user: UserId) -> bool {
        self.watching.lock().unwrap_or_else(PoisonError::into_inner).contains(&user)
    }

    /// Takes them out; those that were in. Everybody if none is named.
    pub(crate) fn end_watching(&self, users: &[UserId]) -> Vec<UserId> {
        let mut watching = self.watching.lock().unwrap_or_else(PoisonError::into_inner);
        if users.is_empty() {
            return std::mem::take(&mut *watching).into_iter().collect();
        }
        users.iter().copied().filter(|user| watching.remove(user)).collect()
    }

    /// Resolves when `take` has something to give. Safe to cancel.
    pub async fn ready(&self) {
        self.outbox.ready().await;
    }

    /// Moves out the encoded events that wait, oldest first.
    pub fn take(&self, into: &mut Vec<Bytes>) -> Taken {
        self.outbox.take(into)
    }

    /// Has what only open conversations hear pushed here: how far others got and, of a large group, its entries.
    pub async fn open(&self, conversation: ConversationId) -> Result<Done, Error> {
        self.engine.check_member(self.caller(), conversation).await?;
        self.engine.hub().open(conversation, &self.outbox);
        let oldest = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.retain(|other| *other != conversation);
            open.push(conversation);
            if open.len() > OPEN_MAX { Some(open.remove(0)) } else { None }
        };
        if let Some(oldest) = oldest {
            self.engine.hub().close(oldest, &self.outbox);
        }
        // A removal between the check and the opening must not leave the door ajar.
        if let Err(error) = self.engine.check_member(self.caller(), conversation).await {
            self.close(conversation);
            return Err(error);
        }
        Ok(Done {})
    }

    /// Ends `open`.
    pub fn close(&self, conversation: ConversationId) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).retain(|other| *other != conversation);
        self.engine.hub().close(conversation, &self.outbox);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let open = std::mem::take(&mut *self.open.lock().unwrap_or_else(PoisonError::into_inner));
        for conversation in open {
            self.engine.hub().close(conversation, &self.outbox);
        }
        self.unwatch(&[]);
        self.engine.hub().detach(&self.outbox);
        self.engine.left(self.outbox.caller().user);
    }
}
