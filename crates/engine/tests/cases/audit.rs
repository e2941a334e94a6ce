//! The audit log: it only grows, survives, and shows where somebody has changed or removed a record.
//!
//! Damage is done through the store, below the engine, as somebody with the disk could.

use bytes::Bytes;
use parlance_engine::{Actor, Broken};
use parlance_store::{Commit, Durability, Family, Guard, Level, Put, RowKey, Store as _};

use crate::harness::Server;

/// The name of the record at `index` in the store.
fn row(index: u64) -> RowKey {
    let partition = [&b"Q"[..], &(index >> 16).to_be_bytes()].concat();
    RowKey {
        family: Family::Fenced,
        partition: partition.into(),
        key: Bytes::copy_from_slice(&index.to_be_bytes()),
    }
}

async fn write(server: &Server, count: u64) {
    for number in 0..count {
        server.engine.audit(Actor::Operator, "test.act", number, "").await.unwrap();
    }
}

/// Writes and drops rows of the log behind the engine's back, under the guard of the first record as it is.
async fn tamper(server: &Server, change: Option<(u64, Bytes)>, drop: Option<u64>) {
    let first = server.store.get(&row(1), Level::Serial).await.unwrap().unwrap();
    let mut puts = vec![Put::new(first.key.clone(), first.value.clone())];
    puts.extend(change.map(|(index, value)| Put::new(row(index).key, value)));
    let commit = Commit {
        partition: row(1).partition,
        guard: Guard::Version(first.key, first.version),
        puts,
        deletes: drop.map(|index| row(index).key).into_iter().collect(),
        token: [9; 16],
        along: Vec::new(),
        durability: Durability::Durable,
    };
    assert_eq!(server.store.commit(commit).await.unwrap(), parlance_store::Outcome::Applied);
}

#[tokio::test(start_paused = true)]
async fn records_are_numbered_without_gaps_and_survive() {
    let mut server = Server::start();
    assert_eq!(server.engine.verify_audit().await.unwrap().sound, 0);
    write(&server, 3).await;
    server.crash();
    write(&server, 2).await;
    let verdict = server.engine.verify_audit().await.unwrap();
    assert_eq!((verdict.sound, &verdict.broken), (5, &None));
    let records = server.engine.audit_from(1).await.unwrap();
    assert_eq!(records.iter().map(|record| record.index).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!((records[4].object.as_str(), records[4].hash), ("1", verdict.hash));
}

#[tokio::test(start_paused = true)]
async fn rivals_write_one_chain() {
    let server = Server::start();
    let (one, other) = (server.engine.clone(), server.rival());
    for number in 0..10 {
        let first = one.audit(Actor::Server, "test.one", number, "");
        let second = other.audit(Actor::Server, "test.other", number, "");
        let (first, second) = tokio::join!(first, second);
        first.unwrap();
        second.unwrap();
    }
    let verdict = server.engine.verify_audit().await.unwrap();
    assert_eq!((verdict.sound, verdict.broken), (20, None));
}

#[tokio::test(start_paused = true)]
async fn a_flipped_byte_is_seen() {
    let server = Server::start();
    write(&server, 5).await;
    let third = server.store.get(&row(3), Level::Serial).await.unwrap().unwrap().value;
    for at in 1..third.len() {
        let mut bytes = third.to_vec();
        bytes[at] ^= 1;
        tamper(&server, Some((3, bytes.into())), None).await;
        let verdict = server.engine.verify_audit().await.unwrap();
        assert_eq!((verdict.sound, verdict.broken), (2, Some(Broken::Changed(3))), "byte {at}");
    }
    tamper(&server, Some((3, third)), None).await;
    assert_eq!(server.engine.verify_audit().await.unwrap().broken, None);
}

#[tokio::test(start_paused = true)]
async fn a_removed_record_is_seen_also_at_the_end() {
    let server = Server::start();
    write(&server, 5).await;
    tamper(&server, None, Some(5)).await;
    let verdict = server.engine.verify_audit().await.unwrap();
    assert_eq!((verdict.sound, verdict.broken), (4, Some(Broken::Missing(5))));
    tamper(&server, None, Some(3)).await;
    let verdict = server.engine.verify_audit().await.unwrap();
    assert_eq!((verdict.sound, verdict.broken), (2, Some(Broken::Missing(3))));
}

#[tokio::test(start_paused = true)]
async fn on_a_full_disk_there_is_no_record_and_no_claim_of_one() {
    let server = Server::start();
    write(&server, 1).await;
    server.store.set_full(true);
    assert!(server.engine.audit(Actor::Operator, "test.act", "x", "").await.is_err());
    server.store.set_full(false);
    write(&server, 1).await;
    assert_eq!(server.engine.verify_audit().await.unwrap().sound, 2);
}
