//! `parlance migrate`: all rows of the data folder into a database, of a database into a new folder, or from one database to
//! another; compared row by row afterwards. The server must not be running meanwhile.
//!
//! What the copy comes from is not changed, so that one can go back to it as long as nobody has served the copy.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use clap::Args;
use parlance_store::whole::{Contents, Taker, Whole, contents, copy};
use parlance_store::{Embedded, EmbeddedOptions, Postgres};

use crate::commands::place::Place;
use crate::commands::say::say;
use crate::config::Config;
use crate::engines::store::{Opened, postgres_options};

/// Rows that expire within this are copied, but need not be there any more when the copy is compared.
const STEADY: Duration = Duration::from_secs(24 * 60 * 60);

/// The flags of `migrate`.
#[derive(Args)]
pub struct Migrate {
    /// Where everything goes: the URL of an empty PostgreSQL database, or a new folder
    #[arg(long, value_name = "URL or FOLDER")]
    to: String,
    #[command(flatten)]
    place: Place,
}

impl Migrate {
    /// Copies and compares.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.place.settings(Vec::new())?;
        let opened = Opened::open(config.data.clone(), &config.store, false).await?;
        let from: &dyn Whole = match &opened {
            Opened::Embedded(store) => &**store,
            Opened::Postgres { store, .. } => &**store,
        };
        let into_database = ["postgres://", "postgresql://"].iter().any(|scheme| self.to.starts_with(scheme));
        let copied = if into_database {
            into_postgres(from, &self.to, &config).await
        } else {
            into_folder(from, PathBuf::from(&self.to)).await
        };
        opened.store().close().await?;
        say(format_args!("{} rows copied and compared", copied?.rows));
        if into_database {
            say(format_args!(
                "Start the server with store.url set to the database, and this data folder, where files stay."
            ));
        } else {
            say(format_args!(
                "Start the server with this as its data folder and without store.url; move media/ there, too."
            ));
        }
        Ok(())
    }
}

async fn into_postgres(from: &dyn Whole, url: &str, config: &Config) -> anyhow::Result<Contents> {
    let target =
        Postgres::open(url, postgres_options(&config.store)).await.context("cannot open the database")?;
    let until = steady_until_ms();
    let take = async |mut taker: Taker| {
        target.fill(&mut taker).await?;
        Ok(taker.contents())
    };
    let done = match copy(from, until, take).await {
        Ok(copied) => contents(&target, until)
            .await
            .map(|found| (copied, found))
            .context("everything was copied, but could not be compared: empty the database and try again"),
        Err(error) => Err(error).context("nothing was copied"),
    };
    parlance_store::Store::close(&target).await?;
    same(done?)
}

async fn into_folder(from: &dyn Whole, folder: PathBuf) -> anyhow::Result<Contents> {
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
    filled.ready()?;
    let target = Embedded::open(&folder, EmbeddedOptions::default())?;
    let found = contents(&target, until).await?;
    parlance_store::Store::close(&target).await?;
    same((copied, found))
}

fn same((copied, found): (Contents, Contents)) -> anyhow::Result<Contents> {
    ensure!(copied == found, "the copy is not the same: do not use it, and try again with a new one");
    ensure!(copied.rows > 0, "there was nothing to copy: name the server's data folder with --data");
    Ok(copied)
}

fn steady_until_ms() -> i64 {
    parlance_store::Clock::system().now_ms() + STEADY.as_millis() as i64
}
