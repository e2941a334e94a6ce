//! Start-up: picks the concrete store and bus, joins the parts, opens the doors; and the way back.
//!
//! The order of the end is fixed: other nodes take over, no new sockets, connections say goodbye, the engine finishes, the
//! store closes.
//! What is acknowledged is durable before any of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use bytes::Bytes;
use parlance_domain::Rules;
use parlance_engine::{Engine, Options, Parts, Roles};
use parlance_proto::frame::encode_event;
use parlance_proto::{Encoding, Event};
use parlance_store::Store;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::admission::Admission;
use crate::app::{App, Heartbeat};
use crate::config::{self, Config};
use crate::engines::bus::Joined;
use crate::engines::moving::Target;
use crate::engines::store::Opened;
use crate::listener::{self, Certificates, Door, Guests};
use crate::media::{self, Media};
use crate::previews::{Names, Previews, WAITING};
use crate::rates::Rates;
use crate::settings::Running;
use crate::signin::{SignIn, Site};
use crate::tasks::Tasks;
use crate::telemetry::{Figures, UPKEEP, measure_delivery};
use crate::world::{SystemChance, SystemClock, now_ms};
use crate::{control, http};

/// How long requests under way may take when the server is only to start anew: most are refused by now.
const LEAVE: Duration = Duration::from_secs(2);

/// A running server. Dropping it does not stop it; `stop` does.
pub struct Server {
    address: SocketAddr,
    /// Where a client reaches it.
    url: String,
    tasks: Tasks,
    engine: Engine,
    /// Held to the end: the data folder is locked by it.
    opened: Opened,
    /// The way to other nodes.
    joined: Joined,
    /// What TLS is made with.
    certificates: Option<Arc<Certificates>>,
    /// Where its rows have gone, once they have.
    moved: watch::Receiver<Option<Target>>,
    /// How long requests under way may take at the end.
    drain: Duration,
}

impl Server {
    /// Opens the data folder and the doors.
    pub async fn start(config: Config) -> anyhow::Result<Server> {
        Server::start_among(config, Names::default()).await
    }

    /// The same, with link previews among these names instead of those of the internet. For tests.
    pub async fn start_among(config: Config, names: Names) -> anyhow::Result<Server> {
        let figures = Figures::new().map_err(anyhow::Error::msg)?;
        let certificates = Certificates::open(&config.tls).context("TLS")?;
        let tls = certificates.as_ref().map(Certificates::acceptor).transpose().context("TLS")?;
        let socket = TcpListener::bind(config.listen)
            .await
            .with_context(|| format!("cannot listen on {}; choose another with --listen", config.listen))?;
        let address = socket.local_addr()?;
        let joined = Joined::open(&config).await?;
        let opened = Opened::open(config.data.clone(), &config.store, joined.are_several()).await?;
        joined.settle().await;
        let engine = start_engine((opened.store(), &joined, config.roles.0), &config.limits, &config.media);
        joined.settle().await;
        engine.refresh_settings().await.context("reading the settings")?;
        let settings = Running::new(engine.clone(), &config);
        let rates = Rates::new(&config.limits, &config.media);
        rates.apply(&settings.current());
        let tasks = Tasks::default();
        let media = Media::open(engine.clone(), &config.data, &config.media, tasks.clone()).await?;
        let media = Arc::new(media);
        let shelf = media.shelf.clone();
        collect_files(&config, &media, &tasks);
        let previews = Previews::new(engine.clone(), Arc::clone(&media), settings.clone(), names)?;
        tasks.spawn_until_stop(Arc::new(previews).work(engine.links(WAITING), tasks.clone()));
        let app = Arc::new(App {
            engine: engine.clone(),
            sign_in: SignIn::new(engine.clone(), &config, settings.clone()),
            media,
            rates,
            admission: Admission::new(Arc::new(config.limits.clone())),
            settings,
            started_ms: now_ms(),
            heartbeat: Heartbeat::new(&config.limits),
            site: Site::new(&config),
            takes_clients: config.roles.0.gateway,
            figures,
            data: config.data.clone(),
            tasks: tasks.clone(),
            metrics_token: config.metrics.token.clone(),
            metrics_local: config.metrics.token.is_empty() && config.public_url.is_empty(),
        });
        tasks.spawn_until_stop(upkeep(Arc::clone(&app)));
        if let Some(certificates) = &certificates {
            tasks.spawn_until_stop(Arc::clone(certificates).watch());
        }
        let moved = control::open_door(&config.data, &engine, (&opened, &shelf), &tasks)?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let limits = Arc::new(config.limits.clone());
        let door = Door {
            router: http::router(app, &config.web_folder),
            tls,
            proxies: config.trusted_proxies.clone(),
            guests: Guests::new(Arc::clone(&limits)),
            room: Arc::new(Semaphore::new(limits.connections as usize)),
            tasks: tasks.clone(),
        };
        tasks.spawn(listener::accept(socket, Arc::new(door)));
        let drain = Duration::from_secs(config.drain_seconds);
        Ok(Server {
            address,
            url: format!("{scheme}://{address}"),
            tasks,
            engine,
            opened,
            joined,
            certificates,
            moved,
            drain,
        })
    }

