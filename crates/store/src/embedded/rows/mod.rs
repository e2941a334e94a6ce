//! How rows look inside the embedded engine: their keys, their envelopes, their parts, their end.
//!
//! The layout is format version 1. A change of it needs a new version and a fixture of both.

pub(crate) mod envelope;
pub(crate) mod expiry;
pub(crate) mod keys;
