//! The rows of the memory engine and what a request does to them. Nothing here waits.
//!
//! Ordered maps only: a walk over them is the same in every run.

use std::collections::BTreeMap;
use std::ops::Bound as Edge;

use bytes::Bytes;

use crate::{Bound, Commit, Family, Guard, Outcome, Put, Range, Row, RowKey, Token, Write};

/// A row as kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    value: Bytes,
    number: u64,
    token: Token,
    expires_at_ms: Option<i64>,
}

impl Kept {
    fn live(&self, now_ms: i64) -> bool {
        self.expires_at_ms.is_none_or(|end| end > now_ms)
    }

    fn row(&self, key: &Bytes) -> Row {
        Row { key: key.clone(), value: self.value.clone(), version: self.number, token: self.token }
    }
}

/// What stood under a key before it was changed.
pub(crate) type Undo = Vec<(RowKey, Option<Kept>)>;

/// A write that waits for its sync.
#[derive(Clone, Debug)]
pub(crate) enum Pending {
    Commit(Commit),
    Register { key: RowKey, n: u64, value: Bytes },
    Blind(Vec<Write>),
}

/// All rows, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows(BTreeMap<RowKey, Kept>);

impl Rows {
    pub(crate) fn get(&self, key: &RowKey, now_ms: i64) -> Option<Row> {
        self.kept(key, now_ms).map(|kept| kept.row(&key.key))
    }

    fn kept(&self, key: &RowKey, now_ms: i64) -> Option<&Kept> {
        self.0.get(key).filter(|kept| kept.live(now_ms))
    }

    pub(crate) fn range(&self, range: &Range, now_ms: i64) -> Vec<Row> {
        let Some(edges) = edges(range) else { return Vec::new() };
        let live = |(key, kept): (&RowKey, &Kept)| kept.live(now_ms).then(|| kept.row(&key.key));
        let rows = self.0.range(edges);
        if range.reverse {
            return rows.rev().filter_map(live).take(range.limit).collect();
        }
        rows.filter_map(live).take(range.limit).collect()
    }

    /// Does what the request asks, if its guard holds. The undo restores what was there before.
    pub(crate) fn apply(&mut self, pending: &Pending, now_ms: i64) -> (Outcome, Undo) {
        match pending {
            Pending::Commit(commit) => self.commit(commit, now_ms),
            Pending::Register { key, n, value } => {
                let held = self.kept(key, now_ms).is_some_and(|kept| kept.number >= *n);
                let kept =
                    Kept { value: value.clone(), number: *n, token: Token::default(), expires_at_ms: None };
                let undo = if held { Undo::new() } else { vec![self.set(key.clone(), Some(kept))] };
                (Outcome::Applied, undo)
            }
            Pending::Blind(writes) => {
                let mut undo = Undo::new();
                self.blind(writes, &mut undo);
                (Outcome::Applied, undo)
            }
        }
    }

    fn commit(&mut self, commit: &Commit, now_ms: i64) -> (Outcome, Undo) {
        let name = |key: &Bytes| RowKey {
            family: Family::Fenced,
            partition: commit.partition.clone(),
            key: key.clone(),
        };
        let standing = self.get(&name(commit.guard.key()), now_ms);
        let (holds, number) = match &commit.guard {
            Guard::Absent(_) => (standing.is_none(), 1),
            Guard::Version(_, version) => {
                (standing.as_ref().is_some_and(|row| row.version == *version), version.saturating_add(1))
            }
        };
        if !holds {
            return (Outcome::Conflict(standing), Undo::new());
        }
        let mut undo = Undo::new();
        for put in &commit.puts {
            let guard = put.key == *commit.guard.key();
            let (number, token) = if guard { (number, commit.token) } else { (0, Token::default()) };
            undo.push(self.set(name(&put.key), Some(keep(put, number, token))));
        }
        for key in &commit.deletes {
            undo.push(self.set(name(key), None));
        }
        self.blind(&commit.along, &mut undo);
        (Outcome::Applied, undo)
    }

    fn blind(&mut self, writes: &[Write], undo: &mut Undo) {
        for write in writes {
            let (partition, key, kept) = match write {
                Write::Put { partition, put } => (partition, &put.key, Some(keep(put, 0, Token::default()))),
                Write::Delete { partition, key } => (partition, key, None),
                // What is overwritten here is gone at once.
                Write::Erased => continue,
            };
            let name = RowKey { family: Family::Blind, partition: partition.clone(), key: key.clone() };
            undo.push(self.set(name, kept));
        }
    }

    fn set(&mut self, key: RowKey, kept: Option<Kept>) -> (RowKey, Option<Kept>) {
        let before = match kept {
            Some(kept) => self.0.insert(key.clone(), kept),
            None => self.0.remove(&key),
        };
        (key, before)
    }

    /// Takes changes back; the latest must be taken back first.
    pub(crate) fn undo(&mut self, undo: Undo) {
        for (key, before) in undo.into_iter().rev() {
            self.set(key, before);
        }
    }
}

/// The ends of a range among all rows; `None` when nothing can lie between them.
fn edges(range: &Range) -> Option<(Edge<RowKey>, Edge<RowKey>)> {
    let name = |partition: Bytes, key: &Bytes| RowKey { family: range.family, partition, key: key.clone() };
    let edge = |bound: &Bound, open: Edge<RowKey>| match bound {
        Bound::Open => open,
        Bound::Included(key) => Edge::Included(name(range.partition.clone(), key)),
        Bound::Excluded(key) => Edge::Excluded(name(range.partition.clone(), key)),
    };
    let next_partition = [range.partition.as_ref(), b"\0"].concat().into();
    let low = edge(&range.from, Edge::Included(name(range.partition.clone(), &Bytes::new())));
    let high = edge(&range.to, Edge::Excluded(name(next_partition, &Bytes::new())));
    let empty = match (&low, &high) {
        (Edge::Included(low), Edge::Included(high)) => low > high,
        (Edge::Included(low) | Edge::Excluded(low), Edge::Included(high) | Edge::Excluded(high)) => {
            low >= high
        }
        _ => false,
    };
    (!empty).then_some((low, high))
}

fn keep(put: &Put, number: u64, token: Token) -> Kept {
    Kept { value: put.value.clone(), number, token, expires_at_ms: put.expires_at_ms }
}
