//! Both engines against a plain ordered map: any sequence of operations gives the same answers (H8).
//!
//! `PROPTEST_CASES` sets how many sequences are tried.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use parlance_store::{
    Bound, Clock, Commit, Durability, Embedded, EmbeddedOptions, Error, Family, Guard, Level, Memory,
    MemoryOptions, Outcome, Put, Range, Row, RowKey, Store, Token, Write,
};
use proptest::prelude::*;

/// The simplest thing that keeps the promises.
#[derive(Default)]
struct Model(BTreeMap<(Family, Bytes, Bytes), (Row, Option<i64>)>);

impl Model {
    fn get(&self, family: Family, partition: &Bytes, key: &Bytes, now_ms: i64) -> Option<Row> {
        let (row, end) = self.0.get(&(family, partition.clone(), key.clone()))?;
        end.is_none_or(|end| end > now_ms).then(|| row.clone())
    }

    fn set(&mut self, family: Family, partition: &Bytes, put: &Put, (version, token): (u64, Token)) {
        let row = Row { key: put.key.clone(), value: put.value.clone(), version, token };
        self.0.insert((family, partition.clone(), put.key.clone()), (row, put.expires_at_ms));
    }

    fn write(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Put { partition, put } => self.set(Family::Blind, partition, put, (0, [0; 16])),
                Write::Erased => {}
                Write::Delete { partition, key } => {
                    self.0.remove(&(Family::Blind, partition.clone(), key.clone()));
                }
            }
        }
    }

    fn commit(&mut self, commit: &Commit, now_ms: i64) -> Outcome {
        let guard = commit.guard.key();
        let standing = self.get(Family::Fenced, &commit.partition, guard, now_ms);
        let version = match (&commit.guard, &standing) {
            (Guard::Absent(_), None) => 1,
            (Guard::Version(_, version), Some(row)) if row.version == *version => version + 1,
            _ => return Outcome::Conflict(standing),
        };
        for put in &commit.puts {
            let guarded = put.key == *guard;
            let (version, token) = if guarded { (version, commit.token) } else { (0, [0; 16]) };
            self.set(Family::Fenced, &commit.partition, put, (version, token));
        }
        for key in &commit.deletes {
            self.0.remove(&(Family::Fenced, commit.partition.clone(), key.clone()));
        }
        self.write(&commit.along);
        Outcome::Applied
    }

    fn merge_max(&mut self, key: &RowKey, n: u64, value: &Bytes, now_ms: i64) {
        let standing = self.get(Family::Register, &key.partition, &key.key, now_ms);
        if standing.is_none_or(|row| row.version < n) {
            let put = Put::new(key.key.clone(), value.clone());
            self.set(Family::Register, &key.partition, &put, (n, [0; 16]));
        }
    }

    fn range(&self, range: &Range, now_ms: i64) -> Vec<Row> {
        let inside = |key: &Bytes| {
            let over = match &range.from {
                Bound::Open => true,
                Bound::Included(from) => key >= from,
                Bound::Excluded(from) => key > from,
            };
            over && match &range.to {
                Bound::Open => true,
                Bound::Included(to) => key <= to,
                Bound::Excluded(to) => key < to,
            }
        };
        let rows = self.0.iter().filter(|((family, partition, key), (_, end))| {
            *family == range.family
                && *partition == range.partition
                && inside(key)
                && end.is_none_or(|end| end > now_ms)
        });
        let mut rows: Vec<Row> = rows.map(|(_, (row, _))| row.clone()).collect();
        if range.reverse {
            rows.reverse();
        }
        rows.truncate(range.limit);
        rows
    }
}

#[derive(Clone, Debug)]
enum Step {
    Commit(Commit),
    MergeMax(RowKey, u64, Bytes),
    Write(Vec<Write>),
    Get(RowKey),
    Range(Range),
    Pass(i64),
    Reopen,
}

fn name() -> impl Strategy<Value = Bytes> {
    prop::sample::select(vec![&b""[..], b"a", b"ab", b"b", b"\xff", b"\xff\xff"]).prop_map(Bytes::from_static)
}

fn value() -> impl Strategy<Value = Bytes> {
    let len = prop_oneof![8 => 0..40_usize, 1 => 3_490..3_510_usize, 1 => 7_000..7_010_usize];
    (len, any::<u8>()).prop_map(|(len, seed)| support::value(seed.into(), len))
}

fn put() -> impl Strategy<Value = Put> {
    (name(), value(), prop::option::weighted(0.2, 0..200_i64)).prop_map(|(key, value, expires_at_ms)| Put {
        key,
        value,
        expires_at_ms,
    })
}

