//! Registers, blind rows, reads of many, expiry.
//!
//! A register's number never falls, whoever writes; an expired row is absent to every kind of read.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::{
    Durability, Family, Guard, Level, Outcome, Put, Range, Store, Time, Write, applied, commit, get, index,
    key, outcome, put, range, row, write,
};

pub(super) async fn registers_never_fall<S: Store>(store: Arc<S>) {
    let cursor = key(Family::Register, "cursors", "c");
    let mut raisers = JoinSet::new();
    for raiser in 0..8_u64 {
        let (store, cursor) = (store.clone(), cursor.clone());
        raisers.spawn(async move {
            let mut seen = 0;
            for step in 0..40_u64 {
                let n = 1 + (step * 7 + raiser * 13) % 100;
                let raised =
                    store.merge_max(cursor.clone(), n, n.to_string().into(), Durability::Durable).await;
                raised.expect("a register is raised");
                let now = get(&*store, &cursor).await.expect("the register is there");
                assert!(now.version >= n && now.version >= seen, "{} after {n} and {seen}", now.version);
                assert_eq!(now.value, now.version.to_string(), "number and value belong together");
                seen = now.version;
            }
        });
    }
    while let Some(done) = raisers.join_next().await {
        done.expect("a raiser ends well");
    }
    let repeat = store.merge_max(cursor.clone(), 1, "low".into(), Durability::Derived).await;
    repeat.expect("a lower number is no error");
    let top = get(&*store, &cursor).await.expect("the register is there");
    assert_eq!((top.value, top.version), (top.version.to_string().into(), top.version));
}

pub(super) async fn blind_writes_repeat_harmlessly<S: Store>(store: Arc<S>) {
    let delete = |name: &'static str| Write::Delete { partition: "p".into(), key: name.into() };
    let writes = vec![put("p", "a", "1"), put("p", "b", "2"), delete("c")];
    for _ in 0..3 {
        write(&*store, writes.clone()).await;
        let rows = range(&*store, Range::prefix(Family::Blind, "p", b"", 10)).await;
        assert_eq!(rows, [row("a", "1", 0, [0; 16]), row("b", "2", 0, [0; 16])]);
    }
    for _ in 0..2 {
        write(&*store, vec![delete("a"), put("p", "b", "3")]).await;
        assert_eq!(get(&*store, &key(Family::Blind, "p", "a")).await, None);
        let b = get(&*store, &key(Family::Blind, "p", "b")).await;
        assert_eq!(b, Some(row("b", "3", 0, [0; 16])));
    }
    // In one write, the last word about a key counts.
    write(&*store, vec![put("p", "d", "1"), delete("d"), put("p", "e", "1"), put("p", "e", "2")]).await;
    assert_eq!(get(&*store, &key(Family::Blind, "p", "d")).await, None);
    assert_eq!(get(&*store, &key(Family::Blind, "p", "e")).await, Some(row("e", "2", 0, [0; 16])));
    write(&*store, Vec::new()).await;
}

pub(super) async fn multi_get_keeps_the_order_asked<S: Store>(store: Arc<S>) {
    write(&*store, vec![put("p", "a", "blind"), put("q", "a", "elsewhere")]).await;
    applied(&*store, commit("p", Guard::Absent("a".into()), "fenced", 3)).await;
    let keys = [
        key(Family::Blind, "q", "a"),
        key(Family::Blind, "p", "missing"),
        key(Family::Fenced, "p", "a"),
        key(Family::Register, "p", "a"),
        key(Family::Blind, "p", "a"),
        key(Family::Blind, "q", "a"),
    ];
    let found = store.multi_get(&keys, Level::Serial).await.expect("many are answered");
    let elsewhere = Some(row("a", "elsewhere", 0, [0; 16]));
    let expected = [
        elsewhere.clone(),
        None,
        Some(row("a", "fenced", 1, [3; 16])),
        None,
        Some(row("a", "blind", 0, [0; 16])),
        elsewhere,
    ];
    assert_eq!(found, expected);
    assert!(store.multi_get(&[], Level::Local).await.expect("none are answered").is_empty());
}

pub(super) async fn expired_rows_are_absent<S: Store>(store: Arc<S>, time: &Time) {
    let lasting = |name: &'static str, ms: i64, value: Vec<u8>| Write::Put {
        partition: "p".into(),
        put: Put { key: name.into(), value: value.into(), expires_at_ms: Some(time.now_ms() + ms) },
    };
    let large = vec![7; 9000];
    write(
        &*store,
        vec![
            lasting("a", 10, vec![1]),
            lasting("b", 20, large.clone()),
            put("p", "c", "stays"),
            lasting("d", 0, vec![1]),
        ],
    )
    .await;
    let names = async || -> Vec<_> {
        let rows = range(&*store, Range::prefix(Family::Blind, "p", b"", 10)).await;
        rows.into_iter().map(|row| row.key).collect()
    };
    assert_eq!(names().await, ["a", "b", "c"]);
    time.pass_ms(10);
    assert_eq!(names().await, ["b", "c"]);
    assert_eq!(get(&*store, &key(Family::Blind, "p", "a")).await, None);
    let b = get(&*store, &key(Family::Blind, "p", "b")).await.expect("the large row still lasts");
    assert_eq!(b.value, large);
    time.pass_ms(10);
    assert_eq!(names().await, ["c"]);
    // Limits count the rows that are there.
    let first = range(&*store, Range::prefix(Family::Blind, "p", b"", 1)).await;
    assert_eq!(first, [row("c", "stays", 0, [0; 16])]);
    write(&*store, vec![put("p", "b", "back")]).await;
    assert_eq!(names().await, ["b", "c"]);
}

pub(super) async fn a_compaction_keeps_what_stands<S: Store>(store: Arc<S>) {
    for n in 0..20 {
        applied(&*store, commit("p", Guard::Absent(index(n)), "old", 1)).await;
    }
    applied(&*store, commit("p", Guard::Version(index(3), 1), "new", 2)).await;
    write(&*store, vec![put("p", "k", "old"), put("p", "gone", "old"), Write::Erased]).await;
    let gone = Write::Delete { partition: "p".into(), key: "gone".into() };
    write(&*store, vec![put("p", "k", "new"), gone, Write::Erased]).await;
    for _ in 0..2 {
        store.compact().await.expect("a store is compacted");
        let rows = range(&*store, Range::prefix(Family::Fenced, "p", b"", 100)).await;
        assert_eq!(rows.len(), 20);
        assert_eq!(rows[3], row(index(3), "new", 2, [2; 16]));
        assert_eq!(rows[4], row(index(4), "old", 1, [1; 16]));
        let blind = range(&*store, Range::prefix(Family::Blind, "p", b"", 100)).await;
        assert_eq!(blind, [row("k", "new", 0, [0; 16])]);
    }
    // The fences stand as before.
    let late = outcome(&*store, commit("p", Guard::Version(index(3), 1), "late", 3)).await;
    assert!(matches!(late, Outcome::Conflict(Some(_))), "{late:?}");
}
