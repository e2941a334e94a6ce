//! Lanes: sends on their way to the node that comes first, one lane a conversation, so that they keep their order.
//!
//! A lane has one message under way at a time, which takes along all that waits. What comes back without an outcome is done
//! here, with the same retry key: done twice it is the same message. A refusal is one only if nobody else may have done it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_bus::Unanswered;
use parlance_proto::{Accepted, ConversationId};
use prost::Message as _;
use rustc_hash::FxHashMap;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::Instant;
use tracing::Instrument as _;

use super::carried::{Answers, Asks, Outcome, row_of, travels};
use super::echoes::Echoes;
use super::serve;
use crate::hub::{Hint, Travelling};
use crate::node::Node;
use crate::owner::{self, Ask};
use crate::{Error, rows};

/// Asks in all lanes of a node; further ones are done here.
const ROOM: usize = 8_192;
/// Asks in one message, and its size; NATS takes a MiB.
const ASKS: usize = 128;
const BYTES: usize = 384 * 1_024;
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// An ask in a lane, and its room.
type Waiting = (Ask, OwnedSemaphorePermit);

/// The lanes of this node, and what it does for the lanes of others.
pub(crate) struct Lanes {
    /// Asks that wait, by conversation. As long as there is an entry, a task sees to it.
    table: Mutex<FxHashMap<ConversationId, VecDeque<Waiting>>>,
    /// Room for asks in all of them.
    room: Arc<Semaphore>,
    /// Room for messages of others that are under way here.
    pub(super) serving: Arc<Semaphore>,
    /// What was acknowledged here and committed elsewhere.
    pub(crate) echoes: Echoes,
}

impl Default for Lanes {
    fn default() -> Lanes {
        Lanes {
            table: Mutex::default(),
            room: Arc::new(Semaphore::new(ROOM)),
            serving: Arc::new(Semaphore::new(serve::AT_ONCE)),
            echoes: Echoes::default(),
        }
    }
}

impl Lanes {
    /// Whether there is a lane.
    fn has(&self, conversation: ConversationId) -> bool {
        self.lock().contains_key(&conversation)
    }

    /// Puts an ask into the lane of a conversation; whether it is a new one.
    fn join(&self, conversation: ConversationId, waiting: Waiting) -> bool {
        let mut table = self.lock();
        let is_new = !table.contains_key(&conversation);
        table.entry(conversation).or_default().push_back(waiting);
        is_new
    }

