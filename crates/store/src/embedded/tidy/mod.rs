//! What happens in the background, beside fjall's own flushes and compactions.
//!
//! Nothing here is needed for a write to be durable or a read to be right; it may be late or not happen at all. One
//! thread compacts when something was erased and flushes in calm moments; another takes apart what fjall lets go of.

pub(crate) mod compact;
pub(crate) mod files;
pub(crate) mod priority;
pub(crate) mod remains;
pub(crate) mod steward;
