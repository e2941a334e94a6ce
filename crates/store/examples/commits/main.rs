//! Measures the engines: commits and rows a second by number of callers, each beside what its ground gives the plainest
//! program in the same run: the bare disk, and `pgbench` with the same rows.
//!
//! `cargo run --release -p parlance-store --example commits [folder] [seconds]`

#![allow(clippy::unwrap_used)] // a measurement that cannot go on has nothing better to do

#[path = "../../tests/support/database.rs"]
mod database;
mod measure;
mod pgbench;

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use database::Database;
use measure::{Figures, figures, measure};
use parlance_store::{Embedded, EmbeddedOptions, Postgres, PostgresOptions, Store};

/// Callers at the same time, and rows of each commit.
const LOADS: [(usize, u64); 5] = [(1, 1), (16, 1), (128, 1), (512, 1), (16, 64)];

type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let mut args = std::env::args().skip(1);
    let base = args.next().unwrap_or_else(|| ".".into());
    let seconds = args.next().map_or(Ok(5), |text| text.parse())?;
    let span = Duration::from_secs(seconds);
    let disk = bare_disk(Path::new(&base), span)?;
    print(&format!("bare append and fdatasync of 4 KiB: {disk}"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        for load in LOADS {
            let folder = tempfile::tempdir_in(&base)?;
            let store = Arc::new(Embedded::open(folder.path(), EmbeddedOptions::default())?);
            let figures = measure(Arc::clone(&store) as Arc<dyn Store>, load, span).await?;
            store.close().await?;
            print(&format!("embedded    {}: {figures}", said(load)))?;
        }
        for load in LOADS {
            // A fresh database each, so that none is measured on what another left.
            let database = Database::start(pgbench::SETTINGS);
            let plain = pgbench::measure(&database, load, span)?;
            let store =
                Arc::new(Postgres::open(&database.url("postgres"), PostgresOptions::default()).await?);
            let figures = measure(Arc::clone(&store) as Arc<dyn Store>, load, span).await?;
            store.close().await?;
            let ratio = figures.commits / plain;
            let line =
                format!("postgresql  {}: {figures}; pgbench {plain:.0}/s, ratio {ratio:.2}", said(load));
            print(&line)?;
        }
        Ok(())
    })
}

fn said((callers, rows): (usize, u64)) -> String {
    format!("{callers:>4} callers, {rows:>2} rows")
}

fn print(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}

fn bare_disk(base: &Path, span: Duration) -> std::io::Result<Figures> {
    std::fs::create_dir_all(base)?;
    let path = base.join("bare.tmp");
    let mut file = File::create(&path)?;
    let mut waits = Vec::new();
    let start = Instant::now();
    while start.elapsed() < span {
        let started = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        waits.push(started.elapsed());
    }
    let figures = figures(waits, start.elapsed());
    std::fs::remove_file(&path)?;
    Ok(figures)
}
