//! What is measured and how the log looks. Figures have no label by user; the log has no content and no tokens.
//! The recorder is one a process, since the `metrics` facade is; servers of one process share it.

use std::io::IsTerminal as _;
use std::sync::OnceLock;
use std::time::Duration;

use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use parlance_proto::{Latencies, Op, ServerFigures, Within};
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

    /// What administrators are shown of it; time and store are left for the caller.
    pub fn shown(&self) -> ServerFigures {
        shown(&self.render())
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

/// The operations that send a message.
const SENDS: [&str; 2] = ["message.send", "rtm.send"];

/// Reads the figures out of what Prometheus reads: the recorder tells them in no other way.
fn shown(text: &str) -> ServerFigures {
    let sent = |line: &str| line.contains("code=\"ok\"") && SENDS.iter().any(|op| line.contains(op));
    let sends = values(text, "parlance_requests_total").filter(|(labels, _)| sent(labels));
    ServerFigures {
        time_ms: 0,
        connections: values(text, "parlance_connections").map(|(_, value)| value as u64).sum(),
        messages: sends.map(|(_, value)| value as u64).sum(),
        store_bytes: 0,
        acknowledgement: latencies(text, "parlance_ack_seconds"),
        delivery: latencies(text, "parlance_delivery_seconds"),
    }
}

fn latencies(text: &str, name: &str) -> Latencies {
    let bucket = |(labels, value): (&str, f64)| {
        let seconds: f64 = labels.split("le=\"").nth(1)?.split('"').next()?.parse().ok()?;
        seconds.is_finite().then_some(Within { us: (seconds * 1e6) as u64, count: value as u64 })
    };
    Latencies {
        count: values(text, &format!("{name}_count")).map(|(_, value)| value as u64).sum(),
        within: values(text, &format!("{name}_bucket")).filter_map(bucket).collect(),
    }
}

/// The labels and values of the lines of a metric.
fn values<'a>(text: &'a str, name: &str) -> impl Iterator<Item = (&'a str, f64)> {
    let rests = text.lines().filter_map(move |line| line.strip_prefix(name));
    let ours = rests.filter(|rest| rest.starts_with(['{', ' ']));
    ours.filter_map(|rest| {
        rest.rsplit_once(' ').and_then(|(labels, value)| Some((labels, value.parse().ok()?)))
    })
}

fn describe() {
    metrics::describe_histogram!(
        "parlance_delivery_seconds",
        "From an entry's time stamp, before its commit, to its live push."
    );
    metrics::describe_histogram!("parlance_ack_seconds", "From a frame read to its acknowledgement written.");
    metrics::describe_counter!("parlance_events_written_total", "Events written to WebSockets.");
    metrics::describe_counter!("parlance_requests_total", "Requests by operation and outcome.");
    metrics::describe_gauge!("parlance_bus_up", "Whether this node hears the others: 1 or 0.");
    metrics::describe_gauge!("parlance_nodes", "Nodes that this one knows of, itself among them.");
    metrics::describe_counter!(
        "parlance_bus_drops_total",
        "Messages between nodes that were lost, by reason."
    );
    metrics::describe_counter!("parlance_bus_losses_total", "Times that sessions were told to sync for it.");
    metrics::describe_gauge!("parlance_nodes_with_role", "Nodes that this one knows of, by what they do.");
    metrics::describe_gauge!("parlance_view_frozen", "Whether no other node is heard at all: 1 or 0.");
    metrics::describe_counter!(
        "parlance_forwards_total",
        "Sends that another node was asked to do, by what came of it; all but `answered` were done here."
    );
    metrics::describe_counter!("parlance_forwards_served_total", "Sends done here for other nodes.");
    metrics::describe_histogram!(
        "parlance_forward_seconds",
        "From asking another node to its answer, its commit included."
    );
    metrics::describe_histogram!("parlance_forward_asks", "Sends in one message to another node.");
    metrics::describe_counter!(
        "parlance_admissions_total",
        "Connections that came to be signed in: at_once, after they had waited, or deferred to come back."
    );
    metrics::describe_gauge!("parlance_admissions_waiting", "Connections that wait for their turn.");
    metrics::describe_gauge!("parlance_admission_places", "Turns kept for those who were told to come back.");
    metrics::describe_counter!("parlance_reads_shared_total", "Reads of the store that another's served.");
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
    "hyper=info,hyper_util=info,h2=info,tungstenite=info,tokio_tungstenite=info,rustls=info,async_nats=warn";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_text_for_machines() {
        let text = r#"
# TYPE parlance_connections gauge
parlance_connections 3
parlance_connections_other 9
parlance_requests_total{operation="message.send",code="ok"} 40
parlance_requests_total{operation="rtm.send",code="ok"} 2
parlance_requests_total{operation="message.send",code="muted"} 7
parlance_requests_total{operation="message.like",code="ok"} 5
parlance_ack_seconds_bucket{le="0.00025"} 1
parlance_ack_seconds_bucket{le="0.5"} 4
parlance_ack_seconds_bucket{le="+Inf"} 5
parlance_ack_seconds_sum 1.5
parlance_ack_seconds_count 5
"#;
        let figures = shown(text);
        assert_eq!((figures.connections, figures.messages), (3, 42));
        assert_eq!(figures.acknowledgement.count, 5);
        let within: Vec<_> = figures.acknowledgement.within.iter().map(|one| (one.us, one.count)).collect();
        assert_eq!(within, [(250, 1), (500_000, 4)]);
        assert_eq!((figures.delivery.count, figures.delivery.within.len()), (0, 0));
    }
}
