//! The file space of a conversation: messages that carry pictures, videos, voice messages, files or links, newest first.
//!
//! A list of indexes stands beside the log; what is answered is read from the messages as this reader is shown them now.

use parlance_domain::Rejection;
use parlance_proto::{ConversationId, Entry, FileList, ListFiles, ListedKind, Style};
use parlance_store::{Bound, Family, Level, Range};

use crate::cases::page_size;
use crate::keys::ShelfKind;
use crate::{Caller, Engine, Error, keys};

/// Places looked at in one go, and in all for one page.
const LOOKED_AT: usize = 100;
const LOOKED_AT_MAX: usize = 2_000;

impl Engine {
    /// Messages of a conversation that carry something of a kind.
    pub async fn list_files(&self, caller: Caller, input: ListFiles) -> Result<FileList, Error> {
        let limit = page_size(input.limit)?;
        let wanted = Wanted { kind: input.kind, name: input.name.map(|name| name.to_lowercase()) };
        let shown = self.seen_range(caller, input.conversation_id).await?;
        let mut before = input.before.unwrap_or(u64::MAX).min(shown.end().saturating_add(1));
        let mut messages = Vec::new();
        for _ in 0..LOOKED_AT_MAX / LOOKED_AT {
            let places = self.places(input.conversation_id, wanted.kind, *shown.start(), before).await?;
            for entry in self.several(caller, input.conversation_id, &places).await? {
                if messages.len() == limit {
                    return Ok(FileList { messages, before: Some(before) });
                }
                before = entry.index;
                if wanted.is_in(&entry) {
                    messages.push(entry);
                }
            }
            match places.last() {
                Some(last) if places.len() == LOOKED_AT => before = *last,
                _ => return Ok(FileList { messages, before: None }),
            }
        }
        Ok(FileList { messages, before: Some(before) })
    }

    /// Indexes of messages that carry something of a kind, the highest first.
    async fn places(
        &self,
        conversation: ConversationId,
        kind: ListedKind,
        from: u64,
        before: u64,
    ) -> Result<Vec<u64>, Error> {
        if from >= before {
            return Ok(Vec::new());
        }
        let kind = ShelfKind::from(kind);
        let range = Range {
            family: Family::Blind,
            partition: keys::shelf(conversation),
            from: Bound::Included(keys::shelf_place(kind, from)),
            to: Bound::Excluded(keys::shelf_place(kind, before)),
            limit: LOOKED_AT,
            reverse: true,
        };
        let found = self.0.store.range(range, Level::Serial).await?;
        let index = |key: &[u8]| keys::tail_number(key).ok_or_else(|| Error::corrupt("a place of files"));
        found.iter().map(|row| index(&row.key)).collect()
    }

    /// The indexes that the caller may see.
    async fn seen_range(
        &self,
        caller: Caller,
        conversation: ConversationId,
    ) -> Result<std::ops::RangeInclusive<u64>, Error> {
        let shared = self.member_of(caller, conversation).await?;
        let shown = self.shown_to(caller.user, conversation).await?;
        let state = shared.state();
        let from = state.visible_from(caller.user).ok_or(Rejection::NoConversation)?;
        Ok(shown.from(from)..=state.head.index.min(shown.end()))
    }
}

/// What is looked for.
struct Wanted {
    kind: ListedKind,
    /// A part of a name or an address, in lower case.
    name: Option<String>,
}

impl Wanted {
    fn is_in(&self, entry: &Entry) -> bool {
        let Some(details) = &entry.details else { return false };
        let named = |name: &str| {
            self.name.as_ref().is_none_or(|wanted| name.to_lowercase().contains(wanted.as_str()))
        };
        match ShelfKind::from(self.kind) {
            ShelfKind::Of(kind) => details
                .attachments
                .iter()
                .any(|one| one.kind == kind && named(one.name.as_deref().unwrap_or_default())),
            ShelfKind::Link => details.spans.iter().any(|span| {
                matches!(&span.style, Style::Link { url, .. } if url.starts_with("http") && named(url))
            }),
        }
    }
}

impl From<ListedKind> for ShelfKind {
    fn from(kind: ListedKind) -> ShelfKind {
        use parlance_proto::AttachmentKind;
        match kind {
            ListedKind::Picture => ShelfKind::Of(AttachmentKind::Picture),
            ListedKind::Video => ShelfKind::Of(AttachmentKind::Video),
            ListedKind::Voice => ShelfKind::Of(AttachmentKind::Voice),
            ListedKind::File => ShelfKind::Of(AttachmentKind::File),
            ListedKind::Link => ShelfKind::Link,
        }
    }
}
