//! A signed-in connection: one task, one loop over answers, events, requests and the heartbeat.
//!
//! Much is written per wake and flushed once. Sends are handed to the engine in the order they came in; at most
//! `REQUESTS_IN_FLIGHT` are under way, further ones wait in the socket. A bad frame is answered, not punished.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use parlance_engine::{Caller, Connection, Taken};
use parlance_proto::frame::{FrameError, encode_answer, encode_event};
use parlance_proto::{
    ClientFrame, CloseConversation, Done, EndReason, ErrorCode, Event, Op, OpenConversation, Problem,
    Request, Response, SendMessage, limits,
};

use super::frames::{Close, Frames, Gone, Heard};
use super::greeting::other_kind;
use super::in_flight::{Doing, Finished, InFlight, Work};
use crate::app::{App, Asker};
use crate::error::ApiError;
use crate::listener::Peer;
use crate::operations::perform;
use crate::telemetry::count_request;
use crate::world::jitter_ms;

/// The server asks for a sign of life this often.
const PING: Duration = Duration::from_millis(limits::HEARTBEAT_MS);
/// A connection without one for this long is dead.
const DEAD: Duration = Duration::from_millis(limits::DEAD_AFTER_MS);
/// Messages written before they are flushed whatever else is there to do.
const FLUSH_AFTER: usize = 64;
/// How long requests under way may take when the connection ends.
const FINISH: Duration = Duration::from_secs(3);
/// When to come back after a restart: at least, and spread over, in milliseconds.
const COME_BACK_MS: (u64, u64) = (500, 4_000);
/// Room for events that stays when they are written.
const KEPT_EVENTS: usize = 64;

/// A signed-in connection and everything it holds.
pub struct Talk {
    app: Arc<App>,
    peer: Peer,
    caller: Caller,
    /// Its end of the engine's outbox.
    live: Arc<Connection>,
    frames: Frames,
    /// Requests not answered yet.
    in_flight: FuturesUnordered<InFlight>,
    /// Events taken out of the outbox; empty between wakes.
    taken: Vec<Bytes>,
    /// When the sends were read whose acknowledgements are written but not flushed.
    acks: Vec<Instant>,
    /// The last sign of life.
    heard_at: Instant,
    /// The last time one was asked for.
    pinged_at: Instant,
}

/// Why a connection ends.
enum End {
    /// The other end is gone or dead; there is nobody to tell.
    Gone,
    /// For this reason.
    Close(Close),
    /// The session has ended; the goodbye is among `taken`.
    SessionEnded,
    /// The server stops.
    Stopping,
}

impl From<Gone> for End {
    fn from(_: Gone) -> End {
        End::Gone
    }
}

/// What there is to do. It lives on the stack of one wake, so its size costs nothing.
#[allow(clippy::large_enum_variant)]
enum Wake {
    Answer(Finished),
    Events,
    Heard(Heard),
    Flush,
    Stop,
    Tick,
}

impl Talk {
    /// A connection that has said hello.
    pub fn new(app: Arc<App>, peer: Peer, caller: Caller, live: Connection, frames: Frames) -> Talk {
        let now = Instant::now();
        Talk {
            app,
            peer,
            caller,
            live: Arc::new(live),
            frames,
            in_flight: FuturesUnordered::new(),
            taken: Vec::new(),
            acks: Vec::new(),
            heard_at: now,
            pinged_at: now,
        }
    }

    /// Serves the connection until it ends.
    pub async fn run(mut talk: Box<Talk>) {
        let Err(end) = talk.serve().await;
        Box::pin(talk.finish(end)).await;
    }

    async fn serve(&mut self) -> Result<std::convert::Infallible, End> {
        let live = Arc::clone(&self.live);
        let mut stop = std::pin::pin!(self.app.tasks.stopped());
        let mut tick = std::pin::pin!(tokio::time::sleep_until(self.next_tick()));
        // After events the socket gets a look, so that a busy group cannot keep its reader from speaking.
        let mut events_just_now = false;
        loop {
            let room = self.in_flight.len() < limits::REQUESTS_IN_FLIGHT;
            let unflushed = self.frames.unflushed();
            let wake = tokio::select! {
                biased;
                () = std::future::ready(()), if unflushed >= FLUSH_AFTER => Wake::Flush,
                Some(finished) = self.in_flight.next(), if !self.in_flight.is_empty() => Wake::Answer(finished),
                () = live.ready(), if !events_just_now => Wake::Events,
                heard = self.frames.next(), if room => Wake::Heard(heard),
                () = std::future::ready(()), if unflushed > 0 || events_just_now => Wake::Flush,
                () = &mut stop => Wake::Stop,
                () = &mut tick => Wake::Tick,
            };
            events_just_now = matches!(wake, Wake::Events);
            match wake {
                Wake::Answer(finished) => self.answer(finished).await?,
                Wake::Events => self.write_events().await?,
                Wake::Heard(heard) => self.hear(heard).await?,
                Wake::Flush => self.flush().await?,
                Wake::Stop => return Err(End::Stopping),
                Wake::Tick => {
                    self.beat().await?;
                    tick.as_mut().reset(self.next_tick());
                }
            }
        }
    }

    async fn flush(&mut self) -> Result<(), End> {
        self.frames.flush().await?;
        for read_at in self.acks.drain(..) {
            self.app.figures.ack.record(read_at.elapsed());
        }
        // Under steady load the stop branch would never get its turn.
        if self.app.tasks.is_stopping() { Err(End::Stopping) } else { Ok(()) }
    }

