//! The load balancer that clients come through: doors that lead to nodes that are ready, as a balancer's health checks see it.
//!
//! A node that does not answer its checks gets no new connections, and those that stand are ended, so that clients of a node
//! that hangs go to another. Nodes that were started last can come first, so that a rolling restart moves everybody once.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::super::program::is_ready;
use super::link::reset;

/// A node is asked whether it is ready this often.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// And has this long for the answer.
const LOOK_LIMIT: Duration = Duration::from_secs(1);
/// It is down after so many answers that are not yes.
const FALL: u32 = 2;
/// How long a connection to a node may take.
const CONNECT_LIMIT: Duration = Duration::from_millis(500);

/// No node.
pub const NOWHERE: usize = usize::MAX;

/// A node as the balancer sees it.
struct Behind {
    address: SocketAddr,
    up: watch::Sender<bool>,
    /// How many came in.
    open: AtomicUsize,
}

/// What all doors share.
pub struct Balancer {
    nodes: Vec<Behind>,
    /// The nodes that come first while they are up.
    preferred: Mutex<Vec<usize>>,
}

impl Balancer {
    /// A balancer before these nodes; all count as down until they have answered.
    pub fn before(addresses: Vec<SocketAddr>) -> Arc<Balancer> {
        let behind = |address| Behind { address, up: watch::Sender::new(false), open: AtomicUsize::new(0) };
        let nodes = addresses.into_iter().map(behind).collect();
        Arc::new(Balancer { nodes, preferred: Mutex::default() })
    }

    /// Asks all nodes for ever.
    pub fn look(self: &Arc<Self>) -> JoinSet<()> {
        let mut looks = JoinSet::new();
        for node in 0..self.nodes.len() {
            looks.spawn(Arc::clone(self).look_at(node));
        }
        looks
    }

    async fn look_at(self: Arc<Self>, node: usize) {
        let behind = &self.nodes[node];
        let mut failed = 0;
        loop {
            let asked = tokio::time::timeout(LOOK_LIMIT, is_ready(behind.address)).await;
            failed = if asked.unwrap_or(false) { 0 } else { failed + 1 };
            if failed == 0 {
                behind.up.send_if_modified(|up| !std::mem::replace(up, true));
            } else if failed >= FALL {
                behind.up.send_if_modified(std::mem::take);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits until a node is up.
    pub async fn is_up(&self, node: usize) {
        let mut up = self.nodes[node].up.subscribe();
        // The sender lives as long as this.
        let _ = up.wait_for(|up| *up).await;
    }

    /// Has these nodes come first from now on.
    pub fn prefer(&self, nodes: &[usize]) {
        *self.preferred.lock().unwrap_or_else(PoisonError::into_inner) = nodes.to_vec();
    }

    /// The nodes in the order in which a new connection tries them: those up, the preferred of them first, then by how few
    /// connections they have.
    fn order(&self) -> Vec<usize> {
        let preferred = self.preferred.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut nodes: Vec<usize> =
            (0..self.nodes.len()).filter(|node| *self.nodes[*node].up.borrow()).collect();
        nodes.sort_by_key(|node| (!preferred.contains(node), self.nodes[*node].open.load(Ordering::Relaxed)));
        nodes
    }

    /// Connects to the first node that takes it.
    async fn connect(&self) -> Option<(usize, TcpStream)> {
        for node in self.order() {
            let connecting = TcpStream::connect(self.nodes[node].address);
            if let Ok(Ok(stream)) = tokio::time::timeout(CONNECT_LIMIT, connecting).await {
                return Some((node, stream));
            }
        }
        None
    }
}

/// What a door has seen.
#[derive(Default)]
struct Seen {
    /// The node of its last connection.
    node: AtomicUsize,
    /// Connections that reached a node.
    connections: AtomicU64,
}

/// A door: an address for clients.
pub struct Door {
    /// Its URL.
    pub url: String,
    seen: Arc<Seen>,
    _task: JoinSet<()>,
}

impl Door {
    /// Opens a door of a balancer.
    pub async fn open(balancer: &Arc<Balancer>) -> anyhow::Result<Door> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let seen = Arc::new(Seen { node: AtomicUsize::new(NOWHERE), connections: AtomicU64::new(0) });
        let mut task = JoinSet::new();
        task.spawn(accept(listener, Arc::clone(balancer), Arc::clone(&seen)));
        Ok(Door { url, seen, _task: task })
    }

    /// The node that the last connection went to.
    pub fn node(&self) -> usize {
        self.seen.node.load(Ordering::Acquire)
    }

    /// How many connections went through.
    pub fn connections(&self) -> u64 {
        self.seen.connections.load(Ordering::Acquire)
    }
}

async fn accept(listener: TcpListener, balancer: Arc<Balancer>, seen: Arc<Seen>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((client, _)) = accepted {
                    connections.spawn(carry(client, Arc::clone(&balancer), Arc::clone(&seen)));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Carries one connection until it ends or its node counts as down.
async fn carry(mut client: TcpStream, balancer: Arc<Balancer>, seen: Arc<Seen>) {
    if let Some((node, mut stream)) = balancer.connect().await {
        seen.node.store(node, Ordering::Release);
        seen.connections.fetch_add(1, Ordering::AcqRel);
        let _ = (client.set_nodelay(true), stream.set_nodelay(true));
        let behind = &balancer.nodes[node];
        let mut up = behind.up.subscribe();
        behind.open.fetch_add(1, Ordering::AcqRel);
        tokio::select! {
            _ = tokio::io::copy_bidirectional(&mut client, &mut stream) => {}
            _ = up.wait_for(|up| !*up) => reset(&stream),
        }
        behind.open.fetch_sub(1, Ordering::AcqRel);
    }
    reset(&client);
}
