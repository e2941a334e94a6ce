//! The audit log for the operator: the check of its chain, and all of it as JSON.
//! Neither changes anything, so neither is a record of its own.

use std::io::Write;

use anyhow::{bail, ensure};
use parlance_engine::{AuditEntry, Broken, Engine, Hash};
use serde_json::json;

use super::act::plain;

/// Computes every hash of the chain anew.
pub async fn verify(engine: &Engine, expected: Option<(u64, String)>) -> anyhow::Result<String> {
    let verdict = engine.verify_audit().await.map_err(plain)?;
    let sound = verdict.sound;
    match verdict.broken {
        None => {}
        Some(Broken::Missing(index)) => bail!("record {index} is missing; the {sound} before it are sound"),
        Some(Broken::Changed(index)) => bail!("record {index} was changed; the {sound} before it are sound"),
    }
    if let Some((index, hash)) = expected {
        let found = engine.audit_from(index).await.map_err(plain)?;
        let found = found.first().filter(|entry| entry.index == index).map(|entry| hex(&entry.hash));
        ensure!(
            found.as_deref() == Some(hash.to_lowercase().as_str()),
            "record {index} does not have the expected hash: the log was written anew since that was noted"
        );
    }
    Ok(format!("{sound} records, all sound; the last one is {sound}:{}", hex(&verdict.hash)))
}

/// Writes a line of JSON for each record.
pub async fn export(
    engine: &Engine,
    from: u64,
    mut stream: impl Write + Send + 'static,
) -> anyhow::Result<String> {
    let (mut next, mut count) = (from.max(1), 0);
    loop {
        let page = engine.audit_from(next).await.map_err(plain)?;
        let Some(last) = page.last() else { return Ok(format!("{count} records")) };
        next = last.index + 1;
        count += page.len();
        let lines = page.iter().fold(String::new(), |lines, entry| lines + &line(entry) + "\n");
        // The stream may be a slow pipe.
        stream = tokio::task::spawn_blocking(move || stream.write_all(lines.as_bytes()).map(|()| stream))
            .await??;
    }
}

fn line(entry: &AuditEntry) -> String {
    let line = json!({
        "index": entry.index, "time_ms": entry.time_ms, "by": entry.actor.kind(), "actor": entry.actor.user(),
        "act": entry.act, "object": entry.object, "detail": entry.detail, "hash": hex(&entry.hash),
    });
    line.to_string()
}

fn hex(hash: &Hash) -> String {
    hash.iter().fold(String::with_capacity(64), |text, byte| text + &format!("{byte:02x}"))
}
