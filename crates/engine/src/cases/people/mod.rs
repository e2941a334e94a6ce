//! What stands between people: how far others have read, and what one lets others see.
//!
//! Whoever may not know something gets the answer of those for whom there is nothing to know.

mod peers;
mod privacy;
mod progress;
