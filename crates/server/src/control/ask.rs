//! The command's end: through the running server if there is one, else with the folder in its own hands.
//! The store's lock decides who has the folder, so that the two can never both.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

use anyhow::{Context as _, bail};
use parlance_engine::Roles;

use super::act::act;
use super::chunks::read_all;
use super::{Outcome, Wish, socket};
use crate::config::Config;
use crate::engines::bus::Joined;
use crate::engines::store::Opened;
use crate::media::Shelf;
use crate::server::start_engine;

/// Whether a server works on this folder.
pub fn is_served(folder: &Path) -> bool {
    UnixStream::connect(socket(folder)).is_ok()
}

/// Has it done and answers what was done. A backup is written to `stream`.
pub async fn ask(wish: Wish, config: &Config, stream: File) -> anyhow::Result<String> {
    match UnixStream::connect(socket(&config.data)) {
        Ok(server) => tokio::task::spawn_blocking(move || of_server(&wish, server, stream)).await?,
        Err(_) => alone(wish, config, stream).await,
    }
}

fn of_server(wish: &Wish, mut server: UnixStream, mut stream: File) -> anyhow::Result<String> {
    let mut line = serde_json::to_vec(wish)?;
    line.push(b'\n');
    server.write_all(&line)?;
    let outcome = read_all(&mut BufReader::new(server), &mut stream);
    match outcome.context("the server's answer ended early")? {
        Outcome::Done(done) => Ok(done),
        Outcome::Failed(why) => bail!(why),
    }
}

async fn alone(wish: Wish, config: &Config, stream: File) -> anyhow::Result<String> {
    let opened = Opened::open(config.data.clone(), &config.store, false).await?;
    let engine = start_engine((opened.store(), &Joined::alone(), Roles::ALL), &config.limits, &config.media);
    let shelf = Shelf::of(&config.data, &config.media);
    let done = act(wish, &engine, (&opened, &shelf), stream).await;
    engine.stop().await;
    opened.store().close().await.context("closing the store")?;
    done
}

/// Where the stream of a wish without one goes.
pub fn nowhere() -> io::Result<File> {
    File::options().write(true).open("/dev/null")
}
