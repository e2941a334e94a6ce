//! Sealing: where a legal hold is on a message, a copy is kept before its content changes or goes.
//!
//! Copies are durable before the commit that takes the content away; there may be a copy of what never changed, never the
//! other way round. Sealing the same content again changes nothing.

use bytes::Bytes;
use parlance_domain::Rewrite;
use parlance_proto::HoldId;
use parlance_store::{Durability, Family, Put, Range, Write};

use crate::owner::run::Task;
use crate::{Error, files, keys, rows};

/// From so many bytes of copies on, and from so many rows, they are written; the store takes one more of any size.
const BYTES: usize = 128 * 1_024;
const ROWS: usize = 100;
/// Rows of one write.
const STORED: usize = 500;
/// Earlier versions of a message read at once.
const PAGE: usize = 50;

/// A message whose row is about to say something else.
#[derive(Clone, Copy)]
pub(in crate::owner) struct Changing<'a> {
    /// Which.
    pub index: u64,
    /// What it says.
    pub row: &'a rows::LogRow,
    /// What it will say.
    pub rewrite: &'a Rewrite,
}

impl Task {
    /// Keeps what stands in these rows, where something else comes in its place.
    pub(in crate::owner) async fn seal(&self, changes: &[Changing<'_>]) -> Result<(), Error> {
        self.node.holds.fill(&self.node).await?;
        if self.node.holds.active().is_empty() {
            return Ok(());
        }
        let (mut writes, mut kept_for) = (Vec::new(), Vec::new());
        let mut bytes = 0;
        for Changing { index, row, rewrite } in changes.iter().copied() {
            let now = rows::rewritten(row, &rewrite.body, rewrite.details.as_deref());
            if says(&now) == says(row) || rows::is_gone(row) {
                continue;
            }
            let sender = parlance_proto::UserId(row.sender);
            let holds = self.node.holds.on(&self.shared.state(), sender);
            if holds.is_empty() {
                continue;
            }
            kept_for.extend_from_slice(&holds);
            if let Some(details) = rows::entry(index, row.clone())?.details {
                // Before the copies: whoever finds one finds its files.
                let kept = files::held::keep(&self.node, &holds, &details).await?;
                for some in kept.chunks(STORED) {
                    self.node.store.write(some.to_vec(), Durability::Durable).await?;
                }
            }
            let mut copies = vec![copy(row)];
            if rows::is_gone(&now) {
                copies.extend(self.earlier(index).await?);
            }
            for (edited_ms, value) in copies {
                let key = keys::sealed_copy(self.conversation, index, edited_ms);
                for hold in &holds {
                    if bytes >= BYTES || writes.len() >= ROWS {
                        self.node.store.write(std::mem::take(&mut writes), Durability::Durable).await?;
                        bytes = 0;
                    }
                    bytes += value.len();
                    let put = Put::new(key.clone(), value.clone());
                    writes.push(Write::Put { partition: keys::sealed(*hold), put });
                }
            }
        }
        if !writes.is_empty() {
            self.node.store.write(writes, Durability::Durable).await?;
        }
        self.unseal(&kept_for).await
    }

    /// Has copies erased whose hold another node released, and cleared, while they were made.
    async fn unseal(&self, kept_for: &[HoldId]) -> Result<(), Error> {
        if kept_for.is_empty() || self.node.options.alone {
            return Ok(());
        }
        self.node.holds.fill(&self.node).await?;
        let active = self.node.holds.active();
        for hold in kept_for.iter().filter(|hold| active.iter().all(|(other, _)| other != *hold)) {
            self.node.holds.end(*hold);
        }
        Ok(())
    }

    /// What a message said before it was edited, as far as it is still there.
    async fn earlier(&self, index: u64) -> Result<Vec<(i64, Bytes)>, Error> {
        let partition = keys::versions(self.conversation, index);
        let range = Range::prefix(Family::Blind, partition, &keys::version_prefix(index), PAGE);
        let mut copies = Vec::new();
        self.node
            .each(range, |found| {
                copies.push(copy(&rows::decode(&found.value)?));
                Ok(())
            })
            .await?;
        Ok(copies)
    }
}

/// What readers are told by a row: its content, and what stands behind parts of a text.
fn says(row: &rows::LogRow) -> (Option<&rows::BodyRow>, &[rows::SpanRow]) {
    (row.body.as_ref(), row.details.as_ref().map_or(&[], |details| &details.spans))
}

/// A row to be kept, and when its message was last edited then.
fn copy(row: &rows::LogRow) -> (i64, Bytes) {
    let edited_ms = row.details.as_ref().map_or(0, |details| details.edited_ms);
    (edited_ms, rows::encode(row))
}
