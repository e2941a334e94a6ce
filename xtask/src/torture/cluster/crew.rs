//! The people of a cluster's run: each with a door for the program that sends and one for the program that follows.
//!
//! A door knows which node its client is at and how often it connected, so nobody has to ask the clients.

use std::sync::Arc;

use parlance_proto::Encoding;
use tokio::task::JoinSet;

use super::super::follow::{Heads, follow};
use super::super::people::{People, Person};
use super::super::worker::{Scene, Way, Worker};
use super::door::{Balancer, Door};

/// Somebody's doors.
struct Doors {
    name: String,
    sends: Door,
    follows: Door,
}

/// Everybody's doors.
pub struct Crew {
    doors: Vec<Doors>,
    /// For HTTP, everybody's.
    http: Door,
}

/// What everybody does.
pub struct Work {
    pub workers: JoinSet<anyhow::Result<()>>,
    pub followers: JoinSet<anyhow::Result<()>>,
    pub heads: Heads,
}

impl Crew {
    /// Opens the doors.
    pub async fn gather(balancer: &Arc<Balancer>, people: &People, http: Door) -> anyhow::Result<Crew> {
        let mut doors = Vec::new();
        for person in &people.persons {
            let (sends, follows) = (Door::open(balancer).await?, Door::open(balancer).await?);
            doors.push(Doors { name: person.name(), sends, follows });
        }
        Ok(Crew { doors, http })
    }

    /// Has everybody begin.
    pub async fn begin(&self, people: &People, scene: &Arc<Scene>, seed: u64) -> anyhow::Result<Work> {
        let mut work = Work { workers: JoinSet::new(), followers: JoinSet::new(), heads: Heads::default() };
        for (number, (person, doors)) in people.persons.iter().zip(&self.doors).enumerate() {
            let way = Way { socket: doors.sends.url.clone(), http: self.http.url.clone() };
            let worker = Worker::start(Arc::clone(scene), person.clone(), &way, seed).await?;
            work.workers.spawn(worker.work());
            let encoding = if number % 2 == 0 { Encoding::Json } else { Encoding::Msgpack };
            let who: (Person, String) = (person.clone(), doors.follows.url.clone());
            work.followers.spawn(follow(Arc::clone(scene), who, encoding, work.heads.clone()));
        }
        Ok(work)
    }

    /// Who sends by way of this node.
    pub fn at(&self, node: usize) -> Vec<String> {
        let here = self.doors.iter().filter(|doors| doors.sends.node() == node);
        here.map(|doors| doors.name.clone()).collect()
    }

    /// Everybody who sends.
    pub fn everybody(&self) -> Vec<String> {
        self.doors.iter().map(|doors| doors.name.clone()).collect()
    }

    /// The connections of every client so far, those of the followers as well.
    pub fn connections(&self) -> Vec<u64> {
        self.doors.iter().flat_map(|doors| [doors.sends.connections(), doors.follows.connections()]).collect()
    }
}
