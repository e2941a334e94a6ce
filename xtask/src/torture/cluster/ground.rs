//! What a run stands on: PostgreSQL with a standby, NATS, nodes with links of their own to both, and the balancer before them.
//!
//! One node more than serve is there for the rolling restart, which starts a new node before it stops an old one.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use tempfile::TempDir;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::super::program::Program;
use super::Planted;
use super::door::Balancer;
use super::link::{Flow, Link};
use super::nats::Nats;
use super::postgres::{DATABASE, Pair};

/// Nodes that serve.
pub const NODES: usize = 3;
/// The node that the rolling restart begins with.
pub const SPARE: usize = NODES;
/// Rivals overwrite each other: whoever wants to be the first to write a row finds no row there.
const WITHOUT_GUARD: &str = "
CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM parlance_fenced WHERE partition = NEW.partition AND key = NEW.key AND version = 1;
    RETURN NEW;
END $$;
CREATE TRIGGER planted BEFORE INSERT ON parlance_fenced FOR EACH ROW WHEN (NEW.version = 1)
    EXECUTE FUNCTION planted();";

/// A node and its links.
pub struct Node {
    pub program: Mutex<Program>,
    to_store: [Link; 2],
    to_bus: Link,
}

impl Node {
    async fn new(
        number: usize,
        path: &Path,
        folder: &Path,
        stands_on: (&Pair, &Nats),
    ) -> anyhow::Result<Node> {
        let (postgres, nats) = stands_on;
        let [first, second] = postgres.addresses();
        let to_store = [Link::to(first).await?, Link::to(second).await?];
        let to_bus = Link::to(nats.address()).await?;
        let folder = folder.join(format!("node{number}"));
        std::fs::create_dir(&folder)?;
        let [first, second] = [to_store[0].address, to_store[1].address];
        let settings = vec![
            ("PARLANCE_STORE_URL", format!("postgres://parlance@{first},{second}/{DATABASE}")),
            ("PARLANCE_BUS_URL", format!("nats://{}", to_bus.address)),
            ("PARLANCE_BUS_NODE", format!("node{number}")),
        ];
        let program = Program::new(path.to_owned(), &folder)?.with(settings);
        Ok(Node { program: Mutex::new(program), to_store, to_bus })
    }

    /// Makes its way to the database so.
    pub fn store(&self, flow: Flow) {
        self.to_store.iter().for_each(|link| link.set(flow));
    }

    /// Makes its way to NATS so.
    pub fn bus(&self, flow: Flow) {
        self.to_bus.set(flow);
    }
}

/// Everything. Dropping it ends it.
pub struct Ground {
    pub balancer: Arc<Balancer>,
    pub nodes: Vec<Node>,
    pub nats: Mutex<Nats>,
    pub postgres: Arc<Mutex<Pair>>,
    _looks: JoinSet<()>,
    _folder: TempDir,
}

impl Ground {
    /// Starts everything but the spare node.
    pub async fn start(path: PathBuf, planted: Option<Planted>) -> anyhow::Result<Ground> {
        let folder = tempfile::Builder::new().prefix("parlance-cluster-").tempdir()?;
        // PostgreSQL may be somebody else.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
        let synchronous = planted != Some(Planted::Standby);
        let postgres = Pair::start(folder.path(), synchronous).await.context("PostgreSQL")?;
        let nats = Nats::start().await.context("NATS")?;
        let (mut nodes, mut addresses) = (Vec::new(), Vec::new());
        for number in 0..=SPARE {
            let node = Node::new(number, &path, folder.path(), (&postgres, &nats)).await?;
            addresses.push(node.program.lock().await.address());
            nodes.push(node);
        }
        let balancer = Balancer::before(addresses);
        let looks = balancer.look();
        let (nats, postgres) = (Mutex::new(nats), Arc::new(Mutex::new(postgres)));
        let ground = Ground { balancer, nodes, nats, postgres, _looks: looks, _folder: folder };
        for node in 0..NODES {
            ground.start_node(node).await?;
        }
        if planted == Some(Planted::Guard) {
            ground.postgres.lock().await.sql(DATABASE, WITHOUT_GUARD).await?;
        }
        Ok(ground)
    }

    /// Starts a node and waits until clients are led to it.
    pub async fn start_node(&self, node: usize) -> anyhow::Result<()> {
        let mut program = self.nodes[node].program.lock().await;
        program.start()?;
        program.serves().await.with_context(|| format!("node {node}"))?;
        self.balancer.is_up(node).await;
        Ok(())
    }
}
