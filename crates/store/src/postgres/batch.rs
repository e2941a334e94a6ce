//! What one transaction holds: asks of many callers as the arrays that its statements take.
//!
//! Keys are in order and without repeats in every array, so that two transactions hardly ever wait for each other both ways (the
//! database gives one up then, and it is tried again), and the last word about a row counts.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use super::writer::Work;
use crate::{Commit, Guard, Put, RowKey, Token, Write};

type Name = (Bytes, Bytes);

/// Rows to keep, as columns.
#[derive(Default)]
pub(super) struct Puts {
    pub partitions: Vec<Vec<u8>>,
    pub keys: Vec<Vec<u8>>,
    pub values: Vec<Vec<u8>>,
    pub tokens: Vec<Vec<u8>>,
    pub expiries: Vec<Option<i64>>,
}

impl Puts {
    fn push(&mut self, partition: &[u8], put: &Put, token: &Token) {
        self.partitions.push(partition.to_vec());
        self.keys.push(put.key.to_vec());
        self.values.push(put.value.to_vec());
        self.tokens.push(token.to_vec());
        self.expiries.push(put.expires_at_ms);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// Names of rows, as columns.
#[derive(Default)]
pub(super) struct Names {
    pub partitions: Vec<Vec<u8>>,
    pub keys: Vec<Vec<u8>>,
}

impl Names {
    fn push(&mut self, (partition, key): &Name) {
        self.partitions.push(partition.to_vec());
        self.keys.push(key.to_vec());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// The guard's own row of a commit.
pub(super) fn guarded(commit: &Commit) -> Option<&Put> {
    commit.puts.iter().rev().find(|put| put.key == *commit.guard.key())
}

/// The guards that want no row there, in the order of their partitions.
pub(super) fn absent_guards<'a>(commits: impl Iterator<Item = &'a Commit>) -> Puts {
    let mut commits: Vec<&Commit> =
        commits.filter(|commit| matches!(commit.guard, Guard::Absent(_))).collect();
    commits.sort_by(|one, other| one.partition.cmp(&other.partition));
    let mut puts = Puts::default();
    for commit in commits {
        if let Some(put) = guarded(commit) {
            puts.push(&commit.partition, put, &commit.token);
        }
    }
    puts
}

/// What commits write beside their guards' rows: rows to keep, rows to drop.
pub(super) fn fenced<'a>(commits: impl Iterator<Item = &'a Commit>) -> (Puts, Names) {
    let mut rows: BTreeMap<Name, Option<Put>> = BTreeMap::new();
    for commit in commits {
        let name = |key: &Bytes| (commit.partition.clone(), key.clone());
        for put in commit.puts.iter().filter(|put| put.key != *commit.guard.key()) {
            rows.insert(name(&put.key), Some(put.clone()));
        }
        commit.deletes.iter().for_each(|key| _ = rows.insert(name(key), None));
    }
    columns(rows)
}

/// Blind rows: those to keep, those to drop.
pub(super) fn blind<'a>(writes: impl Iterator<Item = &'a Write>) -> (Puts, Names) {
    let mut rows: BTreeMap<Name, Option<Put>> = BTreeMap::new();
    for write in writes {
        match write {
            Write::Put { partition, put } => {
                rows.insert((partition.clone(), put.key.clone()), Some(put.clone()));
            }
            Write::Delete { partition, key } => _ = rows.insert((partition.clone(), key.clone()), None),
            // The database reuses the place by itself.
            Write::Erased => {}
        }
    }
    columns(rows)
}

fn columns(rows: BTreeMap<Name, Option<Put>>) -> (Puts, Names) {
    let (mut puts, mut drops) = (Puts::default(), Names::default());
    for (name, row) in rows {
        match row {
            Some(put) => puts.push(&name.0, &put, &Token::default()),
            None => drops.push(&name),
        }
    }
    (puts, drops)
}

/// Registers with the highest number that anybody asked for, and the numbers.
pub(super) fn registers<'a>(asked: impl Iterator<Item = (&'a RowKey, i64, &'a Bytes)>) -> (Puts, Vec<i64>) {
    let mut highest: BTreeMap<Name, (i64, Bytes)> = BTreeMap::new();
    for (key, n, value) in asked {
        let known = highest.entry((key.partition.clone(), key.key.clone())).or_insert((n, value.clone()));
        if n > known.0 {
            *known = (n, value.clone());
        }
    }
    let (mut puts, mut numbers) = (Puts::default(), Vec::with_capacity(highest.len()));
    for ((partition, key), (n, value)) in highest {
        puts.push(&partition, &Put::new(key, value), &Token::default());
        numbers.push(n);
    }
    (puts, numbers)
}

/// Whether work can join a batch that touches these fenced partitions already: two commits to one partition are decided one
/// after the other.
pub(super) fn joins(touched: &mut BTreeSet<Bytes>, work: &Work) -> bool {
    match work {
        Work::Commit(commit) => touched.insert(commit.partition.clone()),
        Work::Register { .. } | Work::Blind(_) => true,
    }
}
