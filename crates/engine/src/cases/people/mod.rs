//! What stands between people: contacts and blocks, what one lets others see, who has read what, who is there.
//!
//! Whoever may not know something gets the answer of those for whom there is nothing to know.

mod blocks;
mod contacts;
pub(crate) mod peers;
mod presence;
mod privacy;
mod progress;
mod relations;
mod sight;
mod start;
mod typing;

pub(crate) use typing::{Typing, show as show_typing};
