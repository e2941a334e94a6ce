//! The nodes of a simulation: engines over one store and one bus, which crash, sleep and are cut off one by one.
//! One node alone is as a machine that loses power: its store loses with it what was not durable.

mod database;
mod gate;
mod wires;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use parlance_engine::{Clock, Engine, Options, Parts, Roles};
use parlance_store::memory::MemoryOptions;

use self::database::Database;
use self::gate::{Gate, Gated};
use self::wires::{Wire, Wires};
use crate::dice::Dice;
use crate::world::{Fault, SimClock};

/// A node's place.
struct Place {
    /// The engine of now, or of before the crash.
    engine: Engine,
    /// Tells it from every other engine there was.
    run: u64,
    gate: Arc<Gate>,
    up: bool,
}

/// All nodes, and what they stand on.
pub struct Nodes {
    database: Arc<Database>,
    wires: Arc<Wires>,
    clock: Arc<SimClock>,
    dice: Arc<Dice>,
    fault: Fault,
    /// Whether the first node owns nothing, and has others do all that it is asked.
    first_owns: bool,
    inner: Mutex<Inner>,
}

struct Inner {
    places: Vec<Place>,
    runs: u64,
    crashes: u64,
}

impl Nodes {
    pub fn start(
        count: usize,
        options: MemoryOptions,
        clock: &Arc<SimClock>,
        (dice, fault): (&Arc<Dice>, Fault),
    ) -> Nodes {
        let nodes = Nodes {
            database: Arc::new(Database::new(options)),
            wires: Arc::default(),
            clock: Arc::clone(clock),
            dice: Arc::clone(dice),
            fault,
            first_owns: count == 1 || dice.per_mille(700),
            inner: Mutex::new(Inner { places: Vec::new(), runs: count as u64, crashes: 0 }),
        };
        for node in 0..count {
            let place = nodes.place(node, count, node as u64 + 1);
            nodes.lock().places.push(place);
        }
        nodes
    }

    fn place(&self, node: usize, count: usize, run: u64) -> Place {
        let gate = Arc::new(Gate::default());
        let store = Gated { store: Arc::clone(&self.database), gate: Arc::clone(&gate) };
        let parts = Parts {
            store: Arc::new(store),
            bus: Arc::new(Wire::new(&self.wires, node, &self.dice)),
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            chance: Arc::clone(&self.dice) as Arc<dyn parlance_engine::Chance>,
            encode: |_, event| Bytes::from(serde_json::to_vec(event).expect("events are JSON")),
        };
        let options = Options {
            alone: count == 1,
            roles: Roles { owner: node > 0 || self.first_owns, ..Roles::ALL },
            flush_ms: 300,
            tidy_ms: 400,
            idle_ms: 2_000,
            #[cfg(feature = "planted")]
            planted: match self.fault {
                Fault::Engine(planted) => Some(planted),
                _ => None,
            },
            ..Options::default()
        };
        let _ = self.fault;
        Place { engine: Engine::start(parts, options), run, gate, up: true }
    }

    pub fn count(&self) -> usize {
        self.lock().places.len()
    }

    /// The engine that stands, or stood last, in a place; and which it is.
    pub fn at(&self, node: usize) -> (Engine, u64) {
        let inner = self.lock();
        let place = &inner.places[node % inner.places.len()];
        (place.engine.clone(), place.run)
    }

    /// Whether a client would get through to a node.
    pub fn is_up(&self, node: usize) -> bool {
        let inner = self.lock();
        let place = &inner.places[node % inner.places.len()];
        place.up && !place.gate.is_closed()
    }

    /// One of the nodes that a client gets through to, if there is one.
    pub fn any(&self) -> usize {
        let up: Vec<usize> = (0..self.count()).filter(|node| self.is_up(*node)).collect();
        if self.count() == 1 { 0 } else { self.dice.pick(&up).copied().unwrap_or_default() }
    }

    pub fn crashes(&self) -> u64 {
        self.lock().crashes
    }

    /// Messages by which nodes had others do something.
    pub fn forwards(&self) -> u64 {
        self.wires.answered()
    }

    /// Every row there is, as the store prints it.
    pub fn print(&self) -> String {
        format!("{:?}", self.database.memory())
    }

    /// A node is gone; a store of its own goes with it.
    pub fn crash(&self, node: usize) {
        if self.count() == 1 {
            self.database.crash();
        }
        let mut inner = self.lock();
        inner.crashes += 1;
        self.wires.silence(node);
        inner.places[node].up = false;
        inner.places[node].gate.end();
        inner.places[node].engine.crash();
    }

    pub fn restart(&self, node: usize) {
        let count = self.count();
        if count == 1 {
            self.database.reopen();
        }
        let run = {
            let mut inner = self.lock();
            inner.runs += 1;
            inner.runs
        };
        let place = self.place(node, count, run);
        self.lock().places[node] = place;
    }

    /// A node is restarted as planned: its clients use it until it has handed over.
    async fn stop(&self, node: usize) {
        let (engine, _) = self.at(node);
        engine.hand_over().await;
        self.lock().places[node].up = false;
        engine.stop().await;
        self.wires.silence(node);
        self.lock().places[node].gate.end();
    }

    /// The database waits for its standby for so long, whatever else happens.
    pub fn stall(&self, for_ms: u64) {
        self.database.stall();
        let database = Arc::clone(&self.database);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(for_ms)).await;
            database.flow().await;
        });
    }

    /// Something happens to some node, or to the store.
    pub async fn happen(&self) {
        let dice = &self.dice;
        let node = dice.below(self.count() as u64) as usize;
        let (up, closed) = {
            let inner = self.lock();
            (inner.places[node].up, inner.places[node].gate.is_closed())
        };
        match dice.below(100) {
            _ if !up => self.restart(node),
            _ if closed => self.lock().places[node].gate.open(),
            0..=34 => self.crash(node),
            35..=59 => self.lock().places[node].gate.close(),
            60..=79 if self.wires.is_cut(node) => self.wires.join(node),
            60..=79 => self.wires.cut(node),
            80..=87 => {
                self.database.crash();
                tokio::time::sleep(Duration::from_millis(dice.between(1, 300))).await;
                self.database.reopen();
            }
            88..=94 => self.stop(node).await,
            _ => {}
        }
    }

    /// Everything goes well from now on; sometimes without those that are gone.
    pub fn heal(&self) {
        if self.count() == 1 {
            self.crash(0);
            return self.restart(0);
        }
        // Those who sleep wake before others come back, and go on where they were.
        for node in 0..self.count() {
            self.wires.join(node);
            self.lock().places[node].gate.open();
        }
        // A store that was failing over when the troubles ended.
        self.database.crash();
        self.database.reopen();
        let last = self.dice.below(self.count() as u64) as usize;
        if self.dice.per_mille(500) && self.is_up(last) {
            self.crash(last);
        }
        let some_stay_away = self.dice.per_mille(500);
        for node in 0..self.count() {
            let up = self.lock().places[node].up;
            let nobody = (0..self.count()).all(|node| !self.is_up(node));
            if !up && (nobody || !some_stay_away) {
                self.restart(node);
            }
        }
    }

    /// Ends all of them.
    pub fn end(&self) {
        for node in 0..self.count() {
            self.lock().places[node].engine.crash();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
