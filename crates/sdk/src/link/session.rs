//! One connection from sign-in to its end: three loops in one task (read, write, heartbeat), the first to end ends it.
//!
//! Reading never waits for writing and the other way round, so that two full sockets cannot block each other.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use parlance_proto::{ClientFrame, EndReason, Event, Hello, Ping, Pong, Problem, Resume, ServerFrame, frame};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::protocol::Message;

use super::dial::{Sink, Stream, message};
use super::pending::Pending;
use super::supervise::Wires;
use super::{Outgoing, Signal};
use crate::CallError;

/// How a connection ended.
#[derive(Debug)]
pub(super) enum End {
    /// It broke, or the server closed it.
    Lost(String),
    /// The server said goodbye: come back after so many milliseconds, or when there is something to ask.
    Goodbye(u64),
    /// The server takes nobody in for so many milliseconds.
    Busy(u64),
    /// Many come at once: come back when it is one's turn.
    Deferred {
        /// After so many milliseconds.
        after_ms: u64,
        /// The place that is kept.
        place: Option<String>,
    },
    /// The session is no more.
    SessionEnded(Problem),
}

fn lost(error: impl std::fmt::Display) -> End {
    End::Lost(error.to_string())
}

/// Signs in: the first exchange of a connection.
pub(super) async fn sign_in(wires: &Wires, sink: &mut Sink, stream: &mut Stream) -> Result<Hello, End> {
    let encoding = wires.shared.encoding;
    let resume = ClientFrame { id: 0, request: Resume { token: wires.token.clone() }.into() };
    sink.send(message(encoding, resume.encode(encoding))).await.map_err(lost)?;
    loop {
        let bytes = next_frame(stream).await?;
        match ServerFrame::decode(encoding, &bytes).map_err(lost)? {
            ServerFrame::Answer { output, .. } => {
                return frame::decode_output(encoding, output).map_err(lost);
            }
            ServerFrame::Refusal { problem, .. } if problem.status == 401 => {
                return Err(End::SessionEnded(problem));
            }
            ServerFrame::Refusal { problem, .. } => {
                return Err(problem.retry_after_ms.map_or_else(|| lost(&problem.detail), End::Busy));
            }
            ServerFrame::Event(Event::Goodbye { reason, retry_after_ms, place }) => {
                return Err(goodbye(reason, retry_after_ms, place));
            }
            ServerFrame::Event(_) => {}
        }
    }
}

/// The next frame with content.
async fn next_frame(stream: &mut Stream) -> Result<Bytes, End> {
    loop {
        let next = stream.next().await.ok_or_else(|| lost("the connection was closed"))?;
        match next.map_err(lost)? {
            Message::Binary(bytes) => return Ok(bytes),
            Message::Text(text) => return Ok(text.into()),
            Message::Close(_) => return Err(lost("the server closed the connection")),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
        }
    }
}

/// A signed-in connection.
pub(super) struct Session<'a> {
    wires: &'a Wires,
    pending: Pending,
    /// When the connection began; `heard_ms` counts from here.
    began: Instant,
    /// When the last frame arrived.
    heard_ms: AtomicU64,
}

impl<'a> Session<'a> {
    pub fn new(wires: &'a Wires) -> Session<'a> {
        Session { wires, pending: Pending::new(), began: Instant::now(), heard_ms: AtomicU64::new(0) }
    }

    /// Carries calls and events until the connection ends. Unanswered calls end with "no answer".
    pub async fn run(
        self,
        mut sink: Sink,
        mut stream: Stream,
        calls: &mut mpsc::Receiver<Outgoing>,
        heartbeat: Duration,
    ) -> End {
        let end = tokio::select! {
            end = self.read(&mut stream) => end,
            end = self.write(&mut sink, calls) => end,
            end = self.heartbeat(heartbeat) => end,
        };
        // Politeness, not protocol: the peer may be gone.
        let _ = tokio::time::timeout(Duration::from_millis(200), sink.close()).await;
        end
    }

    async fn read(&self, stream: &mut Stream) -> End {
        loop {
            let bytes = match next_frame(stream).await {
                Ok(bytes) => bytes,
                Err(end) => return end,
            };
            self.heard_ms.store(self.began.elapsed().as_millis() as u64, Ordering::Relaxed);
            match ServerFrame::decode(self.wires.shared.encoding, &bytes) {
                Ok(ServerFrame::Answer { id, output }) => {
                    self.pending.answer(id, Ok(bytes.slice_ref(output)));
                }
                Ok(ServerFrame::Refusal { id, problem }) => {
                    self.pending.answer(id, Err(CallError::Refused(problem)));
                }
                Ok(ServerFrame::Event(Event::Goodbye { reason, retry_after_ms, place })) => {
                    return goodbye(reason, retry_after_ms, place);
                }
                Ok(ServerFrame::Event(event)) => self.wires.signal(Signal::Event(event)),
                // An event of a later version: whatever it hinted at, indexes tell.
                Err(error) => tracing::debug!(%error, "a frame that this version cannot read"),
            }
        }
    }

    /// Writes what waits and flushes once.
    async fn write(&self, sink: &mut Sink, calls: &mut mpsc::Receiver<Outgoing>) -> End {
        loop {
            let mut place = self.pending.place().await;
            let Some(mut call) = calls.recv().await else { return lost("the client was dropped") };
            loop {
                if !call.reply.is_closed() {
                    let id = self.pending.add(call.reply, place);
                    let encoding = self.wires.shared.encoding;
                    let bytes = ClientFrame { id, request: call.request }.encode(encoding);
                    if let Err(error) = sink.feed(message(encoding, bytes)).await {
                        return lost(error);
                    }
                }
                match (self.pending.free_place(), calls.try_recv()) {
                    (Some(next_place), Ok(next_call)) => (place, call) = (next_place, next_call),
                    (None, Ok(next_call)) => {
                        // No place: flush first, then wait for one with the call in hand.
                        if let Err(error) = sink.flush().await {
                            return lost(error);
                        }
                        (place, call) = (self.pending.place().await, next_call);
                    }
                    (_, Err(_)) => break,
                }
            }
            if let Err(error) = sink.flush().await {
                return lost(error);
            }
        }
    }

    /// Pings in silence, and ends a connection that stays silent for two and a half heartbeats.
    async fn heartbeat(&self, every: Duration) -> End {
        let encoding = self.wires.shared.encoding;
        loop {
            tokio::time::sleep(every).await;
            let heard = self.began + Duration::from_millis(self.heard_ms.load(Ordering::Relaxed));
            if heard.elapsed() < every {
                continue;
            }
            let (reply, answer) = oneshot::channel();
            let ping = Outgoing { request: Ping {}.into(), reply };
            if self.wires.calls.send(ping).await.is_err() {
                return lost("the client was dropped");
            }
            let Ok(Ok(Ok(bytes))) = tokio::time::timeout(every * 3 / 2, answer).await else {
                return lost("the server does not answer any more");
            };
            if let Ok(pong) = frame::decode_output::<Pong>(encoding, &bytes) {
                self.wires.signal(Signal::Event(Event::Cursor { user_index: pong.user_index }));
            }
        }
    }
}

fn goodbye(reason: EndReason, retry_after_ms: u64, place: Option<String>) -> End {
    match reason {
        EndReason::Draining => End::Goodbye(retry_after_ms),
        EndReason::Busy => End::Deferred { after_ms: retry_after_ms, place },
        EndReason::SessionEnded => {
            let detail = "this session was ended: sign in again";
            End::SessionEnded(Problem::new(parlance_proto::ErrorCode::SessionEnded, detail))
        }
    }
}
