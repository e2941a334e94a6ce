//! What people are to each other, and how far each has read and got.
//!
//! Nothing here is about one conversation's log: each rule takes places and rows and answers what follows.

mod reading;
mod receipts;
mod relation;

pub use reading::{Progress, farthest};
pub use receipts::{Marks, Reached, Standing, standings};
pub use relation::{Deed, Side, Tie, mend, welcome};
