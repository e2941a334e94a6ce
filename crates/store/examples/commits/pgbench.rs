//! What the database gives its own load tool: the same rows in a table of the same shape, a transaction a commit.
//! Its rows are made by the database itself and do not travel, so with many rows a commit it has less to do.

use std::io::Write as _;
use std::time::Duration;

use super::Failed;
use super::database::{Database, program};
use super::measure::ROW_BYTES;

/// The database's settings for a measurement: its own, but for room for all callers.
pub const SETTINGS: &[&str] = &["max_connections=600"];
/// Threads of the load tool: it shares the machine with the database, as the engine does.
const THREADS: &str = "2";

const TABLE: &str = "CREATE TABLE rows (partition bytea NOT NULL, key bytea NOT NULL, value bytea NOT NULL, \
    version bigint NOT NULL, token bytea, expires bigint, PRIMARY KEY (partition, key))";

/// Transactions a second of so many callers with so many rows each.
pub fn measure(database: &Database, (callers, rows): (usize, u64), span: Duration) -> Result<f64, Failed> {
    let url = database.url("postgres");
    let made = program("psql").args(["-q", "-c", TABLE, &url]).status()?;
    if !made.success() {
        return Err("psql could not make the table".into());
    }
    let mut script = tempfile::NamedTempFile::new()?;
    writeln!(
        script,
        "\\set i :i + 1\nINSERT INTO rows SELECT int8send(:client_id), int8send(:i * {rows} + g), \
         '\\x{value}'::bytea, 1, '\\x{token}'::bytea, NULL FROM generate_series(0, {last}) AS g;",
        value = "76".repeat(ROW_BYTES),
        token = "01".repeat(16),
        last = rows - 1,
    )?;
    // Whoever the database runs as reads it.
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(script.path(), open)?;
    let callers = callers.to_string();
    let output = program("pgbench")
        .args(["-n", "-M", "prepared", "-D", "i=0", "-j", THREADS, "-c", &callers])
        .args(["-T", &span.as_secs().to_string(), "-f"])
        .arg(script.path())
        .arg(&url)
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.ok_or_else(|| format!("pgbench: {said}{}", String::from_utf8_lossy(&output.stderr)).into())
}
