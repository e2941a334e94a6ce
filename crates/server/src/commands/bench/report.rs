//! The figures: printed as they come, kept by name, written as one JSON object.
//! Names say the unit. A ratio is always "this server / the limit of the same run".

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use hdrhistogram::Histogram;
use serde_json::{Map, Value, json};

use super::super::say::say;

/// The figures.
#[derive(Default)]
pub struct Report {
    figures: Map<String, Value>,
}

/// A histogram of microseconds, up to a minute, with three digits.
pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 60_000_000, 3).expect("the bounds are right")
}

impl Report {
    fn put(&mut self, name: &str, value: Value, words: &str) {
        say(format_args!("{name:<44} {words}"));
        self.figures.insert(name.to_owned(), value);
    }

    /// What was measured on.
    pub fn machine(&mut self) {
        let told = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let after_colon = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let processor = after_colon(&told("/proc/cpuinfo"), "model name");
        self.put("processor", json!(processor), &processor);
        let memory = after_colon(&told("/proc/meminfo"), "MemTotal");
        self.put("memory", json!(memory), &memory);
        let kernel = told("/proc/sys/kernel/osrelease").trim().to_owned();
        self.put("kernel", json!(kernel), &kernel);
        // How busy the machine was before the run: figures of a busy one say little.
        let busy = told("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned();
        self.put("load_before", json!(busy), &busy);
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        self.put("cores", json!(cores), &cores.to_string());
        self.put("version", json!(env!("CARGO_PKG_VERSION")), env!("CARGO_PKG_VERSION"));
    }

    /// Things a second.
    pub fn rate(&mut self, name: &str, per_second: f64) {
        self.put(name, json!(per_second.round()), &format!("{per_second:.0} /s"));
    }

    /// MiB a second.
    pub fn throughput(&mut self, name: &str, mib_per_second: f64) {
        self.put(name, json!(mib_per_second.round()), &format!("{mib_per_second:.0} MiB/s"));
    }

    /// A plain count.
    pub fn count(&mut self, name: &str, count: u64) {
        self.put(name, json!(count), &count.to_string());
    }

    /// Bytes.
    pub fn bytes(&mut self, name: &str, bytes: u64) {
        self.put(name, json!(bytes), &format!("{:.1} KiB", bytes as f64 / 1_024.0));
    }

    /// A time.
    pub fn time(&mut self, name: &str, time: Duration) {
        let ms = time.as_secs_f64() * 1_000.0;
        self.put(name, json!(ms), &format!("{ms:.2} ms"));
    }

    /// Half of all, 95 %, 99 % and the longest of a set of times.
    pub fn times(&mut self, name: &str, times: &Histogram<u64>) {
        let ms = |us: u64| us as f64 / 1_000.0;
        let (p50, p99) = (ms(times.value_at_quantile(0.5)), ms(times.value_at_quantile(0.99)));
        let (p95, most, count) = (ms(times.value_at_quantile(0.95)), ms(times.max()), times.len());
        let value = json!({ "p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "max_ms": most, "count": count });
        self.put(name, value, &format!("p50 {p50:.3}  p95 {p95:.3}  p99 {p99:.3}  max {most:.1} ms"));
    }

    /// One figure over another, if both are there.
    pub fn ratio(&mut self, name: &str, figure: &str, limit: &str) {
        let number = |name: &str| self.figures.get(name).and_then(Value::as_f64);
        if let (Some(figure), Some(limit)) = (number(figure), number(limit)) {
            let ratio = figure / limit;
            self.put(name, json!((ratio * 1_000.0).round() / 1_000.0), &format!("{ratio:.3}"));
        }
    }

    /// The p99 of one set of times over that of another, if both are there.
    pub fn ratio_of_p99(&mut self, name: &str, figure: &str, limit: &str) {
        let p99 = |name: &str| self.figures.get(name).and_then(|times| times["p99_ms"].as_f64());
        if let (Some(figure), Some(limit)) = (p99(figure), p99(limit)) {
            let ratio = figure / limit;
            self.put(name, json!((ratio * 1_000.0).round() / 1_000.0), &format!("{ratio:.3}"));
        }
    }

    /// How long the run took.
    pub fn seconds(&mut self, took: Duration) {
        self.put("seconds", json!(took.as_secs()), &took.as_secs().to_string());
    }

    /// Writes all figures.
    pub fn save(&self, path: &Path) -> anyhow::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let text = serde_json::to_string_pretty(&self.figures)?;
        std::fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))
    }
}
