//! Following: from hints and indexes to a complete, ordered stream of updates.
//!
//! `gap` decides (pure), `follower` pulls what is missing, `updates` hands over, `state` remembers the place.

mod follower;
mod gap;
mod state;
mod updates;

pub(crate) use follower::{Follower, Following};
pub use gap::{GapTracker, Hole, Offer};
pub(crate) use state::State;
pub use updates::{Update, Updates};
