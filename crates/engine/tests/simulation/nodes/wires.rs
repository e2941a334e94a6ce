//! The bus between nodes: each hint reaches each node, or not, or twice; a node that is cut off reaches only itself. A
//! request and its answer may be lost as well, or come so late that nobody waits any more.
//!
//! Who listens is decided here, what is heard is unchanged.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use parlance_bus::{Answer, Bus, Handler, Reply, Responder, Subscription, Unanswered};
use parlance_engine::Hint;
use tokio::sync::oneshot;

use crate::dice::Dice;

struct Listener {
    number: u64,
    node: usize,
    subject: String,
    handler: Handler<Hint>,
}

struct Responding {
    number: u64,
    node: usize,
    subject: String,
    responder: Responder<Hint>,
}

/// Longer than anybody waits for an answer.
const SILENCE: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Inner {
    count: u64,
    listeners: Vec<Listener>,
    responding: Vec<Responding>,
    /// Requests that were answered in the end, whether or not somebody still waited.
    answered: u64,
    cut: BTreeSet<usize>,
}

/// What all nodes share.
#[derive(Default)]
pub struct Wires(Mutex<Inner>);

impl Wires {
    /// Cuts a node off from the others.
    pub fn cut(&self, node: usize) {
        self.lock().cut.insert(node);
    }

    pub fn join(&self, node: usize) {
        self.lock().cut.remove(&node);
    }

    pub fn is_cut(&self, node: usize) -> bool {
        self.lock().cut.contains(&node)
    }

    /// A node is gone, and answers nobody.
    pub fn silence(&self, node: usize) {
        self.lock().responding.retain(|other| other.node != node);
    }

    pub fn answered(&self) -> u64 {
        self.lock().answered
    }

    /// Who responds to a subject, as far as a node reaches it.
    fn responder(&self, node: usize, subject: &str) -> Result<Responder<Hint>, Unanswered> {
        let inner = self.lock();
        let found = inner.responding.iter().find(|other| other.subject == subject);
        let is_cut = |node| inner.cut.contains(&node);
        match found {
            _ if is_cut(node) => Err(Unanswered::Lost),
            Some(found) if is_cut(found.node) => Err(Unanswered::Lost),
            Some(found) => Ok(Arc::clone(&found.responder)),
            None => Err(Unanswered::Nobody),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A node's end.
pub struct Wire {
    wires: Arc<Wires>,
    node: usize,
    /// So many of a thousand are dropped, and so many delivered twice.
    dropped: u64,
    repeated: u64,
    /// Whether the node notices that it is cut off.
    notices: bool,
    dice: Dice,
}

/// What happens to a request.
struct Fate {
    /// How long it takes to arrive, and its answer.
    delays: [Duration; 2],
    /// Whether it is lost, and its answer.
    lost: [bool; 2],
    /// Whether it arrives twice.
    twice: bool,
}

impl Wire {
    pub fn new(wires: &Arc<Wires>, node: usize, dice: &Dice) -> Wire {
        let (dropped, repeated) = (dice.below(1_000), dice.below(200));
        let notices = dice.per_mille(500);
        Wire { wires: Arc::clone(wires), node, dropped, repeated, notices, dice: Dice::new(dice.next()) }
    }

    fn fate(&self) -> Fate {
        let dice = &self.dice;
        let delay = || {
            let long = dice.per_mille(40);
            let delay_us = if long { dice.between(300_000, 4_000_000) } else { dice.between(50, 3_000) };
            Duration::from_micros(delay_us)
        };
        let lost = || dice.per_mille(self.dropped / 5);
        Fate { delays: [delay(), delay()], lost: [lost(), lost()], twice: dice.per_mille(self.repeated) }
    }
}

/// The way of a request and back.
async fn carry(
    wires: Arc<Wires>,
    (node, subject): (usize, String),
    message: Hint,
    fate: Fate,
) -> Result<Hint, Unanswered> {
    tokio::time::sleep(fate.delays[0]).await;
    let responder = if fate.lost[0] { Err(Unanswered::Lost) } else { wires.responder(node, &subject) };
    let answered = match responder {
        Ok(responder) => {
            let (answer, answered) = oneshot::channel();
            responder(&message, Reply::new(move |message| _ = answer.send(message)));
            if fate.twice {
                responder(&message, Reply::new(|_| ()));
            }
            answered.await.ok().flatten()
        }
        Err(Unanswered::Nobody) => return Err(Unanswered::Nobody),
        Err(Unanswered::Lost) => None,
    };
    wires.lock().answered += u64::from(answered.is_some());
    tokio::time::sleep(fate.delays[1]).await;
    match answered {
        Some(answer) if !fate.lost[1] => Ok(answer),
        _ => {
            tokio::time::sleep(SILENCE).await;
            Err(Unanswered::Lost)
        }
    }
}

/// The same after a way over the wire.
fn recoded(message: &Hint) -> Hint {
    let bytes = (Hint::WIRE.encode)(message);
    (Hint::WIRE.decode)(&bytes).expect("every message between nodes is readable")
}

impl Bus<Hint> for Wire {
    fn publish(&self, subject: &str, message: &Hint) {
        let handlers: Vec<Handler<Hint>> = {
            let inner = self.wires.lock();
            let reached = |node: usize| {
                node == self.node || !(inner.cut.contains(&node) || inner.cut.contains(&self.node))
            };
            let heard =
                inner.listeners.iter().filter(|other| other.subject == subject && reached(other.node));
            heard.map(|other| Arc::clone(&other.handler)).collect()
        };
        for handler in handlers {
            if self.dice.per_mille(self.dropped) {
                continue;
            }
            handler(message);
            if self.dice.per_mille(self.repeated) {
                handler(message);
            }
        }
    }

    fn subscribe(&self, subject: &str, handler: Handler<Hint>) -> Subscription {
        let number = {
            let mut inner = self.wires.lock();
            inner.count += 1;
            let (number, subject) = (inner.count, subject.to_owned());
            inner.listeners.push(Listener { number, node: self.node, subject, handler });
            number
        };
        let wires = Arc::clone(&self.wires);
        Subscription::new(move || wires.lock().listeners.retain(|other| other.number != number))
    }

    fn request(&self, subject: &str, message: &Hint) -> Answer<Hint> {
        let way = (self.node, subject.to_owned());
        // It goes its way whether or not somebody still waits.
        let carried = tokio::spawn(carry(Arc::clone(&self.wires), way, recoded(message), self.fate()));
        Box::pin(async move {
            let answer = carried.await.unwrap_or(Err(Unanswered::Lost));
            answer.map(|answer| recoded(&answer))
        })
    }

    fn respond(&self, subject: &str, responder: Responder<Hint>) -> Subscription {
        let number = {
            let mut inner = self.wires.lock();
            inner.count += 1;
            let (number, subject) = (inner.count, subject.to_owned());
            inner.responding.push(Responding { number, node: self.node, subject, responder });
            number
        };
        let wires = Arc::clone(&self.wires);
        Subscription::new(move || wires.lock().responding.retain(|other| other.number != number))
    }

    fn is_up(&self) -> bool {
        !(self.notices && self.wires.is_cut(self.node))
    }
}