    /// The address it listens on, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where a client on this machine reaches it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Takes the certificate files as they are now. What cannot be used changes nothing.
    pub fn reload_certificates(&self) {
        if let Some(certificates) = &self.certificates {
            certificates.reload();
        }
    }

    /// Resolves when the store can no longer be trusted; the program must end then.
    pub async fn failed(&self) -> parlance_store::Error {
        self.opened.store().failed().await
    }

    /// Resolves when the rows have gone to a database. The store takes no writes any more: the server must end, and start
    /// anew over that one.
    pub async fn moved(&self) -> Target {
        let mut moved = self.moved.clone();
        match moved.wait_for(Option::is_some).await.ok().and_then(|target| target.clone()) {
            Some(target) => target,
            None => std::future::pending().await,
        }
    }

    /// Ends after the rows have gone. Nothing can be written any more; what was not yet passed on, the next start finds.
    pub async fn leave(self) -> anyhow::Result<()> {
        self.tasks.stop();
        self.tasks.wait(LEAVE).await;
        self.engine.crash();
        self.opened.store().close().await.context("closing the store")
    }

    /// Stops: other nodes take over first, then doors, the engine, the store.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.engine.hand_over().await;
        self.tasks.stop();
        if !self.tasks.wait(self.drain).await {
            tracing::warn!(
                seconds = self.drain.as_secs(),
                "some requests were still under way and are cut off"
            );
        }
        self.engine.stop().await;
        self.joined.close().await;
        self.opened.store().close().await.context("closing the store")
    }
}

/// An engine on this store, with this way to other nodes and these roles among them.
pub fn start_engine(
    (store, joined, roles): (Arc<dyn Store>, &Joined, Roles),
    limits: &config::Limits,
    media: &config::Media,
) -> Engine {
    let parts = Parts {
        store,
        bus: joined.bus(),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        encode,
    };
    let rules = Rules {
        recall_window_ms: i64::from(limits.recall_window_minutes) * 60_000,
        keep_ms: Some(u64::from(limits.keep_messages_days) * 86_400_000).filter(|keep_ms| *keep_ms > 0),
        edit_window_ms: i64::from(limits.edit_window_minutes) * 60_000,
        ..Rules::default()
    };
    let file_grace_ms = i64::from(media.grace_seconds) * 1_000;
    let alone = !joined.are_several();
    Engine::start(parts, Options { alone, roles, rules, file_grace_ms, ..Options::default() })
}

/// How events are written for connections; the slot is the encoding.
fn encode(slot: usize, event: &Event) -> Bytes {
    if let Event::Entry { entry, .. } = event {
        measure_delivery(entry.time_ms);
    }
    encode_event(Encoding::ALL[slot % Encoding::ALL.len()], event).into()
}

/// Has files collected that nobody needs, if that is for this node to do.
fn collect_files(config: &Config, media: &Arc<Media>, tasks: &Tasks) {
    let pause = Duration::from_secs(config.media.collect_seconds.max(1).into());
    if config.roles.0.worker {
        tasks.spawn(media::collect(Arc::clone(media), pause));
    }
}

async fn upkeep(app: Arc<App>) {
    let mut due = tokio::time::interval(UPKEEP);
    loop {
        due.tick().await;
        app.figures.settle();
        app.rates.tidy();
        app.sign_in.tidy();
        match app.engine.refresh_settings().await {
            Ok(true) => app.rates.apply(&app.settings.current()),
            Ok(false) => {}
            Err(error) => tracing::debug!(%error, "the settings stay as they were last read"),
        }
    }
}
