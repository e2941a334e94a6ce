//! Known defects that can be switched on, so that simulations and crash tests can show that they would catch them.

/// A defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// Writes are answered before they are durable.
    AckBeforeSync,
}
