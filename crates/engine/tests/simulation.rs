//! Simulation from a seed: people use one node or several over a simulated store, bus and clock while everything fails.
//!
//! One thread, no real time: the same seed gives the same trace. Afterwards everything heals and the history is
//! checked. `PARLANCE_SEEDS` says how many seeds, `PARLANCE_SEED` from which one on, `PARLANCE_NODES` over how many nodes.

#[path = "simulation/ballots.rs"]
mod ballots;
#[path = "simulation/checker.rs"]
mod checker;
#[path = "simulation/compare.rs"]
mod compare;
#[path = "simulation/deeds.rs"]
mod deeds;
#[path = "simulation/device.rs"]
mod device;
#[path = "simulation/dice.rs"]
mod dice;
#[path = "simulation/expiry.rs"]
mod expiry;
#[path = "simulation/govern.rs"]
mod govern;
#[path = "simulation/history.rs"]
mod history;
#[path = "simulation/nodes/mod.rs"]
mod nodes;
#[path = "simulation/people.rs"]
mod people;
#[path = "simulation/replica.rs"]
mod replica;
#[path = "simulation/world.rs"]
mod world;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use world::{Fault, Run, simulate};

/// Seeds of a plain `cargo test`, by the number of nodes; the long form is `cargo xtask simulate`.
const SEEDS: [(u64, u64); 3] = [(1, 100), (3, 30), (5, 15)];

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// What each of them comes to, on as many threads as there are cores: a run shares nothing with another.
fn runs<T: Send>(each: Range<u64>, run: impl Fn(u64) -> T + Sync) -> Vec<(u64, T)> {
    let next = AtomicU64::new(each.start);
    let some = || -> Vec<(u64, T)> {
        let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < each.end);
        std::iter::from_fn(take).map(|number| (number, run(number))).collect()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut all: Vec<(u64, T)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(some)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a run panicked")).collect()
    });
    all.sort_by_key(|(number, _)| *number);
    all
}

#[test]
fn every_promise_holds_for_every_seed() {
    let first = number("PARLANCE_SEED", 1);
    let mut failed = 0;
    for (nodes, seeds) in SEEDS {
        let seeds = match number("PARLANCE_NODES", 0) {
            0 => seeds,
            only if only == nodes => number("PARLANCE_SEEDS", seeds),
            _ => continue,
        };
        let (mut total, started) = (Run::default(), std::time::Instant::now());
        for (seed, run) in runs(first..first + seeds, |seed| simulate(seed, nodes as usize, Fault::None)) {
            for violation in &run.violations {
                println!("seed {seed} over {nodes} nodes: {violation}");
            }
            failed += u64::from(!run.violations.is_empty());
            total.add(&run);
        }
        println!(
            "nodes={nodes} seeds={seeds} operations={} acknowledged={} crashes={} forwards={} entries={} took_s={}",
            total.operations,
            total.acknowledged,
            total.crashes,
            total.forwards,
            total.entries,
            started.elapsed().as_secs()
        );
        assert!(total.acknowledged > seeds * 20, "the simulation does next to nothing: {total:?}");
        assert!(total.crashes > seeds, "the simulation hardly crashes: {total:?}");
        assert!(nodes == 1 || total.forwards > seeds, "nodes hardly have others do anything: {total:?}");
    }
    assert_eq!(failed, 0, "replay one with PARLANCE_NODES=<nodes> PARLANCE_SEED=<seed> PARLANCE_SEEDS=1");
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let trace = |seed, nodes| simulate(seed, nodes, Fault::None).trace;
    for (seed, nodes) in [(1, 1), (2, 1), (3, 1), (1, 3), (2, 3), (1, 5)] {
        assert_eq!(trace(seed, nodes), trace(seed, nodes), "seed {seed} over {nodes} nodes");
    }
    assert_ne!(trace(1, 1), trace(2, 1));
}

#[cfg(feature = "planted")]
#[test]
fn every_planted_bug_is_caught() {
    let mut missed = Vec::new();
    let seeds = number("PARLANCE_PLANTED_SEEDS", 400);
    let find = |place: u64| {
        let (fault, started) = (Fault::PLANTED[place as usize], std::time::Instant::now());
        let caught = (1..=seeds).find_map(|seed| {
            let run = simulate(seed, fault.nodes(), fault);
            run.violations.first().map(|violation| (seed, violation.clone()))
        });
        (fault, caught, started.elapsed().as_millis())
    };
    for (_, (fault, caught, took_ms)) in runs(0..Fault::PLANTED.len() as u64, find) {
        match caught {
            Some((seed, violation)) => {
                println!("planted {fault:?}: caught by seed {seed} after {took_ms} ms: {violation}");
            }
            None => missed.push(fault),
        }
    }
    assert!(missed.is_empty(), "not caught: {missed:?}");
}
