//! `parlance restore`: a backup into a new data folder, verified on the way.
//! A folder with something in it is refused; one that was not finished does not open.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use parlance_store::Embedded;

use crate::commands::place::Place;
use crate::commands::say::say;

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
        let folder = self.place.folder("restore it with PostgreSQL's own programs")?;
        let backup =
            File::open(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let into = folder.clone();
        let work = move || Embedded::restore(BufReader::new(backup), into);
        let report = tokio::task::spawn_blocking(work).await?.context("the backup was not restored")?;
        let rows = report.tally.fenced_rows + report.tally.register_rows + report.tally.blind_rows;
        say(format_args!("{}: {rows} rows restored and verified", folder.display()));
        Ok(())
    }
}
