//! The PostgreSQL engine on a real server: the suite, what it refuses to open, and that nothing acknowledged is lost when
//! connections or the server die.

#![allow(clippy::unwrap_used)]

#[path = "support/database.rs"]
mod database;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use database::Database;
use parlance_store::conformance::conformance;
use parlance_store::{
    Clock, Commit, Durability, Error, Family, Guard, Level, Outcome, Postgres, PostgresOptions, Put, Range,
    RowKey, Store,
};

/// Runs a statement outside of any store.
async fn execute(database: &Database, name: &str, statement: &str) {
    let connected = tokio_postgres::connect(&database.url(name), tokio_postgres::NoTls).await;
    let (client, connection) = connected.unwrap();
    let connection = tokio::spawn(connection);
    client.execute(statement, &[]).await.unwrap();
    drop(client);
    connection.await.unwrap().unwrap();
}

async fn open(database: &Database, name: &str, clock: Clock) -> Result<Postgres, Error> {
    Postgres::open(&database.url(name), PostgresOptions { clock, ..PostgresOptions::default() }).await
}

async fn fresh(database: &Database, name: &str) -> Postgres {
    execute(database, "postgres", &format!("CREATE DATABASE {name}")).await;
    open(database, name, Clock::system()).await.unwrap()
}

fn index(n: u64) -> bytes::Bytes {
    n.to_be_bytes().to_vec().into()
}

/// The commit of entry `n` of a log, by somebody with this token.
fn entry(log: &str, n: u64, token: u8) -> Commit {
    Commit {
        partition: log.as_bytes().to_vec().into(),
        guard: Guard::Absent(index(n)),
        puts: vec![Put::new(index(n), vec![token]), Put::new(format!("also {n}"), "beside")],
        deletes: Vec::new(),
        token: [token; 16],
        along: vec![parlance_store::Write::Put { partition: "marks".into(), put: Put::new(index(n), "") }],
        durability: Durability::Durable,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn it_passes_the_suite() {
    let database = Database::start(&[]);
    let count = AtomicU32::new(0);
    let last = std::sync::Mutex::new(String::new());
    let make = async |clock: Clock| {
        let name = format!("store{}", count.fetch_add(1, Ordering::Relaxed));
        execute(&database, "postgres", &format!("CREATE DATABASE {name}")).await;
        last.lock().unwrap().clone_from(&name);
        open(&database, &name, clock).await.unwrap()
    };
    let reopen = async |_: Postgres| {
        let name = last.lock().unwrap().clone();
        open(&database, &name, Clock::system()).await.unwrap()
    };
    conformance(make, reopen).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_program_works_on_a_database_at_a_time() {
    let database = Database::start(&[]);
    let first = fresh(&database, "one").await;
    let second = open(&database, "one", Clock::system()).await;
    assert!(matches!(second, Err(Error::Locked(_))));
    first.close().await.unwrap();
    let second = open(&database, "one", Clock::system()).await.unwrap();
    // Somebody takes the lease by force: who had it must end.
    execute(&database, "one", "UPDATE parlance_registers SET value = 'x' WHERE value <> ''").await;
    let failed = tokio::time::timeout(Duration::from_secs(10), second.failed()).await;
    assert!(matches!(failed, Ok(Error::Poisoned(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_lose_data_is_refused() {
    let database = Database::start(&["fsync=off"]);
    let refused = open(&database, "postgres", Clock::system()).await.err().unwrap().to_string();
    assert!(refused.contains("fsync is off"), "{refused}");
    let newer = Database::start(&[]);
    open(&newer, "postgres", Clock::system()).await.unwrap().close().await.unwrap();
    execute(&newer, "postgres", "UPDATE parlance_registers SET version = 2 WHERE value = ''").await;
    let refused = open(&newer, "postgres", Clock::system()).await.err().unwrap();
    assert!(matches!(refused, Error::NewerVersion(_)), "{refused}");
    let wrong = Postgres::open("postgres://u:secret@127.0.0.1:1/x y z", PostgresOptions::default()).await;
    assert!(!wrong.err().unwrap().to_string().contains("secret"));
}

/// Writes a log as an owner does, settling what is unknown, until told to stop; how many entries were acknowledged.
async fn own(store: Arc<Postgres>, log: &'static str, over: Arc<AtomicU32>) -> u64 {
    let mut n = 0;
    while over.load(Ordering::Relaxed) == 0 {
        let key = RowKey { family: Family::Fenced, partition: log.into(), key: index(n + 1) };
        match store.commit(entry(log, n + 1, 7)).await {
            Ok(Outcome::Applied) => n += 1,
            Ok(Outcome::Conflict(row)) => panic!("nobody else writes: {row:?}"),
            Ok(Outcome::Unknown) => loop {
                match store.get(&key, Level::Serial).await {
                    Ok(Some(row)) => {
                        assert_eq!(row.token, [7; 16]);
                        n += 1;
                        break;
                    }
                    Ok(None) => break,
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            },
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    n
}

async fn check_log(store: &Postgres, log: &'static str, acknowledged: u64) {
    let range = Range {
        from: parlance_store::Bound::Included(index(0)),
        to: parlance_store::Bound::Included(index(u64::from(u32::MAX))),
        ..Range::prefix(Family::Fenced, log, b"", 1_000_000)
    };
    let rows = store.range(range, Level::Serial).await.unwrap();
    let found: Vec<u64> =
        rows.iter().map(|row| u64::from_be_bytes(row.key[..].try_into().unwrap())).collect();
    assert_eq!(found, (1..=acknowledged).collect::<Vec<_>>(), "{log}");
    let beside = Range::prefix(Family::Fenced, log, b"also", 1_000_000);
    assert_eq!(store.range(beside, Level::Serial).await.unwrap().len() as u64, acknowledged);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_connections_die() {
    let database = Database::start(&[]);
    let store = Arc::new(fresh(&database, "cut").await);
    let over = Arc::new(AtomicU32::new(0));
    let logs = ["a", "b", "c", "d"];
    let owners: Vec<_> = logs.map(|log| tokio::spawn(own(store.clone(), log, over.clone()))).into();
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let cut =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parlance'";
        execute(&database, "cut", cut).await;
    }
    over.store(1, Ordering::Relaxed);
    for (log, owner) in logs.into_iter().zip(owners) {
        let acknowledged = owner.await.unwrap();
        assert!(acknowledged > 20, "{log} stood still at {acknowledged}");
        check_log(&store, log, acknowledged).await;
    }
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_server_dies() {
    let mut database = Database::start(&[]);
    let store = Arc::new(fresh(&database, "killed").await);
    let over = Arc::new(AtomicU32::new(0));
    let owners: Vec<_> = ["a", "b"].map(|log| tokio::spawn(own(store.clone(), log, over.clone()))).into();
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        database.kill();
        let key = RowKey { family: Family::Blind, partition: "p".into(), key: "k".into() };
        let refused = store.get(&key, Level::Serial).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "it says so");
        database.run();
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    over.store(1, Ordering::Relaxed);
    for (log, owner) in ["a", "b"].into_iter().zip(owners) {
        let acknowledged = owner.await.unwrap();
        assert!(acknowledged > 20, "{log} stood still at {acknowledged}");
        check_log(&store, log, acknowledged).await;
    }
    store.close().await.unwrap();
}