    async fn write_events(&mut self) -> Result<(), End> {
        if self.live.take(&mut self.taken) == Taken::Ended {
            return Err(End::SessionEnded);
        }
        self.app.figures.events.increment(self.taken.len() as u64);
        for event in self.taken.drain(..) {
            self.frames.write(event).await?;
        }
        self.taken.shrink_to(KEPT_EVENTS);
        Ok(())
    }

    async fn answer(&mut self, finished: Finished) -> Result<(), End> {
        let Finished { id, op, read_at, result } = finished;
        match result {
            Ok(output) => {
                if op == Op::SendMessage {
                    self.app.figures.sends.increment(1);
                    self.acks.push(read_at);
                } else {
                    count_request(op.row().name, "ok");
                }
                self.frames.write(encode_answer(self.frames.encoding(), id, &output).into()).await?;
                Ok(())
            }
            Err(error) => self.refuse(id, op, error).await,
        }
    }

    async fn refuse(&mut self, id: u32, op: Op, error: ApiError) -> Result<(), End> {
        let problem = error.problem();
        count_request(op.row().name, problem.code.as_str());
        Ok(self.frames.refuse(id, &problem).await?)
    }

    async fn hear(&mut self, heard: Heard) -> Result<(), End> {
        self.heard_at = Instant::now();
        match heard {
            Heard::Message(message) => self.read(&message).await,
            Heard::Life => Ok(()),
            Heard::OtherKind => Ok(self.frames.refuse(0, &other_kind(self.frames.encoding())).await?),
            Heard::End(Some(close)) => Err(End::Close(close)),
            Heard::End(None) => Err(End::Gone),
        }
    }

    async fn read(&mut self, message: &[u8]) -> Result<(), End> {
        let ClientFrame { id, request } = match ClientFrame::decode(self.frames.encoding(), message) {
            Ok(frame) => frame,
            Err(bad) => return Ok(self.frames.refuse(bad.id, &frame_problem(bad.problem)).await?),
        };
        match request {
            Request::SendMessage(input) => self.send(id, input).await,
            Request::OpenConversation(OpenConversation { conversation_id }) => {
                let live = Arc::clone(&self.live);
                let open = async move { Ok(Response::OpenConversation(live.open(conversation_id).await?)) };
                self.work(id, Op::OpenConversation, Box::pin(open));
                Ok(())
            }
            Request::CloseConversation(CloseConversation { conversation_id }) => {
                self.live.close(conversation_id);
                let done = Response::CloseConversation(Done {});
                Ok(self.frames.write(encode_answer(self.frames.encoding(), id, &done).into()).await?)
            }
            Request::Resume(_) => {
                let error = ApiError::new(ErrorCode::Conflict, "this connection is signed in already");
                self.refuse(id, Op::Resume, error).await
            }
            request => {
                let (app, op) = (Arc::clone(&self.app), request.op());
                let asker = Asker { address: self.peer.address(), caller: Some(self.caller) };
                self.work(id, op, Box::pin(async move { perform(&app, asker, request).await }));
                Ok(())
            }
        }
    }

    /// Hands a message to the engine. Waiting here keeps the order of one connection's sends.
    async fn send(&mut self, id: u32, input: SendMessage) -> Result<(), End> {
        let read_at = self.heard_at;
        if let Err(error) = self.app.rates.send(self.caller, input.conversation_id) {
            return self.refuse(id, Op::SendMessage, error).await;
        }
        match self.app.engine.send_message(self.caller, input).await {
            Ok(pending) => {
                let doing = Doing::Sending(pending);
                self.in_flight.push(InFlight { id, op: Op::SendMessage, read_at, doing });
                Ok(())
            }
            Err(error) => self.refuse(id, Op::SendMessage, error.into()).await,
        }
    }

    fn work(&mut self, id: u32, op: Op, work: Work) {
        let read_at = self.heard_at;
        self.in_flight.push(InFlight { id, op, read_at, doing: Doing::Working(work) });
    }

    fn next_tick(&self) -> tokio::time::Instant {
        (self.pinged_at + PING).min(self.heard_at + DEAD).into()
    }

    async fn beat(&mut self) -> Result<(), End> {
        let now = Instant::now();
        if now >= self.heard_at + DEAD {
            return Err(End::Gone);
        }
        if now >= self.pinged_at + PING {
            self.pinged_at = now;
            self.frames.ping().await?;
        }
        Ok(())
    }

    /// Answers what is under way, says goodbye and closes.
    async fn finish(mut self: Box<Self>, end: End) {
        let close = match end {
            End::Gone => return,
            End::Close(close) => close,
            End::SessionEnded => Close::NotSignedIn,
            End::Stopping => {
                let retry_after_ms = COME_BACK_MS.0 + jitter_ms(COME_BACK_MS.1);
                let goodbye = Event::Goodbye { reason: EndReason::Draining, retry_after_ms };
                self.taken.push(encode_event(self.frames.encoding(), &goodbye).into());
                Close::Away
            }
        };
        if close != Close::TooLarge {
            _ = tokio::time::timeout(FINISH, self.write_rest()).await;
        }
        let Talk { frames, .. } = *self;
        frames.close(close).await;
    }

    async fn write_rest(&mut self) -> Result<(), End> {
        while let Some(finished) = self.in_flight.next().await {
            self.answer(finished).await?;
        }
        for event in std::mem::take(&mut self.taken) {
            self.frames.write(event).await?;
        }
        Ok(self.frames.flush().await?)
    }
}

/// What a client is told about a frame that cannot be read.
pub fn frame_problem(error: FrameError) -> Problem {
    let detail = error.to_string();
    let code = match error {
        FrameError::Frame(_) => ErrorCode::BadFrame,
        FrameError::Operation(_) => ErrorCode::UnknownOperation,
        FrameError::Input(_) => ErrorCode::InvalidInput,
    };
    Problem::new(code, detail)
}
