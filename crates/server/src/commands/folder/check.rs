//! `parlance check`: proves a data folder by reading every row of it.
//! The server must not be running on it; a backup of a running one can be restored and checked instead.

use anyhow::Context as _;
use clap::Args;
use parlance_store::embedded;

use crate::commands::place::Place;
use crate::commands::say::say;

/// The flags of `check`.
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    place: Place,
}

impl Check {
    /// Checks.
    pub async fn run(self) -> anyhow::Result<()> {
        let folder = self.place.folder("check it with pg_amcheck")?;
        let named = folder.display().to_string();
        let checked = tokio::task::spawn_blocking(move || embedded::check(folder)).await?;
        let report = checked.with_context(|| format!("{named} is not sound"))?;
        let rows = report.tally.fenced_rows + report.tally.register_rows + report.tally.blind_rows;
        say(format_args!("{named} is sound: {rows} rows, {} bytes, all verified", report.tally.bytes));
        Ok(())
    }
}
