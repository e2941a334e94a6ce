//! Every engine passes the suite: the embedded one on real files, the memory one with and without delays.
//!
//! A new engine adds a test here.

#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use parlance_store::conformance::conformance;
use parlance_store::{Clock, Embedded, EmbeddedOptions, Memory, MemoryOptions};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn embedded() {
    let folders = std::sync::Mutex::new(Vec::new());
    let open = |clock: Clock, path: &std::path::Path| {
        Embedded::open(path, EmbeddedOptions { clock, ..EmbeddedOptions::default() }).unwrap()
    };
    let make = async |clock: Clock| {
        let folder = support::folder();
        let store = open(clock, folder.path());
        folders.lock().unwrap().push(folder);
        store
    };
    let reopen = async |store: Embedded| {
        drop(store);
        let path = folders.lock().unwrap().last().unwrap().path().to_path_buf();
        open(Clock::system(), &path)
    };
    conformance(make, reopen).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn memory() {
    let make = async |clock| Memory::new(MemoryOptions { clock, ..MemoryOptions::default() });
    conformance(make, async |store: Memory| store.reopen()).await;
}

#[tokio::test(start_paused = true)]
async fn memory_with_delays() {
    for seed in 0..20 {
        let make = async |clock| {
            Memory::new(MemoryOptions {
                seed,
                clock,
                sync_delay: (Duration::from_millis(1), Duration::from_millis(30)),
                read_delay: (Duration::ZERO, Duration::from_millis(3)),
                ..MemoryOptions::default()
            })
        };
        conformance(make, async |store: Memory| store.reopen()).await;
    }
}