fn write() -> impl Strategy<Value = Write> {
    prop_oneof![
        3 => (name(), put()).prop_map(|(partition, put)| Write::Put { partition, put }),
        1 => (name(), name()).prop_map(|(partition, key)| Write::Delete { partition, key }),
    ]
}

fn commit() -> impl Strategy<Value = Commit> {
    let guard = prop_oneof![
        name().prop_map(Guard::Absent),
        (name(), 1..4_u64).prop_map(|(key, version)| Guard::Version(key, version)),
    ];
    let rows = (prop::collection::vec(put(), 0..3), prop::collection::vec(name(), 0..2));
    let along = prop::collection::vec(write(), 0..2);
    (name(), guard, put(), rows, any::<[u8; 16]>(), along).prop_map(
        |(partition, guard, first, (others, mut deletes), token, along)| {
            let mut puts = vec![Put { key: guard.key().clone(), ..first }];
            puts.extend(others.into_iter().filter(|put| put.key != *guard.key()));
            deletes.retain(|key| key != guard.key());
            let durability = Durability::Durable;
            Commit { partition, guard, puts, deletes, token, along, durability }
        },
    )
}

fn family() -> impl Strategy<Value = Family> {
    prop::sample::select(vec![Family::Fenced, Family::Register, Family::Blind])
}

fn range() -> impl Strategy<Value = Range> {
    let bound =
        || prop_oneof![Just(Bound::Open), name().prop_map(Bound::Included), name().prop_map(Bound::Excluded)];
    (family(), name(), bound(), bound(), 0..6_usize, any::<bool>()).prop_map(
        |(family, partition, from, to, limit, reverse)| Range { family, partition, from, to, limit, reverse },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let key = |family| (name(), name()).prop_map(move |(partition, key)| RowKey { family, partition, key });
    prop_oneof![
        6 => commit().prop_map(Step::Commit),
        2 => (key(Family::Register), 0..6_u64, value()).prop_map(|(key, n, value)| Step::MergeMax(key, n, value)),
        4 => prop::collection::vec(write(), 0..4).prop_map(Step::Write),
        3 => family().prop_flat_map(key).prop_map(Step::Get),
        4 => range().prop_map(Step::Range),
        1 => (0..60_i64).prop_map(Step::Pass),
        1 => Just(Step::Reopen),
    ]
}

async fn perform<S: Store>(
    store: S,
    steps: &[Step],
    clock: &AtomicI64,
    reopen: impl Fn(S) -> S,
) -> Result<(), Error> {
    let mut store = store;
    let mut model = Model::default();
    for (place, step) in steps.iter().enumerate() {
        let now_ms = clock.load(Ordering::SeqCst);
        match step.clone() {
            Step::Commit(commit) => {
                let expected = model.commit(&commit, now_ms);
                assert_eq!(store.commit(commit).await?, expected, "step {place}");
            }
            Step::MergeMax(key, n, value) => {
                model.merge_max(&key, n, &value, now_ms);
                store.merge_max(key, n, value, Durability::Durable).await?;
            }
            Step::Write(writes) => {
                model.write(&writes);
                store.write(writes, Durability::Durable).await?;
            }
            Step::Get(key) => {
                let expected = model.get(key.family, &key.partition, &key.key, now_ms);
                assert_eq!(store.get(&key, Level::Serial).await?, expected, "step {place}");
                let many = store.multi_get(&[key.clone(), key], Level::Local).await?;
                assert_eq!(many, [expected.clone(), expected]);
            }
            Step::Range(range) => {
                let expected = model.range(&range, now_ms);
                assert_eq!(store.range(range, Level::Serial).await?, expected, "step {place}");
            }
            Step::Pass(ms) => {
                clock.fetch_add(ms, Ordering::SeqCst);
            }
            Step::Reopen => store = reopen(store),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn engines_agree_with_the_model(steps in prop::collection::vec(step(), 1..80)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let time = Arc::new(AtomicI64::new(0));
        let read = time.clone();
        let clock = Clock::new(move || read.load(Ordering::SeqCst));

        let memory = MemoryOptions { clock: clock.clone(), ..MemoryOptions::default() };
        let done = perform(Memory::new(memory), &steps, &time, |store| store.reopen());
        runtime.block_on(done).unwrap();

        time.store(0, Ordering::SeqCst);
        let folder = support::folder();
        let options = EmbeddedOptions { clock, ..support::options() };
        let open = || Embedded::open(folder.path(), options.clone()).unwrap();
        let done = perform(open(), &steps, &time, |store| {
            drop(store);
            open()
        });
        runtime.block_on(done).unwrap();
    }
}
