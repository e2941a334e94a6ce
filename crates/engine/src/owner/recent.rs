//! The retry keys of the log's tail: those that are not rows of their own yet.
//!
//! Together with the rows it knows every key of the last 7 days; it forgets one only when its row is durable.

use bytes::Bytes;
use parlance_proto::{ConversationId, Entry, UserId, limits::RETRY_KEY_MS};
use parlance_store::{Put, Write};
use rustc_hash::FxHashMap;

use crate::{keys, rows};

/// What a retry key was used for: the index and the payload's hash.
pub(super) type Use = (u64, [u8; 16]);

/// Retry keys above the applied index, by sender and client message id.
#[derive(Default)]
pub(super) struct Recent {
    by_sender: FxHashMap<UserId, FxHashMap<Box<str>, Use>>,
    count: usize,
}

impl Recent {
    /// What the key was used for, if it is among these.
    pub(super) fn get(&self, sender: UserId, id: &str) -> Option<Use> {
        self.by_sender.get(&sender)?.get(id).copied()
    }

    /// Remembers the key of a committed entry.
    pub(super) fn remember(&mut self, entry: &Entry, payload_hash: [u8; 16]) {
        if let Some(id) = &entry.client_message_id {
            let keys = self.by_sender.entry(entry.sender).or_default();
            keys.insert(id.as_str().into(), (entry.index, payload_hash));
            self.count += 1;
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// All of them as rows that expire.
    pub(super) fn writes(&self, conversation: ConversationId, now_ms: i64) -> Vec<Write> {
        let mut writes: Vec<Write> = Vec::with_capacity(self.count);
        for (sender, keys_of_sender) in &self.by_sender {
            let partition = keys::retry_keys(conversation, *sender);
            writes.extend(keys_of_sender.iter().map(|(id, used)| Write::Put {
                partition: partition.clone(),
                put: Put {
                    key: Bytes::copy_from_slice(id.as_bytes()),
                    value: rows::encode(&rows::RetryRow {
                        index: used.0,
                        payload_hash: Bytes::copy_from_slice(&used.1),
                    }),
                    expires_at_ms: Some(now_ms + RETRY_KEY_MS),
                },
            }));
        }
        writes
    }

    /// Forgets those of entries up to `index`: they are rows now.
    pub(super) fn forget(&mut self, index: u64) {
        self.by_sender.retain(|_, keys| {
            keys.retain(|_, (used_at, _)| *used_at > index);
            !keys.is_empty()
        });
        self.count = self.by_sender.values().map(FxHashMap::len).sum();
    }
}
