//! A store that is written to while it moves into a database: both are the same at the end, or it is said that they are not; what
//! breaks off begins anew, and nobody takes a half-filled database for a whole one.

#![allow(clippy::unwrap_used)]

#[path = "support/database.rs"]
mod database;
mod support;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use database::Database;
use parlance_store::embedded::Copying;
use parlance_store::whole::mover::{Moved, Mover, Stage};
use parlance_store::whole::{Kept, Rows, Source, contents};
use parlance_store::{
    Durability, Embedded, Error, Family, Level, Postgres, PostgresOptions, Put, RowKey, Store, Write,
};
use support::{Content, index, open, run, scripted};
use tokio::sync::mpsc;

/// Nothing here expires.
const STEADY_MS: i64 = 0;
/// Commits before the move begins.
const BEFORE: u64 = 2_000;

async fn grown(folder: &std::path::Path) -> Arc<Embedded> {
    let store = Arc::new(open(folder).unwrap());
    let mut acknowledged = Content::new();
    for n in 0..BEFORE {
        run(&store, n, &mut acknowledged).await;
    }
    store
}

async fn opened(database: &Database, filling: bool) -> Result<Postgres, Error> {
    let options = PostgresOptions { filling, ..PostgresOptions::default() };
    Postgres::open(&database.url("postgres"), options).await
}

/// Moves everything; gives up after so many reports, if it is told to.
async fn moved(
    from: &dyn Source,
    to: &Postgres,
    thorough: bool,
    give_up_after: Option<usize>,
) -> Result<Moved, Error> {
    let (tell, mut told) = mpsc::channel(1);
    let work = async move {
        let mut mover = Mover::begin(from, to, tell).await?;
        mover.copy().await?;
        mover.settle(thorough).await
    };
    let hear = async move {
        let mut stages = Vec::new();
        while let Some(progress) = told.recv().await {
            stages.push(progress.stage);
            if give_up_after.is_some_and(|most| stages.len() >= most) {
                break;
            }
        }
        stages.dedup();
        stages
    };
    let (done, stages) = tokio::join!(work, hear);
    if done.is_ok() && !thorough {
        // Each family has its turn in each of the first three.
        assert_eq!(stages, [Stage::Copying, Stage::Comparing, Stage::Searching, Stage::CatchingUp]);
    }
    done
}

fn blind(n: u64) -> Write {
    let key = (n % 500).to_be_bytes().to_vec();
    match n % 3 {
        0 => Write::Delete { partition: "busy".into(), key: key.into() },
        // Some values lie in parts.
        _ => Write::Put {
            partition: "busy".into(),
            put: Put::new(key, vec![n as u8; 1 + (n % 9_000) as usize]),
        },
    }
}

