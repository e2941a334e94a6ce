//! The way of a write: prepared on the caller's task, queued, gathered into a group, one batch, one sync, answered.
//!
//! One thread writes. A row becomes visible to readers only after its group is synced.

pub(crate) mod ahead;
pub(crate) mod disk;
pub(crate) mod group;
pub(crate) mod prepare;
pub(crate) mod queue;
pub(crate) mod writer;
