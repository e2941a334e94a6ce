//! All rows of a store copied into another one: the same rows, versions, tokens and expiries, or nothing.
//! What breaks off on the way leaves nothing that could be taken for a store.

#![allow(clippy::unwrap_used)]

#[path = "support/database.rs"]
mod database;
mod support;

use std::sync::Arc;

use bytes::Bytes;
use database::Database;
use parlance_store::embedded::Copying;
use parlance_store::whole::mover::Mover;
use parlance_store::whole::{Contents, Giver, Kept, Whole, contents, copy};
use parlance_store::{
    Commit, Durability, Embedded, Error, Family, Guard, Level, Outcome, Postgres, PostgresOptions, Put,
    RowKey, Store, Write,
};
use support::{Content, index, open, run};
use tokio::sync::mpsc;

/// What expires before this is not counted.
const STEADY_MS: i64 = 4_000_000_000_000;

fn key(family: Family, partition: &str, key: impl Into<Bytes>) -> RowKey {
    RowKey { family, partition: partition.to_owned().into(), key: key.into() }
}

/// Fills a store: rows of all families, long values, a row written thrice under its guard, expiries.
async fn grow(store: &Embedded) {
    let mut acknowledged = Content::new();
    for n in 0..700 {
        run(store, n, &mut acknowledged).await;
    }
    for version in 0..3 {
        let guard = match version {
            0 => Guard::Absent("head".into()),
            version => Guard::Version("head".into(), version),
        };
        let commit = Commit {
            partition: "guarded".into(),
            guard,
            puts: vec![Put::new("head", vec![version as u8; 20_000])],
            deletes: Vec::new(),
            token: [version as u8 + 1; 16],
            along: Vec::new(),
            durability: Durability::Durable,
        };
        assert_eq!(store.commit(commit).await.unwrap(), Outcome::Applied);
    }
    let register = key(Family::Register, "registers", "r");
    store.merge_max(register, 9, "nine".into(), Durability::Durable).await.unwrap();
    let until = |name: &str, expires_at_ms| Write::Put {
        partition: "expiring".into(),
        put: Put { expires_at_ms: Some(expires_at_ms), ..Put::new(name.to_owned(), "value") },
    };
    let rows = vec![until("gone", 1_000), until("soon", STEADY_MS - 1), until("late", STEADY_MS + 1)];
    store.write(rows, Durability::Durable).await.unwrap();
}

async fn is_the_same(one: &dyn Store, other: &dyn Store) {
    let names = [
        key(Family::Fenced, "log", index(3)),
        key(Family::Fenced, "guarded", "head"),
        key(Family::Register, "registers", "r"),
        key(Family::Blind, "expiring", "gone"),
        key(Family::Blind, "expiring", "soon"),
        key(Family::Blind, "expiring", "late"),
    ];
    let [here, there] = [one, other].map(|store| store.multi_get(&names, Level::Serial));
    let (here, there) = (here.await.unwrap(), there.await.unwrap());
    assert_eq!(here, there);
    assert_eq!(here.iter().flatten().count(), 5, "all but what has expired");
    assert_eq!(there[1].as_ref().map(|row| (row.version, row.token)), Some((3, [3; 16])));
}

/// Fills a folder with the rows of a store.
async fn fill_folder(from: &dyn Whole, folder: &std::path::Path) -> Result<Contents, Error> {
    let folder = folder.to_owned();
    copy(from, STEADY_MS, async |mut taker| {
        let fill = move || (Embedded::fill(folder, &mut taker), taker);
        let (filled, taker) = tokio::task::spawn_blocking(fill).await.unwrap();
        filled?.ready()?;
        Ok(taker.contents())
    })
    .await
}

async fn fill_database(from: &Arc<Embedded>, into: &Postgres) -> Result<(), Error> {
    let copying = Copying::begin(from.clone()).await?;
    let (tell, mut told) = mpsc::channel(1);
    let work = async move {
        let mut mover = Mover::begin(&copying, into, tell).await?;
        mover.copy().await?;
        mover.settle(true).await?;
        into.finish_filling().await
    };
    let (done, ()) = tokio::join!(work, async { while told.recv().await.is_some() {} });
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_moves_into_a_database_and_back() {
    let [live, back, again] = [(); 3].map(|()| support::folder());
    let first = Arc::new(open(live.path()).unwrap());
    grow(&first).await;
    let database = Database::start(&[]);
    let second = Postgres::open(&database.url("postgres"), PostgresOptions::default()).await.unwrap();
    fill_database(&first, &second).await.unwrap();
    let moved = contents(&second, STEADY_MS).await.unwrap();
    // 700 entries, their "last", 5 marks, the guarded row, the register, the row that expires late.
    assert_eq!(moved.rows, 709);
    assert_eq!(contents(&*first, STEADY_MS).await.unwrap(), moved);
    is_the_same(&*first, &second).await;
    let refused = fill_database(&first, &second).await.unwrap_err().to_string();
    assert!(refused.contains("has rows already"), "{refused}");

    assert_eq!(fill_folder(&second, back.path()).await.unwrap(), moved);
    let third = open(back.path()).unwrap();
    assert_eq!(contents(&third, STEADY_MS).await.unwrap(), moved);
    is_the_same(&second, &third).await;
    // It is as good as the first: guards hold, and it can be written to.
    run(&third, 700, &mut Content::new()).await;
    assert_ne!(contents(&third, STEADY_MS).await.unwrap(), moved);
    let refused = fill_folder(&second, back.path()).await.unwrap_err().to_string();
    assert!(refused.contains("not empty"), "{refused}");
    assert_eq!(fill_folder(&*first, again.path()).await.unwrap(), moved);
    second.close().await.unwrap();
}

/// A store whose disk fails after some rows.
struct Failing;

#[async_trait::async_trait]
impl Whole for Failing {
    async fn give(&self, to: &mut Giver) -> Result<(), Error> {
        let row = |n| Kept {
            name: key(Family::Blind, "p", index(n)),
            value: "v".into(),
            version: 0,
            token: None,
            expires_at_ms: None,
        };
        // More than can wait: somebody has begun to take them.
        for n in 0..10_000 {
            to.push(row(n)).await?;
        }
        Err(Error::Corrupt("a row does not match its checksum".into()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_off_leaves_nothing_to_open() {
    let target = support::folder();
    let broken = fill_folder(&Failing, target.path()).await;
    assert!(matches!(broken, Err(Error::Corrupt(_))), "{broken:?}");
    // Whoever was still filling the folder has noticed by now.
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    loop {
        match open(target.path()).map(drop).unwrap_err() {
            Error::Locked(_) if std::time::Instant::now() < until => tokio::task::yield_now().await,
            refused => break assert!(matches!(refused, Error::Corrupt(_)), "{refused}"),
        }
    }
}
