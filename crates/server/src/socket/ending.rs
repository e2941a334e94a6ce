//! How a connection ends: what is under way is answered, the reason is told, the socket is closed.
//! A slow reader cannot put the end off: whoever waits to write looks now and then whether it is still wanted.

use std::future::Future;
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt as _;
use parlance_engine::Caller;
use parlance_proto::frame::encode_event;
use parlance_proto::{EndReason, Event, ListSessions};

use super::connection::Talk;
use super::frames::{Close, Gone};
use crate::app::App;
use crate::world::jitter_ms;

/// How long requests under way may take when the connection ends.
const FINISH: Duration = Duration::from_secs(3);
/// How often somebody looks whether a write that waits is still wanted.
const LOOK: Duration = Duration::from_millis(500);
/// When to come back after a restart: at least, and spread over, in milliseconds.
const COME_BACK_MS: (u64, u64) = (500, 4_000);

/// Why a connection ends.
pub enum End {
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

impl Talk {
    /// Answers what is under way, says goodbye and closes.
    pub(super) async fn finish(mut self: Box<Self>, end: End) {
        let close = match end {
            End::Gone => return,
            End::Close(close) => close,
            End::SessionEnded => Close::NotSignedIn,
            End::Stopping => {
                let retry_after_ms = COME_BACK_MS.0 + jitter_ms(COME_BACK_MS.1);
                let goodbye = Event::Goodbye { reason: EndReason::Draining, retry_after_ms, place: None };
                self.taken.push(encode_event(self.frames.encoding(), &goodbye).into());
                Close::Away
            }
        };
        _ = tokio::time::timeout(FINISH, self.write_rest()).await;
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

/// Waits for a write. While a slow reader makes it wait, the session may end and the server may stop: then so does
/// the waiting.
pub(super) async fn watched(
    app: &App,
    caller: Caller,
    write: impl Future<Output = Result<(), Gone>>,
) -> Result<(), End> {
    let mut write = std::pin::pin!(write);
    if let Poll::Ready(written) = futures_util::poll!(write.as_mut()) {
        return Ok(written?);
    }
    loop {
        if let Ok(written) = tokio::time::timeout(LOOK, write.as_mut()).await {
            return Ok(written?);
        }
        if app.tasks.is_stopping() {
            return Err(End::Stopping);
        }
        let known = app.engine.list_sessions(caller, ListSessions {}).await;
        if known.is_ok_and(|known| known.sessions.iter().all(|session| !session.current)) {
            return Err(End::Gone);
        }
    }
}
