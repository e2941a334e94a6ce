//! A signed-in connection: one task, one loop over answers, events, requests and the heartbeat.
//!
//! Much is written per wake and flushed once. At most `REQUESTS_IN_FLIGHT` requests are under way, further ones wait
//! in the socket. What is read is in `requests`, how it ends in `ending`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use parlance_engine::{Caller, Connection, Taken};
use parlance_proto::frame::encode_answer;
use parlance_proto::{Op, limits};

use super::ending::{End, watched};
use super::frames::{Frames, Heard};
use super::in_flight::{Finished, InFlight};
use crate::app::{App, Heartbeat};
use crate::error::ApiError;
use crate::listener::Peer;
use crate::telemetry::count_request;

/// Messages written before they are flushed whatever else is there to do.
const FLUSH_AFTER: usize = 64;
/// Room for events that stays when they are written.
const KEPT_EVENTS: usize = 64;

/// A signed-in connection and everything it holds.
pub struct Talk {
    pub(super) app: Arc<App>,
    pub(super) peer: Peer,
    pub(super) caller: Caller,
    /// Its end of the engine's outbox.
    pub(super) live: Arc<Connection>,
    pub(super) frames: Frames,
    /// Requests not answered yet.
    pub(super) in_flight: FuturesUnordered<InFlight>,
    /// Events taken out of the outbox; empty between wakes.
    pub(super) taken: Vec<Bytes>,
    /// When the sends were read whose acknowledgements are written but not flushed.
    acks: Vec<Instant>,
    /// The last sign of life.
    pub(super) heard_at: Instant,
    /// The last time one was asked for.
    pinged_at: Instant,
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

    async fn serve(&mut self) -> Result<Infallible, End> {
        let live = Arc::clone(&self.live);
        let mut stop = std::pin::pin!(self.app.tasks.stopped());
        let mut tick = std::pin::pin!(tokio::time::sleep_until(self.next_tick()));
        // After events the socket gets a look, so that a busy group cannot keep its reader from speaking.
        let mut events_just_now = false;
        // Before a flush the other tasks get a turn: under load they bring more to write, and one write carries it all.
        let mut gave_way = false;
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
                Wake::Flush if unflushed < FLUSH_AFTER && !gave_way => {
                    gave_way = true;
                    tokio::task::yield_now().await;
                }
                Wake::Flush => {
                    gave_way = false;
                    self.flush().await?;
                }
                Wake::Stop => return Err(End::Stopping),
                Wake::Tick => {
                    self.beat().await?;
                    tick.as_mut().reset(self.next_tick());
                }
            }
        }
    }

    async fn flush(&mut self) -> Result<(), End> {
        watched(&self.app, self.caller, self.frames.flush()).await?;
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
            watched(&self.app, self.caller, self.frames.write(event)).await?;
        }
        self.taken.shrink_to(KEPT_EVENTS);
        Ok(())
    }

    /// Writes the answer of a request.
    pub(super) async fn answer(&mut self, finished: Finished) -> Result<(), End> {
        let Finished { id, op, read_at, result } = finished;
        let output = match result {
            Ok(output) => output,
            Err(error) => return self.refuse(id, op, error).await,
        };
        if op == Op::SendMessage {
            self.app.figures.sends.increment(1);
            self.acks.push(read_at);
        } else {
            count_request(op.row().name, "ok");
        }
        let answer = encode_answer(self.frames.encoding(), id, &output);
        watched(&self.app, self.caller, self.frames.write(answer.into())).await
    }

    /// Writes the refusal of a request.
    pub(super) async fn refuse(&mut self, id: u32, op: Op, error: ApiError) -> Result<(), End> {
        let problem = error.problem();
        count_request(op.row().name, problem.code.as_str());
        watched(&self.app, self.caller, self.frames.refuse(id, &problem)).await
    }

    fn next_tick(&self) -> tokio::time::Instant {
        let Heartbeat { ask, dead } = self.app.heartbeat;
        (self.pinged_at + ask).min(self.heard_at + dead).into()
    }

    async fn beat(&mut self) -> Result<(), End> {
        let now = Instant::now();
        let Heartbeat { ask, dead } = self.app.heartbeat;
        if now >= self.heard_at + dead {
            return Err(End::Gone);
        }
        if now >= self.pinged_at + ask {
            self.pinged_at = now;
            self.frames.ping().await?;
        }
        Ok(())
    }
}
