//! Moves a store into a database while it is written to: a copy, a comparison of every row both ways, and a short stand in which
//! what changed last is copied and compared.
//!
//! Only one task writes to the database, and always what it has just read. A row that changes is named after that, so it is
//! copied and compared again; a row that was found the same and is named no more is the same at the end.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use super::{Rows, Source};
use crate::{Clock, Error, Family, Postgres, RowKey};

/// So many rows left to compare are few: the stand may begin.
const FEW: usize = 1_000;
/// So many are compared before anything else is done.
const MANY: usize = 200_000;
/// Rounds of catching up before the stand begins all the same.
const ROUNDS: usize = 20;
/// Rows read, written and compared at once.
const CHUNK: usize = 500;
/// The stand ends after so long, whatever is left: better another try than a server that is dumb.
const STAND: Duration = Duration::from_secs(30);
/// Rows that differ during the stand are looked at so often: one may expire while it is compared.
const LOOKS: usize = 3;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Rows that are done.
    pub rows: u64,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Rows go into the database.
    Copying,
    /// Each row is compared with its copy.
    Comparing,
    /// Each row of the database is looked for in the store.
    Searching,
    /// What changed meanwhile is copied and compared.
    CatchingUp,
}

/// What was moved.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    /// Rows of the database.
    pub rows: u64,
    /// Rows that changed while they were copied, once each time.
    pub changed: u64,
    /// Rows that were copied or compared while the store stood still.
    pub last: u64,
    /// Since when it stands still.
    pub since: Instant,
}

/// A move under way.
pub struct Mover<'a> {
    from: &'a dyn Source,
    to: &'a Postgres,
    /// Who is told how far it is. If nobody listens any more, it ends.
    tell: mpsc::Sender<Progress>,
    clock: Clock,
    /// Rows that may differ: changed, or not yet found the same.
    doubtful: HashSet<RowKey>,
    changed: u64,
    rows: u64,
}

impl<'a> Mover<'a> {
    /// Begins anew: the database must be empty, or hold what is left of an earlier try with the same store.
    pub async fn begin(
        from: &'a dyn Source,
        to: &'a Postgres,
        tell: mpsc::Sender<Progress>,
    ) -> Result<Mover<'a>, Error> {
        to.begin_filling(&from.name()).await?;
        let clock = Clock::system();
        Ok(Mover { from, to, tell, clock, doubtful: HashSet::new(), changed: 0, rows: 0 })
    }

    /// Copies and compares everything, until little is left that changes meanwhile. The store goes on working.
    pub async fn copy(&mut self) -> Result<(), Error> {
        self.walk(Stage::Copying).await?;
        // Each row is compared from here on, whatever happened to it before.
        self.doubtful.clear();
        self.walk(Stage::Comparing).await?;
        self.rows = self.walk(Stage::Searching).await?;
        for _ in 0..ROUNDS {
            self.catch_up().await?;
            self.told(Stage::CatchingUp, self.changed).await?;
            if self.doubtful.len() <= FEW {
                break;
            }
            self.compare_doubtful().await?;
        }
        Ok(())
    }

    /// Has the store stand still, copies what is left and proves that both are the same: what changed since it was last
    /// compared, or `thorough`ly each row once more. The database is not [finished](Postgres::finish_filling) thereby; the
    /// store stands still until the source is dropped.
    pub async fn settle(mut self, thorough: bool) -> Result<Moved, Error> {
        let since = Instant::now();
        let Ok(last) = tokio::time::timeout(STAND, self.last_rows()).await else {
            return Err(Error::Unavailable(format!(
                "the database was too slow: the last rows took more than {} s",
                STAND.as_secs()
            )));
        };
        if thorough {
            self.walk(Stage::Comparing).await?;
            self.rows = self.walk(Stage::Searching).await?;
            self.compare_last().await?;
        }
        Ok(Moved { rows: self.rows, changed: self.changed, last: last?, since })
    }

    async fn last_rows(&mut self) -> Result<u64, Error> {
        self.from.hold().await?;
        self.catch_up().await?;
        let last = self.doubtful.len() as u64;
        self.compare_last().await?;
        Ok(last)
    }

    async fn compare_last(&mut self) -> Result<(), Error> {
        for _ in 0..LOOKS {
            self.compare_doubtful().await?;
            if self.doubtful.is_empty() {
                return Ok(());
            }
        }
        Err(Error::Corrupt(format!("{} rows are not the same in the database", self.doubtful.len())))
    }

    /// Goes through all rows of one side; how many there were.
    async fn walk(&mut self, stage: Stage) -> Result<u64, Error> {
        let mut rows = 0;
        for family in [Family::Fenced, Family::Register, Family::Blind] {
            let mut after: Option<RowKey> = None;
            loop {
                let now_ms = self.clock.now_ms();
                let (one, other): (&dyn Rows, &dyn Rows) =
                    if stage == Stage::Searching { (self.to, self.from) } else { (self.from, self.to) };
                let page = one.page(family, after.as_ref(), now_ms).await?;
                let Some(last) = page.last() else { break };
                after = Some(last.name.clone());
                rows += page.len() as u64;
                if stage == Stage::Copying {
                    self.to.put(&page, &[]).await?;
                } else {
                    let names: Vec<RowKey> = page.iter().map(|row| row.name.clone()).collect();
                    let found = other.kept(&names, now_ms).await?;
                    let differing = page.into_iter().filter(|row| found.get(&row.name) != Some(row));
                    self.doubtful.extend(differing.map(|row| row.name));
                }
                self.told(stage, rows).await?;
                self.catch_up().await?;
                if self.doubtful.len() > MANY {
                    self.compare_doubtful().await?;
                }
            }
        }
        Ok(rows)
    }

    /// Copies what has changed since the last time.
    async fn catch_up(&mut self) -> Result<(), Error> {
        let names = self.from.changed()?;
        self.changed += names.len() as u64;
        for names in names.chunks(CHUNK) {
            let kept = self.from.kept(names, self.clock.now_ms()).await?;
            let gone: Vec<RowKey> = names.iter().filter(|name| !kept.contains_key(name)).cloned().collect();
            let kept: Vec<_> = kept.into_values().collect();
            self.to.put(&kept, &gone).await?;
        }
        self.doubtful.extend(names);
        Ok(())
    }

    /// Compares the rows in doubt; those that differ stay in doubt.
    async fn compare_doubtful(&mut self) -> Result<(), Error> {
        let names: Vec<RowKey> = self.doubtful.drain().collect();
        for names in names.chunks(CHUNK) {
            let now_ms = self.clock.now_ms();
            let (here, there) = (self.from.kept(names, now_ms).await?, self.to.kept(names, now_ms).await?);
            let differing = names.iter().filter(|name| here.get(name) != there.get(name));
            self.doubtful.extend(differing.cloned());
        }
        Ok(())
    }

    async fn told(&self, stage: Stage, rows: u64) -> Result<(), Error> {
        let gone = |_| Error::Unavailable("whoever asked for it is gone".into());
        self.tell.send(Progress { stage, rows }).await.map_err(gone)
    }
}
