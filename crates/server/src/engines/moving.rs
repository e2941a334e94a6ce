//! Moving a store into a database: the copy, the note in the data folder that its rows have gone, and then the word in the database
//! that it has them all.
//!
//! In this order: whatever is cut off in between, never do both believe to have the rows.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use parlance_store::whole::Source;
use parlance_store::whole::mover::{Mover, Progress, Stage};
use parlance_store::{Postgres, PostgresOptions, Store as _};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::config;

/// The note in a data folder whose rows have gone.
const MOVED: &str = "moved";
/// Reports that wait for whoever is told.
const WAITING: usize = 4;
/// How often somebody is told how far it is.
const TELL: Duration = Duration::from_secs(1);

/// A database to fill.
#[derive(Clone, Serialize, Deserialize)]
pub struct Target {
    /// Its URL, with the password.
    pub url: String,
    /// Who may vouch for it, if it asks for TLS.
    pub authorities: PathBuf,
    /// Whether every row is compared once more while nothing is written.
    pub thorough: bool,
}

impl Target {
    /// How it is opened.
    pub fn options(&self) -> PostgresOptions {
        PostgresOptions {
            authorities: Some(self.authorities.clone()).filter(|path| !path.as_os_str().is_empty()),
            filling: true,
            ..PostgresOptions::default()
        }
    }

    /// Whether a text names a database, and not a folder.
    pub fn is_named(to: &str) -> bool {
        ["postgres://", "postgresql://"].iter().any(|scheme| to.starts_with(scheme))
    }

    /// The database that a text names, opened as the settings say.
    pub fn of(to: &str, thorough: bool, settings: &config::Store) -> Target {
        Target { url: to.to_owned(), authorities: settings.authorities.clone(), thorough }
    }
}

/// Moves everything into the database. `folder` is left with a note if the rows are in it. Each line of `tell` says how far
/// it is; if nobody takes them any more, it ends, and the store goes on as before.
pub async fn into_database(
    from: &dyn Source,
    target: &Target,
    folder: Option<&Path>,
    tell: mpsc::Sender<String>,
) -> anyhow::Result<String> {
    let to = Postgres::open(&target.url, target.options()).await.context("cannot open the database")?;
    let done = fill(from, (&to, target.thorough), folder, tell).await;
    let closed = to.close().await;
    let done = done?;
    closed?;
    Ok(done)
}

async fn fill(
    from: &dyn Source,
    (to, thorough): (&Postgres, bool),
    folder: Option<&Path>,
    tell: mpsc::Sender<String>,
) -> anyhow::Result<String> {
    let (progress, told) = mpsc::channel(WAITING);
    let last_word = tell.clone();
    let work = async move {
        let mut mover = Mover::begin(from, to, progress).await?;
        mover.copy().await?;
        mover.settle(thorough).await
    };
    let (moved, ()) = tokio::join!(work, report(told, tell));
    let moved = moved.context("it was not moved, and everything is as it was")?;
    ensure!(moved.rows > 0, "there was nothing to copy: name the server's data folder with --data");
    let note = folder.map(|folder| folder.join(MOVED));
    let marked = match &note {
        Some(note) => leave(note, format!("{}\n", to.name())).await,
        None => Ok(()),
    };
    let finished = match marked {
        Ok(()) => finish(to, &last_word).await,
        Err(error) => {
            Err(error).context("everything was copied, but the data folder cannot be marked as moved")
        }
    };
    if let Err(error) = finished {
        // The database does not open for anybody, so the folder is still the only place of the rows.
        if let Some(note) = &note {
            let by_hand =
                || format!("{error:#}; and {} is left: remove it before the next start", note.display());
            take_away(note).await.with_context(by_hand)?;
        }
        return Err(error);
    }
    from.leave_held();
    Ok(format!(
        "{} rows copied and compared, {} changed meanwhile, {} of them at the end; nothing was written for {} ms",
        moved.rows,
        moved.changed,
        moved.last,
        moved.since.elapsed().as_millis()
    ))
}

