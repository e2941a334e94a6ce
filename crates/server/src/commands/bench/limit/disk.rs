//! The disk: appending a little and syncing it, again and again, as a store with one writer does.
//! In the same kind of folder as the measured server's data.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use super::super::plan::Plan;
use super::super::report::{Report, histogram};

/// Bytes of one append.
const APPEND_BYTES: usize = 4_096;

/// Measures appends with a sync each.
pub fn disk(folder: &Path, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let mut file = File::create(folder.join("appended"))?;
    let bytes = [7u8; APPEND_BYTES];
    let mut times = histogram();
    let began = Instant::now();
    for _ in 0..plan.disk_syncs {
        let one = Instant::now();
        file.write_all(&bytes)?;
        file.sync_data()?;
        times.saturating_record(one.elapsed().as_micros() as u64);
    }
    report.times("disk_append_4k_and_sync", &times);
    report.rate("disk_syncs", plan.disk_syncs as f64 / began.elapsed().as_secs_f64());
    Ok(())
}
