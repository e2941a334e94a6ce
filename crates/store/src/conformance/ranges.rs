//! Ranges: order, both directions, bounds, limits, prefixes, and partitions that never leak into each other.
//!
//! Keys order as bytes; names that are prefixes of each other, and names of full bytes, are the hard cases.

use std::sync::Arc;

use super::{Bytes, Family, Guard, Range, Store, applied, commit, put, range, write};
use crate::Bound;

async fn keys(store: &impl Store, asked: Range) -> Vec<Bytes> {
    range(store, asked).await.into_iter().map(|row| row.key).collect()
}

fn between(from: Bound, to: Bound) -> Range {
    Range { family: Family::Blind, partition: "p".into(), from, to, limit: 100, reverse: false }
}

pub(super) async fn order_bounds_and_limits<S: Store>(store: Arc<S>) {
    let names = ["", "a", "a\0", "aa", "b", "b\u{7f}", "c"];
    let mut shuffled: Vec<_> = names.iter().map(|name| put("p", *name, *name)).collect();
    shuffled.rotate_left(3);
    write(&*store, shuffled).await;
    let all = between(Bound::Open, Bound::Open);
    assert_eq!(keys(&*store, all.clone()).await, names);
    let backwards: Vec<_> = names.iter().rev().copied().collect();
    assert_eq!(keys(&*store, Range { reverse: true, ..all.clone() }).await, backwards);
    assert_eq!(keys(&*store, Range { limit: 2, ..all.clone() }).await, names[..2]);
    assert_eq!(keys(&*store, Range { limit: 2, reverse: true, ..all.clone() }).await, backwards[..2]);
    assert!(keys(&*store, Range { limit: 0, ..all }).await.is_empty());

    let included = |name: &'static str| Bound::Included(name.into());
    let excluded = |name: &'static str| Bound::Excluded(name.into());
    let cases = [
        (included("a"), included("b"), &names[1..5]),
        (excluded("a"), excluded("b"), &names[2..4]),
        (excluded(""), Bound::Open, &names[1..]),
        (Bound::Open, excluded("a"), &names[..1]),
        (included("aab"), included("azz"), &[]),
        (included("b"), included("b"), &names[4..5]),
        (included("b"), excluded("b"), &[]),
        (excluded("b"), excluded("b"), &[]),
        (excluded("b"), included("b"), &[]),
        (included("c"), included("a"), &[]),
    ];
    for (from, to, expected) in cases {
        let asked = between(from, to);
        assert_eq!(keys(&*store, asked.clone()).await, *expected, "{asked:?}");
        let reverse: Vec<_> = expected.iter().rev().copied().collect();
        assert_eq!(keys(&*store, Range { reverse: true, ..asked }).await, reverse);
    }
}

pub(super) async fn partitions_and_families_stay_apart<S: Store>(store: Arc<S>) {
    let partitions: [&'static [u8]; 8] = [b"", b"a", b"ab", b"abc", b"b", b"\xff", b"\xff\xff", b"a\0"];
    for partition in partitions {
        for family in [Family::Fenced, Family::Register, Family::Blind] {
            fill(&*store, partition, family).await;
        }
    }
    for partition in partitions {
        for family in [Family::Fenced, Family::Register, Family::Blind] {
            for reverse in [false, true] {
                let all = Range {
                    family,
                    partition: partition.into(),
                    from: Bound::Open,
                    to: Bound::Open,
                    limit: 100,
                    reverse,
                };
                let found = range(&*store, all).await;
                let values: Vec<_> = found.iter().map(|row| row.value.as_ref()).collect();
                assert_eq!(values, [partition, partition], "{family:?} {partition:?}");
            }
        }
    }
}

async fn fill(store: &impl Store, partition: &'static [u8], family: Family) {
    for name in ["b", "\u{0}"] {
        match family {
            Family::Fenced => {
                let mut ours = commit("", Guard::Absent(name.into()), partition, 1);
                ours.partition = partition.into();
                applied(store, ours).await;
            }
            Family::Register => {
                let key = crate::RowKey { family, partition: partition.into(), key: name.into() };
                store
                    .merge_max(key, 7, partition.into(), super::Durability::Durable)
                    .await
                    .expect("a register is raised");
            }
            Family::Blind => {
                let row = super::Put::new(name, partition);
                write(store, vec![super::Write::Put { partition: partition.into(), put: row }]).await;
            }
        }
    }
}

pub(super) async fn prefixes<S: Store>(store: Arc<S>) {
    let names: [&'static [u8]; 6] = [b"c", b"c/", b"c/1", b"c/\xff", b"c0", b"\xff\xff\x01"];
    let puts = names.iter().map(|name| put("p", *name, "v")).collect();
    write(&*store, puts).await;
    let under = |prefix: &[u8]| Range::prefix(Family::Blind, "p", prefix, 100);
    assert_eq!(keys(&*store, under(b"c/")).await, names[1..4]);
    assert_eq!(keys(&*store, under(b"c")).await, names[..5]);
    assert_eq!(keys(&*store, under(b"\xff")).await, names[5..]);
    assert_eq!(keys(&*store, under(b"")).await.len(), names.len());
    assert!(keys(&*store, under(b"d")).await.is_empty());
}
