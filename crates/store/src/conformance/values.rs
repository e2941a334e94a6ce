//! Values of every size, limits, and what is there after a close.
//!
//! Sizes lie on both sides of where an engine may split a value; a refused request leaves nothing.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::{
    Bytes, Durability, Error, Family, Guard, Level, Put, Range, RowKey, Store, Write, applied,
    assert_too_large, commit, get, index, key, put, range, row, write,
};

/// Nothing, small, either side of where an engine may split a value, and several parts.
const SIZES: [usize; 8] = [0, 1, 3_400, 3_500, 3_501, 3_600, 7_000, 40_000];

/// Bytes that differ by place, so that parts put together wrongly show.
fn bytes(len: usize, seed: u8) -> Bytes {
    (0..len).map(|place| (place / 7) as u8 ^ (place % 251) as u8 ^ seed).collect::<Vec<_>>().into()
}

pub(super) async fn every_size_comes_back<S: Store>(store: Arc<S>) {
    for (size, seed) in SIZES.into_iter().zip(0..) {
        let ours = commit("p", Guard::Absent(index(size as u64)), bytes(size, seed), 9);
        applied(&*store, ours).await;
        write(&*store, vec![put("p", index(size as u64), bytes(size, seed + 100))]).await;
        let cursor = key(Family::Register, "p", index(size as u64));
        let raised = store.merge_max(cursor, 5, bytes(size, seed + 200), Durability::Durable).await;
        raised.expect("a register is raised");
    }
    let families = [(Family::Fenced, 0, 1), (Family::Blind, 100, 0), (Family::Register, 200, 5)];
    for (family, offset, version) in families {
        let rows = range(&*store, Range::prefix(family, "p", b"", 100)).await;
        let keys: Vec<_> = SIZES.iter().map(|size| key(family, "p", index(*size as u64))).collect();
        let many = store.multi_get(&keys, Level::Serial).await.expect("many are answered");
        assert_eq!(rows.len(), SIZES.len());
        for ((size, seed), found) in SIZES.into_iter().zip(0_u8..).zip(rows) {
            let token = if version == 1 { [9; 16] } else { [0; 16] };
            let expected = row(index(size as u64), bytes(size, seed + offset), version, token);
            assert_eq!(found, expected);
            let place = usize::from(seed);
            assert_eq!(many[place].as_ref(), Some(&expected));
            assert_eq!(get(&*store, &keys[place]).await, Some(expected));
        }
    }
}

pub(super) async fn sizes_change_in_place<S: Store>(store: Arc<S>) {
    let name = key(Family::Blind, "p", "k");
    for (from, seed) in SIZES.into_iter().zip(0..) {
        for to in SIZES {
            write(&*store, vec![put("p", "k", bytes(from, seed))]).await;
            write(&*store, vec![put("p", "k", bytes(to, seed + 1))]).await;
            let found = get(&*store, &name).await.expect("the row is there");
            assert_eq!(found.value, bytes(to, seed + 1), "{from} to {to}");
        }
    }
    write(&*store, vec![Write::Delete { partition: "p".into(), key: "k".into() }]).await;
    assert_eq!(get(&*store, &name).await, None);
    write(&*store, vec![put("p", "k", bytes(3_600, 1))]).await;
    assert_eq!(get(&*store, &name).await.expect("the row is there").value, bytes(3_600, 1));
}

