//! A running server's store on its way into a database, as the command line asked for it: what it hears meanwhile, and what becomes
//! of the server afterwards.

use std::io::Write;
use std::path::Path;

use anyhow::bail;
use parlance_engine::{Actor, Engine};
use parlance_store::embedded::Copying;
use tokio::sync::mpsc;

use super::act::plain;
use crate::engines::moving::{Target, into_database};
use crate::engines::store::Opened;

/// Lines that wait for a slow reader.
const WAITING: usize = 16;

/// Moves the rows while the server works. It takes no writes any more when this has succeeded, and is to be started anew.
pub async fn moved(
    target: &Target,
    engine: &Engine,
    (opened, folder): (&Opened, &Path),
    stream: impl Write + Send + 'static,
) -> anyhow::Result<String> {
    let Opened::Embedded(store) = opened else {
        bail!("the data is in a PostgreSQL database already: stop all nodes, wait 15 s and run this again");
    };
    engine.audit(Actor::Operator, "admin.migrate", "everything", "").await.map_err(plain)?;
    let copying = Copying::begin(store.clone()).await?;
    let (tell, lines) = mpsc::channel(WAITING);
    let printing = tokio::task::spawn_blocking(move || print(lines, stream));
    let done = into_database(&copying, target, Some(folder), tell).await;
    printing.await?;
    done
}

/// Prints lines until there are no more, or nobody reads them.
fn print(mut lines: mpsc::Receiver<String>, mut stream: impl Write) {
    while let Some(line) = lines.blocking_recv() {
        if writeln!(stream, "{line}").is_err() {
            return;
        }
    }
}
