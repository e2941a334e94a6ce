//! A folder of format 1, kept for ever: this program opens it and finds every row.
//!
//! With `STORE_FIXTURE=<empty folder>`, the test leaves a new one like it there, for the next format.

#![allow(clippy::unwrap_used)]

mod support;

use std::path::Path;

use parlance_store::embedded::check;
use parlance_store::{Durability, Embedded, Family, Level, RowKey, Store};
use support::{Content, content, copy, journal, open, put_file, run, used};

/// Groups in tables, then groups in the journal only.
const IN_TABLES: u64 = 8;
const GROUPS: u64 = 12;

fn register() -> RowKey {
    RowKey { family: Family::Register, partition: "cursors".into(), key: "c".into() }
}

async fn grown(folder: &Path) -> (Embedded, Content) {
    let mut acknowledged = Content::new();
    let store = open(folder).unwrap();
    for n in 0..IN_TABLES {
        run(&store, n, &mut acknowledged).await;
    }
    store.merge_max(register(), 41, "forty-one".into(), Durability::Durable).await.unwrap();
    store.close().await.unwrap();
    drop(store);
    let store = open(folder).unwrap();
    for n in IN_TABLES..GROUPS {
        run(&store, n, &mut acknowledged).await;
    }
    (store, acknowledged)
}

#[tokio::test]
async fn a_folder_of_format_1_opens() {
    let folder = support::folder();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store-v1"), folder.path());
    let report = check(folder.path()).unwrap();
    assert_eq!((report.tally.fenced_rows, report.tally.register_rows), (GROUPS + 1, 1));
    let store = open(folder.path()).unwrap();
    let fresh = support::folder();
    let (_, mut acknowledged) = grown(fresh.path()).await;
    if let Some(target) = std::env::var_os("STORE_FIXTURE") {
        keep(fresh.path(), Path::new(&target));
    }
    assert_eq!(content(&store).await.unwrap(), acknowledged);
    let row = store.get(&register(), Level::Serial).await.unwrap().unwrap();
    assert_eq!((row.version, &row.value[..]), (41, &b"forty-one"[..]));
    run(&store, GROUPS, &mut acknowledged).await;
    assert_eq!(content(&store).await.unwrap(), acknowledged);
}

/// Keeps a folder as a fixture, its journal without the room in front of it.
fn keep(live: &Path, target: &Path) {
    copy(live, target);
    let path = journal(target);
    let bytes = used(&path);
    put_file(&path, &bytes, bytes.len() as u64);
}
