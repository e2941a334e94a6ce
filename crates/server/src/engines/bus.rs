//! The bus the server is joined with: of this process alone, or NATS where several nodes serve together.
//! A node never waits long for NATS: without it, it serves, and what others do is seen later.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use parlance_bus::{Bus, Local, Nats, NatsOptions};
use parlance_engine::{Hint, Roles};
use tokio::time::Instant;

use crate::config::Config;

/// Why a bus between nodes does not go with a data folder.
pub const NEEDS_DATABASE: &str = "bus.url needs store.url: nodes that serve together keep everything in one PostgreSQL database, and \
     a data folder is one server's only";
/// Why a server that is alone has all roles.
pub const NEEDS_OTHERS: &str = "roles can be left to other nodes only: a server without bus.url is alone and needs gateway, owner and worker";
/// How long a start waits for NATS.
const PATIENCE: Duration = Duration::from_secs(3);
/// It looks this often.
const LOOK: Duration = Duration::from_millis(10);

/// The bus of a node.
pub enum Joined {
    /// It is alone.
    Alone(Arc<Local<Hint>>),
    /// There may be others.
    Nats(Arc<Nats<Hint>>),
}

impl Joined {
    /// A program that has the store for itself.
    pub fn alone() -> Joined {
        Joined::Alone(Arc::default())
    }

    /// Joins what the settings name.
    pub async fn open(config: &Config) -> anyhow::Result<Joined> {
        let settings = &config.bus;
        if settings.url.is_empty() {
            ensure!(config.roles.0 == Roles::ALL, NEEDS_OTHERS);
            return Ok(Joined::alone());
        }
        ensure!(!config.store.url.is_empty(), NEEDS_DATABASE);
        let options = NatsOptions {
            servers: settings.url.expose().to_owned(),
            name: settings.node.clone(),
            prefix: settings.prefix.clone(),
            authorities: Some(settings.authorities.clone()).filter(|path| !path.as_os_str().is_empty()),
        };
        let nats = Nats::open(options, Hint::WIRE).await.context("bus.url")?;
        if config.media.s3_bucket.is_empty() {
            tracing::warn!(
                "files that people send here stay on this node: set media.s3_bucket, so that all nodes have them"
            );
        }
        Ok(Joined::Nats(Arc::new(nats)))
    }

    /// Whether there may be other nodes.
    pub fn are_several(&self) -> bool {
        matches!(self, Joined::Nats(_))
    }

    /// What the engine is joined with.
    pub fn bus(&self) -> Arc<dyn Bus<Hint>> {
        match self {
            Joined::Alone(local) => Arc::clone(local) as Arc<dyn Bus<Hint>>,
            Joined::Nats(nats) => Arc::clone(nats) as Arc<dyn Bus<Hint>>,
        }
    }

    /// Waits until the others are heard, for a moment: before the engine starts, so that its first word gets through, and
    /// after, so that the first connection is live.
    pub async fn settle(&self) {
        let Joined::Nats(nats) = self else { return };
        let until = Instant::now() + PATIENCE;
        while !nats.is_settled() {
            if Instant::now() >= until {
                tracing::warn!("NATS is not there yet: this node serves, but sees late what others do");
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Sends the last words.
    pub async fn close(&self) {
        if let Joined::Nats(nats) = self {
            nats.close().await;
        }
    }
}
