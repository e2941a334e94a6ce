//! What is measured and how the log looks. Figures have no label by user; the log has no content and no tokens.
//! The recorder is one a process, since the `metrics` facade is; servers of one process share it.

use std::io::IsTerminal as _;
use std::sync::OnceLock;
use std::time::Duration;

use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use parlance_proto::Op;
use tracing_subscriber::EnvFilter;

use crate::world::now_ms;

use crate::config::{Log, LogFormat};

/// The upper ends of the buckets of latencies, in seconds.
const LATENCY_SECONDS: &[f64] =
    &[0.000_25, 0.000_5, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.125, 0.25, 0.5, 1.0, 2.5, 5.0];
/// The upper ends of the buckets of everything else that is a histogram (sizes of batches).
const SIZES: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0];

/// Handles of the figures on the hot path, so that measuring looks up no name.
pub struct Figures {
    /// From a frame read to its acknowledgement written, in seconds.
    pub ack: Histogram,
    /// Messages sent over WebSockets: the row of `parlance_requests_total` that is written most.
    pub sends: Counter,
    /// Events written to WebSockets.
    pub events: Counter,
    /// Renders everything.
    handle: PrometheusHandle,
}

impl Figures {
    /// The figures of this process.
    pub fn new() -> Result<Figures, String> {
        let handle = recorder()?;
        describe();
        Ok(Figures {
            ack: metrics::histogram!("parlance_ack_seconds"),
            sends: metrics::counter!(
                "parlance_requests_total", "operation" => Op::SendMessage.row().name, "code" => "ok"
            ),
            events: metrics::counter!("parlance_events_written_total"),
            handle,
        })
    }

    /// Everything as Prometheus reads it.
    pub fn render(&self) -> String {
        self.handle.render()
    }

    /// Brings what was measured into its buckets; due every few seconds, or the samples pile up.
    pub fn settle(&self) {
        self.handle.run_upkeep();
    }
}

/// Counts one request by its operation and the code of its outcome.
pub fn count_request(operation: &'static str, code: &'static str) {
    metrics::counter!("parlance_requests_total", "operation" => operation, "code" => code).increment(1);
}

/// Measures a push, from the time stamp that the entry got. It is in whole milliseconds, and once for all who hear it.
pub fn measure_delivery(stamped_ms: i64) {
    let took_ms = now_ms().saturating_sub(stamped_ms).max(0);
    metrics::histogram!("parlance_delivery_seconds").record(took_ms as f64 / 1_000.0);
}

fn describe() {
    metrics::describe_histogram!(
        "parlance_delivery_seconds",
        "From an entry's time stamp, before its commit, to its live push."
    );
    metrics::describe_histogram!("parlance_ack_seconds", "From a frame read to its acknowledgement written.");
    metrics::describe_counter!("parlance_events_written_total", "Events written to WebSockets.");
    metrics::describe_counter!("parlance_requests_total", "Requests by operation and outcome.");
    metrics::describe_counter!("parlance_sockets_refused_total", "Sockets closed at once, by reason.");
}

fn recorder() -> Result<PrometheusHandle, String> {
    static HANDLE: OnceLock<Result<PrometheusHandle, String>> = OnceLock::new();
    let install = || {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), LATENCY_SECONDS)
            .and_then(|builder| builder.set_buckets(SIZES));
        builder.and_then(PrometheusBuilder::install_recorder).map_err(|error| error.to_string())
    };
    HANDLE.get_or_init(install).clone()
}

/// How often figures are settled and counts of limits tidied.
pub const UPKEEP: Duration = Duration::from_secs(5);

/// Libraries that see headers and frames: their details would put tokens and content into the log.
const DISCREET: &str =
    "hyper=info,hyper_util=info,h2=info,tungstenite=info,tokio_tungstenite=info,rustls=info";

/// Starts the log of the program.
pub fn start_log(settings: &Log) -> Result<(), String> {
    let filter = EnvFilter::try_new(format!("{},{DISCREET}", settings.level));
    let filter = filter.map_err(|error| format!("log.level: {error}"))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match settings.format {
        LogFormat::Text => builder.with_target(false).with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    started.map_err(|error| error.to_string())
}
