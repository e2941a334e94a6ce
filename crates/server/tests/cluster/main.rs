//! Several servers of one organisation, as clients meet them: in this process, on one PostgreSQL and one NATS that are the
//! test's own. What holds on one node holds over all of them; without NATS it holds later.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it must be

mod gone;
mod hand_over;
mod live;
mod people;
mod roles;

#[path = "../../../store/tests/support/database.rs"]
mod database;
#[path = "../api/line.rs"]
#[expect(dead_code, reason = "these tests need a part of it")]
mod line;
#[path = "../../../bus/tests/support/nats.rs"]
mod nats;
#[path = "../api/place.rs"]
#[expect(dead_code, reason = "these tests need a part of it")]
mod place;

use database::Database;
use line::Line;
use nats::NatsServer;
use parlance_server::{Config, Secret};
use place::{Person, Place};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// Nodes and what they stand on.
struct Cluster {
    nodes: Vec<Place>,
    nats: NatsServer,
    database: Database,
}

impl Cluster {
    async fn start(nodes: usize) -> Cluster {
        let mut cluster =
            Cluster { nodes: Vec::new(), nats: NatsServer::start(), database: Database::start(&[]) };
        for _ in 0..nodes {
            cluster.add().await;
        }
        cluster
    }

    /// Starts one more node.
    async fn add(&mut self) {
        let node = self.node().await;
        self.nodes.push(node);
    }

    /// Starts one more node, which ends where it stands when the runtime does.
    async fn add_doomed(&mut self) -> Runtime {
        let runtime = Runtime::new().unwrap();
        let node = runtime.spawn(self.node()).await.unwrap();
        self.nodes.push(node);
        runtime
    }

    fn node(&self) -> impl Future<Output = Place> + use<> {
        self.node_with(|_| ())
    }

    /// A node with other settings.
    fn node_with<F: FnOnce(&mut Config)>(&self, change: F) -> impl Future<Output = Place> + use<F> {
        let (store, bus) = (self.database.url("postgres"), self.nats.url());
        Place::start_with(|config| {
            config.limits.rates = false;
            config.store.url = Secret::new(store);
            config.bus.url = Secret::new(bus);
            change(config);
        })
    }

    /// Somebody new, who uses this node.
    async fn person(&self, name: &str, node: usize) -> Person {
        self.move_to(&self.nodes[0].person(name).await, node)
    }

    /// The same session, at another node.
    fn move_to(&self, person: &Person, node: usize) -> Person {
        Person { url: self.nodes[node].url.clone(), ..person.clone() }
    }

    async fn stop(mut self) {
        for node in &mut self.nodes {
            node.stop().await;
        }
    }
}

/// The text of the next message.
async fn heard(line: &mut Line) -> Value {
    loop {
        let entry = line.event("entry").await["entry"].clone();
        if entry["body"]["kind"] == "text" {
            return entry["body"]["text"].clone();
        }
    }
}

/// Has a line hear what only open conversations do.
async fn open(line: &mut Line, conversation: &str) {
    line.does("conversation.open", json!({ "conversation_id": conversation })).await;
}

/// Sends that a node had others do, with this outcome.
async fn forwards(node: &Place, outcome: &str) -> u64 {
    let figures = node.http.get(format!("{}/metrics", node.url)).send().await.unwrap().text().await.unwrap();
    let line = format!("parlance_forwards_total{{outcome=\"{outcome}\"}} ");
    figures.lines().find_map(|text| text.strip_prefix(&line)).map_or(0, |count| count.trim().parse().unwrap())
}
