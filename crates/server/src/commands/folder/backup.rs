//! `parlance backup`: everything durable at one instant in one file, also while the server runs.
//! The file has its name only once it is whole and synced.

use std::fs::{self, File};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::commands::place::Place;
use crate::commands::say::say;
use crate::config::Config;
use crate::control::{Wish, ask};

/// Messages are in it: for the owner only.
const OWNER_ONLY: u32 = 0o600;

/// The flags of `backup`.
#[derive(Args)]
pub struct Backup {
    /// The file to write; it must not be there yet
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    /// Backs up.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.place.settings(Vec::new())?;
        let file = self.file;
        ensure!(!file.exists(), "{} is there already; choose another name", file.display());
        let mut unfinished = file.clone().into_os_string();
        unfinished.push(".unfinished");
        let unfinished = PathBuf::from(unfinished);
        let done = write(&config, &unfinished, &file).await;
        if done.is_err() {
            _ = fs::remove_file(&unfinished);
        }
        say(format_args!("{}: {}", file.display(), done?));
        Ok(())
    }
}

async fn write(config: &Config, unfinished: &Path, file: &Path) -> anyhow::Result<String> {
    let open = File::options().write(true).create_new(true).mode(OWNER_ONLY).open(unfinished);
    let stream = open.with_context(|| format!("cannot write {}", unfinished.display()))?;
    let done = ask(Wish::Backup {}, config, stream.try_clone()?).await?;
    stream.sync_all()?;
    fs::rename(unfinished, file)?;
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(done)
}