/// Writes until it is refused; how many writes were acknowledged.
async fn write_on(store: Arc<Embedded>, written: Arc<AtomicU64>) -> Error {
    for n in 0.. {
        let register = RowKey { family: Family::Register, partition: "r".into(), key: "r".into() };
        let done = store.merge_max(register, n + 1, n.to_string().into(), Durability::Derived);
        if let Err(error) = done.await {
            return error;
        }
        if let Err(error) = store.write(vec![blind(n)], Durability::Durable).await {
            return error;
        }
        if let Err(error) = store.commit(scripted(BEFORE + n)).await {
            return error;
        }
        written.store(n + 1, Ordering::Relaxed);
    }
    unreachable!()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_moves_while_it_is_written_to() {
    let folder = support::folder();
    let store = grown(folder.path()).await;
    let database = Database::start(&[]);
    let target = opened(&database, true).await.unwrap();
    let copying = Copying::begin(store.clone()).await.unwrap();
    assert!(Copying::begin(store.clone()).await.is_err(), "one at a time");
    let written = Arc::new(AtomicU64::new(0));
    let writer = tokio::spawn(write_on(store.clone(), written.clone()));
    let done = moved(&copying, &target, false, None).await.unwrap();
    let refused = writer.await.unwrap();
    assert!(matches!(&refused, Error::Unavailable(why) if why.contains("try again")), "{refused}");
    assert!(done.changed > 0 && written.load(Ordering::Relaxed) > 0, "{done:?}");
    assert!(done.since.elapsed().as_secs() < 5, "{:?}", done.since.elapsed());
    let here = contents(&*store, STEADY_MS).await.unwrap();
    assert_eq!(contents(&target, STEADY_MS).await.unwrap(), here);

    // It stands still as long as it is said to, and no longer.
    let write = || store.write(vec![blind(1)], Durability::Durable);
    assert!(write().await.is_err());
    drop(copying);
    write().await.unwrap();

    // Until it is said that all is there, no server opens it.
    target.close().await.unwrap();
    let refused = opened(&database, false).await.err().unwrap().to_string();
    assert!(refused.contains("does not have everything yet"), "{refused}");
    let target = opened(&database, true).await.unwrap();
    assert!(!target.is_filled().await.unwrap());
    target.finish_filling().await.unwrap();
    assert!(target.is_filled().await.unwrap());
    target.close().await.unwrap();
    opened(&database, false).await.unwrap().close().await.unwrap();

    let copying = Copying::begin(store.clone()).await.unwrap();
    copying.hold().await.unwrap();
    copying.leave_held();
    drop(copying);
    assert!(write().await.is_err(), "it has another place now");
    assert!(Copying::begin(store.clone()).await.is_err(), "it is not copied once more");
    assert!(write().await.is_err(), "whoever tried that has not let it go on");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_off_begins_anew_with_the_same_store_only() {
    let [folder, other] = [(); 2].map(|()| support::folder());
    let store = grown(folder.path()).await;
    let database = Database::start(&[]);
    let target = opened(&database, true).await.unwrap();
    let copying = Copying::begin(store.clone()).await.unwrap();
    let broken = moved(&copying, &target, false, Some(2)).await.unwrap_err();
    assert!(matches!(broken, Error::Unavailable(_)), "{broken}");
    drop(copying);
    // What is dropped here before the next try must not stay there.
    let dropped = RowKey { family: Family::Blind, partition: "marks".into(), key: index(0) };
    let delete = Write::Delete { partition: dropped.partition.clone(), key: dropped.key.clone() };
    store.write(vec![delete], Durability::Durable).await.unwrap();

    let stranger = Arc::new(open(other.path()).unwrap());
    let copying = Copying::begin(stranger).await.unwrap();
    let refused = moved(&copying, &target, false, None).await.unwrap_err().to_string();
    assert!(refused.contains("is not finished: make another one"), "{refused}");

    let copying = Copying::begin(store.clone()).await.unwrap();
    moved(&copying, &target, false, None).await.unwrap();
    target.finish_filling().await.unwrap();
    assert_eq!(contents(&target, STEADY_MS).await.unwrap(), contents(&*store, STEADY_MS).await.unwrap());
    assert!(target.get(&dropped, Level::Serial).await.unwrap().is_none());
    let refused = moved(&copying, &target, false, None).await.unwrap_err().to_string();
    assert!(refused.contains("has rows already"), "{refused}");
    target.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_large_values_ends_early() {
    const ROWS: usize = 30;
    let folder = support::folder();
    let store = Arc::new(open(folder.path()).unwrap());
    for n in 0..ROWS as u64 {
        // It lies in parts.
        let put = Put::new(index(n), vec![n as u8; 250 * 1_024]);
        store.write(vec![Write::Put { partition: "large".into(), put }], Durability::Durable).await.unwrap();
    }
    let copying = Copying::begin(store.clone()).await.unwrap();
    let (mut after, mut rows, mut pages) = (None, 0, 0);
    loop {
        let page = copying.page(Family::Blind, after.as_ref(), STEADY_MS).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.name.clone());
        let bytes: usize = page.iter().map(|row| row.value.len()).sum();
        assert!(bytes <= 4 * 1_024 * 1_024 + 250 * 1_024, "a page of {bytes} bytes");
        (rows, pages) = (rows + page.len(), pages + 1);
    }
    assert_eq!((rows, pages), (ROWS, 2));
}

/// A source that keeps some of what changes to itself: the defect that would lose messages.
struct Forgetful(Copying);

#[async_trait]
impl Rows for Forgetful {
    async fn page(&self, family: Family, after: Option<&RowKey>, now_ms: i64) -> Result<Vec<Kept>, Error> {
        self.0.page(family, after, now_ms).await
    }

    async fn kept(&self, names: &[RowKey], now_ms: i64) -> Result<HashMap<RowKey, Kept>, Error> {
        self.0.kept(names, now_ms).await
    }
}

#[async_trait]
impl Source for Forgetful {
    fn name(&self) -> String {
        self.0.name()
    }

    fn changed(&self) -> Result<Vec<RowKey>, Error> {
        self.0.changed().map(|_| Vec::new())
    }

    async fn hold(&self) -> Result<(), Error> {
        self.0.hold().await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_not_copied_again_is_seen() {
    let folder = support::folder();
    let store = grown(folder.path()).await;
    let database = Database::start(&[]);
    let target = opened(&database, true).await.unwrap();
    let source = Forgetful(Copying::begin(store.clone()).await.unwrap());
    let written = Arc::new(AtomicU64::new(0));
    let writer = tokio::spawn(write_on(store.clone(), written));
    let seen = moved(&source, &target, true, None).await.unwrap_err();
    assert!(matches!(&seen, Error::Corrupt(why) if why.contains("not the same")), "{seen}");
    drop(source);
    writer.abort();
    target.close().await.unwrap();
}
