//! Backup, restore, check: one instant, all of it, proven, or not at all.
//!
//! Streams are flipped and cut at many places; none of them becomes a store.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::sync::Arc;

use parlance_store::embedded::check;
use parlance_store::{Embedded, Error, Family, Level, RowKey, Store};
use support::{Content, content, index, open, run};

async fn grown(folder: &std::path::Path, groups: u64) -> (Embedded, Content) {
    let store = open(folder).unwrap();
    let mut acknowledged = Content::new();
    for n in 0..groups {
        run(&store, n, &mut acknowledged).await;
    }
    let register = RowKey { family: Family::Register, partition: "r".into(), key: "c".into() };
    store.merge_max(register, 9, "nine".into(), parlance_store::Durability::Durable).await.unwrap();
    (store, acknowledged)
}

#[tokio::test]
async fn a_restored_backup_holds_every_row() {
    let [live, target] = [(); 2].map(|()| support::folder());
    let (store, acknowledged) = grown(live.path(), 200).await;
    let mut stream = Vec::new();
    let report = store.backup(&mut stream).unwrap();
    assert_eq!(report.stream_bytes, stream.len() as u64);
    assert_eq!((report.tally.fenced_rows, report.tally.blind_rows, report.tally.register_rows), (201, 5, 1));
    let (restored, of_backup) = Embedded::restore(stream.as_slice(), target.path()).unwrap();
    restored.ready().unwrap();
    assert_eq!(of_backup, report);
    assert_eq!(check(target.path()).unwrap().tally, report.tally);
    let copy = open(target.path()).unwrap();
    assert_eq!(content(&copy).await.unwrap(), acknowledged);
    let register = RowKey { family: Family::Register, partition: "r".into(), key: "c".into() };
    assert_eq!(copy.get(&register, Level::Local).await.unwrap().unwrap().version, 9);
    let row = RowKey { family: Family::Fenced, partition: "log".into(), key: index(7) };
    let rows = [copy.get(&row, Level::Local).await.unwrap(), store.get(&row, Level::Local).await.unwrap()];
    assert!(rows[0].is_some() && rows[0] == rows[1]);
    run(&copy, 1_000, &mut acknowledged.clone()).await;
    store.close().await.unwrap();
    drop(store);
    assert_eq!(check(live.path()).unwrap().tally, report.tally);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_of_one_instant() {
    let [live, target] = [(); 2].map(|()| support::folder());
    let (store, _) = grown(live.path(), 50).await;
    let store = Arc::new(store);
    let writing = tokio::spawn({
        let store = store.clone();
        async move {
            for n in 50..400 {
                run(&store, n, &mut Content::new()).await;
            }
        }
    });
    let mut stream = Vec::new();
    tokio::task::block_in_place(|| store.backup(&mut stream)).unwrap();
    writing.await.unwrap();
    Embedded::restore(stream.as_slice(), target.path()).unwrap().0.ready().unwrap();
    let copy = content(&open(target.path()).unwrap()).await.unwrap();
    let rows = copy.keys().filter(|(_, partition, key)| partition == "log" && key != "last").count() as u64;
    let last = &copy[&(Family::Fenced, "log".into(), "last".into())];
    assert_eq!(*last, support::value(rows - 1, 12), "the rows of one commit belong together");
}

#[tokio::test]
async fn a_damaged_backup_does_not_become_a_store() {
    let live = support::folder();
    let (store, _) = grown(live.path(), 20).await;
    let mut stream = Vec::new();
    store.backup(&mut stream).unwrap();
    let step = stream.len() / 40;
    for offset in (0..stream.len()).step_by(step) {
        let mut damaged = stream.clone();
        damaged[offset] ^= 4;
        refused(&damaged);
        refused(&stream[..offset]);
    }
    refused(&[stream.as_slice(), b"x"].concat());
}

fn refused(stream: &[u8]) {
    let target = support::folder();
    let restored = Embedded::restore(stream, target.path()).map(|_| ());
    assert!(matches!(restored, Err(Error::Corrupt(_) | Error::NewerVersion(_))), "{restored:?}");
    assert!(open(target.path()).is_err(), "half a restore does not open");
}

#[tokio::test]
async fn a_restore_opens_when_what_belongs_to_it_is_there() {
    let [live, target] = [(); 2].map(|()| support::folder());
    let (store, _) = grown(live.path(), 20).await;
    let mut stream = Vec::new();
    store.backup(&mut stream).unwrap();
    let restored = Embedded::restore(stream.as_slice(), target.path()).unwrap();
    assert!(matches!(open(target.path()), Err(Error::Locked(_))), "it is locked meanwhile");
    drop(restored);
    assert!(matches!(open(target.path()), Err(Error::Corrupt(_))), "it was given up");
}

#[tokio::test]
async fn a_restore_touches_no_folder_in_use() {
    let target = support::folder();
    fs::write(target.path().join("letter"), "mine").unwrap();
    assert!(matches!(Embedded::restore(&b""[..], target.path()), Err(Error::Unavailable(_))));
    assert_eq!(fs::read_dir(target.path()).unwrap().count(), 1);
    assert!(matches!(check(target.path()), Err(Error::Unavailable(_))));
}
