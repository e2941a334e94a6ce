//! The clocks of a conversation whose messages disappear: the setting, and how far those that run from reading have
//! been started.
//!
//! Everybody who has read a message has read all before it, so what was started is always a beginning of the log.

use parlance_proto::{Body, Disappearing, Entry};

/// What is known of disappearing messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    /// What is put on new messages.
    pub setting: Option<Disappearing>,
    /// The last message whose clock starts when everybody has read it.
    pub last_waiting: u64,
    /// Everything up to here has been started.
    pub started: u64,
}

impl Clocks {
    /// Whether there may be messages that wait for being read.
    pub fn waiting(&self) -> bool {
        self.last_waiting > self.started
    }

    /// Folds an entry in.
    pub(crate) fn apply(&mut self, entry: &Entry) {
        match &entry.body {
            Body::DisappearingChanged { disappearing } => self.setting = *disappearing,
            Body::ExpirySet { upto, .. } => self.started = self.started.max(*upto),
            _ => {}
        }
        if waits(entry) {
            self.last_waiting = entry.index;
        }
    }
}

/// Whether an entry is a message whose clock starts with reading.
pub fn waits(entry: &Entry) -> bool {
    entry.details.as_ref().is_some_and(|details| details.expires_after_ms.is_some())
}
