//! Stored changes and parts of a log.
//!
//! What is answered here is durable.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::Entry;

outputs! {
    /// A stored change of a conversation. It is durable.
    Accepted {
        /// The index it has.
        index: u64,
        /// The ordinal there.
        ordinal: u64,
        /// The server's time, milliseconds since 1970.
        time_ms: i64,
    }

    /// A stretch of a log, both ends included.
    Span {
        /// The first index.
        from: u64,
        /// The last index.
        to: u64,
    }

    /// A part of a conversation's log.
    History {
        /// In index order.
        entries: Vec<Entry>,
        /// The range this answer covers: every entry from here,
        from: u64,
        /// to here is in `entries`. `to < from` means an empty range.
        to: u64,
        /// The last index of the conversation.
        head: u64,
        /// Entries below this index are not there for this reader (before joining, or pruned).
        visible_from: u64,
    }
}
