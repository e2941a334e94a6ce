//! A conversation as JSON lines, for its members to keep: page by page, as they may see it and no more.
//!
//! The first line of the first page is about the conversation, every other one an entry. What is gone is gone in it too.

use parlance_proto::{ExportConversation, Exported, GetHistory, codec, limits};

use crate::cases::page_size;
use crate::{Caller, Engine, Error};

/// Most bytes of lines on a page; it ends with the line that reaches them.
const PAGE_BYTES: usize = 512 * 1_024;

impl Engine {
    /// A page of a conversation's export for the caller.
    pub async fn export_conversation(
        &self,
        caller: Caller,
        input: ExportConversation,
    ) -> Result<Exported, Error> {
        let conversation_id = input.conversation_id;
        let limit = page_size(input.limit.or(Some(limits::PAGE_MAX)))? as u32;
        let page = GetHistory {
            conversation_id,
            after: Some(input.after.unwrap_or(0)),
            before: None,
            limit: Some(limit),
        };
        let history = self.get_history(caller, page).await?;
        let mut lines = Vec::new();
        if input.after.is_none() {
            let conversation = self.summary_of(caller, conversation_id).await?;
            lines.extend(br#"{"conversation":"#);
            codec::write_json(&conversation, &mut lines);
            lines.extend(b"}\n");
        }
        let mut last = history.to;
        for entry in &history.entries {
            codec::write_json(entry, &mut lines);
            lines.push(b'\n');
            last = entry.index;
            if lines.len() >= PAGE_BYTES {
                break;
            }
        }
        let lines = String::from_utf8(lines).map_err(|_| Error::corrupt("JSON that is no text"))?;
        Ok(Exported { lines, next: (last < history.head).then_some(last) })
    }
}
