//! After a compaction no file of the folder holds a value that was overwritten or deleted before it.
//!
//! A canary is written in every way there is, overwritten or deleted in every way there is, and then looked for.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use parlance_store::embedded::check;
use parlance_store::{
    Commit, Durability, Embedded, EmbeddedOptions, Family, Guard, Level, Outcome, Put, RowKey, Store, Write,
};
use support::{Content, content, folder, open, options, run};

const CANARY: &[u8] = b"canary-5f1d0c77";

/// A value with the canary in it, of this length; a long one is kept in parts.
fn canary(len: usize) -> Vec<u8> {
    CANARY.iter().copied().cycle().take(len).collect()
}

fn commit(guard: Guard, value: Vec<u8>) -> Commit {
    Commit {
        partition: "secret".into(),
        puts: vec![Put::new(guard.key().clone(), value)],
        guard,
        deletes: Vec::new(),
        token: [1; 16],
        along: vec![Write::Erased],
        durability: Durability::Durable,
    }
}

fn put(key: &'static str, value: Vec<u8>) -> Write {
    Write::Put { partition: "blind".into(), put: Put::new(key, value) }
}

/// Writes canaries everywhere and takes them back.
async fn write_and_erase(store: &Embedded) {
    for (place, len) in [(0_u64, 40), (1, 9_000)] {
        let key = support::index(place);
        assert_eq!(
            store.commit(commit(Guard::Absent(key.clone()), canary(len))).await.unwrap(),
            Outcome::Applied
        );
        store
            .write(vec![put("over", canary(len)), put("gone", canary(len))], Durability::Durable)
            .await
            .unwrap();
        let register = RowKey { family: Family::Register, partition: "r".into(), key: key.clone() };
        store.merge_max(register.clone(), 1, canary(len).into(), Durability::Durable).await.unwrap();
        assert_eq!(
            store.commit(commit(Guard::Version(key, 1), b"clean".to_vec())).await.unwrap(),
            Outcome::Applied
        );
        let gone = Write::Delete { partition: "blind".into(), key: "gone".into() };
        store.write(vec![put("over", b"clean".to_vec()), gone], Durability::Durable).await.unwrap();
        store.merge_max(register, 2, "clean".into(), Durability::Durable).await.unwrap();
    }
}

/// The files that hold the canary.
fn hits(folder: &Path) -> Vec<String> {
    let holds = |path: &std::path::PathBuf| {
        // A file may go while it is looked at.
        fs::read(path).is_ok_and(|bytes| bytes.windows(CANARY.len()).any(|window| window == CANARY))
    };
    support::files(folder).iter().filter(|path| holds(path)).map(|path| path.display().to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_erased_is_left_in_any_file() {
    let folder = folder();
    let store = open(folder.path()).unwrap();
    let mut kept = Content::new();
    for n in 0..50 {
        run(&store, n, &mut kept).await;
    }
    write_and_erase(&store).await;
    assert!(!hits(folder.path()).is_empty(), "the journal has it until a compaction");
    store.compact().await.unwrap();
    assert_eq!(hits(folder.path()), [""; 0]);
    // Once more with the values in tables, and after another opening.
    write_and_erase_in_tables(&store, folder.path()).await;
    assert_eq!(content(&store).await.unwrap(), kept);
    store.close().await.unwrap();
    drop(store);
    assert_eq!(hits(folder.path()), [""; 0]);
    check(folder.path()).unwrap();
    let store = open(folder.path()).unwrap();
    assert_eq!(content(&store).await.unwrap(), kept);
    run(&store, 50, &mut kept).await;
}

async fn write_and_erase_in_tables(store: &Embedded, folder: &Path) {
    store.write(vec![put("late", canary(9_000))], Durability::Durable).await.unwrap();
    store.compact().await.unwrap();
    assert!(!hits(folder).is_empty(), "what stands is kept");
    store.write(vec![put("late", b"clean".to_vec())], Durability::Durable).await.unwrap();
    store.compact().await.unwrap();
    assert_eq!(hits(folder), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_go_on_while_the_store_compacts() {
    let folder = folder();
    let store = Arc::new(open(folder.path()).unwrap());
    let ended = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn({
        let (store, ended) = (store.clone(), ended.clone());
        async move {
            let mut kept = Content::new();
            let mut n = 0;
            while !ended.load(Ordering::SeqCst) {
                run(&store, n, &mut kept).await;
                n += 1;
            }
            (n, kept)
        }
    });
    write_and_erase(&store).await;
    store.compact().await.unwrap();
    ended.store(true, Ordering::SeqCst);
    let (n, kept) = writing.await.unwrap();
    assert!(n > 10, "{n} commits meanwhile");
    assert_eq!(hits(folder.path()), [""; 0]);
    assert_eq!(content(&store).await.unwrap(), kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_while_the_store_compacts_stops_neither() {
    let folder = folder();
    let options = options();
    let faults = options.faults.clone();
    let store = Arc::new(Embedded::open(folder.path(), options).unwrap());
    let mut kept = Content::new();
    write_and_erase(&store).await;
    for group in 1..12 {
        faults.fail_room(group);
        // It may fail, by then or not; it ends, and the store works on.
        let _ = tokio::time::timeout(Duration::from_secs(60), store.compact()).await.expect("it ends");
        faults.fail_room(0);
        run(&store, group, &mut kept).await;
    }
    store.compact().await.unwrap();
    assert_eq!(hits(folder.path()), [""; 0]);
    assert_eq!(content(&store).await.unwrap(), kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hint_has_the_store_compact_itself_also_after_another_opening() {
    let folder = folder();
    let store = open(folder.path()).unwrap();
    write_and_erase(&store).await;
    store.close().await.unwrap();
    drop(store);
    assert!(!hits(folder.path()).is_empty());
    let hasty = EmbeddedOptions { compact_after: Duration::from_millis(100), ..options() };
    let store = Embedded::open(folder.path(), hasty).unwrap();
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if hits(folder.path()).is_empty() {
            let row = RowKey { family: Family::Blind, partition: "blind".into(), key: "over".into() };
            assert_eq!(store.get(&row, Level::Local).await.unwrap().unwrap().value, "clean");
            return;
        }
    }
    panic!("{:?} still hold it", hits(folder.path()));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_hint_nothing_is_rewritten() {
    let folder = folder();
    let hasty = EmbeddedOptions { compact_after: Duration::from_millis(50), ..options() };
    let store = Embedded::open(folder.path(), hasty).unwrap();
    store.write(vec![put("over", canary(40))], Durability::Durable).await.unwrap();
    store.write(vec![put("over", b"clean".to_vec())], Durability::Durable).await.unwrap();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!hits(folder.path()).is_empty());
}
