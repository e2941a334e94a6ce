//! `parlance migrate`: all rows of the data folder into a database, also while the server works; of a database into a new folder;
//! or from one database to another. Everything is compared row by row.
//!
//! What the rows come from keeps them, so that one can go back as long as nobody has served the copy.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use parlance_store::embedded::Copying;
use parlance_store::whole::{Contents, Source, Taker, Whole, contents, copy};
use parlance_store::{Embedded, EmbeddedOptions, Postgres};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::schema;
use crate::commands::place::Place;
use crate::commands::say::{output, say};
use crate::config::Config;
use crate::control::{Wish, ask, is_served, nowhere};
use crate::engines::moving::{Target, into_database, take_back};
use crate::engines::store::Opened;

/// Rows that expire within this are copied, but need not be there any more when the copy is compared.
const STEADY: Duration = Duration::from_secs(24 * 60 * 60);
/// Lines that wait to be printed.
const WAITING: usize = 4;
/// How long a server that starts anew is waited for, and how often it is asked.
const BACK: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);

/// The flags of `migrate`.
#[derive(Args)]
pub struct Migrate {
    /// Where everything goes: the URL of an empty PostgreSQL database, or a new folder
    #[arg(long, value_name = "URL or FOLDER")]
    to: String,
    /// Say what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Compare every row once more while nothing is written, instead of what changed since it was compared: a longer pause
    #[arg(long)]
    thorough: bool,
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    /// Copies and compares.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.place.settings(Vec::new())?;
        let database = Target::is_named(&self.to).then(|| Target::of(&self.to, self.thorough, &config.store));
        match database {
            _ if self.dry_run => plan(&config, &self.to, database).await,
            Some(target) if is_served(&config.data) => live(&config, target).await,
            None if is_served(&config.data) => {
                bail!(
                    "a folder is filled while the server is stopped; `parlance backup` and `restore` copy one that runs"
                )
            }
            Some(target) => stopped(&config, &target).await,
            None => into_folder(&config, PathBuf::from(self.to)).await,
        }
    }
}

/// Has the running server move its rows, and waits until it serves them from the database.
async fn live(config: &Config, target: Target) -> anyhow::Result<()> {
    let done = ask(Wish::Migrate { target }, config, output()?).await?;
    let since = Instant::now();
    say(done);
    say(
        "The server starts anew over the database. Set store.url to it before the next start; files stay in the data folder.",
    );
    while since.elapsed() < BACK {
        tokio::time::sleep(LOOK).await;
        if !is_served(&config.data) {
            continue;
        }
        let place = ask(Wish::ShowStore {}, config, nowhere()?).await.unwrap_or_default();
        if place.starts_with("the database") {
            say(format_args!("It serves again from {place}, {} ms later.", since.elapsed().as_millis()));
            return Ok(());
        }
    }
    bail!("the server is not back: set store.url and start it; its log says why it ended")
}

/// The same where no server works.
async fn stopped(config: &Config, target: &Target) -> anyhow::Result<()> {
    take_back(&config.data, target).await?;
    let opened = Opened::open(config.data.clone(), &config.store, false).await?;
    let (tell, mut lines) = mpsc::channel::<String>(WAITING);
    let work = async {
        match &opened {
            Opened::Embedded(store) => {
                let copying = Copying::begin(store.clone()).await?;
                into_database(&copying, target, Some(&config.data), tell).await
            }
            Opened::Postgres { store, .. } => {
                let source: &dyn Source = &**store;
                into_database(source, target, None, tell).await
            }
        }
    };
    let print = async {
        while let Some(line) = lines.recv().await {
            say(line);
        }
    };
    let (done, ()) = tokio::join!(work, print);
    opened.store().close().await?;
    say(done?);
    say("Start the server with store.url set to the database, and this data folder, where files stay.");
    Ok(())
}

async fn into_folder(config: &Config, folder: PathBuf) -> anyhow::Result<()> {
    let opened = Opened::open(config.data.clone(), &config.store, false).await?;
    let from: &dyn Whole = match &opened {
        Opened::Embedded(store) => &**store,
        Opened::Postgres { store, .. } => &**store,
    };
    let done = fill_folder(from, folder).await;
    opened.store().close().await?;
    say(format_args!("{} rows copied and compared", done?.rows));
    say("Start the server with this as its data folder and without store.url; move media/ there, too.");
    Ok(())
}

async fn fill_folder(from: &dyn Whole, folder: PathBuf) -> anyhow::Result<Contents> {
    let (until, into) = (steady_until_ms(), folder.clone());
    let take = async |mut taker: Taker| {
        // The taker comes back from a failure, too: if it ended first, the giver's word would hide why.
        let fill = move || (Embedded::fill(into, &mut taker), taker);
        let (filled, taker) = tokio::task::spawn_blocking(fill)
            .await
            .map_err(|error| parlance_store::Error::Unavailable(error.to_string()))?;
        Ok((filled?, taker.contents()))
    };
    let (filled, copied) = copy(from, until, take).await.context("nothing was copied")?;
    ensure!(copied.rows > 0, "there was nothing to copy: name the server's data folder with --data");
    filled.ready()?;
    let target = Embedded::open(&folder, EmbeddedOptions::default())?;
    let found = contents(&target, until).await?;
    parlance_store::Store::close(&target).await?;
    ensure!(copied == found, "the copy is not the same: do not use it, and try again with a new one");
    Ok(copied)
}

/// Says what would be done.
async fn plan(config: &Config, to: &str, database: Option<Target>) -> anyhow::Result<()> {
    let runs = if is_served(&config.data) { ", while its server works" } else { "" };
    if config.store.url.is_empty() {
        say(format_args!("From the data folder {}{runs}.", config.data.display()));
    } else {
        say("From the database of store.url.");
    }
    let Some(target) = database else {
        say(format_args!("Into the new folder {to}."));
        return Ok(());
    };
    let plan = Postgres::plan(&target.url, &target.options()).await.context("cannot read the database")?;
    let state = match (&plan.filled_from, plan.holds_rows) {
        (Some(from), _) => {
            format!("begun from {from} and not finished: with the same store it would begin anew")
        }
        (None, true) => "with rows already: it would be refused".to_owned(),
        (None, false) => "empty".to_owned(),
    };
    say(format_args!("Into {}, {state}.", plan.database));
    schema::show(&plan);
    say("Nothing was changed.");
    Ok(())
}

fn steady_until_ms() -> i64 {
    parlance_store::Clock::system().now_ms() + STEADY.as_millis() as i64
}
