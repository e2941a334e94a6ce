//! What a conversation remembers about single messages: which are pinned, and between which there are likes.
//!
//! Like every fold it takes absolute facts: an entry applied again changes nothing.

use std::collections::BTreeMap;

use parlance_proto::{Body, Entry};

use crate::decide::mentions_all;

/// Notable on a conversation's messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notable {
    /// Pinned messages, and the entry that pinned each.
    pub pinned: BTreeMap<u64, u64>,
    /// The lowest and the highest message that somebody ever liked.
    pub liked: Option<(u64, u64)>,
    /// The latest message that mentions everybody; 0 for none, or when it was recalled.
    pub mentions_all: u64,
}

impl Notable {
    /// Folds the next entry in.
    pub fn apply(&mut self, entry: &Entry) {
        if entry.details.as_ref().is_some_and(|details| mentions_all(&details.spans)) {
            self.mentions_all = entry.index;
        }
        if matches!(entry.body, Body::Recalled { target } if target == self.mentions_all) {
            self.mentions_all = 0;
        }
        match entry.body {
            Body::Liked { target, .. } => {
                let (low, high) = self.liked.unwrap_or((target, target));
                self.liked = Some((low.min(target), high.max(target)));
            }
            Body::Pinned { target } => _ = self.pinned.insert(target, entry.index),
            Body::Unpinned { target } | Body::Recalled { target } => _ = self.pinned.remove(&target),
            Body::Expired { ref targets } => {
                self.pinned.retain(|target, _| !targets.contains(target));
                if targets.contains(&self.mentions_all) {
                    self.mentions_all = 0;
                }
            }
            _ => {}
        }
    }

    /// Pinned messages, the latest pin first.
    pub fn pins(&self) -> Vec<u64> {
        let mut pins: Vec<(u64, u64)> = self.pinned.iter().map(|(target, at)| (*at, *target)).collect();
        pins.sort_unstable_by(|one, other| other.cmp(one));
        pins.into_iter().map(|(_, target)| target).collect()
    }
}
