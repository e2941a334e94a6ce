//! Guards: one winner, versions without gaps, nothing written on conflict, rows along never missing.
//!
//! The races use many tasks on one key; who wins is left open, that exactly one does is not.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::{
    Durability, Family, Guard, Outcome, Put, Range, Store, Time, applied, assert_too_large, commit, get,
    index, key, outcome, put, range, row, write,
};

/// Rivals for each index.
const RIVALS: u8 = 16;
const INDEXES: u64 = 40;

pub(super) async fn one_winner_for_each_index<S: Store>(store: Arc<S>) {
    let mut rivals = JoinSet::new();
    for rival in 1..=RIVALS {
        let store = store.clone();
        rivals.spawn(async move {
            let mut won = Vec::new();
            for n in 1..=INDEXES {
                let ours = commit("log", Guard::Absent(index(n)), vec![rival], rival);
                match outcome(&*store, ours).await {
                    Outcome::Applied => won.push(n),
                    Outcome::Conflict(Some(row)) => {
                        assert_eq!(row.value[..], row.token[..1], "a winner's row");
                    }
                    other => panic!("neither won nor lost: {other:?}"),
                }
            }
            (rival, won)
        });
    }
    let mut winners = vec![None; INDEXES as usize + 1];
    while let Some(done) = rivals.join_next().await {
        let (rival, won) = done.expect("a rival ends well");
        for n in won {
            assert_eq!(winners[n as usize].replace(rival), None, "index {n} was won twice");
        }
    }
    let rows = range(&*store, Range::prefix(Family::Fenced, "log", b"", 1000)).await;
    assert_eq!(rows.len() as u64, INDEXES);
    for (found, n) in rows.into_iter().zip(1..) {
        let winner = winners[n as usize].expect("every index was won");
        assert_eq!(found, row(index(n), vec![winner], 1, [winner; 16]));
    }
}

pub(super) async fn versions_count_from_one<S: Store>(store: Arc<S>) {
    let head = key(Family::Fenced, "p", "head");
    let guard = |version| Guard::Version("head".into(), version);
    assert_eq!(outcome(&*store, commit("p", guard(1), "x", 1)).await, Outcome::Conflict(None));
    applied(&*store, commit("p", Guard::Absent("head".into()), "a", 1)).await;
    assert_eq!(get(&*store, &head).await, Some(row("head", "a", 1, [1; 16])));
    applied(&*store, commit("p", guard(1), "b", 2)).await;
    assert_eq!(get(&*store, &head).await, Some(row("head", "b", 2, [2; 16])));
    let stale = outcome(&*store, commit("p", guard(1), "c", 3)).await;
    assert_eq!(stale, Outcome::Conflict(Some(row("head", "b", 2, [2; 16]))));
    let absent = outcome(&*store, commit("p", Guard::Absent("head".into()), "c", 3)).await;
    assert_eq!(absent, Outcome::Conflict(Some(row("head", "b", 2, [2; 16]))));

    let mut delete = commit("p", Guard::Absent("other".into()), "o", 4);
    delete.deletes = vec!["head".into()];
    applied(&*store, delete).await;
    assert_eq!(get(&*store, &head).await, None);
    applied(&*store, commit("p", Guard::Absent("head".into()), "again", 5)).await;
    assert_eq!(get(&*store, &head).await, Some(row("head", "again", 1, [5; 16])));
}

pub(super) async fn conflicts_change_nothing<S: Store>(store: Arc<S>) {
    applied(&*store, commit("p", Guard::Absent("g".into()), "first", 1)).await;
    write(&*store, vec![put("marks", "keep", "old")]).await;
    let mut losing = commit("p", Guard::Absent("g".into()), "second", 2);
    losing.puts.push(Put::new("row", "new"));
    losing.deletes = vec!["g2".into()];
    losing.along = vec![put("marks", "keep", "new"), put("marks", "more", "new")];
    assert!(matches!(outcome(&*store, losing).await, Outcome::Conflict(Some(_))));
    assert_eq!(get(&*store, &key(Family::Fenced, "p", "row")).await, None);
    // Rows along may exist although the commit did not apply; the trait allows it.
    let rows = range(&*store, Range::prefix(Family::Fenced, "p", b"", 10)).await;
    assert_eq!(rows, [row("g", "first", 1, [1; 16])]);
}

pub(super) async fn an_expired_guard_is_absent<S: Store>(store: Arc<S>, time: &Time) {
    let mut lease = commit("p", Guard::Absent("lease".into()), "mine", 1);
    lease.puts[0].expires_at_ms = Some(time.now_ms() + 1000);
    applied(&*store, lease.clone()).await;
    assert!(matches!(outcome(&*store, lease).await, Outcome::Conflict(Some(_))));
    time.pass_ms(1000);
    let renew = commit("p", Guard::Version("lease".into(), 1), "mine still", 1);
    assert_eq!(outcome(&*store, renew).await, Outcome::Conflict(None));
    applied(&*store, commit("p", Guard::Absent("lease".into()), "yours", 2)).await;
    let lease = get(&*store, &key(Family::Fenced, "p", "lease")).await;
    assert_eq!(lease, Some(row("lease", "yours", 1, [2; 16])));
}

pub(super) async fn counters_add_up_under_contention<S: Store>(store: Arc<S>) {
    applied(&*store, commit("p", Guard::Absent("n".into()), "0", 0)).await;
    let mut adders = JoinSet::new();
    for adder in 1..=8_u8 {
        let store = store.clone();
        adders.spawn(async move {
            for _ in 0..25 {
                add_one(&*store, adder).await;
            }
        });
    }
    while let Some(done) = adders.join_next().await {
        done.expect("an adder ends well");
    }
    let n = get(&*store, &key(Family::Fenced, "p", "n")).await.expect("the counter is there");
    assert_eq!((n.value.as_ref(), n.version), (&b"200"[..], 201));
}

async fn add_one(store: &impl Store, adder: u8) {
    loop {
        let n = get(store, &key(Family::Fenced, "p", "n")).await.expect("the counter is there");
        let text = std::str::from_utf8(&n.value).expect("a number in text");
        let next = text.parse::<u64>().expect("a number") + 1;
        let step = commit("p", Guard::Version("n".into(), n.version), next.to_string(), adder);
        if outcome(store, step).await == Outcome::Applied {
            return;
        }
    }
}

pub(super) async fn along_rows_come_with_the_commit<S: Store>(store: Arc<S>) {
    let mut writers = JoinSet::new();
    for n in 0..64 {
        let store = store.clone();
        writers.spawn(async move {
            let mut ours = commit("log", Guard::Absent(index(n)), "entry", 1);
            ours.along = vec![put("dirty", index(n), "mark")];
            applied(&*store, ours).await;
            let mark = get(&*store, &key(Family::Blind, "dirty", index(n))).await;
            assert_eq!(mark, Some(row(index(n), "mark", 0, [0; 16])));
        });
    }
    while let Some(done) = writers.join_next().await {
        done.expect("a writer ends well");
    }
}

pub(super) async fn an_unsettled_guard_is_refused<S: Store>(store: Arc<S>) {
    let mut without = commit("p", Guard::Absent("g".into()), "v", 1);
    without.puts[0].key = "other".into();
    assert_too_large(store.commit(without).await);
    let mut derived = commit("p", Guard::Absent("g".into()), "v", 1);
    derived.durability = Durability::Derived;
    applied(&*store, derived).await;
    assert_eq!(get(&*store, &key(Family::Fenced, "p", "g")).await, Some(row("g", "v", 1, [1; 16])));
}
