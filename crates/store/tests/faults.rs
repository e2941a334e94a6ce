//! Failures of the disk and of people: failed writes and syncs, no room, two programs, newer folders.
//!
//! Nobody is told that all is well when it is not, and what was acknowledged is there after a new start.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use parlance_store::embedded::{Faults, check};
use parlance_store::{
    Durability, Embedded, EmbeddedOptions, Error, Family, Level, Outcome, Put, Range, Store, Write,
};
use support::{Content, content, index, open, options, run, scripted, value};
use tokio::task::JoinSet;

fn with(faults: &Faults) -> EmbeddedOptions {
    EmbeddedOptions { faults: faults.clone(), ..options() }
}

fn put(n: u64) -> Vec<Write> {
    vec![Write::Put { partition: "p".into(), put: Put::new(index(n), value(n, 100)) }]
}

fn poisoned<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::Poisoned(_))), "poisoned, not {result:?}");
}

#[derive(Clone, Copy, Debug)]
enum Fault {
    Write,
    Sync,
}

/// The k-th group fails, with many callers waiting: nobody in it or behind it is told that all is well, and what
/// was acknowledged before is there after a new start.
async fn fails_at(k: u64, fault: Fault) {
    let folder = support::folder();
    let faults = Faults::default();
    let store = Arc::new(Embedded::open(folder.path(), with(&faults)).unwrap());
    match fault {
        Fault::Write => faults.fail_write(k),
        Fault::Sync => faults.fail_sync(k),
    }
    let mut callers = JoinSet::new();
    for caller in 0..8_u64 {
        let store = store.clone();
        callers.spawn(async move {
            let mut acknowledged = Vec::new();
            for n in 0..10 {
                match store.write(put(caller * 100 + n), Durability::Durable).await {
                    Ok(()) => acknowledged.push(caller * 100 + n),
                    Err(Error::Poisoned(_)) => break,
                    Err(other) => panic!("poisoned, not {other}"),
                }
            }
            acknowledged
        });
    }
    let mut acknowledged = callers.join_all().await.concat();
    acknowledged.sort_unstable();
    assert!(matches!(store.failed().await, Error::Poisoned(_)));
    poisoned(store.write(put(9_999), Durability::Durable).await);
    poisoned(store.write(put(9_999), Durability::Derived).await);
    poisoned(store.commit(scripted(1)).await);
    // Reads go on, of what was durable.
    let before = store.range(Range::prefix(Family::Blind, "p", b"", 1_000), Level::Local).await.unwrap();
    assert!(before.len() >= acknowledged.len());
    poisoned(store.close().await);
    drop(store);
    let store = open(folder.path()).unwrap();
    let rows = store.range(Range::prefix(Family::Blind, "p", b"", 1_000), Level::Local).await.unwrap();
    for n in acknowledged {
        assert!(rows.iter().any(|row| row.key == index(n)), "{n} was acknowledged; {fault:?} at {k}");
    }
    store.write(put(10_000), Durability::Durable).await.unwrap();
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_write_or_sync_ends_the_store() {
    for k in 1..=10 {
        fails_at(k, Fault::Write).await;
        fails_at(k, Fault::Sync).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planted_early_answer_is_caught() {
    let folder = support::folder();
    let faults = Faults::default();
    let planted = Some(parlance_store::Planted::AckBeforeSync);
    let store = Embedded::open(folder.path(), EmbeddedOptions { planted, ..with(&faults) }).unwrap();
    faults.fail_write(1);
    store.write(put(1), Durability::Durable).await.expect("the defect answers too early");
    drop(store);
    let rows = Range::prefix(Family::Blind, "p", b"", 10);
    let left = open(folder.path()).unwrap().range(rows, Level::Local).await.unwrap();
    assert!(left.is_empty(), "an acknowledged row is lost, as the defect would have it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_writes_until_there_is_room() {
    let folder = support::folder();
    let faults = Faults::default();
    let store = Embedded::open(folder.path(), with(&faults)).unwrap();
    let mut acknowledged = Content::new();
    run(&store, 0, &mut acknowledged).await;
    faults.set_full(true);
    assert!(matches!(store.commit(scripted(1)).await, Err(Error::Full)));
    assert!(matches!(store.write(put(1), Durability::Derived).await, Err(Error::Full)));
    assert_eq!(content(&store).await.unwrap(), acknowledged);
    faults.set_full(false);
    run(&store, 1, &mut acknowledged).await;
    assert_eq!(content(&store).await.unwrap(), acknowledged);
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_runs_out_of_room_leaves_nothing_and_writes_go_on() {
    let folder = support::folder();
    let faults = Faults::default();
    let store = Embedded::open(folder.path(), with(&faults)).unwrap();
    let mut acknowledged = Content::new();
    for n in 0..6 {
        run(&store, n, &mut acknowledged).await;
        faults.fail_room(1);
        assert!(matches!(store.commit(scripted(1_000 + n)).await, Err(Error::Full)));
        assert_eq!(content(&store).await.unwrap(), acknowledged);
    }
    drop(store);
    assert_eq!(content(&open(folder.path()).unwrap()).await.unwrap(), acknowledged);
}

#[tokio::test]
async fn the_floor_of_free_space_is_kept() {
    let folder = support::folder();
    let floor = EmbeddedOptions { free_floor_bytes: u64::MAX, ..options() };
    let store = Embedded::open(folder.path(), floor).unwrap();
    assert!(matches!(store.commit(scripted(1)).await, Err(Error::Full)));
    drop(store);
    assert_eq!(open(folder.path()).unwrap().commit(scripted(1)).await.unwrap(), Outcome::Applied);
}

#[tokio::test]
async fn a_derived_write_is_durable_when_answered() {
    let folder = support::folder();
    let store = open(folder.path()).unwrap();
    let alone = tokio::time::timeout(Duration::from_secs(2), store.write(put(1), Durability::Derived));
    alone.await.expect("a derived write does not wait for ever").unwrap();
    let copied = support::folder();
    support::copy(folder.path(), copied.path());
    let rows = Range::prefix(Family::Blind, "p", b"", 10);
    assert_eq!(open(copied.path()).unwrap().range(rows, Level::Local).await.unwrap().len(), 1);
}

#[tokio::test]
async fn one_program_at_a_time() {
    let folder = support::folder();
    let store = open(folder.path()).unwrap();
    assert!(matches!(open(folder.path()), Err(Error::Locked(_))));
    assert!(matches!(check(folder.path()), Err(Error::Locked(_))));
    store.close().await.unwrap();
    drop(open(folder.path()).unwrap());
}

#[tokio::test]
async fn a_newer_folder_is_refused_with_advice() {
    let folder = support::folder();
    drop(open(folder.path()).unwrap());
    let text = fs::read_to_string(folder.path().join("format")).unwrap();
    let (body, _) = text.split_once("sum").unwrap();
    let body = body.replace("version 1", "version 2");
    let sum = xxhash_rust::xxh3::xxh3_64(body.as_bytes());
    fs::write(folder.path().join("format"), format!("{body}sum {sum:016x}\n")).unwrap();
    let Err(Error::NewerVersion(sentence)) = open(folder.path()) else { panic!("a newer folder opened") };
    assert!(sentence.contains("newer Parlance") && sentence.contains("run the newer program"), "{sentence}");
}

#[tokio::test]
async fn a_missing_watermark_or_format_is_refused() {
    let folder = support::folder();
    let store = open(folder.path()).unwrap();
    run(&store, 0, &mut Content::new()).await;
    drop(store);
    fs::remove_file(folder.path().join("watermark")).unwrap();
    assert!(matches!(open(folder.path()), Err(Error::Behind(_))));
    fs::remove_file(folder.path().join("format")).unwrap();
    assert!(matches!(open(folder.path()), Err(Error::Corrupt(_))));
}
