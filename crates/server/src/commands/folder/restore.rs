//! `parlance restore`: a backup into a new data folder, verified on the way.
//! A folder with something in it is refused; one that was not finished does not open.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use parlance_blob::Folder;
use parlance_store::Embedded;
use tokio::runtime::Handle;

use crate::commands::place::Place;
use crate::commands::say::say;
use crate::config::Config;
use crate::media::{Shelf, archive};
use crate::store::Opened;

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
        let (mut backup, rows_from) = (open()?, open()?);
        let into = config.data.clone();
        let work = move || {
            let begin = archive::begins(&mut backup)?;
            if let Some(begin) = begin {
                // Before anything is written: a damaged backup leaves nothing behind.
                archive::read(&mut backup, begin, |_, _| Ok(()))?;
            }
            let rows = BufReader::new(rows_from.take(begin.unwrap_or(u64::MAX)));
            let report = Embedded::restore(rows, into)?;
            anyhow::Ok((report, begin, backup))
        };
        let done = tokio::task::spawn_blocking(work).await?.context("the backup was not restored")?;
        let (report, begin, backup) = done;
        let rows = report.tally.fenced_rows + report.tally.register_rows + report.tally.blind_rows;
        let files = match begin {
            Some(begin) => files(backup, begin, &config).await.with_context(|| {
                format!("the files were not restored: remove {} and restore again", config.data.display())
            })?,
            None => 0,
        };
        say(format_args!("{}: {rows} rows and {files} files restored and verified", config.data.display()));
        Ok(())
    }
}

/// Puts the files of a backup into their folder, those that a restored row names.
async fn files(mut backup: File, begin: u64, config: &Config) -> anyhow::Result<u64> {
    let Some(folder) = Shelf::of(&config.data, &config.media).folder else {
        bail!(
            "the settings keep files in an object store, and the backup has them: restore without the bucket"
        );
    };
    let opened = Opened::open(config.data.clone(), &config.store).await?;
    let (store, runtime) = (opened.store(), Handle::current());
    let work = move || {
        let folder = Folder::open(folder)?;
        let mut kept = 0;
        archive::read(&mut backup, begin, |digest, content| {
            // What came after the instant of the rows nobody would ever look for.
            if runtime.block_on(parlance_engine::has_bytes(&*store, &digest.0))? {
                folder.take_in(&digest, content)?;
                kept += 1;
            }
            Ok(())
        })?;
        anyhow::Ok(kept)
    };
    let kept = tokio::task::spawn_blocking(work).await?;
    opened.store().close().await?;
    kept
}
