//! The dispatcher: one task that owns the queue, stores before it sends, and repeats until an answer is definite.
//!
//! Every attempt of a message carries the same client message id, so a repeat after an unknown outcome is answered
//! with the first index and never makes a second message.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use parlance_proto::{Accepted, ErrorCode, Problem, SendMessage};
use tokio::sync::{mpsc, oneshot};

use super::file::{Line, QueueFile};
use super::unsent::{Rejected, Unsent, UnsentList};
use crate::link::Link;
use crate::{Backoff, CallError, Error, Options, Outcome, QueuePlace};

/// Messages on their way at the same time, each of another conversation.
const ON_THE_WAY_MAX: usize = 16;

/// Where the end of a message is told.
type Told = oneshot::Sender<Result<Accepted, Problem>>;

/// What the dispatcher is asked.
pub(crate) enum Order {
    /// Store and send a message; `stored` is answered once it is in the queue.
    Put { unsent: Unsent, told: Told, stored: oneshot::Sender<Result<(), Error>> },
    /// Hand out the refusals that nobody has taken notice of.
    TakeRejected(oneshot::Sender<Result<Vec<Rejected>, Error>>),
}

/// The end of one attempt.
struct Attempted {
    unsent: Unsent,
    attempt: u32,
    result: Result<Accepted, CallError>,
}

/// The task's state.
pub(crate) struct Dispatcher {
    link: Link,
    orders: mpsc::Receiver<Order>,
    list: UnsentList,
    rejected: Vec<Rejected>,
    /// Who waits for the end of a message, by its id.
    told: HashMap<String, Told>,
    attempts: FuturesUnordered<BoxFuture<'static, Attempted>>,
    /// Nothing if the queue lives in memory.
    file: Option<QueueFile>,
    backoff: Backoff,
    queue_max: usize,
}

impl Dispatcher {
    /// Opens the queue's place.
    pub fn open(link: Link, orders: mpsc::Receiver<Order>, options: &Options) -> Result<Dispatcher, Error> {
        let (file, held) = match &options.queue {
            QueuePlace::Memory => (None, super::file::Held::default()),
            QueuePlace::File(path) => {
                let (file, held) = QueueFile::open(path)?;
                (Some(file), held)
            }
        };
        let mut list = UnsentList::default();
        for unsent in held.unsent {
            list.add(unsent);
        }
        Ok(Dispatcher {
            link,
            orders,
            list,
            rejected: held.rejected,
            told: HashMap::new(),
            attempts: FuturesUnordered::new(),
            file,
            backoff: options.backoff,
            queue_max: options.queue_max.max(1),
        })
    }

    /// Sends until the client is closed. What is unsent then stays in the file.
    pub async fn run(mut self) {
        loop {
            while self.attempts.len() < ON_THE_WAY_MAX
                && let Some(unsent) = self.list.take_ready()
            {
                self.attempt(unsent, 0, Duration::ZERO);
            }
            tokio::select! {
                Some(attempted) = self.attempts.next(), if !self.attempts.is_empty() => {
                    self.attempted(attempted).await;
                }
                order = self.orders.recv(), if self.list.len() < self.queue_max => match order {
                    Some(order) => self.order(order).await,
                    None => return,
                },
            }
        }
    }

    async fn order(&mut self, order: Order) {
        match order {
            Order::Put { unsent, told, stored } => {
                let written = self.write(vec![Line::Put(unsent.clone())]).await;
                if written.is_ok() {
                    self.told.insert(unsent.client_message_id.clone(), told);
                    self.list.add(unsent);
                }
                let _ = stored.send(written);
            }
            Order::TakeRejected(reply) => {
                let settled = self.rejected.iter().map(|rejected| settled(&rejected.message)).collect();
                let written = self.write(settled).await;
                let _ = reply.send(written.map(|()| std::mem::take(&mut self.rejected)));
            }
        }
    }

    fn attempt(&mut self, unsent: Unsent, attempt: u32, pause: Duration) {
        let link = self.link.clone();
        self.attempts.push(Box::pin(async move {
            tokio::time::sleep(pause).await;
            let input = SendMessage::text(
                unsent.conversation_id,
                unsent.client_message_id.clone(),
                unsent.text.clone(),
            );
            let result = link.call(input).await;
            Attempted { unsent, attempt, result }
        }));
    }

    async fn attempted(&mut self, attempted: Attempted) {
        let Attempted { unsent, attempt, result } = attempted;
        match result {
            Ok(accepted) => self.settle(unsent, Ok(accepted)).await,
            // The session is gone: the message stays for the next sign-in.
            Err(CallError::Closed) => {}
            Err(CallError::Refused(problem)) if is_about_the_session(&problem) => {}
            Err(CallError::Refused(problem)) if is_final(&problem) => self.settle(unsent, Err(problem)).await,
            Err(error) => {
                let pause = self.backoff.pause(attempt, error.retry_after_ms(), rand::random());
                self.attempt(unsent, attempt.saturating_add(1), pause);
            }
        }
    }

    async fn settle(&mut self, unsent: Unsent, result: Result<Accepted, Problem>) {
        self.list.settle(unsent.conversation_id);
        let refused = result.as_ref().err().cloned();
        let told = self.told.remove(&unsent.client_message_id).map(|told| told.send(result));
        let line = match (refused, told) {
            (Some(problem), None | Some(Err(_))) => {
                let rejected = Rejected { message: unsent, problem };
                self.rejected.push(rejected.clone());
                Line::Rejected(rejected)
            }
            _ => settled(&unsent),
        };
        if let Err(error) = self.write(vec![line]).await {
            // Harmless: after a restart it is sent again and answered with the same index.
            tracing::warn!(%error, "the send queue could not be written");
        }
    }

    /// Writes changes to the file, away from the threads that serve sockets.
    async fn write(&mut self, lines: Vec<Line>) -> Result<(), Error> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        let live = self.list.len() + self.rejected.len();
        let renewed =
            file.is_stale(live).then(|| (self.list.iter().cloned().collect(), self.rejected.clone()));
        let task = tokio::task::spawn_blocking(move || {
            let renewed = renewed.map_or(Ok(()), |(unsent, rejected)| file.renew(unsent, rejected));
            let written = renewed.and_then(|()| file.append(&lines));
            (file, written)
        });
        let (file, written) = task.await.expect("writing does not panic");
        self.file = Some(file);
        written
    }
}

fn settled(unsent: &Unsent) -> Line {
    Line::Settled(unsent.client_message_id.clone())
}

fn is_final(problem: &Problem) -> bool {
    CallError::Refused(problem.clone()).outcome() == Outcome::Refused
}

fn is_about_the_session(problem: &Problem) -> bool {
    matches!(problem.code, ErrorCode::NotSignedIn | ErrorCode::SessionEnded)
}
