//! A reconnect storm: all clients are cut at once, and once more when the server is killed and started again. Measured is the
//! time until each is signed in and has caught up, and whether any of them would have shown an error.
//!
//! Clients are the Rust SDK's. Half of them miss a message meanwhile and count when they have it.

mod crowd;
mod relay;

use std::time::{Duration, Instant};

use anyhow::ensure;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use hdrhistogram::Histogram;
use parlance_proto::{Body, Sync};
use parlance_sdk::{Client, Options, Status, Update, Updates};
use tokio::sync::watch;
use tokio::task::JoinSet;

use self::crowd::{Crowd, GROUP, Seat};
use self::relay::Relay;
use super::plan::Plan;
use super::process::{Process, raise_files};
use super::report::{Report, histogram};

/// Clients that connect at once in the beginning.
const AT_ONCE: usize = 256;
/// Files of this process for each client: its own end, and both of the relay's.
const FILES: u64 = 3;
/// Files that this process needs besides.
const OTHER_FILES: u64 = 300;
/// All clients must have caught up within this time after the cut.
const ASKED: Duration = Duration::from_secs(30);
/// How long is waited for the last.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long the server stays down when it is killed.
const DOWN: Duration = Duration::from_secs(2);
/// Between two measurements, so that derived work of the one is not in the other.
const CALM: Duration = Duration::from_secs(5);

/// What a client came to after a cut.
struct Back {
    after: Duration,
    /// What a person would have been shown.
    errors: u64,
}

/// Measures on a server of its own.
pub async fn reconnects(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let room = raise_files().saturating_sub(OTHER_FILES) / FILES;
    let count = plan.storm_clients.min(room as usize) / GROUP * GROUP;
    ensure!(count > 0, "this process may open too few files for a storm");
    let folder = tempfile::tempdir()?;
    let crowd = Crowd::settle(&folder.path().join("data"), count).await?;
    let mut server = Process::server(folder.path()).await?;
    let relay = Relay::open(server.address())?;
    let clients = connect(&crowd, &relay, count).await?;
    report.count("storm_clients", count as u64);
    tokio::time::sleep(CALM).await;

    let mut storm = Storm::begin(clients, "cut");
    let deferred = deferred(&server).await?;
    let began = Instant::now();
    relay.cut();
    crowd.news(server.address(), "cut").await?;
    let (times, errors) = storm.over(began).await?;
    report.count("storm_cut_deferred", self::deferred(&server).await?.saturating_sub(deferred));
    tell(report, "storm_cut", &times, errors);
    let clients = storm.clients;
    tokio::time::sleep(CALM).await;

    storm = Storm::begin(clients, "restart");
    server.kill()?;
    relay.cut();
    tokio::time::sleep(DOWN).await;
    server = Process::server(folder.path()).await?;
    let began = Instant::now();
    relay.lead_to(server.address());
    crowd.news(server.address(), "restart").await?;
    let (after, more) = storm.over(began).await?;
    report.count("storm_restart_deferred", self::deferred(&server).await?);
    tell(report, "storm_restart", &after, more);
    for (name, times, errors) in [("cut", times, errors), ("restart", after, more)] {
        let most = Duration::from_micros(times.max());
        ensure!(most <= ASKED && errors == 0, "{name}: the last after {most:?}, {errors} errors");
    }
    Ok(())
}

fn tell(report: &mut Report, name: &str, times: &Histogram<u64>, errors: u64) {
    report.times(&format!("{name}_synced"), times);
    report.count(&format!("{name}_errors"), errors);
}

/// All clients, signed in.
async fn connect(crowd: &Crowd, relay: &Relay, count: usize) -> anyhow::Result<Vec<Member>> {
    let url = format!("http://{}", relay.address());
    let one = |number: usize| {
        let (url, seat) = (url.clone(), crowd.seat(number));
        async move { Member::connect(&url, seat).await }
    };
    stream::iter(0..count).map(one).buffer_unordered(AT_ONCE).try_collect().await
}

/// How many connections the server has told to come back.
async fn deferred(server: &Process) -> anyhow::Result<u64> {
    let text = reqwest::get(format!("http://{}/metrics", server.address())).await?.text().await?;
    let line =
        text.lines().find(|line| line.starts_with("parlance_admissions_total") && line.contains("deferred"));
    Ok(line.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).unwrap_or_default() as u64)
}

/// A client and what it reads.
struct Member {
    client: Client,
    /// Of those who wait for news.
    updates: Option<Updates>,
}

impl Member {
    async fn connect(url: &str, seat: Seat) -> anyhow::Result<Member> {
        let options = Options {
            // A first connection may meet the limit, too.
            connect_timeout_ms: PATIENCE.as_millis() as u64,
            ..Options::default()
        };
        let client = Client::connect(url, &seat.token, options).await?;
        let updates = if seat.hears { Some(client.updates()?) } else { None };
        Ok(Member { client, updates })
    }

    /// Waits until it is back and has caught up.
    async fn back(
        mut self,
        began: &mut watch::Receiver<Option<Instant>>,
        news: &str,
    ) -> (Member, Option<Back>) {
        let mut status = self.client.status();
        let since = match &*status.borrow() {
            Status::Online(hello) => hello.user_index,
            _ => 0,
        };
        let lost = status.wait_for(|status| !matches!(status, Status::Online(_))).await.is_ok();
        let online = status.wait_for(|status| !matches!(status, Status::Offline { .. })).await;
        let mut errors = u64::from(!lost);
        let ended = online.is_ok_and(|status| !matches!(&*status, Status::Online(_)));
        errors += u64::from(ended);
        if let Some(updates) = &mut self.updates {
            while let Some(update) = updates.next().await {
                let Update::Entry { entry, .. } = update else { continue };
                if matches!(entry.body, Body::Text { text } if text == news) {
                    break;
                }
            }
        } else {
            let sync = Sync { since: Some(since), limit: None, wait_ms: None };
            errors += u64::from(self.client.call(sync).await.is_err());
        }
        let now = Instant::now();
        let Ok(Some(began)) = began.wait_for(Option::is_some).await.map(|began| *began) else {
            return (self, None);
        };
        let after = now.saturating_duration_since(began);
        (self, Some(Back { after, errors }))
    }
}

/// A storm that is about to begin.
struct Storm {
    coming: JoinSet<(Member, Option<Back>)>,
    began: watch::Sender<Option<Instant>>,
    /// Those who are back.
    clients: Vec<Member>,
}

impl Storm {
    /// All clients wait for it.
    fn begin(clients: Vec<Member>, news: &'static str) -> Storm {
        let began = watch::Sender::new(None);
        let mut coming = JoinSet::new();
        for client in clients {
            let mut began = began.subscribe();
            coming.spawn(async move { client.back(&mut began, news).await });
        }
        Storm { coming, began, clients: Vec::new() }
    }

    /// Waits until everybody is back: the times since it began, and what people would have been shown.
    async fn over(&mut self, began: Instant) -> anyhow::Result<(Histogram<u64>, u64)> {
        self.began.send_replace(Some(began));
        let (mut times, mut errors) = (histogram(), 0);
        let all = async {
            while let Some(back) = self.coming.join_next().await {
                let (member, back) = back?;
                self.clients.push(member);
                if let Some(back) = back {
                    times.saturating_record(back.after.as_micros() as u64);
                    errors += back.errors;
                }
            }
            anyhow::Ok(())
        };
        let in_time = tokio::time::timeout(PATIENCE, all).await;
        ensure!(in_time.is_ok(), "{} clients did not come back within {PATIENCE:?}", self.coming.len());
        in_time??;
        Ok((times, errors))
    }
}
