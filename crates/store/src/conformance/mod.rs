//! The suite that every engine passes. Each check starts from an empty store and panics where a promise is broken.
//!
//! Checks use real concurrency where the runtime has it. They ask for nothing that the trait does not promise.

mod guards;
mod ranges;
mod rows;
mod values;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;

use crate::{
    Clock, Commit, Durability, Error, Family, Guard, Level, Outcome, Put, Range, Row, RowKey, Store, Token,
    Write,
};

/// The time every check starts at, in milliseconds since 1970.
const START_MS: i64 = 1_800_000_000_000;

/// Runs the whole suite. `make` gives an empty store that uses the clock; `reopen` opens a closed one again.
pub async fn conformance<S: Store>(make: impl AsyncFn(Clock) -> S, reopen: impl AsyncFn(S) -> S) {
    let time = Time::default();
    let fresh = async || Arc::new(make(time.clock()).await);

    guards::one_winner_for_each_index(fresh().await).await;
    guards::versions_count_from_one(fresh().await).await;
    guards::conflicts_change_nothing(fresh().await).await;
    guards::an_expired_guard_is_absent(fresh().await, &time).await;
    guards::counters_add_up_under_contention(fresh().await).await;
    guards::along_rows_come_with_the_commit(fresh().await).await;
    guards::an_unsettled_guard_is_refused(fresh().await).await;

    ranges::order_bounds_and_limits(fresh().await).await;
    ranges::partitions_and_families_stay_apart(fresh().await).await;
    ranges::prefixes(fresh().await).await;

    rows::registers_never_fall(fresh().await).await;
    rows::blind_writes_repeat_harmlessly(fresh().await).await;
    rows::multi_get_keeps_the_order_asked(fresh().await).await;
    rows::expired_rows_are_absent(fresh().await, &time).await;
    rows::a_compaction_keeps_what_stands(fresh().await).await;

    values::every_size_comes_back(fresh().await).await;
    values::sizes_change_in_place(fresh().await).await;
    values::limits_refuse_whole(fresh().await).await;
    values::many_at_once_are_all_there(fresh().await).await;
    let store = make(time.clock()).await;
    values::close_keeps_everything(store, reopen).await;
}

/// A clock that the checks move.
#[derive(Clone)]
struct Time(Arc<AtomicI64>);

impl Default for Time {
    fn default() -> Time {
        Time(Arc::new(AtomicI64::new(START_MS)))
    }
}

impl Time {
    fn clock(&self) -> Clock {
        let time = self.0.clone();
        Clock::new(move || time.load(Ordering::SeqCst))
    }

    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn pass_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

/// The eight bytes of a number, ordered as the numbers are.
fn index(n: u64) -> Bytes {
    n.to_be_bytes().to_vec().into()
}

fn key(family: Family, partition: &'static str, key: impl Into<Bytes>) -> RowKey {
    RowKey { family, partition: partition.into(), key: key.into() }
}

/// A commit of the guard's row alone.
fn commit(partition: &'static str, guard: Guard, value: impl Into<Bytes>, token: u8) -> Commit {
    let put = Put::new(guard.key().clone(), value);
    Commit {
        partition: partition.into(),
        guard,
        puts: vec![put],
        deletes: Vec::new(),
        token: [token; 16],
        along: Vec::new(),
        durability: Durability::Durable,
    }
}

fn put(partition: &'static str, key: impl Into<Bytes>, value: impl Into<Bytes>) -> Write {
    Write::Put { partition: partition.into(), put: Put::new(key, value) }
}

async fn applied(store: &impl Store, commit: Commit) {
    assert_eq!(outcome(store, commit).await, Outcome::Applied);
}

async fn outcome(store: &impl Store, commit: Commit) -> Outcome {
    store.commit(commit).await.expect("a commit is answered")
}

async fn get(store: &impl Store, key: &RowKey) -> Option<Row> {
    store.get(key, Level::Serial).await.expect("a get is answered")
}

async fn range(store: &impl Store, range: Range) -> Vec<Row> {
    store.range(range, Level::Serial).await.expect("a range is answered")
}

async fn write(store: &impl Store, writes: Vec<Write>) {
    store.write(writes, Durability::Durable).await.expect("a write is answered");
}

fn row(key: impl Into<Bytes>, value: impl Into<Bytes>, version: u64, token: Token) -> Row {
    Row { key: key.into(), value: value.into(), version, token }
}

fn assert_too_large<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::TooLarge(_))), "too large, not {result:?}");
}
