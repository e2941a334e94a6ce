//! The bounded queue between callers and the writer thread.
//!
//! A caller takes a place, leaves its request and awaits the answer. The writer takes all that waits at once. When
//! the queue is closed, what was left in it is still handed out; nothing new comes in.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, TryAcquireError, oneshot};

use super::prepare::Prepared;
use crate::{Error, Outcome};

/// Requests that may wait; callers beyond it wait for a place.
const MAX_WAITING: usize = 4096;
/// How often a thread looks for a place.
const PLACE_POLL: Duration = Duration::from_millis(1);

/// A request on its way, and where its answer goes.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) prepared: Prepared,
    pub(crate) arrived: Instant,
    pub(crate) answer: oneshot::Sender<Result<Outcome, Error>>,
}

#[derive(Debug, Default)]
struct Waiting {
    requests: Vec<Request>,
    /// The writer sleeps and must be woken.
    asleep: bool,
    /// Nothing new is taken.
    closed: bool,
    /// Nothing new is taken for the moment.
    held: bool,
}

/// Shared by the callers and the writer.
#[derive(Debug)]
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
    bell: Condvar,
    places: Semaphore,
}

impl Queue {
    pub(crate) fn new() -> Queue {
        Queue { waiting: Mutex::default(), bell: Condvar::new(), places: Semaphore::new(MAX_WAITING) }
    }

    /// Leaves a request and awaits its answer.
    pub(crate) async fn ask(&self, prepared: Prepared) -> Result<Outcome, Error> {
        let place = self.places.acquire().await.map_err(|_| closing())?;
        let (answer, answered) = oneshot::channel();
        self.push(Request { prepared, arrived: Instant::now(), answer })?;
        place.forget();
        answered.await.unwrap_or_else(|_| Err(ended()))
    }

    /// The same for a thread that may block.
    pub(crate) fn ask_blocking(&self, prepared: Prepared) -> Result<Outcome, Error> {
        let place = loop {
            match self.places.try_acquire() {
                Ok(place) => break place,
                Err(TryAcquireError::Closed) => return Err(closing()),
                Err(TryAcquireError::NoPermits) => std::thread::sleep(PLACE_POLL),
            }
        };
        let (answer, answered) = oneshot::channel();
        self.push(Request { prepared, arrived: Instant::now(), answer })?;
        place.forget();
        answered.blocking_recv().unwrap_or_else(|_| Err(ended()))
    }

    /// Leaves a request behind all others, although the queue is held, and awaits its answer.
    pub(crate) async fn ask_behind(&self, prepared: Prepared) -> Result<Outcome, Error> {
        let place = self.places.acquire().await.map_err(|_| closing())?;
        let (answer, answered) = oneshot::channel();
        self.enter(Request { prepared, arrived: Instant::now(), answer }, true)?;
        place.forget();
        answered.await.unwrap_or_else(|_| Err(ended()))
    }

    /// Refuses what is new, or takes it again.
    pub(crate) fn hold(&self, held: bool) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).held = held;
    }

    fn push(&self, request: Request) -> Result<(), Error> {
        self.enter(request, false)
    }

    fn enter(&self, request: Request, even_held: bool) -> Result<(), Error> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.closed {
            return Err(closing());
        }
        if waiting.held && !even_held {
            return Err(Error::Unavailable(
                "it is on its way to another place: try again in a moment".into(),
            ));
        }
        waiting.requests.push(request);
        if std::mem::take(&mut waiting.asleep) {
            drop(waiting);
            self.bell.notify_one();
        }
        Ok(())
    }

    /// True when nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).requests.is_empty()
    }

    /// Appends what waits to `into`, after sleeping for at most `patience` if nothing does. Answers false when the
    /// queue is closed.
    pub(crate) fn take(&self, into: &mut Vec<Request>, patience: Option<Duration>) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.requests.is_empty() && !waiting.closed {
            if patience.is_some_and(|patience| patience.is_zero()) {
                return true;
            }
            waiting.asleep = true;
            waiting = match patience {
                None => self.bell.wait(waiting).unwrap_or_else(PoisonError::into_inner),
                Some(patience) => {
                    self.bell.wait_timeout(waiting, patience).unwrap_or_else(PoisonError::into_inner).0
                }
            };
            waiting.asleep = false;
        }
        into.append(&mut waiting.requests);
        !waiting.closed
    }

    /// Gives places of answered requests back.
    pub(crate) fn give_back(&self, places: usize) {
        self.places.add_permits(places);
    }

    /// Takes nothing new and lets go of what waits, unanswered: for a writer that cannot go on.
    pub(crate) fn abandon(&self) {
        self.close();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).requests.clear();
    }

    /// Takes nothing new from now on and wakes the writer.
    pub(crate) fn close(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.places.close();
        self.bell.notify_all();
    }
}

fn ended() -> Error {
    Error::Unavailable("the store ended before it answered".into())
}

fn closing() -> Error {
    Error::Unavailable("the store is closing".into())
}
