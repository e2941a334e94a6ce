//! `parlance restore`: a backup into a new data folder, verified on the way.
//! A folder with something in it is refused; one that was not finished does not open.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use parlance_blob::{Blobs as _, Digest, Folder};
use parlance_store::Embedded;
use parlance_store::embedded::Tally;

use crate::commands::place::Place;
use crate::commands::say::say;
use crate::config::Config;
use crate::engines::store::Opened;
use crate::media::{Shelf, archive};

/// The flags of `restore`.
#[derive(Args)]
pub struct Restore {
    /// The backup
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Restore {
    /// Restores.
    pub async fn run(self) -> anyhow::Result<()> {
        self.place.folder("restore it with PostgreSQL's own programs")?;
        let config = self.place.settings(Vec::new())?;
        let named = self.file.display().to_string();
        let open = || File::open(&self.file).with_context(|| format!("cannot read {named}"));
        let backup = (open()?, open()?);
        let (into, shelf) = (config.data.clone(), Shelf::of(&config.data, &config.media).folder);
        let work = tokio::task::spawn_blocking(move || restore(backup, into, shelf));
        let (tally, files) = work.await?.context("the backup was not restored")?;
        let rows = tally.fenced_rows + tally.register_rows + tally.blind_rows;
        let files = match files {
            Some(brought) => needed(brought, &config).await?,
            None => 0,
        };
        say(format_args!("{}: {rows} rows and {files} files restored and verified", config.data.display()));
        Ok(())
    }
}

/// Files that were not there before.
struct Brought {
    folder: Folder,
    digests: Vec<Digest>,
}

/// Restores the rows, and the files of a backup that has some into `shelf`. It blocks.
fn restore(
    (mut backup, rows_from): (File, File),
    into: PathBuf,
    shelf: Option<PathBuf>,
) -> anyhow::Result<(Tally, Option<Brought>)> {
    let begin = archive::begins(&mut backup)?;
    let files = match (begin, shelf) {
        (None, _) => None,
        (Some(begin), Some(folder)) => Some((begin, folder)),
        (Some(_), None) => bail!(
            "the settings keep files in an object store, and the backup has them: restore without the bucket"
        ),
    };
    if let Some((begin, _)) = &files {
        // Before anything is written: a damaged backup leaves nothing behind.
        archive::read(&mut backup, *begin, |_, _| Ok(()))?;
    }
    let rows = BufReader::new(rows_from.take(begin.unwrap_or(u64::MAX)));
    let (restored, report) = Embedded::restore(rows, into)?;
    let folder = match files {
        Some((begin, folder)) => {
            let folder = Folder::open(folder)?;
            let mut digests = Vec::new();
            archive::read(&mut backup, begin, |digest, content| {
                // What was there before may be another server's.
                let is_new = folder.kept(&digest).is_err();
                folder.take_in(&digest, content)?;
                digests.extend(is_new.then_some(digest));
                Ok(())
            })?;
            Some(Brought { folder, digests })
        }
        None => None,
    };
    restored.ready()?;
    Ok((report.tally, folder))
}

/// Lets go of the files brought that came after the instant of the rows, which nobody would ever look for; how many remain.
async fn needed(brought: Brought, config: &Config) -> anyhow::Result<u64> {
    let opened = Opened::open(config.data.clone(), &config.store, false).await?;
    let store = opened.store();
    let mut kept = 0;
    for digest in brought.digests {
        if parlance_engine::has_bytes(&*store, &digest.0).await? {
            kept += 1;
        } else {
            brought.folder.erase(&digest).await?;
        }
    }
    store.close().await?;
    Ok(kept)
}
