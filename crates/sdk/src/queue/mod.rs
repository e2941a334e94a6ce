//! The send queue: messages are stored first, sent in order, repeated after reconnects, and end acknowledged or refused.
//!
//! `unsent` decides what may go next (pure), `file` keeps it, `dispatcher` sends.

mod dispatcher;
mod file;
mod unsent;

use parlance_proto::{Accepted, Problem};
use tokio::sync::oneshot;

pub(crate) use dispatcher::{Dispatcher, Order};
pub use unsent::{Rejected, Unsent};

/// A message in the queue. Dropping it does not take the message back.
#[derive(Debug)]
pub struct Ticket {
    /// The retry key it is sent with; its entry carries it too.
    pub client_message_id: String,
    pub(crate) end: oneshot::Receiver<Result<Accepted, Problem>>,
}

/// How a queued message can end without being accepted.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// The server refused it for good.
    #[error("{}: {}", .0.title, .0.detail)]
    Refused(Problem),
    /// The client was closed first. With a queue file it is sent the next time.
    #[error("the client was closed before the message was acknowledged")]
    Closed,
}

impl Ticket {
    /// Waits until the message is durable on the server, or refused.
    pub async fn accepted(self) -> Result<Accepted, NotSent> {
        match self.end.await {
            Ok(Ok(accepted)) => Ok(accepted),
            Ok(Err(problem)) => Err(NotSent::Refused(problem)),
            Err(_) => Err(NotSent::Closed),
        }
    }
}
