//! Reading the audit log: pages, newest first, and the check of the whole chain.
//!
//! The check trusts nothing that it reads: each hash is computed anew from the first record on.

use parlance_store::{Bound, Family, Level, Range, Row};

use super::chain::{Head, record};
use super::write::find_head;
use super::{Actor, Hash};
use crate::{Engine, Error, keys, rows};

/// Rows read at once.
const ROWS: usize = 256;

/// A record as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place in the log, from 1.
    pub index: u64,
    /// When, milliseconds since 1970.
    pub time_ms: i64,
    /// Who.
    pub actor: Actor,
    /// What: the name of an operation or of an event.
    pub act: String,
    /// To what.
    pub object: String,
    /// More about it.
    pub detail: String,
    /// The hash of this record and of all before.
    pub hash: Hash,
}

/// What checking the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Records whose hashes are right, from the first on.
    pub sound: u64,
    /// The hash of the last sound one.
    pub hash: Hash,
    /// Where the chain breaks, if it does.
    pub broken: Option<Broken>,
}

/// A break of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// There is no record at this index, although there was one.
    Missing(u64),
    /// The record at this index is not what was written.
    Changed(u64),
}

impl Engine {
    /// Up to `limit` records below `before`, newest first.
    pub(crate) async fn audit_page(
        &self,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, Error> {
        let head = find_head(&*self.0.store).await?.index;
        let mut next = before.unwrap_or(u64::MAX).min(head.saturating_add(1)).saturating_sub(1);
        let mut found = Vec::new();
        while next > 0 && found.len() < limit {
            let range = Range {
                family: Family::Fenced,
                partition: keys::audit(next).partition,
                from: Bound::Open,
                to: Bound::Included(keys::index(next)),
                limit: limit - found.len(),
                reverse: true,
            };
            let rows = self.0.store.range(range, Level::Serial).await?;
            let Some(last) = rows.last() else { break };
            next = at(last)?.saturating_sub(1);
            for row in &rows {
                found.push(entry(at(row)?, &rows::decode(&row.value)?)?);
            }
        }
        Ok(found)
    }

    /// The index of the last record; 0 before the first.
    pub(crate) async fn audit_index(&self) -> Result<u64, Error> {
        Ok(find_head(&*self.0.store).await?.index)
    }

    /// Up to 256 records from `from` on, oldest first.
    pub async fn audit_from(&self, from: u64) -> Result<Vec<AuditEntry>, Error> {
        let rows = self.audit_rows(from).await?;
        rows.iter().map(|row| entry(at(row)?, &rows::decode(&row.value)?)).collect()
    }

    /// Computes every hash anew.
    pub async fn verify_audit(&self) -> Result<Verdict, Error> {
        let noted = self.0.store.get(&keys::audit_head(), Level::Serial).await?;
        let noted = noted.map(|row| (row.version, row.value));
        let mut head = Head::default();
        let broken = |head: Head, broken| Ok(Verdict { sound: head.index, hash: head.hash, broken });
        loop {
            let page = self.audit_rows(head.index + 1).await?;
            for row in &page {
                let index = head.index + 1;
                if at(row)? != index {
                    return broken(head, Some(Broken::Missing(index)));
                }
                let Ok(kept) = rows::decode::<rows::AuditRow>(&row.value) else {
                    return broken(head, Some(Broken::Changed(index)));
                };
                let next = head.after(&kept.record);
                let not_noted = |(noted, hash): &(u64, bytes::Bytes)| *noted == index && *hash != kept.hash;
                if next.hash != kept.hash.as_ref() || noted.as_ref().is_some_and(not_noted) {
                    return broken(head, Some(Broken::Changed(index)));
                }
                head = next;
            }
            if page.is_empty() {
                let lost = noted.is_some_and(|(noted, _)| noted > head.index)
                    || find_head(&*self.0.store).await?.index > head.index;
                return broken(head, lost.then_some(Broken::Missing(head.index + 1)));
            }
        }
    }

    /// Rows from `from` to the end of its bucket, at most so many as are read at once; the next bucket's if there are
    /// none.
    async fn audit_rows(&self, from: u64) -> Result<Vec<Row>, Error> {
        let bucket = keys::bucket(from);
        for bucket in [bucket, bucket + 1] {
            let range = Range {
                family: Family::Fenced,
                partition: keys::audit_bucket(bucket),
                from: Bound::Included(keys::index(from)),
                to: Bound::Open,
                limit: ROWS,
                reverse: false,
            };
            let rows = self.0.store.range(range, Level::Serial).await?;
            if !rows.is_empty() {
                return Ok(rows);
            }
        }
        Ok(Vec::new())
    }
}

fn at(row: &Row) -> Result<u64, Error> {
    keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("an audit record's key"))
}

fn entry(index: u64, row: &rows::AuditRow) -> Result<AuditEntry, Error> {
    let kept = record(row)?;
    Ok(AuditEntry {
        index,
        time_ms: kept.time_ms,
        actor: Actor::of(&kept)?,
        act: kept.act,
        object: kept.object,
        detail: kept.detail,
        hash: row.hash.as_ref().try_into().map_err(|_| Error::corrupt("an audit record's hash"))?,
    })
}
