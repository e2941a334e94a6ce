//! What this node remembers of users and sessions beside what is stored, so that whoever comes back need not be looked up.
//!
//! Bounded, and all of it may be forgotten. It is only ever what the store said or was told by this node.

mod heads;
mod kept;
mod sessions;

pub(crate) use heads::{Head, Heads};
pub(crate) use sessions::Sessions;

/// The memory of a node.
#[derive(Default)]
pub(crate) struct Known {
    /// How far inboxes are.
    pub heads: Heads,
    /// Which sessions there are.
    pub sessions: Sessions,
}
