//! How much is measured: the sizes of a full and of a quick run, in one place.
//! A quick run measures the same things with less of everything, so its figures are rougher.

use std::time::Duration;

/// Bytes of text in a message: with its envelope about 300 bytes, as in the figures that this is compared with.
pub const TEXT_BYTES: usize = 180;

/// The sizes of a run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Appends with a sync that the disk is tried with.
    pub disk_syncs: usize,
    /// Connections that send to each other, in pairs.
    pub connections: usize,
    /// Messages or frames in flight on each connection.
    pub depths: &'static [usize],
    /// How long each measurement runs, after as much warming up as a quarter of it.
    pub measure: Duration,
    /// Members who receive in the group.
    pub receivers: usize,
    /// Messages in flight in the group.
    pub windows: &'static [usize],
    /// Idle connections.
    pub idle_connections: usize,
    /// Conversations of the user whose list is read.
    pub conversations: usize,
    /// Messages stored in them.
    pub stored_messages: u64,
    /// Pages read of each kind.
    pub pages: usize,
    /// Bytes of a file that is uploaded and downloaded, and how often.
    pub file_bytes: u64,
    pub files: usize,
    /// Members of the large groups.
    pub group_sizes: &'static [usize],
    /// Clients of the reconnect storm.
    pub storm_clients: usize,
    /// How often each shape of a cluster has its turn.
    pub cluster_rounds: usize,
}

impl Plan {
    /// The full run: some minutes.
    pub fn full() -> Plan {
        Plan {
            disk_syncs: 1_000,
            connections: 100,
            depths: &[1, 4, 16],
            measure: Duration::from_secs(6),
            receivers: 1_000,
            windows: &[1, 16],
            idle_connections: 10_000,
            conversations: 5_000,
            stored_messages: 1_000_000,
            pages: 2_000,
            file_bytes: 256 * 1_024 * 1_024,
            files: 9,
            group_sizes: &[10_000, 100_000],
            storm_clients: 5_000,
            cluster_rounds: 5,
        }
    }

    /// The quick run: under a minute.
    pub fn quick() -> Plan {
        Plan {
            disk_syncs: 200,
            measure: Duration::from_secs(1),
            receivers: 150,
            idle_connections: 2_000,
            conversations: 500,
            stored_messages: 50_000,
            pages: 500,
            file_bytes: 64 * 1_024 * 1_024,
            files: 5,
            group_sizes: &[2_000, 10_000],
            storm_clients: 1_000,
            cluster_rounds: 3,
            ..Plan::full()
        }
    }

    /// Accounts that are needed.
    pub fn people(&self) -> usize {
        self.connections.max(self.receivers + 1)
    }
}
