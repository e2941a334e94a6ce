//! A database whose every COMMIT waits for a standby that is gone: what is written is refused soon, reading goes on, and nodes start and
//! end all the same, or say why not.

use std::time::{Duration, Instant};

use parlance_store::{Clock, Error, Level, Outcome, Postgres, PostgresOptions, Store};

use super::database::Database;
use super::{entry, execute, fresh, name, open};

/// Has each COMMIT wait for this standby from now on; none if it has no name.
async fn wait_for(database: &Database, standby: &str) {
    execute(database, "postgres", &format!("ALTER SYSTEM SET synchronous_standby_names = '{standby}'")).await;
    execute(database, "postgres", "SELECT pg_reload_conf()").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commits_that_no_standby_confirms_are_not_acknowledged_and_hold_nobody_up() {
    let database = Database::start(&[]);
    let store = open(&database, "postgres", Clock::system()).await.unwrap();
    store.commit(entry("log", 1, 1)).await.unwrap();
    wait_for(&database, "nobody").await;
    let began = Instant::now();
    assert_eq!(store.commit(entry("log", 2, 2)).await.unwrap(), Outcome::Unknown);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let began = Instant::now();
    for n in 2..50 {
        let refused = store.commit(entry("log", n, 3)).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    assert!(store.get(&name("log", 1), Level::Serial).await.unwrap().is_some(), "reading goes on");
    assert!(store.get(&name("log", 2), Level::Serial).await.unwrap().is_none());

    // The standby is back: what waited is there, and the next are taken.
    wait_for(&database, "").await;
    let until = Instant::now() + Duration::from_secs(10);
    while store.commit(entry("log", 3, 4)).await.is_err() {
        assert!(Instant::now() < until, "nothing is taken any more");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let token = |row: Option<parlance_store::Row>| row.map(|row| row.token[0]);
    assert_eq!(token(store.get(&name("log", 2), Level::Serial).await.unwrap()), Some(2));
    assert_eq!(token(store.get(&name("log", 3), Level::Serial).await.unwrap()), Some(4));
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_ends_although_no_standby_confirms_its_lease() {
    let database = Database::start(&[]);
    let (silent, calm) = (fresh(&database, "silent").await, fresh(&database, "calm").await);
    wait_for(&database, "nobody").await;
    // The keeper of the first one is in the middle of a renewal, and a writer in the middle of a COMMIT.
    assert_eq!(silent.commit(entry("log", 1, 1)).await.unwrap(), Outcome::Unknown);
    for store in [silent, calm] {
        let ended = tokio::time::timeout(Duration::from_secs(8), store.close()).await;
        ended.expect("it waits for the standby").unwrap();
    }
    wait_for(&database, "").await;
    // The lease was given back, or runs out.
    open(&database, "silent", Clock::system()).await.unwrap().close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_says_that_no_standby_confirms_its_lease() {
    let database = Database::start(&[]);
    fresh(&database, "free").await.close().await.unwrap();
    wait_for(&database, "nobody").await;
    let url = database.url("free");
    let open = Postgres::open(&url, PostgresOptions::default());
    let refused = tokio::time::timeout(Duration::from_secs(35), open).await.expect("it says nothing");
    let why = refused.map(drop).unwrap_err().to_string();
    assert!(why.contains("lease") && why.contains("standby"), "{why}");
}
