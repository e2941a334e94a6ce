//! The bus between nodes: each hint reaches each node, or not, or twice; a node that is cut off reaches only itself.
//!
//! Who listens is decided here, what is heard is unchanged.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use parlance_bus::{Bus, Handler, Subscription};
use parlance_engine::Hint;

use crate::dice::Dice;

struct Listener {
    number: u64,
    node: usize,
    subject: String,
    handler: Handler<Hint>,
}

#[derive(Default)]
struct Inner {
    count: u64,
    listeners: Vec<Listener>,
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
    dice: Dice,
}

impl Wire {
    pub fn new(wires: &Arc<Wires>, node: usize, dice: &Dice) -> Wire {
        let (dropped, repeated) = (dice.below(1_000), dice.below(200));
        Wire { wires: Arc::clone(wires), node, dropped, repeated, dice: Dice::new(dice.next()) }
    }
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
}
