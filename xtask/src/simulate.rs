//! `cargo xtask simulate` and `cargo xtask planted`: the engine's simulation, over many seeds, and the proof that it
//! catches bugs put in on purpose. The simulation itself is `crates/engine/tests/simulation.rs`; this only runs it, and the
//! attacks on the guard of what the server fetches.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};

use crate::console;

/// Which seeds to run.
#[derive(clap::Args)]
pub struct Options {
    /// How many seeds, over 1, 3 and 5 nodes together.
    #[arg(long, default_value_t = 2_000)]
    seeds: u64,
    /// The first of them; a failure names the seed to replay.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only over so many nodes: 1, 3 or 5.
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(["1", "3", "5"]))]
    nodes: Option<String>,
}

/// Of ten seeds so many run over so many nodes.
const OF_TEN: [(u64, u64); 3] = [(1, 5), (3, 3), (5, 2)];

/// Runs the simulation over the seeds.
pub fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let only: Option<u64> = options.nodes.as_deref().map(str::parse).transpose()?;
    for (nodes, of_ten) in OF_TEN {
        let seeds = match only {
            None => (options.seeds * of_ten).div_ceil(10),
            Some(only) if only == nodes => options.seeds,
            Some(_) => continue,
        };
        let settings =
            [("PARLANCE_NODES", nodes), ("PARLANCE_SEEDS", seeds), ("PARLANCE_SEED", options.seed)];
        let command = format!("simulate over {nodes} nodes");
        test(root, &command, &simulation("every_promise_holds_for_every_seed"), &settings)?;
    }
    Ok(())
}

/// Plants each bug and has the simulation find it; prints which seed found it and how long it took. Then the bugs in the
/// guard of what the server fetches, found by its attacks.
pub fn planted(root: &Path) -> anyhow::Result<()> {
    let found = "every_planted_bug_is_caught";
    test(root, "planted", &simulation(found), &[])?;
    let guard = format!("previews::attacks::{found}");
    test(root, "planted", &["--package", "parlance-server", "--lib", &guard], &[])
}

/// The arguments of a test of the engine's simulation.
fn simulation(name: &str) -> [&str; 7] {
    ["--package", "parlance-engine", "--features", "planted", "--test", "simulation", name]
}

fn test(root: &Path, command: &str, what: &[&str], settings: &[(&str, u64)]) -> anyhow::Result<()> {
    let started = Instant::now();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args(["test", "--quiet"]).args(what).args(["--", "--exact", "--nocapture"]);
    cargo.envs(settings.iter().map(|(key, value)| (key, value.to_string())));
    let status = cargo.status().context("cargo could not be started")?;
    ensure!(
        status.success(),
        "{command}: a promise did not hold; the lines above say which, and the seed to replay"
    );
    console::say(format_args!("{command}: passed in {} s", started.elapsed().as_secs()));
    Ok(())
}
