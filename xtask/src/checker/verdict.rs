//! What a check found: one count for each promise, and the first findings in words.
//!
//! Counting never stops at the first finding, so that one fault is not hidden behind another.

use std::fmt;

/// Findings of each kind kept in words; the rest is only counted.
const WORDS_MAX: u64 = 4;

/// The promises a history can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Promise {
    /// An acknowledged message is in the log at its index with its text.
    Lost,
    /// One sender and client message id make at most one entry, and one acknowledged index.
    Duplicate,
    /// The indexes of a conversation are 1, 2, 3, …, none missing and none twice.
    Gap,
    /// If A was acknowledged before B was sent, A has the lower index.
    Order,
    /// Read indexes and cursors never fall.
    Back,
    /// What was only ever refused, or never sent, does not appear.
    Ghost,
    /// A subscriber gets every entry once and in order, and what it gets is what is stored.
    Stream,
    /// In the end every member's `sync` shows the head.
    Behind,
}

impl Promise {
    /// All of them.
    pub const ALL: [Promise; 8] = [
        Promise::Lost,
        Promise::Duplicate,
        Promise::Gap,
        Promise::Order,
        Promise::Back,
        Promise::Ghost,
        Promise::Stream,
        Promise::Behind,
    ];

    /// Its count's name.
    pub fn name(self) -> &'static str {
        match self {
            Promise::Lost => "lost",
            Promise::Duplicate => "duplicates",
            Promise::Gap => "gaps",
            Promise::Order => "disorder",
            Promise::Back => "went_back",
            Promise::Ghost => "ghosts",
            Promise::Stream => "stream_faults",
            Promise::Behind => "behind",
        }
    }
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Acknowledged messages.
    pub acked: u64,
    /// Stored entries.
    pub stored: u64,
    counts: [u64; Promise::ALL.len()],
    words: Vec<String>,
}

impl Verdict {
    /// Notes a broken promise.
    pub fn broken(&mut self, promise: Promise, what: impl FnOnce() -> String) {
        self.counts[promise as usize] += 1;
        if self.count(promise) <= WORDS_MAX {
            self.words.push(format!("{}: {}", promise.name(), what()));
        }
    }

    /// How often a promise was broken.
    pub fn count(&self, promise: Promise) -> u64 {
        self.counts[promise as usize]
    }

    /// Whether every promise was kept.
    pub fn is_clean(&self) -> bool {
        self.counts.iter().all(|count| *count == 0)
    }

    /// The first findings.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "acked={}", self.acked)?;
        for promise in Promise::ALL {
            write!(f, " {}={}", promise.name(), self.count(promise))?;
        }
        Ok(())
    }
}
