//! `parlance schema`: the version of the tables in the database of store.url, and the statements that a start of this program would
//! run there. It changes nothing.

use anyhow::{Context as _, ensure};
use clap::Args;
use parlance_store::Postgres;
use parlance_store::postgres::Plan;

use crate::commands::place::Place;
use crate::commands::say::say;
use crate::engines::store::postgres_options;

/// The flags of `schema`.
#[derive(Args)]
pub struct Schema {
    #[command(flatten)]
    place: Place,
}

impl Schema {
    /// Shows it.
    pub async fn run(self) -> anyhow::Result<()> {
        let config = self.place.settings(Vec::new())?;
        ensure!(!config.store.url.is_empty(), "there is no store.url: a data folder has no tables to change");
        let plan = Postgres::plan(config.store.url.expose(), &postgres_options(&config.store)).await;
        show(&plan.context("cannot read the database of store.url")?);
        Ok(())
    }
}

/// Prints what opening the database would change.
pub fn show(plan: &Plan) {
    let Plan { database, found, known, steps, .. } = plan;
    if steps.is_empty() {
        say(format_args!(
            "{database} has tables of version {found}, as this program makes them: nothing to do"
        ));
        return;
    }
    say(format_args!("{database} has tables of version {found}; a start would make them version {known}:"));
    for (version, step) in (found + 1..).zip(steps) {
        say(format_args!("\n-- version {version}\n{}", step.trim()));
    }
}
