//! Known defects that can be switched on, so that simulations and crash tests can show that they would catch them.
//!
//! Compiled with the feature `planted` only, and off until asked for.

/// A defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// Writes are answered before they are durable.
    AckBeforeSync,
    /// The embedded engine cuts a damaged tail of the journal even if it was acknowledged.
    TornTailAccepted,
}