/// Tells the database that it has everything. If the answer is lost, it is asked until it says which one goes on, and nothing is
/// written to either meanwhile. Fails only where the database is known not to open.
async fn finish(to: &Postgres, tell: &mpsc::Sender<String>) -> anyhow::Result<()> {
    let Err(error) = to.finish_filling().await else { return Ok(()) };
    tracing::warn!(%error, "everything was copied, but whether the database knows is not certain: nothing is written until it answers");
    _ = tell.try_send(
        "the database does not answer whether it has everything: nothing is written until it does".into(),
    );
    loop {
        match to.is_filled().await {
            Ok(true) => return Ok(()),
            Ok(false) => {
                return Err(error).context("everything was copied, but the database could not be told so");
            }
            Err(error) => tracing::debug!(%error, "asking the database again"),
        }
        tokio::time::sleep(TELL).await;
    }
}

/// Tells how far it is, at most once a second for one stage.
async fn report(mut told: mpsc::Receiver<Progress>, tell: mpsc::Sender<String>) {
    let mut last: Option<(Stage, Instant)> = None;
    while let Some(Progress { stage, rows }) = told.recv().await {
        if last.is_some_and(|(before, at)| before == stage && at.elapsed() < TELL) {
            continue;
        }
        last = Some((stage, Instant::now()));
        let doing = match stage {
            Stage::Copying => "copying",
            Stage::Comparing => "comparing",
            Stage::Searching => "comparing the other way",
            Stage::CatchingUp => "catching up with what changes",
        };
        if tell.send(format!("{doing}: {rows} rows")).await.is_err() {
            return;
        }
    }
}

/// Leaves the note, whole or not at all.
async fn leave(note: &Path, text: String) -> anyhow::Result<()> {
    let note = note.to_owned();
    let write = move || {
        let half = note.with_extension("half");
        fs::write(&half, text)?;
        fs::File::open(&half)?.sync_all()?;
        fs::rename(&half, &note)?;
        sync_names(&note)
    };
    Ok(tokio::task::spawn_blocking(write).await??)
}

/// Removes the note, and what there is of one that was not left.
async fn take_away(note: &Path) -> anyhow::Result<()> {
    let note = note.to_owned();
    let remove = move || {
        _ = fs::remove_file(note.with_extension("half"));
        match fs::remove_file(&note) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => sync_names(&note),
        }
    };
    Ok(tokio::task::spawn_blocking(remove).await??)
}

/// Makes the names beside this file durable.
fn sync_names(file: &Path) -> std::io::Result<()> {
    fs::File::open(file.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// Removes the note of a move that was cut off before the database was told that it has everything, so that it can begin anew.
/// What was sent to the database then can do nothing any more.
pub async fn take_back(folder: &Path, target: &Target) -> anyhow::Result<()> {
    let note = folder.join(MOVED);
    let Ok(to) = tokio::fs::read_to_string(&note).await else { return Ok(()) };
    let plan = Postgres::plan(&target.url, &target.options()).await.context("cannot read the database")?;
    if plan.filled_from.is_none() || plan.database != to.trim_end() {
        return Ok(());
    }
    let database = Postgres::open(&target.url, target.options()).await.context("cannot open the database")?;
    let filled = database.is_filled().await;
    database.close().await?;
    if !filled.context("whether the database has everything is not certain")? {
        take_away(&note).await?;
    }
    Ok(())
}

/// Refuses a data folder whose rows have gone.
pub fn refuse_moved(folder: &Path) -> anyhow::Result<()> {
    let note = folder.join(MOVED);
    let Ok(to) = fs::read_to_string(&note) else { return Ok(()) };
    bail!(
        "the rows of {} were moved to {}: set store.url to it, or run `parlance migrate` again if it says that it does not have \
         everything yet. To go back to what the folder had then, and lose what came \
         later, delete {}",
        folder.display(),
        to.trim_end(),
        note.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_note_is_left_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let note = folder.path().join(MOVED);
        fs::create_dir(note.with_extension("half")).unwrap();
        assert!(leave(&note, "the database".into()).await.is_err());
        refuse_moved(folder.path()).unwrap();
        fs::remove_dir(note.with_extension("half")).unwrap();
        leave(&note, "the database".into()).await.unwrap();
        let refused = refuse_moved(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("moved to the database: set store.url"), "{refused}");
        for _ in 0..2 {
            take_away(&note).await.unwrap();
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}