    /// Whether nothing of others is under way here.
    pub(super) fn serves_nobody(&self) -> bool {
        self.serving.available_permits() == serve::AT_ONCE
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<ConversationId, VecDeque<Waiting>>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn count(outcome: &'static str, asks: usize) {
    metrics::counter!("parlance_forwards_total", "outcome" => outcome).increment(asks as u64);
}

/// Puts an ask to whoever comes first for the conversation. When this returns, the ask has its place in the order.
pub(crate) async fn ask(node: &Arc<Node>, conversation: ConversationId, ask: Ask) -> Result<(), Error> {
    if node.options.alone || node.tasks.stopped() {
        return owner::ask(node, conversation, ask).await;
    }
    let goes = travels(&ask) && node.elsewhere(conversation).is_some();
    // What is in a lane comes before this.
    if !goes && !node.lanes.has(conversation) {
        return owner::ask(node, conversation, ask).await;
    }
    let room = match Arc::clone(&node.lanes.room).try_acquire_owned() {
        Ok(room) => room,
        Err(_) if node.lanes.has(conversation) => {
            let room = Arc::clone(&node.lanes.room).acquire_owned().await;
            room.map_err(|_| Error::Busy)?
        }
        Err(_) => {
            count("full", 1);
            return owner::ask(node, conversation, ask).await;
        }
    };
    if node.lanes.join(conversation, (ask, room)) {
        let lane = Lane { node: Arc::clone(node), conversation, over: false };
        node.tasks.spawn(lane.run());
    }
    Ok(())
}

/// A lane's task. However it ends, nobody is left waiting.
struct Lane {
    node: Arc<Node>,
    conversation: ConversationId,
    /// Whether it has left the table already.
    over: bool,
}

impl Drop for Lane {
    fn drop(&mut self) {
        if !self.over {
            let left = self.node.lanes.lock().remove(&self.conversation);
            drop(left);
        }
    }
}

impl Lane {
    async fn run(mut self) {
        // What was put to the owner here before comes before what is sent away.
        let mut settled = false;
        while let Some(waiting) = self.take() {
            let (asks, _room): (Vec<Ask>, Vec<OwnedSemaphorePermit>) = waiting.into_iter().unzip();
            let to =
                if asks.first().is_some_and(travels) { self.node.elsewhere(self.conversation) } else { None };
            match to {
                Some(to) if self.node.bus().is_up() => {
                    if !settled {
                        owner::settled(&self.node, self.conversation).await;
                    }
                    settled = true;
                    self.send(to, asks).await;
                }
                _ => {
                    if to.is_some() {
                        count("away", asks.len());
                    }
                    settled = false;
                    for ask in asks {
                        // Whoever asked learns that nothing is known: that is so only when this node stops.
                        _ = owner::ask(&self.node, self.conversation, ask).await;
                    }
                }
            }
        }
    }

    /// What goes next: sends together, anything else alone. With none left the lane is over.
    fn take(&mut self) -> Option<Vec<Waiting>> {
        let mut table = self.node.lanes.lock();
        let waiting = table.get_mut(&self.conversation)?;
        let together = waiting.iter().take(ASKS).take_while(|(ask, _)| travels(ask)).count();
        let count = together.max(1).min(waiting.len());
        if count == 0 {
            table.remove(&self.conversation);
            self.over = true;
            return None;
        }
        Some(waiting.drain(..count).collect())
    }

    /// Has another node do these, and does here what comes back without an outcome.
    async fn send(&self, to: u64, asks: Vec<Ask>) {
        let mut asks = VecDeque::from(asks);
        while !asks.is_empty() {
            let (mut some, mut rows, mut bytes) = (Vec::new(), Vec::<rows::LogRow>::new(), 0);
            while let Some(row) = asks.front().and_then(row_of) {
                bytes += row.encoded_len();
                if bytes > BYTES && !rows.is_empty() {
                    break;
                }
                rows.push(row);
                some.extend(asks.pop_front());
            }
            let span =
                tracing::debug_span!("forward", conversation = %self.conversation, to, asks = some.len());
            let outcomes = self.request(to, rows).instrument(span).await;
            self.settle(some, outcomes).await;
        }
    }

    /// Asks another node; what became of each.
    async fn request(&self, to: u64, rows: Vec<rows::LogRow>) -> Vec<Outcome> {
        let asks = rows.len();
        let message = Asks { conversation: self.conversation, sends: rows };
        let message = Hint(Travelling::Asks(Arc::new(message)));
        let began = Instant::now();
        let answer = self.node.bus().request(&super::subject(to), &message);
        let (outcome, outcomes) = match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(Hint(Travelling::Answers(answers)))) => match &*answers {
                Answers(None) => ("refused", vec![Outcome::Undone; asks]),
                Answers(Some(outcomes)) if outcomes.len() == asks => {
                    metrics::histogram!("parlance_forward_seconds").record(began.elapsed().as_secs_f64());
                    metrics::histogram!("parlance_forward_asks").record(asks as f64);
                    self.node.planted_answers_mixed_up(outcomes)
                }
                Answers(Some(_)) => ("unreadable", vec![Outcome::Unknown; asks]),
            },
            Ok(Ok(_)) => ("unreadable", vec![Outcome::Unknown; asks]),
            Ok(Err(Unanswered::Nobody)) => ("nobody", vec![Outcome::Undone; asks]),
            Ok(Err(Unanswered::Lost)) => ("lost", vec![Outcome::Unknown; asks]),
            Err(_) => ("late", vec![Outcome::Unknown; asks]),
        };
        if outcome == "answered" {
            let done = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Done(_))).count();
            count("answered", done);
            count("declined", asks - done);
        } else {
            count(outcome, asks);
            // Nothing more is asked of it until it is heard again.
            self.node.placement.doubt(to);
        }
        outcomes
    }

    /// Answers what is done, and does the rest here.
    async fn settle(&self, asks: Vec<Ask>, outcomes: Vec<Outcome>) {
        let mut here = Vec::new();
        for (ask, outcome) in asks.into_iter().zip(outcomes) {
            let doubtful = match outcome {
                Outcome::Done(accepted) => {
                    self.node.lanes.echoes.note(ask.caller.user, self.conversation);
                    // Nobody may be listening any more; the entry stands all the same.
                    _ = ask.answer.send(Ok(accepted));
                    continue;
                }
                Outcome::Undone => false,
                Outcome::Unknown => true,
            };
            let (answer, answered) = oneshot::channel();
            let key = ask.key.filter(|_| !(doubtful && self.node.planted_forward_key_lost()));
            let again = Ask { caller: ask.caller, key, command: ask.command, answer };
            let put = owner::ask(&self.node, self.conversation, again).await;
            here.push((ask.answer, doubtful, put.map(|()| answered)));
        }
        for (answer, doubtful, put) in here {
            let result = match put {
                Ok(answered) => answered.await.unwrap_or(Err(Error::Unknown)),
                Err(error) => Err(error),
            };
            _ = answer.send(if doubtful { doubted(result) } else { result });
        }
    }
}

/// What is told of a send that another node may still do: that nothing was done is not certain.
fn doubted(result: Result<Accepted, Error>) -> Result<Accepted, Error> {
    match result {
        Err(Error::Rejected(_) | Error::Busy | Error::Store(_)) => Err(Error::Unknown),
        other => other,
    }
}

#[cfg(feature = "planted")]
impl Node {
    /// Whether what may have been done elsewhere is done here as something new.
    fn planted_forward_key_lost(&self) -> bool {
        self.options.planted == Some(crate::Planted::ForwardKeyLost)
    }

    /// The outcomes of a message, or those of one for another.
    fn planted_answers_mixed_up(&self, outcomes: &[Outcome]) -> (&'static str, Vec<Outcome>) {
        let mut outcomes = outcomes.to_vec();
        if self.options.planted == Some(crate::Planted::AnswersMixedUp) {
            outcomes.reverse();
        }
        ("answered", outcomes)
    }
}

#[cfg(not(feature = "planted"))]
#[allow(clippy::unused_self)] // the same call with and without planted bugs
impl Node {
    fn planted_forward_key_lost(&self) -> bool {
        false
    }

    fn planted_answers_mixed_up(&self, outcomes: &[Outcome]) -> (&'static str, Vec<Outcome>) {
        ("answered", outcomes.to_vec())
    }
}
