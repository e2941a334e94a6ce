//! The audit log as administrators page through it.
//!
//! A filter looks at so many records a page at most; `next` says where to go on.

use parlance_proto::{AuditPage, AuditRecord, ListAudit};

use super::Administrator;
use crate::audit::{Actor, AuditEntry};
use crate::cases::page_size;
use crate::{Engine, Error};

/// Records that one page of a filter may look at.
const LOOKED_AT: usize = 5_000;
/// Records read at once.
const ROWS: usize = 250;

impl Engine {
    /// A page of the audit log, newest first.
    pub async fn list_audit(&self, _: &Administrator, input: ListAudit) -> Result<AuditPage, Error> {
        let limit = page_size(input.limit)?;
        let fits = |entry: &AuditEntry| {
            input.act.as_ref().is_none_or(|act| entry.act == *act)
                && input.object.as_ref().is_none_or(|object| entry.object == *object)
                && input.actor.is_none_or(|actor| entry.actor == Actor::User(actor))
        };
        let (mut records, mut before, mut looked_at) = (Vec::new(), input.before, 0);
        while looked_at < LOOKED_AT {
            let page = self.audit_page(before, ROWS).await?;
            let last = page.len() < ROWS;
            for entry in page {
                looked_at += 1;
                before = Some(entry.index);
                if fits(&entry) {
                    records.push(shown(entry));
                    if records.len() == limit {
                        return Ok(AuditPage { records, next: before.filter(|next| *next > 1) });
                    }
                }
            }
            if last {
                return Ok(AuditPage { records, next: None });
            }
        }
        Ok(AuditPage { records, next: before.filter(|next| *next > 1) })
    }
}

fn shown(entry: AuditEntry) -> AuditRecord {
    AuditRecord {
        index: entry.index,
        time_ms: entry.time_ms,
        by: entry.actor.kind().to_owned(),
        actor: entry.actor.user(),
        act: entry.act,
        object: entry.object,
        detail: entry.detail,
        hash: entry.hash.iter().fold(String::with_capacity(64), |text, byte| text + &format!("{byte:02x}")),
    }
}
