//! The loop around connections: dial, sign in, serve, and again after a pause, until the session or the client ends.
//!
//! Only two things end it for good: the client was closed, or the server said that the session is no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parlance_proto::Hello;
use parlance_proto::limits::HEARTBEAT_MS;
use tokio::sync::{mpsc, watch};

use super::dial::{Sink, Stream, dial};
use super::session::{End, Session, sign_in};
use super::{CALLS_WAITING_MAX, Link, Outgoing, SIGNALS_WAITING_MAX, Shared, Signal, Status};
use crate::address::Address;
use crate::{Backoff, Options};

/// How long one attempt to connect and sign in may take.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);

/// After a goodbye it is looked this often whether somebody has something to ask.
const LOOK: Duration = Duration::from_millis(20);

/// What every connection of a client uses.
pub(super) struct Wires {
    pub shared: Arc<Shared>,
    /// The session's secret.
    pub token: String,
    /// The way in for the heartbeat's own calls.
    pub calls: mpsc::Sender<Outgoing>,
    /// Where events go.
    signals: mpsc::Sender<Signal>,
}

impl Wires {
    /// Tells the follower, or remembers that it could not be told.
    pub fn signal(&self, signal: Signal) {
        if self.signals.try_send(signal).is_err() {
            self.shared.missed.store(true, Ordering::Release);
        }
    }
}

/// The parts around a running link.
pub(crate) struct Supervisor {
    /// The handle for calls.
    pub link: Link,
    /// What the connection tells.
    pub signals: mpsc::Receiver<Signal>,
    /// Ends when the link has ended.
    pub task: tokio::task::JoinHandle<()>,
}

/// Starts the link; it stops when `stop` turns true.
pub(crate) fn spawn(
    address: Address,
    token: &str,
    options: &Options,
    stop: watch::Receiver<bool>,
) -> Supervisor {
    let (calls, calls_waiting) = mpsc::channel(CALLS_WAITING_MAX);
    let (signals_in, signals) = mpsc::channel(SIGNALS_WAITING_MAX);
    let shared = Arc::new(Shared {
        encoding: options.encoding,
        status: watch::Sender::new(Status::Offline { why: None }),
        missed: AtomicBool::new(false),
    });
    let wires = Wires {
        shared: Arc::clone(&shared),
        token: token.to_owned(),
        calls: calls.clone(),
        signals: signals_in,
    };
    let link = Link { shared, calls, call_timeout: Duration::from_millis(options.call_timeout_ms) };
    let backoff = options.backoff;
    let task = tokio::spawn(supervise(wires, calls_waiting, address, backoff, stop));
    Supervisor { link, signals, task }
}

async fn supervise(
    wires: Wires,
    mut calls: mpsc::Receiver<Outgoing>,
    address: Address,
    backoff: Backoff,
    mut stop: watch::Receiver<bool>,
) {
    let stopped = async move {
        // An error means that the client is gone, which is the same.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    let last = tokio::select! {
        () = stopped => Status::Closed,
        last = connect_for_ever(&wires, &mut calls, &address, backoff) => last,
    };
    wires.shared.status.send_replace(last);
    // Calls that still wait are dropped with their channel: their callers see "no answer" or "closed".
}

async fn connect_for_ever(
    wires: &Wires,
    calls: &mut mpsc::Receiver<Outgoing>,
    address: &Address,
    backoff: Backoff,
) -> Status {
    let (mut attempt, mut place) = (0, None);
    loop {
        let end = match connect(wires, address, place.as_deref()).await {
            Ok((hello, sink, stream)) => {
                (attempt, place) = (0, None);
                let heartbeat_ms = if hello.heartbeat_ms == 0 { HEARTBEAT_MS } else { hello.heartbeat_ms };
                wires.shared.status.send_replace(Status::Online(hello));
                wires.signal(Signal::Connected);
                Session::new(wires).run(sink, stream, calls, Duration::from_millis(heartbeat_ms)).await
            }
            Err(end) => end,
        };
        let (why, asked_ms) = match end {
            End::SessionEnded(problem) => return Status::Ended(problem),
            End::Goodbye(retry_after_ms) => {
                wires
                    .shared
                    .status
                    .send_replace(Status::Offline { why: Some("the server is stopping".into()) });
                let soonest = backoff.pause(attempt, None, rand::random());
                wait(backoff.pause(attempt, Some(retry_after_ms), rand::random()), soonest, calls).await;
                attempt += 1;
                continue;
            }
            End::Busy(retry_after_ms) => ("the server is busy".to_owned(), Some(retry_after_ms)),
            End::Deferred { after_ms, place: kept } => {
                // It is no failure: only the server says how long it takes.
                (attempt, place) = (0, kept);
                ("many come at once; it is not its turn yet".to_owned(), Some(after_ms))
            }
            End::Lost(why) => (why, None),
        };
        tracing::debug!(%why, attempt, "not connected");
        wires.shared.status.send_replace(Status::Offline { why: Some(why) });
        tokio::time::sleep(backoff.pause(attempt, asked_ms, rand::random())).await;
        attempt += 1;
    }
}

/// The pause after a goodbye. It spreads out those who come back; whoever has something to ask does not wait for the end of
/// it, since there are other nodes to ask.
async fn wait(pause: Duration, soonest: Duration, calls: &mpsc::Receiver<Outgoing>) {
    let asked = async {
        tokio::time::sleep(soonest).await;
        while calls.is_empty() {
            tokio::time::sleep(LOOK).await;
        }
    };
    // Its end is as good as its being cut short.
    let _ = tokio::time::timeout(pause, asked).await;
}

async fn connect(
    wires: &Wires,
    address: &Address,
    place: Option<&str>,
) -> Result<(Hello, Sink, Stream), End> {
    let attempt = async {
        let dialled = dial(address, place, wires.shared.encoding).await;
        let (mut sink, mut stream) = dialled.map_err(End::Lost)?;
        let hello = sign_in(wires, &mut sink, &mut stream).await?;
        Ok((hello, sink, stream))
    };
    let timed = tokio::time::timeout(ATTEMPT_TIMEOUT, attempt).await;
    timed.unwrap_or_else(|_| Err(End::Lost("connecting took too long".to_owned())))
}
