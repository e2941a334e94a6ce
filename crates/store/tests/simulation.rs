//! The memory engine under faults from a seed: the same seed gives the same trace, a crash takes nothing answered
//! with it, and the planted defect shows.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use parlance_store::{
    Commit, Durability, Error, Family, Guard, Level, Memory, MemoryOptions, Outcome, Planted, Put, Range,
    Store, Write,
};
use tokio::task::JoinSet;

fn options(seed: u64) -> MemoryOptions {
    MemoryOptions {
        seed,
        sync_delay: (Duration::from_millis(1), Duration::from_millis(20)),
        read_delay: (Duration::ZERO, Duration::from_millis(2)),
        unknown: 0.05,
        full: 0.05,
        ..MemoryOptions::default()
    }
}

fn commit(index: u64, writer: u8, attempt: u64) -> Commit {
    let key = Bytes::copy_from_slice(&index.to_be_bytes());
    let mut token = [writer; 16];
    token[8..].copy_from_slice(&attempt.to_be_bytes());
    Commit {
        partition: "log".into(),
        guard: Guard::Absent(key.clone()),
        puts: vec![Put::new(key, vec![writer])],
        deletes: Vec::new(),
        token,
        along: vec![Write::Put { partition: "marks".into(), put: Put::new(vec![writer], index.to_string()) }],
        durability: if attempt.is_multiple_of(4) { Durability::Derived } else { Durability::Durable },
    }
}

/// What one caller was told: index and token acknowledged, or not.
type Trace = Vec<(u64, u8, String)>;

/// Writers race for indexes until the crash; answers what each was told, in order, and the store.
async fn race(store: Arc<Memory>, run_for: Duration) -> Trace {
    let mut writers = JoinSet::new();
    for writer in 1..=5_u8 {
        let store = store.clone();
        writers.spawn(async move {
            let mut told = Trace::new();
            for index in 0..200 {
                let outcome = store.commit(commit(index, writer, index)).await;
                let over = matches!(outcome, Err(Error::Unavailable(_)));
                told.push((index, writer, format!("{outcome:?}")));
                if over {
                    break;
                }
            }
            told
        });
    }
    tokio::time::sleep(run_for).await;
    store.crash();
    let mut trace = writers.join_all().await.concat();
    trace.sort();
    trace
}

/// What was acknowledged but is not there.
async fn lost(store: &Memory, trace: &Trace) -> usize {
    let rows = store.range(Range::prefix(Family::Fenced, "log", b"", 1_000), Level::Serial).await.unwrap();
    let there = |index: u64, writer: u8| {
        rows.iter().any(|row| row.key[..] == index.to_be_bytes() && row.value[..] == [writer])
    };
    let applied = format!("{:?}", Ok::<_, Error>(Outcome::Applied));
    trace.iter().filter(|(index, writer, told)| *told == applied && !there(*index, *writer)).count()
}

#[tokio::test(start_paused = true)]
async fn nothing_answered_is_lost_in_a_crash() {
    for seed in 0..200 {
        let store = Arc::new(Memory::new(options(seed)));
        let trace = race(store.clone(), Duration::from_millis(20 + seed)).await;
        assert!(matches!(store.commit(commit(0, 9, 1)).await, Err(Error::Unavailable(_))));
        let survivor = store.reopen();
        assert_eq!(lost(&survivor, &trace).await, 0, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_gives_the_same_trace() {
    let mut traces = Vec::new();
    for seed in [7, 7, 8] {
        let store = Arc::new(Memory::new(options(seed)));
        let trace = race(store.clone(), Duration::from_millis(300)).await;
        let rows =
            store.reopen().range(Range::prefix(Family::Fenced, "log", b"", 1_000), Level::Serial).await;
        traces.push((trace, rows.unwrap()));
    }
    assert_eq!(traces[0], traces[1]);
    assert_ne!(traces[0], traces[2]);
}

#[tokio::test(start_paused = true)]
async fn unknown_is_settled_by_reading_the_guard() {
    let store = Memory::new(MemoryOptions { unknown: 1.0, full: 0.0, ..options(3) });
    let mut applied = 0;
    for index in 0..100_u64 {
        assert_eq!(store.commit(commit(index, 1, 1)).await.unwrap(), Outcome::Unknown);
        let key = parlance_store::RowKey {
            family: Family::Fenced,
            partition: "log".into(),
            key: Bytes::copy_from_slice(&index.to_be_bytes()),
        };
        if let Some(row) = store.get(&key, Level::Serial).await.unwrap() {
            assert_eq!(row.token, commit(index, 1, 1).token);
            applied += 1;
        }
    }
    assert!((30..70).contains(&applied), "half applied, half not: {applied}");
}

#[tokio::test(start_paused = true)]
async fn rows_become_visible_when_they_are_durable() {
    let delay = Duration::from_millis(10);
    let store =
        Arc::new(Memory::new(MemoryOptions { sync_delay: (delay, delay), ..MemoryOptions::default() }));
    let writing = tokio::spawn({
        let store = store.clone();
        async move { store.commit(commit(0, 1, 1)).await }
    });
    tokio::time::sleep(delay / 2).await;
    let all = Range::prefix(Family::Fenced, "log", b"", 10);
    assert!(store.range(all.clone(), Level::Local).await.unwrap().is_empty());
    assert_eq!(writing.await.unwrap().unwrap(), Outcome::Applied);
    assert_eq!(store.range(all, Level::Local).await.unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_goes_away_leaves_its_write_behind() {
    let delay = Duration::from_millis(10);
    let store = Memory::new(MemoryOptions { sync_delay: (delay, delay), ..MemoryOptions::default() });
    let asked = tokio::time::timeout(delay / 2, store.commit(commit(0, 1, 1))).await;
    assert!(asked.is_err());
    assert!(matches!(store.commit(commit(0, 2, 1)).await.unwrap(), Outcome::Conflict(Some(_))));
}

#[tokio::test(start_paused = true)]
async fn acknowledging_before_the_sync_is_caught() {
    let mut caught = 0;
    for seed in 0..20 {
        let planted = MemoryOptions { planted: Some(Planted::AckBeforeSync), ..options(seed) };
        let store = Arc::new(Memory::new(planted));
        let racing = tokio::spawn(race(store.clone(), Duration::from_millis(5)));
        let trace = racing.await.unwrap();
        caught += usize::from(lost(&store.reopen(), &trace).await > 0);
    }
    assert!(caught > 15, "only {caught} of 20 seeds show the defect");
}
