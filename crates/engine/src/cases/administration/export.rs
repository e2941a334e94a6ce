//! A conversation as JSON lines for administrators: everything that is there, and what holds keep of what is not.
//!
//! It is the one way to a sealed copy. Every page stands in the audit log, with the reason that was given.

use std::collections::BTreeMap;

use parlance_domain::Rejection;
use parlance_proto::{
    ConversationId, Entry, ExportForAdministrators, Exported, HeldCopy, HoldId, codec, limits,
};
use parlance_store::{Bound, Family, Range};

use super::Administrator;
use super::holds::check_reason;
use crate::cases::page_size;
use crate::{Engine, Error, keys, owner, rows};

/// Most bytes of lines on a page; it ends with the line that reaches them.
const PAGE_BYTES: usize = 512 * 1_024;
/// Copies read at once.
const PAGE: usize = 200;

impl Engine {
    /// A page of a conversation's export.
    pub async fn export_for_administrators(
        &self,
        by: &Administrator,
        input: ExportForAdministrators,
    ) -> Result<Exported, Error> {
        let id = input.conversation_id;
        let limit = page_size(input.limit.or(Some(limits::PAGE_MAX)))? as u64;
        let reason = check_reason(&input.reason)?;
        let head = owner::current(&self.0, id).await?.state().head.index;
        if head == 0 {
            return Err(Rejection::NoConversation.into());
        }
        let after = input.after.unwrap_or(0);
        self.audit(by.actor, "admin.export_conversation", id, format!("after {after}: {reason}")).await?;
        let to = head.min(after.saturating_add(limit));
        let from = after.saturating_add(1);
        let mut copies = self.sealed_copies(id, (from, to)).await?;
        let (mut lines, mut last) = (Vec::new(), to);
        for entry in self.entries(id, from, to).await? {
            for (hold_ids, entry) in copies.remove(&entry.index).unwrap_or_default() {
                lines.extend(br#"{"held":"#);
                codec::write_json(&HeldCopy { hold_ids, entry }, &mut lines);
                lines.extend(b"}\n");
            }
            codec::write_json(&entry, &mut lines);
            lines.push(b'\n');
            last = entry.index;
            if lines.len() >= PAGE_BYTES {
                break;
            }
        }
        let lines = String::from_utf8(lines).map_err(|_| Error::corrupt("JSON that is no text"))?;
        Ok(Exported { lines, next: (last < head).then_some(last) })
    }

    /// What holds keep of a stretch of a conversation, by index: each version once, the oldest first.
    async fn sealed_copies(
        &self,
        id: ConversationId,
        (from, to): (u64, u64),
    ) -> Result<BTreeMap<u64, Vec<(Vec<HoldId>, Entry)>>, Error> {
        self.0.holds.fill(&self.0).await?;
        let mut versions: BTreeMap<bytes::Bytes, (Vec<HoldId>, Entry)> = BTreeMap::new();
        for (hold, _) in self.0.holds.active().iter() {
            let range = Range {
                family: Family::Blind,
                partition: keys::sealed(*hold),
                from: Bound::Included(keys::sealed_copy(id, from, 0)),
                to: Bound::Excluded(keys::sealed_copy(id, to + 1, 0)),
                limit: PAGE,
                reverse: false,
            };
            let take = |row: &parlance_store::Row| {
                let index = keys::sealed_index(&row.key).ok_or_else(|| Error::corrupt("a copy's key"))?;
                let entry = rows::entry(index, rows::decode(&row.value)?)?;
                versions.entry(row.key.clone()).or_insert_with(|| (Vec::new(), entry)).0.push(*hold);
                Ok(())
            };
            self.0.each(range, take).await?;
        }
        let mut copies: BTreeMap<u64, Vec<(Vec<HoldId>, Entry)>> = BTreeMap::new();
        for version in versions.into_values() {
            copies.entry(version.1.index).or_default().push(version);
        }
        Ok(copies)
    }
}
