//! Texts: as many as a server takes, and how long each takes at a fifth of that.
//! Both drive the same connections; what is sent is told apart by its beginning.

pub mod latency;
pub mod sends;
