//! Requests of a connection that are not answered yet.
//! A send is polled in place; everything else is boxed, since its future may be large.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use parlance_engine::Pending;
use parlance_proto::{Op, Response};

use crate::error::ApiError;

/// A future that does one operation.
pub type Work = Pin<Box<dyn Future<Output = Result<Response, ApiError>> + Send>>;

/// A request that is not answered yet.
pub struct InFlight {
    /// The client's number for it.
    pub id: u32,
    /// What was asked.
    pub op: Op,
    /// When its frame was read.
    pub read_at: Instant,
    /// What will answer it.
    pub doing: Doing,
}

/// What answers a request.
pub enum Doing {
    /// A message on its way to being durable.
    Sending(Pending),
    /// Any other operation.
    Working(Work),
}

/// A request with its answer.
pub struct Finished {
    /// The client's number for it.
    pub id: u32,
    /// What was asked.
    pub op: Op,
    /// When its frame was read.
    pub read_at: Instant,
    /// The answer.
    pub result: Result<Response, ApiError>,
}

impl Future for InFlight {
    type Output = Finished;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Finished> {
        let polled = match &mut self.doing {
            Doing::Sending(pending) => Pin::new(pending)
                .poll(context)
                .map(|sent| sent.map(Response::SendMessage).map_err(ApiError::from)),
            Doing::Working(work) => work.as_mut().poll(context),
        };
        polled.map(|result| Finished { id: self.id, op: self.op, read_at: self.read_at, result })
    }
}
