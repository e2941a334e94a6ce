//! How a client behaves; every default works.
//!
//! Limits are counts of things; times are milliseconds and say so.

use std::path::PathBuf;

use parlance_proto::Encoding;

use crate::Backoff;

/// How a client behaves. `Options::default()` is right for a bot that lives in memory.
#[derive(Clone, Debug)]
pub struct Options {
    /// The encoding of the WebSocket's frames.
    pub encoding: Encoding,
    /// Where the updates of a client without a stored state begin.
    pub start: Start,
    /// Pauses between attempts to connect, and between repeats of a queued send.
    pub backoff: Backoff,
    /// How long the first connection may take in all, in milliseconds. Later ones are tried for ever.
    pub connect_timeout_ms: u64,
    /// How long a call may take, waiting for a connection included, in milliseconds.
    pub call_timeout_ms: u64,
    /// Updates that wait for their reader; when full, the client stops pulling and catches up later.
    pub updates_waiting_max: usize,
    /// Where the place in the stream of updates is kept across restarts; in memory only without it.
    pub state_file: Option<PathBuf>,
    /// Where unsent messages are kept.
    pub queue: QueuePlace,
    /// Unsent messages that the queue takes; `Client::queue` waits when it is full.
    pub queue_max: usize,
    /// Whether the entries of large groups (`fan_out: read`) are wanted live too. Without it only their hints arrive,
    /// and the client pulls.
    pub open_large_groups: bool,
    /// The planted bug: live entries are delivered without a look whether some are missing before them.
    #[cfg(feature = "planted")]
    pub planted_no_gap_check: bool,
}

/// Where the updates of a client without a stored state begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With what happens after the first `sync`, which begins when `Client::updates` is called.
    Now,
    /// With the first entry the user may see of every conversation.
    Beginning,
}

/// Where unsent messages are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueuePlace {
    /// In memory: they end with the process.
    Memory,
    /// In an append-only file, synced before `Client::queue` returns.
    File(PathBuf),
}

impl Default for Options {
    fn default() -> Options {
        Options {
            encoding: Encoding::Msgpack,
            start: Start::Now,
            backoff: Backoff::default(),
            connect_timeout_ms: 10_000,
            call_timeout_ms: 30_000,
            updates_waiting_max: 256,
            state_file: None,
            queue: QueuePlace::Memory,
            queue_max: 1_000,
            open_large_groups: true,
            #[cfg(feature = "planted")]
            planted_no_gap_check: false,
        }
    }
}
