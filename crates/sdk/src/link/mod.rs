//! The connection: one task that dials, signs in, carries calls and events, and dials again when it breaks.
//!
//! It never waits for a reader of events: when their channel is full it drops the event and raises `missed`, which is
//! repaired by a `sync`. So a slow reader delays neither answers nor heartbeats, and memory stays bounded.

mod dial;
mod pending;
mod session;
mod supervise;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use parlance_proto::{Encoding, Event, Hello, Input, Problem, Request, frame};
use tokio::sync::{mpsc, oneshot, watch};

use crate::CallError;
pub(crate) use supervise::spawn;

/// Calls that wait for the connection.
const CALLS_WAITING_MAX: usize = 256;
/// Events that wait for the follower.
const SIGNALS_WAITING_MAX: usize = 1_024;

/// The state of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not connected; it is being tried again.
    Offline {
        /// What went wrong last, for people; nothing before the first attempt.
        why: Option<String>,
    },
    /// Connected and signed in.
    Online(Hello),
    /// The server refused the session: sign in again. It will not be tried again.
    Ended(Problem),
    /// The client was closed.
    Closed,
}

/// What the connection tells the follower.
#[derive(Debug)]
pub(crate) enum Signal {
    /// A new connection is signed in.
    Connected,
    /// The server said something unasked, or a heartbeat told the user index.
    Event(Event),
}

/// A call on its way to the connection.
pub(crate) struct Outgoing {
    /// What is asked.
    request: Request,
    /// Where the raw output goes; closed when the caller gave up.
    reply: oneshot::Sender<Result<Bytes, CallError>>,
}

/// What link and client share.
pub(crate) struct Shared {
    /// The frames' encoding.
    pub encoding: Encoding,
    /// The state, for everybody who watches.
    pub status: watch::Sender<Status>,
    /// Set when an event was dropped: the follower must sync.
    pub missed: AtomicBool,
}

/// A handle of the connection.
#[derive(Clone)]
pub(crate) struct Link {
    shared: Arc<Shared>,
    calls: mpsc::Sender<Outgoing>,
    call_timeout: Duration,
}

impl Link {
    /// Calls an operation; waits for a connection if there is none.
    pub async fn call<I: Input>(&self, input: I) -> Result<I::Output, CallError> {
        let bytes = self.call_raw(input.into()).await?;
        Ok(frame::decode_output(self.shared.encoding, &bytes)?)
    }

    async fn call_raw(&self, request: Request) -> Result<Bytes, CallError> {
        match &*self.shared.status.borrow() {
            Status::Ended(problem) => return Err(CallError::Refused(problem.clone())),
            Status::Closed => return Err(CallError::Closed),
            Status::Offline { .. } | Status::Online(_) => {}
        }
        let (reply, answer) = oneshot::channel();
        let exchange = async {
            let sent = self.calls.send(Outgoing { request, reply }).await;
            sent.map_err(|_| CallError::Closed)?;
            answer.await.unwrap_or(Err(CallError::NoAnswer))
        };
        tokio::time::timeout(self.call_timeout, exchange).await.unwrap_or(Err(CallError::NoAnswer))
    }

    /// The state of the connection, to look at or to wait on.
    pub fn status(&self) -> watch::Receiver<Status> {
        self.shared.status.subscribe()
    }

    /// Whether events were dropped since the last time this was asked.
    pub fn take_missed(&self) -> bool {
        self.shared.missed.swap(false, Ordering::AcqRel)
    }
}