pub(super) async fn limits_refuse_whole<S: Store>(store: Arc<S>) {
    let limits = store.capabilities();
    let many = |rows: usize| {
        let mut ours = commit("p", Guard::Absent(index(0)), "g", 1);
        ours.puts.extend((1..rows as u64).map(|n| Put::new(index(n), "v")));
        ours
    };
    assert_too_large(store.commit(many(limits.max_commit_rows + 1)).await);
    let mut heavy = many(3);
    heavy.puts[1].value = bytes(limits.max_commit_bytes, 1);
    assert_too_large(store.commit(heavy).await);
    let mut along = many(1);
    along.along = (0..=limits.max_commit_rows as u64).map(|n| put("q", index(n), "v")).collect();
    assert_too_large(store.commit(along.clone()).await);
    assert_too_large(store.write(along.along, Durability::Durable).await);
    let long = Bytes::from(vec![b'x'; 256]);
    assert_too_large(store.commit(commit("p", Guard::Absent(long.clone()), "v", 1)).await);
    let wide = Write::Put { partition: long.clone(), put: Put::new("k", "v") };
    assert_too_large(store.write(vec![wide], Durability::Durable).await);
    let register = RowKey { family: Family::Register, partition: long, key: "k".into() };
    assert_too_large(store.merge_max(register, 1, Bytes::new(), Durability::Durable).await);
    assert!(range(&*store, Range::prefix(Family::Fenced, "p", b"", 10)).await.is_empty());
    assert!(range(&*store, Range::prefix(Family::Blind, "q", b"", 10)).await.is_empty());

    let most = many(limits.max_commit_rows);
    applied(&*store, most).await;
    let rows = range(&*store, Range::prefix(Family::Fenced, "p", b"", 10_000)).await;
    assert_eq!(rows.len(), limits.max_commit_rows);
    let longest = commit("q", Guard::Absent(vec![b'k'; 255].into()), bytes(200_000, 3), 1);
    applied(&*store, longest).await;
    let found = get(&*store, &key(Family::Fenced, "q", vec![b'k'; 255])).await.expect("the row is there");
    assert_eq!(found.value, bytes(200_000, 3));
}

pub(super) async fn many_at_once_are_all_there<S: Store>(store: Arc<S>) {
    let mut writers = JoinSet::new();
    for writer in 0..32_u64 {
        let store = store.clone();
        writers.spawn(async move {
            for n in 0..20 {
                let durability = if n % 3 == 0 { Durability::Derived } else { Durability::Durable };
                let name = index(writer * 1000 + n);
                let written = store.write(vec![put("p", name.clone(), name.clone())], durability).await;
                written.expect("a write is answered");
                let found = get(&*store, &key(Family::Blind, "p", name.clone())).await;
                assert_eq!(found, Some(row(name.clone(), name, 0, [0; 16])), "one's own write is read");
            }
        });
    }
    while let Some(done) = writers.join_next().await {
        done.expect("a writer ends well");
    }
    let rows = range(&*store, Range::prefix(Family::Blind, "p", b"", 10_000)).await;
    assert_eq!(rows.len(), 640);
}

pub(super) async fn close_keeps_everything<S: Store>(store: S, reopen: impl AsyncFn(S) -> S) {
    let mut store = store;
    for round in 0..3_u64 {
        applied(&store, commit("p", Guard::Absent(index(round)), bytes(5_000, round as u8), 1)).await;
        let derived = vec![put("p", index(round), bytes(10, round as u8))];
        store.write(derived, Durability::Derived).await.expect("a write is answered");
        let cursor = key(Family::Register, "p", "c");
        let raised = store.merge_max(cursor.clone(), round + 1, "r".into(), Durability::Derived).await;
        raised.expect("a register is raised");
        store.close().await.expect("a store closes");
        let after = store.write(vec![put("p", "late", "x")], Durability::Durable).await;
        assert!(matches!(after, Err(Error::Unavailable(_))), "closed, not {after:?}");
        assert!(store.get(&cursor, Level::Local).await.is_err(), "a closed store reads nothing");
        store = reopen(store).await;
        for old in 0..=round {
            let fenced = get(&store, &key(Family::Fenced, "p", index(old))).await;
            assert_eq!(fenced, Some(row(index(old), bytes(5_000, old as u8), 1, [1; 16])));
            let blind = get(&store, &key(Family::Blind, "p", index(old))).await;
            assert_eq!(blind, Some(row(index(old), bytes(10, old as u8), 0, [0; 16])));
        }
        assert_eq!(get(&store, &cursor).await.map(|row| row.version), Some(round + 1));
    }
    store.close().await.expect("a store closes");
}
