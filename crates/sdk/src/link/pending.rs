//! The calls of one connection that wait for their answer. The lock never leaves this file.
//!
//! Invariant: a call is answered at most once, and when the connection ends its caller learns that no answer came.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parlance_proto::limits::REQUESTS_IN_FLIGHT;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::CallError;

/// Where an answer goes, and the place in flight that it frees.
struct Waiting {
    reply: oneshot::Sender<Result<Bytes, CallError>>,
    _place: OwnedSemaphorePermit,
}

#[derive(Default)]
struct Table {
    /// The number of the last request.
    last_id: u32,
    waiting: HashMap<u32, Waiting>,
}

/// The calls of one connection that wait for their answer.
pub(super) struct Pending {
    table: Mutex<Table>,
    /// As many places as the server takes requests in flight; more would only fill the socket.
    places: Arc<Semaphore>,
}

impl Pending {
    pub fn new() -> Pending {
        Pending { table: Mutex::default(), places: Arc::new(Semaphore::new(REQUESTS_IN_FLIGHT)) }
    }

    /// Waits for a place in flight.
    pub async fn place(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.places).acquire_owned().await.expect("the semaphore is never closed")
    }

    /// A place in flight, if one is free now.
    pub fn free_place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// Takes a call in and numbers it.
    pub fn add(&self, reply: oneshot::Sender<Result<Bytes, CallError>>, place: OwnedSemaphorePermit) -> u32 {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.last_id = table.last_id.wrapping_add(1).max(1);
        let id = table.last_id;
        table.waiting.insert(id, Waiting { reply, _place: place });
        id
    }

    /// Hands an answer to its caller. An unknown number is ignored: its caller is gone.
    pub fn answer(&self, id: u32, result: Result<Bytes, CallError>) {
        let waiting = self.table.lock().unwrap_or_else(PoisonError::into_inner).waiting.remove(&id);
        if let Some(waiting) = waiting {
            let _ = waiting.reply.send(result);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_frees_its_place_and_a_lost_connection_answers_nothing() {
        let pending = Pending::new();
        let mut replies = Vec::new();
        for _ in 0..REQUESTS_IN_FLIGHT {
            let (reply, answer) = oneshot::channel();
            replies.push((pending.add(reply, pending.place().await), answer));
        }
        assert!(pending.free_place().is_none());
        let (id, answer) = replies.remove(0);
        pending.answer(id, Ok(Bytes::from_static(b"x")));
        assert_eq!(answer.await.unwrap().unwrap(), "x");
        assert!(pending.free_place().is_some());
        drop(pending);
        assert!(replies.remove(0).1.await.is_err());
    }
}
